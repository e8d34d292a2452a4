/* train/deadline: the time, and what a monitor asks for. */
#include "unit.h"

#include <math.h>
#include <pthread.h>
#include <time.h>

#include "base/monitor.h"
#include "train/deadline.h"

/* A caller that counts how often it is asked, and wants to stop from the n-th time on. */
typedef struct caller {
    unsigned asked;
    unsigned stops_at; /* 0: never */
    unsigned messages;
    double progress;
    ttag_monitor monitor;
} caller;

static bool asked(void *payload)
{
    caller *c = payload;
    return ++c->asked >= c->stops_at && c->stops_at > 0;
}

static void hear(void *payload, ttag_level level, const char *place, const char *text)
{
    caller *c = payload;
    assert_int_equal(level, TTAG_NOTE);
    assert_string_equal(place, "here");
    assert_string_equal(text, "100 %");
    c->messages++;
}

static void watch(void *payload, const char *activity, double done, double total)
{
    caller *c = payload;
    assert_string_equal(activity, "training");
    c->progress = done / total;
}

static caller *call(caller *c, unsigned stops_at)
{
    *c = (caller){.stops_at = stops_at};
    c->monitor = (ttag_monitor){hear, watch, asked, c};
    return c;
}

static void sleep_for(double seconds)
{
    struct timespec time = {0, (long)(seconds * 1e9)};
    nanosleep(&time, NULL);
}

static void deadline__comes_earlier_by_half_at_most(void **state)
{
    (void)state;
    deadline d;
    deadline_start(&d, 1000, NULL);
    deadline_bring_forward(&d, 100);
    assert_true(deadline_left(&d) > 890 && deadline_left(&d) <= 900);
    deadline_bring_forward(&d, 800);
    assert_true(deadline_left(&d) > 440 && deadline_left(&d) <= 450);
    deadline_start(&d, 0, NULL);
    deadline_bring_forward(&d, 100);
    assert_true(isinf(deadline_left(&d)));
    deadline_bring_forward(NULL, 100);
}

static void deadline__without_a_bound_never_comes(void **state)
{
    (void)state;
    deadline d;
    deadline_start(&d, 0, NULL);
    assert_false(deadline_over(&d));
    assert_true(isinf(deadline_left(&d)));
    assert_false(deadline_over(NULL));
    assert_false(deadline_ends_screening(NULL));
    assert_false(deadline_keeps(NULL));
    assert_true(isinf(deadline_left(NULL)));
}

static void deadline__comes_when_time_is_up(void **state)
{
    (void)state;
    deadline d;
    deadline_start(&d, 3600, NULL);
    assert_false(deadline_over(&d));
    assert_true(deadline_left(&d) > 3000 && deadline_left(&d) <= 3600);
    deadline_start(&d, 0.002, NULL);
    sleep_for(0.004);
    assert_true(deadline_over(&d) && deadline_left(&d) < 0);
    assert_false(deadline_cancelled(&d));
    assert_false(deadline_ends_screening(&d));
    assert_true(deadline_keeps(&d));
}

/* Screening goes on only where there is a debt, and somebody who wants what it finds. */
static void deadline__comes_when_the_monitor_asks(void **state)
{
    (void)state;
    deadline d;
    caller c;
    for (unsigned want = 0; want < 4; want++) {
        deadline_start(&d, 0, &call(&c, 3)->monitor);
        d.keeps = want & 1;
        d.owes = want & 2;
        assert_false(deadline_over(&d));
        assert_false(deadline_cancelled(&d));
        assert_true(deadline_over(&d));
        assert_true(deadline_cancelled(&d));
        assert_int_equal(deadline_ends_screening(&d), want != 3);
        assert_int_equal(deadline_owes_screening(&d), want >= 2);
        assert_int_equal(deadline_keeps(&d), want & 1);
        assert_int_equal(c.asked, 3); /* not again, once it has asked */
    }
}

static void *look(void *context)
{
    deadline *d = context;
    return deadline_over(d) ? d : NULL;
}

static bool over_elsewhere(deadline *d)
{
    pthread_t thread;
    void *result;
    assert_int_equal(pthread_create(&thread, NULL, look, d), 0);
    assert_int_equal(pthread_join(thread, &result), 0);
    return result != NULL;
}

static void deadline__asks_the_monitor_in_its_own_thread_only(void **state)
{
    (void)state;
    deadline d;
    caller c;
    deadline_start(&d, 0, &call(&c, 1)->monitor);
    assert_false(over_elsewhere(&d));
    assert_int_equal(c.asked, 0);
    assert_true(deadline_over(&d));
    assert_true(over_elsewhere(&d));
}

static void deadline__of_a_part(void **state)
{
    (void)state;
    deadline whole, part;
    caller c;
    deadline_start(&whole, 1000, &call(&c, 2)->monitor);
    deadline_start_part(&part, &whole, 0.5);
    assert_true(deadline_left(&part) > 400 && deadline_left(&part) <= 500);
    assert_false(deadline_over(&part));
    assert_true(deadline_over(&part));
    assert_true(deadline_over(&whole));
    deadline_start(&whole, 0, NULL);
    deadline_start_part(&part, &whole, 0.5);
    assert_true(isinf(deadline_left(&part)));
}

static void deadline_monitor__speaks_for_both(void **state)
{
    (void)state;
    deadline d;
    caller c;
    deadline_start(&d, 0.002, &call(&c, 0)->monitor);
    ttag_monitor both = deadline_monitor(&d);
    ttag_monitor screening = deadline_screening_monitor(&d);
    tell(&both, TTAG_NOTE, "here", "%d %%", 100);
    tell_progress(&screening, "training", 1, 4);
    assert_true(c.messages == 1 && c.progress == 0.25);
    sleep_for(0.004);
    assert_true(is_cancelled(&both));
    assert_false(is_cancelled(&screening));
    c.stops_at = 1;
    assert_true(is_cancelled(&screening));
    deadline_start(&d, 0, NULL);
    assert_false(is_cancelled(&both));
    tell(&both, TTAG_NOTE, NULL, "to nobody");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(deadline__comes_earlier_by_half_at_most),
        cmocka_unit_test(deadline__without_a_bound_never_comes),
        cmocka_unit_test(deadline__comes_when_time_is_up),
        cmocka_unit_test(deadline__comes_when_the_monitor_asks),
        cmocka_unit_test(deadline__asks_the_monitor_in_its_own_thread_only),
        cmocka_unit_test(deadline__of_a_part),
        cmocka_unit_test(deadline_monitor__speaks_for_both),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
