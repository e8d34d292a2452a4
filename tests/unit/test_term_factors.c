/* train/term_factors by hand and against numpy, and solutions with factors against svm-train on
   rows that were scaled beforehand (golden/train/ratio.txt); train/averaging against the mean of
   three of svm-train's models (golden/train/averaging.txt). */
#include "golden_rows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "train/averaging.h"
#include "train/linear.h"
#include "train/solvers.h"
#include "train/term_block.h"
#include "train/term_factors.h"

enum { ROWS = GOLDEN_ROWS, COLUMNS = GOLDEN_COLUMNS, MOST_ENTRIES = GOLDEN_ENTRIES, FOLDS = 3 };

typedef struct fixture {
    size_t starts[ROWS + 1];
    uint32_t terms[MOST_ENTRIES];
    float values[MOST_ENTRIES];
    signed char truth[ROWS];
    ttag_matrix x;
    double factors[COLUMNS];
    double whole[ROWS];    /* decision values of the solution on all articles */
    double held_out[ROWS]; /* of those without the article's fold */
    uint32_t positive[ROWS];
    size_t label_starts[2];
    size_t unknown_starts[2];
    unsigned char unknown_others[ROWS];
    labels labels;
    uint8_t folds[ROWS];
} fixture;

static void read_expected(fixture *f)
{
    char *text = golden_text("golden/train/ratio.txt");
    char *cursor = text;
    for (size_t t = 0; t < COLUMNS; t++)
        f->factors[t] = strtod(cursor, &cursor);
    for (size_t i = 0; i < ROWS; i++) {
        f->whole[i] = strtod(cursor, &cursor);
        f->held_out[i] = strtod(cursor, &cursor);
    }
    mem_free(text);
}

static int setup(void **state)
{
    static ttag_view name = {"tag", 3};
    fixture *f = mem_zero(1, sizeof *f);
    assert_non_null(f);
    f->x = golden_rows_read(f->starts, f->terms, f->values, f->truth);
    read_expected(f);
    for (uint32_t i = 0; i < ROWS; i++) {
        if (f->truth[i] > 0)
            f->positive[f->label_starts[1]++] = i;
        f->folds[i] = (uint8_t)(i % FOLDS);
    }
    f->labels = (labels){.n_articles = ROWS,
                         .n_scored = ROWS,
                         .n_tags = 1,
                         .names = &name,
                         .starts = f->label_starts,
                         .articles = f->positive,
                         .unknown_starts = f->unknown_starts,
                         .unknown_others = f->unknown_others};
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    mem_free(*state);
    return 0;
}

/* ---- Factors. ---- */

/* Four articles, three terms. With the tag: {0, 1}, {0}; without: {1, 2}, {2}; p = 3 2 1, q = 1 2
   3, Σ p = Σ q = 6, r = ln 3, 0, -ln 3; so 1.25, 0.25, 1.25 before they are scaled. */
static void term_factors_fit__follows_the_formula(void **state)
{
    const ttag_matrix x = {4, 3, (size_t[]){0, 2, 3, 5, 6}, (uint32_t[]){0, 1, 0, 1, 2, 2},
                           (float[]){0.6f, 0.8f, 1, 0.8f, 0.6f, 1}};
    factor_source source = {0};
    term_factors factors = {0};
    (void)state;
    assert_int_equal(factor_source_make(&source, &x, NULL), TTAG_OK);
    assert_true(term_factors_reserve(&factors, 3));
    term_factors_fit(&factors, &source, (const signed char[]){1, 1, -1, -1});
    /* Σ |x|² = 4, Σ |f∘x|² = 2 * 1.36 * 1.5625 + 1.28 * 0.0625 */
    double scale = sqrt(4 / (2.72 * 1.5625 + 1.28 * 0.0625));
    assert_true(fabs((double)factors.factors[0] - 1.25 * scale) < 1e-6);
    assert_true(fabs((double)factors.factors[1] - 0.25 * scale) < 1e-6);
    assert_true(fabs((double)factors.factors[2] - 1.25 * scale) < 1e-6);
    term_factors_dispose(&factors);
    factor_source_dispose(&source);
}

