/* train/smo and train/fold_problems against libsvm on the same problems, and against the optimality
   conditions. */
#include "kernel_fixture.h"

#include <math.h>
#include <string.h>

#include "base/random.h"
#include "train/active_set.h"
#include "train/fold_problems.h"

enum { N = 350, TERMS = 60, HELD = 4, FOLDS = 5, PARTITIONS = 4 }; /* more problems than LANES */

static const double TOLERANCE = 1e-4;

typedef struct fixture {
    size_t starts[N + 1];
    uint32_t terms[N * HELD];
    float values[N * HELD];
    signed char truth[N];
    uint8_t folds[PARTITIONS * N];
    float scores[PARTITIONS * N];
    ttag_matrix x;
    kernel_source source;
    compact_kernel kernel;
    active_scratch active;
    fold_scratch scratch;
    libsvm_solution whole;
} fixture;

/* Articles of HELD neighbouring terms, of norm 1; positive ones lean towards the first terms. */
static void make_articles(fixture *f)
{
    rng r;
    rng_seed(&r, 3);
    for (uint32_t i = 0; i < N; i++) {
        f->truth[i] = i % 7 == 0 ? 1 : -1;
        bool typical = rng_below(&r, 10) < (f->truth[i] > 0 ? 6u : 2u);
        uint32_t first =
            (uint32_t)(typical ? rng_below(&r, 8) : 8 + rng_below(&r, TERMS - 8 - HELD));
        double squares = 0;
        for (uint32_t k = 0; k < HELD; k++) {
            f->terms[i * HELD + k] = first + k;
            f->values[i * HELD + k] = 0.2f + (float)rng_below(&r, 1000) / 1000;
            squares += (double)f->values[i * HELD + k] * (double)f->values[i * HELD + k];
        }
        for (uint32_t k = 0; k < HELD; k++)
            f->values[i * HELD + k] /= (float)sqrt(squares);
        f->starts[i + 1] = (size_t)(i + 1) * HELD;
        for (size_t p = 0; p < PARTITIONS; p++)
            f->folds[p * N + i] = (uint8_t)rng_below(&r, FOLDS);
    }
    f->x = (ttag_matrix){N, TERMS, f->starts, f->terms, f->values};
}

static int setup(void **state)
{
    fixture *f = mem_zero(1, sizeof *f);
    assert_non_null(f);
    make_articles(f);
    f->kernel = whole_kernel(&f->x);
    libsvm_silence();
    assert_int_equal(kernel_source_make(&f->source, &f->x), TTAG_OK);
    assert_int_equal(active_scratch_init(&f->active, &f->source), TTAG_OK);
    assert_int_equal(fold_scratch_init(&f->scratch, &f->x), TTAG_OK);
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    fixture *f = *state;
    compact_kernel_dispose(&f->kernel);
    kernel_source_dispose(&f->source);
    active_scratch_dispose(&f->active);
    fold_scratch_dispose(&f->scratch);
    libsvm_solution_dispose(&f->whole);
    mem_free(f);
    return 0;
}

/* ---- One problem. ---- */

static void smo_open(const fixture *f, smo *p, double cost)
{
    assert_true(smo_reserve(p, N));
    for (size_t k = 0; k < N; k++) {
        p->coefs[k] = 0;
        p->errors[k] = f->truth[k];
        p->highs[k] = f->truth[k] > 0 ? cost : 0;
        p->lows[k] = f->truth[k] > 0 ? 0 : -cost;
    }
}

static double decide(const fixture *f, const double *coefs, double bias, size_t article)
{
    double sum = bias;
    for (size_t k = 0; k < N; k++)
        sum += coefs[k] * kernel_value(&f->kernel, article, k);
    return sum;
}

static double objective(const fixture *f, const double *coefs)
{
    double sum = 0;
    for (size_t k = 0; k < N; k++)
        sum += coefs[k] * f->truth[k] - coefs[k] * decide(f, coefs, 0, k) / 2;
    return sum;
}

static void coefs_of(double *out, const libsvm_solution *s)
{
    memset(out, 0, N * sizeof *out);
    for (size_t k = 0; k < s->n_support; k++)
        out[s->articles[k]] = s->coefs[k];
}

static void smo_run__equals_libsvm(void **state)
{
    static const double COSTS[] = {0.1, 1, 8};
    fixture *f = *state;
    const smo_kernel kernel = {f->kernel.values, f->kernel.diagonal, f->kernel.capacity};
    uint32_t articles[N];
    double expected[N];
    smo p = {0};
    for (uint32_t i = 0; i < N; i++)
        articles[i] = i;
    for (size_t c = 0; c < sizeof COSTS / sizeof *COSTS; c++) {
        libsvm_solution s;
        libsvm_task task = {&f->kernel, articles, N, f->truth, {COSTS[c], COSTS[c]}, 1e-5};
        assert_int_equal(libsvm_solve(&s, &task), TTAG_OK);
        coefs_of(expected, &s);
        smo_open(f, &p, COSTS[c]);
        assert_true(smo_run(&p, &kernel, 1e-5) > 0);
        double sum = 0;
        for (size_t k = 0; k < N; k++) {
            assert_true(p.coefs[k] >= p.lows[k] && p.coefs[k] <= p.highs[k]);
            assert_true(fabs(decide(f, p.coefs, p.bias, k) - decide(f, expected, s.bias, k)) <
                        1e-3);
            assert_true(fabs(p.errors[k] - (f->truth[k] - decide(f, p.coefs, 0, k))) < 1e-6);
            sum += p.coefs[k];
        }
        assert_true(fabs(sum) < 1e-9);
        assert_true(fabs(objective(f, p.coefs) / objective(f, expected) - 1) < 1e-6);
        libsvm_solution_dispose(&s);
    }
    smo_dispose(&p);
}

