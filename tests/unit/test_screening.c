/* train/screening against libsvm's support vectors, and against its promises. */
#include "kernel_fixture.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/random.h"
#include "base/view.h"
#include "train/libsvm.h"
#include "train/screening.h"

enum { N = 900, TERMS = 80, HELD = 5, TAGS = 20 }; /* of two blocks, the second with idle lanes */

typedef struct fixture {
    size_t starts[N + 1];
    uint32_t terms[N * HELD];
    float values[N * HELD];
    ttag_matrix x;
    labels labels;
    bool constant[TAGS];
    near_set near[TAGS];
} fixture;

/* Article i holds HELD neighbouring terms; tag t is carried by the articles about term 4 t. Every
   seventh article is unsure about tag 3. */
static void make_articles(fixture *f, label_log *log)
{
    static const ttag_view UNSURE = {"t03", 3};
    rng r;
    rng_seed(&r, 11);
    for (uint32_t i = 0; i < N; i++) {
        uint32_t first = (uint32_t)rng_below(&r, TERMS - HELD);
        double squares = 0;
        for (uint32_t k = 0; k < HELD; k++) {
            float value = 0.2f + (float)rng_below(&r, 1000) / 1000;
            f->terms[i * HELD + k] = first + k;
            f->values[i * HELD + k] = value;
            squares += (double)value * (double)value;
        }
        for (uint32_t k = 0; k < HELD; k++)
            f->values[i * HELD + k] /= (float)sqrt(squares);
        f->starts[i + 1] = (size_t)(i + 1) * HELD;
        char name[16];
        snprintf(name, sizeof name, "t%02u", (unsigned)(first / 4));
        ttag_view tag = view_of(name);
        ttag_article article = {.tags = &tag, .n_tags = 1, .labelled = true, .weight = 1};
        if (i % 7 == 0 && first / 4 != 3) {
            article.unknown = &UNSURE;
            article.n_unknown = 1;
        }
        size_t n_tags;
        assert_int_equal(label_log_see(log, &article, &n_tags), TTAG_OK);
        assert_int_equal(label_log_add(log, &article), TTAG_OK);
    }
}

static int setup(void **state)
{
    fixture *f = mem_zero(1, sizeof *f);
    label_log log = {0};
    assert_non_null(f);
    assert_int_equal(label_log_init(&log, NULL), TTAG_OK);
    make_articles(f, &log);
    assert_int_equal(labels_make(&f->labels, &log, NULL, 1), TTAG_OK);
    label_log_dispose(&log);
    f->x = (ttag_matrix){N, TERMS, f->starts, f->terms, f->values};
    assert_in_range(f->labels.n_tags, 17, TAGS);
    *state = f;
    return 0;
}

static void forget(fixture *f)
{
    for (size_t t = 0; t < TAGS; t++)
        near_set_dispose(&f->near[t]);
}

static int teardown(void **state)
{
    fixture *f = *state;
    forget(f);
    labels_dispose(&f->labels);
    mem_free(f);
    return 0;
}

static ttag_status screen(fixture *f, unsigned threads)
{
    class_costs costs[TAGS];
    for (size_t t = 0; t < TAGS; t++)
        costs[t] = (class_costs){1, 1};
    screening_task task = {&f->x, &f->labels, f->constant, costs, 1, threads, NULL, NULL, NULL};
    return screen_tags(f->near, &task);
}

static bool holds(const near_set *s, uint32_t article)
{
    for (size_t k = 0; k < s->n; k++)
        if (s->articles[k] == article)
            return true;
    return false;
}

/* Solves tag t with libsvm on all articles that say something about it. */
static libsvm_solution solve(const fixture *f, const compact_kernel *kernel, size_t t,
                             signed char *truth)
{
    uint32_t articles[N];
    size_t count = 0;
    libsvm_solution s;
    labels_truth(&f->labels, t, truth);
    for (uint32_t i = 0; i < N; i++)
        if (truth[i])
            articles[count++] = i;
    libsvm_task task = {kernel, articles, count, truth, {1, 1}, 1e-3};
    assert_int_equal(libsvm_solve(&s, &task), TTAG_OK);
    return s;
}

