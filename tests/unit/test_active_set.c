/* train/active_set against libsvm on all articles at once, and against the optimality conditions.
 */
#include "kernel_fixture.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/random.h"
#include "train/active_set.h"
#include "train/near_solution.h"

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
    ttag_matrix x;
    kernel_source source;
    compact_kernel kernel; /* of all articles, for libsvm alone */
    active_scratch scratch;
    active_task task;
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
    f->x = (ttag_matrix){N, TERMS, f->starts, f->terms, f->values};
    f->kernel = whole_kernel(&f->x);
    assert_int_equal(kernel_source_make(&f->source, &f->x), TTAG_OK);
    assert_int_equal(active_scratch_init(&f->scratch, &f->source), TTAG_OK);
    f->task = (active_task){&f->source, f->truth, {1, 1}, TOLERANCE, (size_t)1 << 30, NULL, NULL};
    libsvm_silence();
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    fixture *f = *state;
    compact_kernel_dispose(&f->kernel);
    kernel_source_dispose(&f->source);
    active_scratch_dispose(&f->scratch);
    mem_free(f);
    return 0;
}

/* Solves from `start`, and compares every decision value with libsvm's on the whole task. */
static active_report check(fixture *f, const near_set *start)
{
    libsvm_solution whole, parts;
    active_report report;
    libsvm_task all = {&f->kernel, f->articles, N, f->truth, {1, 1}, TOLERANCE};
    assert_int_equal(libsvm_solve(&whole, &all), TTAG_OK);
    assert_int_equal(active_solve(&parts, &report, &f->scratch, &f->task, start), TTAG_OK);
    for (size_t i = 0; i < N; i++) {
        assert_true(fabs(f->scratch.scores[i] - kernel_decide(&whole, &f->kernel, i)) < 1e-3);
        assert_true(fabs(f->scratch.scores[i] - kernel_decide(&parts, &f->kernel, i)) < 1e-5);
    }
    for (size_t k = 1; k < parts.n_support; k++)
        assert_true(parts.articles[k - 1] < parts.articles[k]);
    assert_true(report.violation <= TOLERANCE);
    libsvm_solution_dispose(&whole);
    libsvm_solution_dispose(&parts);
    return report;
}

static const near_set NOTHING = {NULL, NULL, 0};

static void active_solve__equals_libsvm_on_all_articles(void **state)
{
    active_report report = check(*state, &NOTHING);
    assert_in_range(report.rounds, 1, 50);
    assert_in_range(report.active, 1, N);
}

static void active_solve__finds_its_way_from_a_poor_start(void **state)
{
    uint32_t two_of_a_kind[] = {1, 2}; /* both negative: a positive one joins them */
    float coefs[] = {-0.25f, -7};      /* out of balance, and out of bounds */
    check(*state, &(near_set){two_of_a_kind, coefs, 2});
    float wrong_side[] = {0.5f, 0.5f};
    check(*state, &(near_set){two_of_a_kind, wrong_side, 2});
}

/* What the scratch holds afterwards is what the folds begin with. */
static void active_solve__leaves_its_set_behind(void **state)
{
    fixture *f = *state;
    libsvm_solution s;
    active_report report;
    assert_int_equal(active_solve(&s, &report, &f->scratch, &f->task, &NOTHING), TTAG_OK);
    const compact_kernel *set = &f->scratch.set.kernel;
    size_t n_support = 0;
    for (size_t place = 0; place < set->n; place++) {
        double expected = 0;
        for (size_t k = 0; k < s.n_support; k++)
            if (s.articles[k] == set->articles[place])
                expected = s.coefs[k];
        assert_true(f->scratch.coefs[place] == expected);
        n_support += expected != 0;
    }
    assert_int_equal(n_support, s.n_support);
    libsvm_solution_dispose(&s);
}

static void active_solve__keeps_to_its_memory(void **state)
{
    fixture *f = *state;
    libsvm_solution s;
    active_report report;
    active_task task = f->task;
    task.memory = 24 * 50 * 50; /* 50 articles; far more matter */
    assert_int_equal(active_solve(&s, &report, &f->scratch, &task, &NOTHING), TTAG_LIMIT);
    assert_null(s.articles);
}

