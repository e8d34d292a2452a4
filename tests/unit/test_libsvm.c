/* train/libsvm and train/weights against problems solved by hand and by svm-train. */
#include "kernel_fixture.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "train/libsvm.h"
#include "train/weights.h"

/* Two points at +1 and -1 on a line: the margin is theirs, w = 1, b = 0, each alpha 1/2. */
static const size_t TWO_STARTS[] = {0, 1, 2};
static const uint32_t TWO_TERMS[] = {0, 0};
static const float TWO_VALUES[] = {1, -1};
static const ttag_matrix TWO = {2, 1, TWO_STARTS, TWO_TERMS, TWO_VALUES};

/* f(x) = Σ coef * K(x, sv) + b */
static void solve_two(const signed char truth[2], double cost, double expected_alpha)
{
    compact_kernel kernel = whole_kernel(&TWO);
    libsvm_solution s;
    uint32_t articles[] = {0, 1};
    libsvm_task task = {&kernel, articles, 2, truth, {cost, cost}, 1e-6};
    assert_int_equal(libsvm_solve(&s, &task), TTAG_OK);
    assert_int_equal(s.n_support, 2);
    for (uint32_t i = 0; i < 2; i++) {
        assert_int_equal(s.articles[i], i);
        assert_true(fabs(s.coefs[i] - truth[i] * expected_alpha) < 1e-6);
        assert_true(fabs(kernel_decide(&s, &kernel, i) - truth[i] * 2 * expected_alpha) < 1e-6);
    }
    assert_true(fabs(s.bias) < 1e-6);
    libsvm_solution_dispose(&s);
    compact_kernel_dispose(&kernel);
}

static void libsvm_solve__two_points(void **state)
{
    (void)state;
    solve_two((const signed char[]){1, -1}, 1, 0.5);
}

static void libsvm_solve__two_points_negative_first(void **state)
{
    (void)state;
    solve_two((const signed char[]){-1, 1}, 1, 0.5);
}

/* C < 1/2 binds both alphas: w = 2 C. */
static void libsvm_solve__two_points_at_their_bound(void **state)
{
    (void)state;
    solve_two((const signed char[]){1, -1}, 0.1, 0.1);
}

static void libsvm_solve__refuses_a_task_that_makes_no_sense(void **state)
{
    (void)state;
    compact_kernel kernel = whole_kernel(&TWO);
    libsvm_solution s;
    uint32_t articles[] = {0, 1};
    signed char same[] = {1, 1};
    libsvm_task task = {&kernel, articles, 2, same, {1, 1}, 1e-6};
    assert_int_equal(libsvm_solve(&s, &task), TTAG_INVALID);
    assert_null(s.articles);
    task.truth = (const signed char[]){1, -1};
    task.costs.positive = -1;
    assert_int_equal(libsvm_solve(&s, &task), TTAG_INVALID);
    compact_kernel_dispose(&kernel);
}

static void libsvm_solve__refuses_what_is_not_finite(void **state)
{
    (void)state;
    compact_kernel kernel = whole_kernel(&TWO);
    libsvm_solution s;
    uint32_t articles[] = {0, 1};
    const signed char truth[] = {1, -1};
    for (size_t i = 0; i < 2; i++)
        for (size_t j = 0; j < 2; j++)
            kernel.values[i * kernel.capacity + j] = NAN;
    libsvm_task task = {&kernel, articles, 2, truth, {1, 1}, 1e-6};
    assert_int_equal(libsvm_solve(&s, &task), TTAG_INVALID);
    assert_null(s.articles);
    compact_kernel_dispose(&kernel);
}

/* ---- The data of golden/train/decisions.txt. ---- */

typedef struct golden {
    ttag_matrix x;
    size_t *starts;
    uint32_t *terms;
    float *values;
    signed char *truth;
    double *decisions;
} golden;

static long next_long(char **cursor)
{
    return strtol(*cursor, cursor, 10);
}