static void screen_tags__finds_the_support_vectors(void **state)
{
    fixture *f = *state;
    compact_kernel kernel = whole_kernel(&f->x);
    signed char truth[N];
    size_t support = 0, found = 0, near = 0;
    assert_int_equal(screen(f, 2), TTAG_OK);
    libsvm_silence();
    for (size_t t = 0; t < f->labels.n_tags; t++) {
        libsvm_solution s = solve(f, &kernel, t, truth);
        for (size_t k = 0; k < s.n_support; k++)
            found += holds(&f->near[t], s.articles[k]);
        support += s.n_support;
        near += f->near[t].n;
        libsvm_solution_dispose(&s);
    }
    compact_kernel_dispose(&kernel);
    /* three quarters of them among a quarter of the articles: chance would find a quarter */
    assert_true((double)found > 0.75 * (double)support);
    assert_true(near < f->labels.n_tags * N / 4);
}

static void screen_tags__passes_over_what_is_unknown(void **state)
{
    fixture *f = *state;
    signed char truth[N];
    size_t unknown = 0;
    assert_int_equal(screen(f, 1), TTAG_OK);
    for (size_t t = 0; t < f->labels.n_tags; t++) {
        labels_truth(&f->labels, t, truth);
        for (uint32_t i = 0; i < N; i++) {
            unknown += truth[i] == 0;
            assert_false(truth[i] == 0 && holds(&f->near[t], i));
        }
    }
    assert_true(unknown > 100);
}

static void screen_tags__leaves_constant_tags_alone(void **state)
{
    fixture *f = *state;
    f->constant[2] = true;
    assert_int_equal(screen(f, 1), TTAG_OK);
    assert_int_equal(f->near[2].n, 0);
    assert_true(f->near[3].n > 0);
    forget(f);
    memset(f->constant, 1, sizeof f->constant);
    assert_int_equal(screen(f, 1), TTAG_OK);
    memset(f->constant, 0, sizeof f->constant);
}

static void screen_tags__is_the_same_for_any_threads(void **state)
{
    fixture *f = *state;
    near_set one[TAGS];
    assert_int_equal(screen(f, 1), TTAG_OK);
    memcpy(one, f->near, sizeof one);
    for (unsigned threads = 2; threads < 4; threads++) {
        memset(f->near, 0, sizeof f->near);
        assert_int_equal(screen(f, threads), TTAG_OK);
        for (size_t t = 0; t < f->labels.n_tags; t++) {
            assert_int_equal(f->near[t].n, one[t].n);
            assert_memory_equal(f->near[t].articles, one[t].articles,
                                one[t].n * sizeof *one[t].articles);
        }
        forget(f);
    }
    memcpy(f->near, one, sizeof one);
}

#ifdef TTAG_FAULTS
static void screen_tags__survives_want_of_memory(void **state)
{
    fixture *f = *state;
    ttag_status status = TTAG_NOMEM;
    for (size_t n = 1; status != TTAG_OK; n++) {
        forget(f);
        mem_fail_after(n);
        status = screen(f, 1);
        mem_fail_after(0);
        assert_true(status == TTAG_OK || status == TTAG_NOMEM);
    }
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(screen_tags__finds_the_support_vectors, setup, teardown),
        cmocka_unit_test_setup_teardown(screen_tags__passes_over_what_is_unknown, setup, teardown),
        cmocka_unit_test_setup_teardown(screen_tags__leaves_constant_tags_alone, setup, teardown),
        cmocka_unit_test_setup_teardown(screen_tags__is_the_same_for_any_threads, setup, teardown),
#ifdef TTAG_FAULTS
        cmocka_unit_test_setup_teardown(screen_tags__survives_want_of_memory, setup, teardown),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