/* p = 2 1, q = 2 1 of the two articles that are known: no term tells more than another, and none
   changes. The third knows nothing, nor would its terms. */
static void term_factors_fit__counts_only_what_is_known(void **state)
{
    const ttag_matrix x = {3, 2, (size_t[]){0, 1, 2, 4}, (uint32_t[]){0, 0, 0, 1},
                           (float[]){1, 1, 0.6f, 0.8f}};
    factor_source source = {0};
    term_factors factors = {0};
    (void)state;
    assert_int_equal(factor_source_make(&source, &x, NULL), TTAG_OK);
    assert_true(term_factors_reserve(&factors, 2));
    term_factors_fit(&factors, &source, (const signed char[]){1, -1, 0});
    assert_true(fabsf(factors.factors[0] - 1) < 1e-6f);
    assert_true(fabsf(factors.factors[1] - 1) < 1e-6f);
    term_factors_dispose(&factors);
    factor_source_dispose(&source);
}

/* An article of weight 2 counts as two of weight 1; one of weight 0.5 for half a one. */
static void term_factors_fit__counts_by_weight(void **state)
{
    const ttag_matrix x = {3, 2, (size_t[]){0, 1, 2, 4}, (uint32_t[]){0, 1, 0, 1},
                           (float[]){1, 1, 0.6f, 0.8f}};
    const float weights[] = {2, 0.5f, 1};
    factor_source source = {0};
    term_factors factors = {0};
    (void)state;
    assert_int_equal(factor_source_make(&source, &x, weights), TTAG_OK);
    assert_true(term_factors_reserve(&factors, 2));
    term_factors_fit(&factors, &source, (const signed char[]){1, -1, 0});
    /* p = 3 1, q = 1 1.5 */
    double a = fabs(log(3 / 4.0 / (1 / 2.5))), b = fabs(log(1 / 4.0 / (1.5 / 2.5)));
    double f = 0.25 + a / fmax(a, b), g = 0.25 + b / fmax(a, b);
    double scale = sqrt(3 / (1.36 * f * f + 1.64 * g * g));
    assert_true(fabs((double)factors.factors[0] - f * scale) < 1e-6);
    assert_true(fabs((double)factors.factors[1] - g * scale) < 1e-6);
    term_factors_dispose(&factors);
    factor_source_dispose(&source);
}

static void term_factors_fit__agrees_with_numpy(void **state)
{
    fixture *f = *state;
    factor_source source = {0};
    term_factors factors = {0};
    assert_int_equal(factor_source_make(&source, &f->x, NULL), TTAG_OK);
    assert_true(term_factors_reserve(&factors, COLUMNS));
    term_factors_fit(&factors, &source, f->truth);
    for (size_t t = 0; t < COLUMNS; t++)
        assert_true(fabs((double)factors.factors[t] - f->factors[t]) < 1e-6);
    for (size_t k = 1; k < ROWS + 2; k++)
        assert_true(fabs(source.logs[k] - log((double)k)) < 1e-14);
    term_factors_dispose(&factors);
    factor_source_dispose(&source);
}

/* ---- Solutions. ---- */