/* alpha = 0: y f >= 1; alpha = C: y f <= 1; between: y f = 1; Σ alpha y = 0 */
static void active_solve__meets_the_optimality_conditions(void **state)
{
    fixture *f = *state;
    libsvm_solution s;
    active_report report;
    assert_int_equal(active_solve(&s, &report, &f->scratch, &f->task, &NOTHING), TTAG_OK);
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

/* Articles that do not count stay out, though the start names them; they are scored. */
static void active_solve__passes_over_what_is_unknown(void **state)
{
    fixture *f = *state;
    libsvm_solution s;
    active_report report;
    float coefs[N] = {0};
    memset(f->truth, 0, 100);
    assert_int_equal(
        active_solve(&s, &report, &f->scratch, &f->task, &(near_set){f->articles, coefs, N}),
        TTAG_OK);
    assert_true(s.n_support > 0 && s.articles[0] >= 100);
    assert_true(isfinite(f->scratch.scores[0]));
    libsvm_solution_dispose(&s);
}

/* ---- Cut short. ---- */

/* Asked so often, it wants to stop. */
static bool has_had_enough(void *payload)
{
    unsigned *patience = payload;
    return *patience == 0 || --*patience == 0;
}

/* 1/2 |w|² + Σ max(0, 1 - y f(x)) and Σ alpha - 1/2 |w|², from kernel values alone. */
static void objectives(const fixture *f, const libsvm_solution *s, double *primal, double *dual)
{
    double squares = 0, losses = 0, alphas = 0;
    for (size_t k = 0; k < s->n_support; k++) {
        alphas += fabs(s->coefs[k]);
        squares += s->coefs[k] * (kernel_decide(s, &f->kernel, s->articles[k]) - s->bias);
    }
    for (size_t i = 0; i < N; i++) {
        double lack = 1 - f->truth[i] * kernel_decide(s, &f->kernel, i);
        losses += lack > 0 ? lack : 0;
    }
    *primal = squares / 2 + losses;
    *dual = alphas - squares / 2;
}

/* Wherever it is stopped, what comes out is feasible, and bounds the optimum from both sides. */
static void active_solve__hands_out_what_it_has_reached(void **state)
{
    fixture *f = *state;
    ttag_status status = TTAG_CANCELLED;
    libsvm_solution whole;
    active_report report;
    double optimum, other;
    unsigned handed_out = 0;
    assert_int_equal(active_solve(&whole, &report, &f->scratch, &f->task, &NOTHING), TTAG_OK);
    objectives(f, &whole, &other, &optimum);
    libsvm_solution_dispose(&whole);
    for (unsigned n = 1; status == TTAG_CANCELLED; n++) {
        unsigned patience = n;
        const ttag_monitor monitor = {.cancelled = has_had_enough, .payload = &patience};
        libsvm_solution s;
        deadline d;
        deadline_start(&d, 0, &monitor);
        active_task task = f->task;
        task.deadline = &d;
        status = active_solve(&s, &report, &f->scratch, &task, &NOTHING);
        assert_true(status == TTAG_OK || status == TTAG_CANCELLED);
        double primal, dual, sum = 0;
        for (size_t k = 0; k < s.n_support; k++) {
            assert_true(s.coefs[k] * f->truth[s.articles[k]] > 0 && fabs(s.coefs[k]) <= 1);
            assert_true(k == 0 || s.articles[k - 1] < s.articles[k]);
            sum += s.coefs[k];
        }
        objectives(f, &s, &primal, &dual);
        assert_true(fabs(sum) < 1e-9 && isfinite(s.bias) && isnan(report.bound));
        assert_true(dual <= optimum + 1e-6 && primal >= optimum - 1e-6);
        assert_true(status == TTAG_OK || report.rounds > 0 || isnan(report.violation));
        handed_out += status == TTAG_CANCELLED && s.n_support > 0;
        libsvm_solution_dispose(&s);
    }
    assert_true(handed_out > 2);
}

/* From the optimum's own alphas: its bias, and its dual. */
static void near_solution__of_the_optimum_is_the_optimum(void **state)
{
    fixture *f = *state;
    libsvm_solution whole, s;
    active_report report;
    float coefs[N];
    double weights[TERMS], scores[N], primal, dual;
    assert_int_equal(active_solve(&whole, &report, &f->scratch, &f->task, &NOTHING), TTAG_OK);
    for (size_t k = 0; k < whole.n_support; k++)
        coefs[k] = (float)whole.coefs[k];
    objectives(f, &whole, &primal, &dual);
    near_set near = {whole.articles, coefs, whole.n_support};
    near_task task = {&f->x, f->truth, {1, 1}, weights, scores, NULL};
    assert_int_equal(near_solution_make(&s, &report, &near, &task), TTAG_OK);
    assert_int_equal(s.n_support, whole.n_support);
    assert_int_equal(report.active, whole.n_support);
    assert_true(fabs(s.bias - whole.bias) < 1e-3);
    assert_true(fabs(report.bound - dual) < 1e-3 * dual);
    libsvm_solution_dispose(&s);
    for (size_t k = 0; k < whole.n_support; k++) /* out of balance */
        coefs[k] *= coefs[k] > 0 ? 0.5f : 1;
    assert_int_equal(near_solution_make(&s, &report, &near, &task), TTAG_OK);
    assert_true(report.bound < dual && report.bound > 0);
    assert_true(s.coefs[0] == (double)coefs[0]);
    libsvm_solution_dispose(&s);
    libsvm_solution_dispose(&whole);
}

/* One class, at its bound, or nothing at all: still a bias, and a bound that holds. */
static void near_solution__of_little(void **state)
{
    fixture *f = *state;
    libsvm_solution s;
    active_report report;
    double weights[TERMS], scores[N];
    uint32_t positive = 0;
    float whole = 1;
    while (f->truth[positive] < 0)
        positive++;
    near_task task = {&f->x, f->truth, {1, 1}, weights, scores, NULL};
    assert_int_equal(near_solution_make(&s, &report, &NOTHING, &task), TTAG_OK);
    assert_true(s.n_support == 0 && s.bias == 0 && report.bound == 0);
    libsvm_solution_dispose(&s);
    near_set one = {&positive, &whole, 1};
    assert_int_equal(near_solution_make(&s, &report, &one, &task), TTAG_OK);
    assert_true(s.n_support == 1 && isfinite(s.bias) && report.bound == 0);
    libsvm_solution_dispose(&s);
    for (size_t i = 0; i < N; i++) /* nobody else is known: nothing is between its bounds */
        f->truth[i] = i == positive;
    assert_int_equal(near_solution_make(&s, &report, &one, &task), TTAG_OK);
    assert_true(isfinite(s.bias));
    libsvm_solution_dispose(&s);
}

#ifdef TTAG_FAULTS
static void near_solution__survives_want_of_memory(void **state)
{
    fixture *f = *state;
    ttag_status status = TTAG_NOMEM;
    double weights[TERMS], scores[N];
    float coefs[] = {1, -1};
    near_set near = {f->articles, coefs, 2};
    near_task task = {&f->x, f->truth, {1, 1}, weights, scores, NULL};
    for (size_t n = 1; status != TTAG_OK; n++) {
        libsvm_solution s;
        active_report report;
        mem_fail_after(n);
        status = near_solution_make(&s, &report, &near, &task);
        mem_fail_after(0);
        assert_true(status == TTAG_OK || (status == TTAG_NOMEM && !s.articles));
        libsvm_solution_dispose(&s);
    }
}

static void active_solve__survives_want_of_memory(void **state)
{
    fixture *f = *state;
    ttag_status status = TTAG_NOMEM;
    for (size_t n = 1; status != TTAG_OK; n++) {
        libsvm_solution s;
        active_report report;
        mem_fail_after(n);
        status = active_solve(&s, &report, &f->scratch, &f->task, &NOTHING);
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
        cmocka_unit_test_setup_teardown(active_solve__leaves_its_set_behind, setup, teardown),
        cmocka_unit_test_setup_teardown(active_solve__keeps_to_its_memory, setup, teardown),
        cmocka_unit_test_setup_teardown(active_solve__passes_over_what_is_unknown, setup, teardown),
        cmocka_unit_test_setup_teardown(active_solve__hands_out_what_it_has_reached, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(near_solution__of_the_optimum_is_the_optimum, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(near_solution__of_little, setup, teardown),
#ifdef TTAG_FAULTS
        cmocka_unit_test_setup_teardown(near_solution__survives_want_of_memory, setup, teardown),
        cmocka_unit_test_setup_teardown(active_solve__survives_want_of_memory, setup, teardown),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
