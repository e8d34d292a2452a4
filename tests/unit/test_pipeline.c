/* The ring of slots: every turn worked on once, handed back in order, whatever the threads. */
#include "unit.h"

#include <stdatomic.h>
#include <time.h>

#include "base/memory.h"
#include "base/pipeline.h"

enum { TURNS = 3000, MOST_SLOTS = 80 };

typedef struct job {
    unsigned in[MOST_SLOTS];
    unsigned out[MOST_SLOTS];
    unsigned threads;
    atomic_uint calls;
    atomic_bool bad_worker;
    atomic_bool both; /* two slots were worked on at the same time */
    atomic_uint at_work;
    long nap; /* nanoseconds for each even number */
} job;

static void square(void *context, size_t slot, unsigned worker)
{
    job *j = context;
    if (worker >= j->threads)
        atomic_store(&j->bad_worker, true);
    if (atomic_fetch_add(&j->at_work, 1) > 0)
        atomic_store(&j->both, true);
    if (j->nap && j->in[slot] % 2 == 0)
        nanosleep(&(struct timespec){0, j->nap}, NULL);
    j->out[slot] = j->in[slot] * j->in[slot];
    atomic_fetch_add(&j->calls, 1);
    atomic_fetch_sub(&j->at_work, 1);
}

static void put(pipeline *p, job *j, unsigned number)
{
    assert_true(pipeline_has_room(p));
    j->in[pipeline_vacant(p)] = number;
    pipeline_submit(p);
}

/* Takes what there is; `next` is the number it must be. */
static void take(pipeline *p, const job *j, bool all, unsigned *next)
{
    size_t slot;
    while (pipeline_oldest(p, all || !pipeline_has_room(p), &slot)) {
        assert_int_equal(j->in[slot], *next);
        assert_int_equal(j->out[slot], *next * *next);
        (*next)++;
        pipeline_release(p);
    }
}

static void pipeline__hands_back_in_order(void **state)
{
    static const unsigned thread_counts[] = {1, 2, 3, 8, 33};
    (void)state;
    for (size_t t = 0; t < sizeof thread_counts / sizeof *thread_counts; t++) {
        pipeline p;
        job j = {.threads = thread_counts[t]};
        unsigned next = 0;
        assert_true(pipeline_slots(j.threads) <= MOST_SLOTS);
        assert_int_equal(pipeline_init(&p, j.threads, square, &j), TTAG_OK);
        for (unsigned i = 0; i < TURNS; i++) {
            put(&p, &j, i);
            take(&p, &j, i % 1000 == 999, &next);
        }
        take(&p, &j, true, &next);
        assert_int_equal(next, TURNS);
        assert_int_equal(j.calls, TURNS);
        assert_false(j.bad_worker);
        pipeline_dispose(&p);
    }
}

static void pipeline__waits_for_a_slow_slot(void **state)
{
    (void)state;
    pipeline p;
    job j = {.threads = 2, .nap = 2000000};
    unsigned next = 0;
    assert_int_equal(pipeline_init(&p, 2, square, &j), TTAG_OK);
    for (unsigned i = 0; i < 40; i++) {
        put(&p, &j, i);
        take(&p, &j, false, &next);
    }
    take(&p, &j, true, &next);
    assert_int_equal(next, 40);
    assert_true(j.both);
    pipeline_dispose(&p);
}

static void pipeline__one_thread_is_the_calling_one(void **state)
{
    (void)state;
    pipeline p;
    size_t slot;
    job j = {.threads = 1};
    assert_int_equal(pipeline_init(&p, 1, square, &j), TTAG_OK);
    assert_false(pipeline_oldest(&p, true, &slot));
    put(&p, &j, 7);
    assert_int_equal(p.n_started, 0);
    assert_false(pipeline_has_room(&p));
    assert_true(pipeline_oldest(&p, false, &slot));
    assert_int_equal(j.out[slot], 49);
    pipeline_release(&p);
    assert_false(pipeline_oldest(&p, true, &slot));
    pipeline_dispose(&p);
}

static void pipeline__little_work_takes_few_threads(void **state)
{
    (void)state;
    pipeline p;
    job j = {.threads = 16};
    unsigned next = 0;
    assert_int_equal(pipeline_init(&p, 16, square, &j), TTAG_OK);
    assert_int_equal(p.n_started, 0);
    put(&p, &j, 0);
    take(&p, &j, true, &next);
    assert_int_equal(p.n_started, 1);
    pipeline_dispose(&p);
}

static void pipeline__may_be_left_with_work_under_way(void **state)
{
    (void)state;
    for (unsigned n = 0; n < 8; n++) {
        pipeline p;
        job j = {.threads = 4, .nap = 1000000};
        assert_int_equal(pipeline_init(&p, 4, square, &j), TTAG_OK);
        for (unsigned i = 0; i < n; i++)
            put(&p, &j, i);
        pipeline_dispose(&p);
        assert_true(j.calls <= n);
    }
}

static void pipeline__says_when_memory_is_short(void **state)
{
    (void)state;
#ifdef TTAG_FAULTS
    for (size_t n = 1; n <= 2; n++) {
        pipeline p;
        mem_fail_after(n);
        ttag_status status = pipeline_init(&p, 3, square, NULL);
        mem_fail_after(0);
        assert_int_equal(status, TTAG_NOMEM);
        pipeline_dispose(&p);
    }
#else
    skip();
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pipeline__hands_back_in_order),
        cmocka_unit_test(pipeline__waits_for_a_slow_slot),
        cmocka_unit_test(pipeline__one_thread_is_the_calling_one),
        cmocka_unit_test(pipeline__little_work_takes_few_threads),
        cmocka_unit_test(pipeline__may_be_left_with_work_under_way),
        cmocka_unit_test(pipeline__says_when_memory_is_short),
    };
    return cmocka_run_group_tests_name("pipeline", tests, NULL, NULL);
}