/* chars: terms from this one on are n-grams of characters; shares NULL: no averaging */
static ttag_status solve_with(tag_solutions *out, float *shares, size_t chars, const fixture *f,
                              ttag_solver solver, unsigned threads, const probe_set *probes)
{
    static const class_costs costs = {1, 1};
    static const bool constant = false;
    static const uint32_t partitions = 1;
    ttag_train_opts opts = TTAG_TRAIN_OPTS_INIT;
    solve_task task = {.x = &f->x,
                       .labels = &f->labels,
                       .constant = &constant,
                       .costs = &costs,
                       .tolerance = 1e-6,
                       .seed = 1,
                       .n_folds = FOLDS,
                       .partitions = &partitions,
                       .folds = f->folds,
                       .probes = probes,
                       .threads = threads};
    opts.solver = solver;
    opts.gap = 1e-6;
    opts.term_scaling = TTAG_SCALING_RATIO;
    if (!shares)
        return tag_solutions_find(out, &task, &opts, NULL);
    uint64_t offsets[COLUMNS + 1];
    for (size_t t = 0; t <= COLUMNS; t++) /* "w" or "char:x" */
        offsets[t] = t < chars ? t : chars + 6 * (t - chars);
    char bytes[6 * COLUMNS];
    for (size_t t = 0; t < COLUMNS; t++)
        memcpy(bytes + offsets[t], t < chars ? "w" : "char:x", t < chars ? 1 : 6);
    const ttag_vocabulary vocabulary = {.n_terms = COLUMNS, .offsets = offsets, .bytes = bytes};
    return averaged_solutions_find(out, shares, &task, &vocabulary, &opts, NULL);
}

static ttag_status solve(tag_solutions *out, const fixture *f, ttag_solver solver, unsigned threads)
{
    return solve_with(out, NULL, 0, f, solver, threads, NULL);
}

/* w·x + b of an article, x as it is without factors */
static double decide(const fixture *f, const tag_solutions *s, size_t article)
{
    double sum = s->biases[0];
    for (size_t e = f->starts[article]; e < f->starts[article + 1]; e++)
        sum += (double)f->values[e] * (double)s->weights[f->terms[e] * weights_stride(1)];
    return sum;
}

static void tag_solutions_find__with_factors_agrees_with_svm_train(void **state)
{
    const fixture *f = *state;
    tag_solutions s = {0};
    assert_int_equal(solve(&s, f, TTAG_SOLVER_LIBSVM, 1), TTAG_OK);
    for (size_t i = 0; i < ROWS; i++)
        assert_true(fabs(decide(f, &s, i) - f->whole[i]) < 1e-4);
    assert_true(s.certificates[0].gap < 1e-5 && s.certificates[0].gap > -1e-5);
    assert_true(s.certificates[0].violation <= 1e-6);
    tag_solutions_dispose(&s);
}

/* The held-out scores are those of factors that do not know the held-out articles' tags. */
static void tag_solutions_find__has_factors_for_each_fold(void **state)
{
    const fixture *f = *state;
    tag_solutions s = {0};
    assert_int_equal(solve(&s, f, TTAG_SOLVER_LIBSVM, 2), TTAG_OK);
    for (size_t i = 0; i < ROWS; i++) /* folds are solved to 0.01 */
        assert_true(fabs((double)s.solved.scores[0][i] - f->held_out[i]) < 0.03);
    tag_solutions_dispose(&s);
}

/* Each article once more, as the one passage of an article: it has the article's held-out score. */
static void tag_solutions_find__scores_passages_with_the_factors_of_folds(void **state)
{
    static const ttag_solver SOLVERS[] = {TTAG_SOLVER_LIBSVM, TTAG_SOLVER_LINEAR};
    const fixture *f = *state;
    unsigned char streams[ROWS] = {0};
    size_t starts[ROWS + 1];
    uint32_t fold_rows[ROWS];
    for (uint32_t i = 0; i <= ROWS; i++)
        starts[i] = i;
    for (uint32_t i = 0; i < ROWS; i++)
        fold_rows[i] = i;
    const probe_set probes = {.x = f->x,
                              .streams = streams,
                              .starts = starts,
                              .fold_rows = fold_rows,
                              .n_wholes = ROWS,
                              .n_windows = 1,
                              .borrowed = true};
    for (size_t k = 0; k < 2; k++) {
        tag_solutions s = {0};
        assert_int_equal(solve_with(&s, NULL, 0, f, SOLVERS[k], 2, &probes), TTAG_OK);
        for (size_t i = 0; i < ROWS; i++) {
            float score = s.solved.wholes[0][i * TOP_PASSAGES];
            assert_true(fabsf(score - s.solved.scores[0][i]) < 1e-5f);
        }
        tag_solutions_dispose(&s);
    }
}