static golden golden_read(void)
{
    static char text[1 << 16];
    FILE *file = fopen("golden/train/decisions.txt", "rb");
    assert_non_null(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    char *cursor = text;
    size_t n_rows = (size_t)next_long(&cursor);
    size_t n_columns = (size_t)next_long(&cursor);
    golden g = {.starts = mem_zero(n_rows + 1, sizeof *g.starts),
                .terms = mem_new(n_rows * n_columns, sizeof *g.terms),
                .values = mem_new(n_rows * n_columns, sizeof *g.values),
                .truth = mem_new(n_rows, 1),
                .decisions = mem_new(n_rows, sizeof *g.decisions)};
    assert_true(g.starts && g.terms && g.values && g.truth && g.decisions);
    size_t end = 0;
    for (size_t i = 0; i < n_rows; i++) {
        g.truth[i] = (signed char)next_long(&cursor);
        g.decisions[i] = strtod(cursor, &cursor);
        for (long left = next_long(&cursor); left > 0; left--) {
            g.terms[end] = (uint32_t)next_long(&cursor);
            assert_int_equal(*cursor++, ':');
            g.values[end++] = (float)strtod(cursor, &cursor);
        }
        g.starts[i + 1] = end;
    }
    g.x = (ttag_matrix){n_rows, n_columns, g.starts, g.terms, g.values};
    return g;
}

static void golden_dispose(golden *g)
{
    mem_free(g->starts);
    mem_free(g->terms);
    mem_free(g->values);
    mem_free(g->truth);
    mem_free(g->decisions);
}

/* Solves all but the first `left_out` rows of the data. */
static libsvm_solution golden_solve(const golden *g, compact_kernel *kernel, size_t left_out)
{
    libsvm_solution s;
    uint32_t articles[256];
    size_t count = 0;
    for (size_t i = left_out; i < g->x.n_rows; i++)
        articles[count++] = (uint32_t)i;
    *kernel = whole_kernel(&g->x);
    libsvm_task task = {kernel, articles, count, g->truth, {1, 1}, 1e-9};
    assert_int_equal(libsvm_solve(&s, &task), TTAG_OK);
    return s;
}

static void libsvm_solve__agrees_with_svm_train(void **state)
{
    (void)state;
    golden g = golden_read();
    compact_kernel kernel;
    libsvm_solution s = golden_solve(&g, &kernel, 0);
    for (size_t i = 0; i < g.x.n_rows; i++)
        assert_true(fabs(kernel_decide(&s, &kernel, i) - g.decisions[i]) < 1e-4);
    for (size_t k = 1; k < s.n_support; k++)
        assert_true(s.articles[k - 1] < s.articles[k]);
    libsvm_solution_dispose(&s);
    compact_kernel_dispose(&kernel);
    golden_dispose(&g);
}

/* The optimality conditions of the C-SVC, on a part of the articles whose numbers do not begin
   with 0: alpha = 0: y f >= 1; alpha = C: y f <= 1; between: y f = 1; and Σ alpha y = 0. */
static void libsvm_solve__is_optimal_on_a_part(void **state)
{
    (void)state;
    golden g = golden_read();
    compact_kernel kernel;
    libsvm_solution s = golden_solve(&g, &kernel, 20);
    double sum = 0;
    size_t k = 0;
    for (uint32_t i = 20; i < g.x.n_rows; i++) {
        double margin = g.truth[i] * kernel_decide(&s, &kernel, i);
        double alpha = 0;
        if (k < s.n_support && s.articles[k] == i)
            alpha = s.coefs[k++] * g.truth[i];
        assert_true(alpha >= 0 && alpha <= 1);
        assert_true(alpha >= 1 || margin >= 1 - 1e-6);
        assert_true(alpha <= 0 || margin <= 1 + 1e-6);
        sum += alpha * g.truth[i];
    }
    assert_int_equal(k, s.n_support);
    assert_true(fabs(sum) < 1e-9);
    libsvm_solution_dispose(&s);
    compact_kernel_dispose(&kernel);
    golden_dispose(&g);
}

/* ---- Weights. ---- */

/* One tag on the golden data: w x + b are the decision values, and the gap is closed. */
static void weights_fit__gives_the_same_decisions(void **state)
{
    (void)state;
    golden g = golden_read();
    compact_kernel kernel;
    libsvm_solution s = golden_solve(&g, &kernel, 0);
    size_t starts[] = {0, 0}, unknown_starts[] = {0, 0};
    uint32_t positive[256];
    unsigned char others[256] = {0};
    for (uint32_t i = 0; i < g.x.n_rows; i++)
        if (g.truth[i] > 0)
            positive[starts[1]++] = i;
    labels l = {.n_articles = g.x.n_rows,
                .n_tags = 1,
                .starts = starts,
                .articles = positive,
                .unknown_starts = unknown_starts,
                .unknown_others = others};
    assert_int_equal(weights_stride(1), 8);
    assert_int_equal(weights_stride(8), 8);
    assert_int_equal(weights_stride(9), 16);
    float weights[64 * 8] = {0};
    certificate proof;
    active_report report = {.rounds = 2, .active = 80, .violation = 1e-4, .bound = NAN};
    uint32_t terms[64];
    for (uint32_t t = 0; t < 64; t++)
        terms[t] = t;
    const class_costs costs = {1, 1};
    const bool constant = false;
    weights_task task = {&g.x, terms, &l, &s, &report, &costs, &constant, 2, NULL};
    assert_int_equal(weights_fit(weights, &proof, &task, NULL), TTAG_OK);
    assert_int_equal(proof.rounds, 2);
    assert_int_equal(proof.active, 80);
    assert_true(proof.violation == 1e-4);
    assert_int_equal(proof.n_support, s.n_support);
    for (size_t i = 0; i < g.x.n_rows; i++) {
        double f = s.bias;
        for (size_t e = g.starts[i]; e < g.starts[i + 1]; e++)
            f += (double)weights[g.terms[e] * 8] * (double)g.values[e];
        assert_true(fabs(f - g.decisions[i]) < 1e-4);
    }
    for (size_t t = 0; t < g.x.n_columns; t++)
        for (size_t padding = 1; padding < 8; padding++)
            assert_true(weights[t * 8 + padding] == 0);
    assert_true(proof.objective > 0);
    assert_true(fabs(proof.gap) < 1e-5);
    libsvm_solution_dispose(&s);
    compact_kernel_dispose(&kernel);
    golden_dispose(&g);
}

#ifdef TTAG_FAULTS
static void libsvm_solve__survives_want_of_memory(void **state)
{
    (void)state;
    compact_kernel kernel = whole_kernel(&TWO);
    uint32_t articles[] = {0, 1};
    libsvm_task task = {&kernel, articles, 2, (const signed char[]){1, -1}, {1, 1}, 1e-6};
    for (size_t n = 1;; n++) {
        libsvm_solution s;
        mem_fail_after(n);
        ttag_status status = libsvm_solve(&s, &task);
        mem_fail_after(0);
        libsvm_solution_dispose(&s);
        if (status == TTAG_OK)
            break;
        assert_int_equal(status, TTAG_NOMEM);
    }
    compact_kernel_dispose(&kernel);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(libsvm_solve__two_points),
        cmocka_unit_test(libsvm_solve__two_points_negative_first),
        cmocka_unit_test(libsvm_solve__two_points_at_their_bound),
        cmocka_unit_test(libsvm_solve__refuses_a_task_that_makes_no_sense),
        cmocka_unit_test(libsvm_solve__refuses_what_is_not_finite),
        cmocka_unit_test(libsvm_solve__agrees_with_svm_train),
        cmocka_unit_test(libsvm_solve__is_optimal_on_a_part),
        cmocka_unit_test(weights_fit__gives_the_same_decisions),
#ifdef TTAG_FAULTS
        cmocka_unit_test(libsvm_solve__survives_want_of_memory),
#endif
    };
    libsvm_silence();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
