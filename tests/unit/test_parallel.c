/* Parallel loops: every index once, which failure wins, cancelling, progress. */
#include "unit.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "base/memory.h"
#include "base/parallel.h"

enum { COUNT = 5000 };

typedef struct record {
    atomic_uint calls[COUNT];
    unsigned threads;
    atomic_bool bad_worker;
    size_t fail_from, fail_step; /* these indices fail, with TTAG_IO or TTAG_PARSE */
    long nap;                    /* nanoseconds for each index */
    /* the progress callback's */
    pthread_t caller;
    bool called_elsewhere;
    size_t last_finished, reports;
} record;

static ttag_status body(void *context, size_t index, unsigned worker)
{
    record *r = context;
    if (worker >= r->threads)
        atomic_store(&r->bad_worker, true);
    if (r->nap)
        nanosleep(&(struct timespec){0, r->nap}, NULL);
    atomic_fetch_add(&r->calls[index], 1);
    if (r->fail_step && index >= r->fail_from && (index - r->fail_from) % r->fail_step == 0)
        return index == r->fail_from ? TTAG_PARSE : TTAG_IO;
    return TTAG_OK;
}

static void note(void *context, size_t finished)
{
    record *r = context;
    if (!pthread_equal(pthread_self(), r->caller))
        r->called_elsewhere = true;
    assert_true(finished >= r->last_finished);
    r->last_finished = finished;
    r->reports++;
}

static const unsigned thread_counts[] = {0, 1, 2, 3, 8, 33};
enum { N_THREAD_COUNTS = sizeof thread_counts / sizeof *thread_counts };

static void parallel_for__every_index_once(void **state)
{
    (void)state;
    for (size_t t = 0; t < N_THREAD_COUNTS; t++) {
        for (size_t count = 0; count <= COUNT; count = count * 7 + 1) {
            unsigned threads = thread_counts[t];
            record r = {.threads = threads ? threads : 1, .caller = pthread_self()};
            assert_int_equal(parallel_for(threads, count, body, &r, NULL, note), TTAG_OK);
            assert_false(r.bad_worker);
            assert_false(r.called_elsewhere);
            assert_int_equal(r.last_finished, count);
            for (size_t i = 0; i < COUNT; i++)
                assert_int_equal(r.calls[i], i < count);
        }
    }
}

static void parallel_for__lowest_failing_index_wins(void **state)
{
    (void)state;
    for (size_t t = 0; t < N_THREAD_COUNTS; t++) {
        for (int round = 0; round < 50; round++) {
            unsigned threads = thread_counts[t];
            record r = {.threads = threads ? threads : 1, .fail_from = 100, .fail_step = 1};
            assert_int_equal(parallel_for(threads, COUNT, body, &r, NULL, NULL), TTAG_PARSE);
            for (size_t i = 0; i <= 100; i++)
                assert_int_equal(r.calls[i], 1);
            assert_int_equal(r.calls[COUNT - 1], 0);
        }
    }
}

static bool always(void *payload)
{
    (void)payload;
    return true;
}

static void parallel_for__cancel_stops_the_loop(void **state)
{
    (void)state;
    ttag_monitor monitor = {.cancelled = always};
    for (size_t t = 0; t < N_THREAD_COUNTS; t++) {
        unsigned threads = thread_counts[t];
        record r = {.threads = threads ? threads : 1, .nap = 1000000};
        assert_int_equal(parallel_for(threads, COUNT, body, &r, &monitor, NULL), TTAG_CANCELLED);
        assert_int_equal(r.calls[COUNT - 1], 0);
        for (size_t i = 0; i < COUNT; i++)
            assert_true(r.calls[i] <= 1);
    }
}

static void parallel_for__cancel_is_seen_during_one_long_index(void **state)
{
    (void)state;
    ttag_monitor monitor = {.cancelled = always};
    record r = {.threads = 2, .nap = 300000000};
    assert_int_equal(parallel_for(2, 100, body, &r, &monitor, NULL), TTAG_CANCELLED);
    assert_int_equal(r.calls[2], 0);
}

static void parallel_for__progress_comes_while_working(void **state)
{
    (void)state;
    record r = {.threads = 4, .caller = pthread_self(), .nap = 20000000};
    assert_int_equal(parallel_for(4, 60, body, &r, NULL, note), TTAG_OK);
    assert_true(r.reports >= 3);
    assert_int_equal(r.last_finished, 60);
    assert_false(r.called_elsewhere);
}

static void parallel_for__no_memory_runs_in_the_calling_thread(void **state)
{
    (void)state;
#ifdef TTAG_FAULTS
    record r = {.threads = 1, .caller = pthread_self()};
    mem_fail_after(1);
    ttag_status status = parallel_for(8, 100, body, &r, NULL, note);
    mem_fail_after(0);
    assert_int_equal(status, TTAG_OK);
    assert_false(r.bad_worker);
    assert_int_equal(r.last_finished, 100);
#else
    skip();
#endif
}

static void thread_count__at_least_one(void **state)
{
    (void)state;
    assert_in_range(thread_count(0), 1, 1024);
    assert_int_equal(thread_count(1), 1);
    assert_int_equal(thread_count(7), 7);
    assert_int_equal(thread_count(UINT32_MAX), 1024);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parallel_for__every_index_once),
        cmocka_unit_test(parallel_for__lowest_failing_index_wins),
        cmocka_unit_test(parallel_for__cancel_stops_the_loop),
        cmocka_unit_test(parallel_for__cancel_is_seen_during_one_long_index),
        cmocka_unit_test(parallel_for__progress_comes_while_working),
        cmocka_unit_test(parallel_for__no_memory_runs_in_the_calling_thread),
        cmocka_unit_test(thread_count__at_least_one),
    };
    return cmocka_run_group_tests_name("parallel", tests, NULL, NULL);
}