/* The same end from the solution of another cost, brought into balance. */
static void smo_run__does_not_mind_where_it_begins(void **state)
{
    fixture *f = *state;
    const smo_kernel kernel = {f->kernel.values, f->kernel.diagonal, f->kernel.capacity};
    smo cold = {0}, warm = {0};
    smo_open(f, &cold, 1);
    size_t cold_steps = smo_run(&cold, &kernel, 1e-5);
    smo_open(f, &warm, 1);
    for (size_t k = 0; k < N; k++)
        if (cold.coefs[k] != 0 && k % 50 != 0)
            smo_move(&warm, &kernel, k, cold.coefs[k]);
    smo_balance(&warm, &kernel);
    double sum = 0;
    for (size_t k = 0; k < N; k++)
        sum += warm.coefs[k];
    assert_true(fabs(sum) < 1e-9);
    assert_true(smo_run(&warm, &kernel, 1e-5) < cold_steps);
    for (size_t k = 0; k < N; k++)
        assert_true(
            fabs(decide(f, cold.coefs, cold.bias, k) - decide(f, warm.coefs, warm.bias, k)) < 1e-3);
    smo_dispose(&cold);
    smo_dispose(&warm);
}

/* ---- Folds. ---- */

static fold_task solve_whole(fixture *f)
{
    static const near_set NOTHING = {NULL, NULL, 0};
    active_report report;
    active_task task = {&f->source, f->truth, {1, 2}, TOLERANCE, (size_t)1 << 30, NULL, NULL};
    libsvm_solution_dispose(&f->whole);
    assert_int_equal(active_solve(&f->whole, &report, &f->active, &task, &NOTHING), TTAG_OK);
    return (fold_task){.source = &f->source,
                       .truth = f->truth,
                       .folds = f->folds,
                       .n_partitions = PARTITIONS,
                       .n_folds = FOLDS,
                       .costs = {1, 2},
                       .tolerance = TOLERANCE,
                       .scores = f->active.scores,
                       .bias = f->whole.bias,
                       .coefs = f->active.coefs,
                       .set = &f->active.set};
}

/* Every held-out score is that of libsvm on the other folds. */
static void fold_problems__equal_libsvm_without_the_fold(void **state)
{
    fixture *f = *state;
    memset(f->truth + 50, 0, 20); /* unknown: neither learnt from nor scored */
    fold_task task = solve_whole(f);
    assert_int_equal(fold_problems_solve(f->scores, &f->scratch, &task), TTAG_OK);
    for (size_t p = 0; p < PARTITIONS; p++) {
        for (uint8_t fold = 0; fold < FOLDS; fold++) {
            uint32_t articles[N];
            double coefs[N];
            size_t count = 0;
            for (uint32_t i = 0; i < N; i++)
                if (f->folds[p * N + i] != fold && f->truth[i])
                    articles[count++] = i;
            libsvm_solution s;
            libsvm_task without = {&f->kernel, articles, count, f->truth, {1, 2}, TOLERANCE};
            assert_int_equal(libsvm_solve(&s, &without), TTAG_OK);
            coefs_of(coefs, &s);
            for (size_t i = 0; i < N; i++)
                if (f->folds[p * N + i] == fold && f->truth[i])
                    assert_true(fabs((double)f->scores[p * N + i] - decide(f, coefs, s.bias, i)) <
                                5e-3);
            libsvm_solution_dispose(&s);
        }
    }
    for (size_t i = 50; i < 70; i++)
        assert_true(f->scores[i] == 0);
}

static void fold_problems__score_the_edge_of_the_only_class(void **state)
{
    fixture *f = *state;
    for (size_t i = 0; i < N; i++)
        f->truth[i] = i == 7 ? 1 : -1;
    f->folds[7] = 2;
    fold_task task = solve_whole(f);
    task.n_partitions = 1;
    assert_int_equal(fold_problems_solve(f->scores, &f->scratch, &task), TTAG_OK);
    for (size_t i = 0; i < N; i++)
        if (f->folds[i] == 2)
            assert_true(f->scores[i] == -1);
}

#ifdef TTAG_FAULTS
static void fold_problems__survive_want_of_memory(void **state)
{
    fixture *f = *state;
    ttag_status status = TTAG_NOMEM;
    memset(f->truth + 150, 0, N - 150);
    for (size_t n = 1; status != TTAG_OK; n++) {
        fold_scratch scratch = {0};
        fold_task task = solve_whole(f);
        task.n_partitions = 1;
        mem_fail_after(n);
        status = fold_scratch_init(&scratch, &f->x);
        if (status == TTAG_OK)
            status = fold_problems_solve(f->scores, &scratch, &task);
        mem_fail_after(0);
        assert_true(status == TTAG_OK || status == TTAG_NOMEM);
        fold_scratch_dispose(&scratch);
    }
}
#endif

#define WITH_FIXTURE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FIXTURE(smo_run__equals_libsvm),
        WITH_FIXTURE(smo_run__does_not_mind_where_it_begins),
        WITH_FIXTURE(fold_problems__equal_libsvm_without_the_fold),
        WITH_FIXTURE(fold_problems__score_the_edge_of_the_only_class),
#ifdef TTAG_FAULTS
        WITH_FIXTURE(fold_problems__survive_want_of_memory),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
