/* train/active_set against libsvm on all articles at once, and against the optimality conditions.
 */
#include "unit.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/random.h"
#include "train/active_set.h"

enum { N = 1200, TERMS = 60, HELD = 4, POSITIVE_EVERY = 9 };

static const double TOLERANCE = 1e-6;

/* Articles of HELD terms each, of norm 1; positive ones prefer the first terms, though not always.
 */
typedef struct fixture {
    size_t starts[N + 1];
    uint32_t terms[N * HELD];
    float values[N * HELD];
    signed char truth[N];
    uint32_t articles[N];
    kernel_matrix kernel;
    active_scratch scratch;
    libsvm_task task;
} fixture;

static uint32_t draw_term(rng *r, bool positive)
{
    bool typical = rng_below(r, 10) < (positive ? 6 : 2);
    return (uint32_t)(typical ? rng_below(r, 8) : 8 + rng_below(r, TERMS - 8));
}

static int setup(void **state)
{
    fixture *f = mem_zero(1, sizeof *f);
    rng r;
    assert_non_null(f);
    rng_seed(&r, 5);
    for (uint32_t i = 0; i < N; i++) {
        f->truth[i] = i % POSITIVE_EVERY == 0 ? 1 : -1;
        f->articles[i] = i;
        f->starts[i] = (size_t)i * HELD;
        uint32_t step = draw_term(&r, f->truth[i] > 0) % (TERMS - HELD);
        for (uint32_t k = 0; k < HELD; k++) { /* ascending and distinct */
            f->terms[i * HELD + k] = step + k;
            f->values[i * HELD + k] = 0.5f;
        }
    }
    f->starts[N] = (size_t)N * HELD;
    ttag_matrix x = {N, TERMS, f->starts, f->terms, f->values};
    assert_int_equal(kernel_build(&f->kernel, &x, (size_t)1 << 30, 1, NULL, NULL), TTAG_OK);
    assert_int_equal(active_scratch_init(&f->scratch, N), TTAG_OK);
    f->task = (libsvm_task){&f->kernel, f->articles, N, f->truth, 1, TOLERANCE};
    libsvm_silence();
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    fixture *f = *state;
    kernel_dispose(&f->kernel);
    active_scratch_dispose(&f->scratch);
    mem_free(f);
    return 0;
}

static double decide(const libsvm_solution *s, const kernel_matrix *kernel, size_t article)
{
    double sum = s->bias;
    for (size_t k = 0; k < s->n_support; k++)
        sum += s->coefs[k] * (double)kernel_value(kernel, article, s->articles[k]);
    return sum;
}

/* Solves from `start`, and compares every decision value with libsvm's on the whole task. */
static active_report check(fixture *f, const uint32_t *start, size_t n_start)
{
    libsvm_solution whole, parts;
    active_report report;
    assert_int_equal(libsvm_solve(&whole, &f->task), TTAG_OK);
    assert_int_equal(active_solve(&parts, &report, &f->scratch, &f->task, start, n_start), TTAG_OK);
    for (size_t i = 0; i < N; i++) {
        assert_true(fabs(f->scratch.scores[i] - decide(&whole, &f->kernel, i)) < 1e-3);
        assert_true(fabs(f->scratch.scores[i] - decide(&parts, &f->kernel, i)) < 1e-9);
    }
    assert_true(report.violation <= TOLERANCE);
    libsvm_solution_dispose(&whole);
    libsvm_solution_dispose(&parts);
    return report;
}

static void active_solve__equals_libsvm_on_all_articles(void **state)
{
    active_report report = check(*state, NULL, 0);
    assert_in_range(report.rounds, 1, 50);
    assert_in_range(report.active, 1, N);
}

static void active_solve__finds_its_way_from_a_poor_start(void **state)
{
    static const uint32_t TWO_OF_A_KIND[] = {1, 2}; /* both negative: a positive one joins them */
    active_report report = check(*state, TWO_OF_A_KIND, 2);
    assert_true(report.rounds > 1);
    check(*state, TWO_OF_A_KIND, 0);
}

/* alpha = 0: y f >= 1; alpha = C: y f <= 1; between: y f = 1; Σ alpha y = 0 */
static void active_solve__meets_the_optimality_conditions(void **state)
{
    fixture *f = *state;
    libsvm_solution s;
    active_report report;
    assert_int_equal(active_solve(&s, &report, &f->scratch, &f->task, NULL, 0), TTAG_OK);
    double sum = 0;
    size_t k = 0;
    for (uint32_t i = 0; i < N; i++) {
        double margin = f->truth[i] * f->scratch.scores[i];
        double alpha = 0;
        if (k < s.n_support && s.articles[k] == i)
            alpha = s.coefs[k++] * f->truth[i];
        assert_true(alpha >= 1 || margin >= 1 - 1e-5);
        assert_true(alpha <= 0 || margin <= 1 + 1e-5);
        sum += alpha * f->truth[i];
    }
    assert_int_equal(k, s.n_support);
    assert_true(fabs(sum) < 1e-9);
    libsvm_solution_dispose(&s);
}

/* Articles that are not of the task stay out, though the start names them; they are scored. */
static void active_solve__keeps_to_its_task(void **state)
{
    fixture *f = *state;
    libsvm_solution s;
    active_report report;
    libsvm_task part = f->task;
    part.articles += 100;
    part.n_articles -= 100;
    assert_int_equal(active_solve(&s, &report, &f->scratch, &part, f->articles, N), TTAG_OK);
    assert_true(s.n_support > 0 && s.articles[0] >= 100);
    assert_true(isfinite(f->scratch.scores[0]));
    libsvm_solution_dispose(&s);
}

#ifdef TTAG_FAULTS
static void active_solve__survives_want_of_memory(void **state)
{
    fixture *f = *state;
    ttag_status status = TTAG_NOMEM;
    for (size_t n = 1; status != TTAG_OK; n++) {
        libsvm_solution s;
        active_report report;
        mem_fail_after(n);
        status = active_solve(&s, &report, &f->scratch, &f->task, NULL, 0);
        mem_fail_after(0);
        assert_true(status == TTAG_OK || status == TTAG_NOMEM);
        assert_true(status == TTAG_OK || !s.articles);
        libsvm_solution_dispose(&s);
    }
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(active_solve__equals_libsvm_on_all_articles, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(active_solve__finds_its_way_from_a_poor_start, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(active_solve__meets_the_optimality_conditions, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(active_solve__keeps_to_its_task, setup, teardown),
#ifdef TTAG_FAULTS
        cmocka_unit_test_setup_teardown(active_solve__survives_want_of_memory, setup, teardown),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