/* The linear solver holds the bias back like a weight, as if it were that of one more feature of
   value 1: its optimality conditions, with the expected factors. */
static void tag_solutions_find__with_factors_settles_by_descent(void **state)
{
    const fixture *f = *state;
    tag_solutions s = {0};
    assert_int_equal(solve(&s, f, TTAG_SOLVER_LINEAR, 1), TTAG_OK);
    double squares = s.biases[0] * s.biases[0], losses = 0;
    for (size_t t = 0; t < COLUMNS; t++) {
        double w = (double)s.weights[t * weights_stride(1)] / f->factors[t];
        squares += w * w;
    }
    for (size_t i = 0; i < ROWS; i++)
        losses += fmax(0, 1 - f->truth[i] * decide(f, &s, i));
    double primal = squares / 2 + losses;
    assert_true(fabs(primal / s.certificates[0].objective - 1) < 1e-4);
    assert_true(s.certificates[0].gap <= 1e-6);
    tag_solutions_dispose(&s);
}

/* Both solvers' held-out scores differ by their bias only. */
static void tag_solutions_find__folds_of_both_solvers_are_alike(void **state)
{
    const fixture *f = *state;
    tag_solutions exact = {0}, descent = {0};
    assert_int_equal(solve(&exact, f, TTAG_SOLVER_LIBSVM, 1), TTAG_OK);
    assert_int_equal(solve(&descent, f, TTAG_SOLVER_LINEAR, 1), TTAG_OK);
    for (size_t i = 0; i < ROWS; i++)
        assert_true(fabsf(exact.solved.scores[0][i] - descent.solved.scores[0][i]) < 0.2f);
    tag_solutions_dispose(&exact);
    tag_solutions_dispose(&descent);
}

/* An article taken out of the tag's own by a weight of nearly 0 is none: in the factors, in the
   problem on all articles and in the folds. */
static void tag_solutions_find__with_factors_goes_by_weights(void **state)
{
    static const ttag_solver SOLVERS[] = {TTAG_SOLVER_LIBSVM, TTAG_SOLVER_LINEAR};
    fixture *f = *state;
    uint32_t unknown[ROWS];
    float weights[ROWS];
    size_t n_unknown = 0;
    for (uint32_t i = 0; i < ROWS; i++)
        weights[i] = i % 5 == 0 && f->truth[i] < 0 ? 1e-7f : 1;
    for (uint32_t i = 0; i < ROWS; i++)
        if (weights[i] < 1)
            unknown[n_unknown++] = i;
    for (size_t k = 0; k < 2; k++) {
        tag_solutions none = {0}, little = {0};
        f->labels.unknown_articles = unknown;
        f->unknown_starts[1] = n_unknown;
        assert_int_equal(solve(&none, f, SOLVERS[k], 1), TTAG_OK);
        f->unknown_starts[1] = 0;
        f->labels.weights = weights;
        assert_int_equal(solve(&little, f, SOLVERS[k], 1), TTAG_OK);
        f->labels.weights = NULL;
        for (size_t i = 0; i < ROWS; i++) {
            assert_true(fabs(decide(f, &none, i) - decide(f, &little, i)) < 5e-3);
            if (weights[i] >= 1)
                assert_true(fabsf(none.solved.scores[0][i] - little.solved.scores[0][i]) < 0.1f);
        }
        tag_solutions_dispose(&none);
        tag_solutions_dispose(&little);
    }
}

/* ---- The mean of three. ---- */

enum { WORDS = 20 };

static void averaged_solutions_find__agrees_with_svm_train(void **state)
{
    const fixture *f = *state;
    tag_solutions s = {0};
    float share;
    char *text = golden_text("golden/train/averaging.txt");
    char *cursor = text;
    double losses[3];
    for (size_t k = 0; k < 3; k++)
        losses[k] = strtod(cursor, &cursor);
    assert_true(losses[2] < losses[0] && losses[2] < losses[1]);
    assert_int_equal(solve_with(&s, &share, WORDS, f, TTAG_SOLVER_LIBSVM, 1, NULL), TTAG_OK);
    assert_true(share == 0.6F);
    for (size_t i = 0; i < ROWS; i++) {
        assert_true(fabs(decide(f, &s, i) - strtod(cursor, &cursor)) < 1e-4);
        /* folds are solved to 0.01 */
        assert_true(fabs((double)s.solved.scores[0][i] - strtod(cursor, &cursor)) < 0.03);
    }
    assert_true(s.certificates[0].gap < 1e-5 && s.certificates[0].violation <= 1e-6);
    mem_free(text);
    tag_solutions_dispose(&s);
}

static void averaged_solutions_find__is_the_same_for_any_threads(void **state)
{
    static const ttag_solver SOLVERS[] = {TTAG_SOLVER_LIBSVM, TTAG_SOLVER_LINEAR};
    const fixture *f = *state;
    for (size_t k = 0; k < 2; k++) {
        tag_solutions one = {0}, two = {0};
        float shares[2];
        size_t n_weights = COLUMNS * weights_stride(1);
        assert_int_equal(solve_with(&one, &shares[0], WORDS, f, SOLVERS[k], 1, NULL), TTAG_OK);
        assert_int_equal(solve_with(&two, &shares[1], WORDS, f, SOLVERS[k], 2, NULL), TTAG_OK);
        assert_memory_equal(one.weights, two.weights, n_weights * sizeof *one.weights);
        assert_memory_equal(one.solved.scores[0], two.solved.scores[0], ROWS * sizeof(float));
        assert_true(shares[0] == shares[1] && one.biases[0] == two.biases[0]);
        assert_int_equal(one.solver, SOLVERS[k]);
        tag_solutions_dispose(&one);
        tag_solutions_dispose(&two);
    }
}

/* Words alone, or n-grams of characters alone. */
static void averaged_solutions_find__without_both_blocks_is_one_classifier(void **state)
{
    static const size_t CHARS_FROM[] = {0, COLUMNS};
    const fixture *f = *state;
    tag_solutions plain = {0};
    assert_int_equal(solve(&plain, f, TTAG_SOLVER_LIBSVM, 1), TTAG_OK);
    for (size_t k = 0; k < 2; k++) {
        tag_solutions s = {0};
        float share;
        assert_int_equal(solve_with(&s, &share, CHARS_FROM[k], f, TTAG_SOLVER_LIBSVM, 1, NULL),
                         TTAG_OK);
        assert_true(share == 1);
        for (size_t i = 0; i < ROWS; i++)
            assert_true(decide(f, &s, i) == decide(f, &plain, i));
        tag_solutions_dispose(&s);
    }
    tag_solutions_dispose(&plain);
}

/* Scores that tell articles apart, and scores that do not. */
static void averaging_choose__takes_who_knows_more(void **state)
{
    enum { N = 80 };
    float knows[N], guesses[N], share;
    signed char truth[N];
    (void)state;
    for (size_t i = 0; i < N; i++) {
        truth[i] = i % 3 == 0 ? 1 : -1;
        knows[i] = (float)truth[i] + 0.01F * (float)(i * 37 % 100);
        guesses[i] = 0.1F * (float)(i * 61 % 20) - 1;
    }
    assert_int_equal(averaging_choose(&share, knows, guesses, 1, truth, N), TTAG_OK);
    assert_true(share == 0);
    assert_int_equal(averaging_choose(&share, guesses, knows, 1, truth, N), TTAG_OK);
    assert_true(share == 0.6F);
    for (size_t i = 0; i < N; i += 6) /* 13 positive articles are left */
        truth[i] = 0;
    assert_int_equal(averaging_choose(&share, guesses, knows, 1, truth, N), TTAG_OK);
    assert_true(share == 1.0F / 3.0F);
}

static void term_block_make__takes_one_kind(void **state)
{
    const ttag_matrix x = {3, 4, (size_t[]){0, 3, 4, 6}, (uint32_t[]){0, 1, 3, 1, 0, 2},
                           (float[]){1, 2, 3, 4, 5, 6}};
    const bool chars[] = {false, true, false, true};
    term_block block = {0};
    (void)state;
    assert_int_equal(term_block_make(&block, &x, chars, true, 2), TTAG_OK);
    assert_int_equal(block.x.n_rows, 3);
    assert_int_equal(block.x.n_columns, 2);
    assert_memory_equal(block.original, ((uint32_t[]){1, 3}), 2 * sizeof(uint32_t));
    assert_memory_equal(block.x.starts, ((size_t[]){0, 2, 3, 3}), 4 * sizeof(size_t));
    assert_memory_equal(block.x.terms, ((uint32_t[]){0, 1, 0}), 3 * sizeof(uint32_t));
    assert_memory_equal(block.x.values, ((float[]){4, 6, 8}), 3 * sizeof(float));
    term_block_dispose(&block);
    assert_int_equal(term_block_make(&block, &x, chars, false, 1), TTAG_OK);
    assert_memory_equal(block.x.values, ((float[]){1, 5, 6}), 3 * sizeof(float));
    term_block_dispose(&block);
}

#ifdef TTAG_FAULTS
static void tag_solutions_find__survives_want_of_memory(void **state)
{
    static const ttag_solver SOLVERS[] = {TTAG_SOLVER_LIBSVM, TTAG_SOLVER_LINEAR};
    for (size_t k = 0; k < 4; k++) {
        ttag_status status = TTAG_NOMEM;
        for (size_t n = 1; status != TTAG_OK; n++) {
            tag_solutions s = {0};
            float share;
            mem_fail_after(n);
            status = solve_with(&s, k < 2 ? NULL : &share, WORDS, *state, SOLVERS[k % 2], 1, NULL);
            mem_fail_after(0);
            assert_true(status == TTAG_OK || status == TTAG_NOMEM);
            tag_solutions_dispose(&s);
        }
    }
}
#endif

#define WITH_FIXTURE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(term_factors_fit__follows_the_formula),
        cmocka_unit_test(term_factors_fit__counts_only_what_is_known),
        cmocka_unit_test(term_factors_fit__counts_by_weight),
        WITH_FIXTURE(term_factors_fit__agrees_with_numpy),
        WITH_FIXTURE(tag_solutions_find__with_factors_agrees_with_svm_train),
        WITH_FIXTURE(tag_solutions_find__has_factors_for_each_fold),
        WITH_FIXTURE(tag_solutions_find__scores_passages_with_the_factors_of_folds),
        WITH_FIXTURE(tag_solutions_find__with_factors_settles_by_descent),
        WITH_FIXTURE(tag_solutions_find__folds_of_both_solvers_are_alike),
        WITH_FIXTURE(tag_solutions_find__with_factors_goes_by_weights),
        WITH_FIXTURE(averaged_solutions_find__agrees_with_svm_train),
        WITH_FIXTURE(averaged_solutions_find__is_the_same_for_any_threads),
        WITH_FIXTURE(averaged_solutions_find__without_both_blocks_is_one_classifier),
        cmocka_unit_test(averaging_choose__takes_who_knows_more),
        cmocka_unit_test(term_block_make__takes_one_kind),
#ifdef TTAG_FAULTS
        WITH_FIXTURE(tag_solutions_find__survives_want_of_memory),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
