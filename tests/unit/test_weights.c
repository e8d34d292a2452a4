/* Articles that count for more or less than one, in every solver, against scikit-learn's
   sample_weight (golden/train/weighted.txt) and against libsvm on articles given several times. */
#include "golden_rows.h"
#include "kernel_fixture.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/view.h"
#include "train/folds.h"
#include "train/solvers.h"
#include "train/weights.h"

enum { ROWS = GOLDEN_ROWS, SCORED = 60, MOST_ENTRIES = GOLDEN_ENTRIES, FOLDS = 3 };

static const double GAMMA = 0.5;
static const class_costs COSTS = {1, 2};

typedef struct golden {
    double weight, linear, held_out, beside_extra, rbf, hinge, squared_hinge;
} golden;

typedef struct fixture {
    size_t starts[ROWS + 1];
    uint32_t terms[MOST_ENTRIES];
    float values[MOST_ENTRIES];
    signed char truth[ROWS];
    golden expected[ROWS];
    uint8_t folds[ROWS];
    ttag_matrix x;
    labels labels;
    tag_solutions found;
} fixture;

/* ---- Data. ---- */

static void read_data(fixture *f)
{
    f->x = golden_rows_read(f->starts, f->terms, f->values, f->truth);
    for (size_t i = 0; i < ROWS; i++)
        f->folds[i] = (uint8_t)(i % FOLDS);
    char *text = golden_text("golden/train/weighted.txt");
    char *cursor = text;
    for (size_t i = 0; i < ROWS; i++) {
        golden *g = &f->expected[i];
        double *const columns[] = {&g->weight, &g->linear, &g->held_out,     &g->beside_extra,
                                   &g->rbf,    &g->hinge,  &g->squared_hinge};
        for (size_t k = 0; k < sizeof columns / sizeof *columns; k++)
            *columns[k] = strtod(cursor, &cursor);
    }
    mem_free(text);
}

/* weights: of ROWS articles */
static void make_labels(fixture *f, const double *weights)
{
    static const ttag_view name = {"a", 1};
    label_log log = {0};
    size_t n_tags;
    assert_int_equal(label_log_init(&log, NULL), TTAG_OK);
    for (size_t i = 0; i < ROWS; i++) {
        ttag_article article = {
            .tags = &name, .n_tags = f->truth[i] > 0, .labelled = true, .weight = weights[i]};
        assert_int_equal(label_log_see(&log, &article, &n_tags), TTAG_OK);
        assert_int_equal(label_log_add(&log, &article), TTAG_OK);
    }
    assert_int_equal(labels_make(&f->labels, &log, NULL, 1), TTAG_OK);
    label_log_dispose(&log);
}

static int setup(void **state)
{
    fixture *f = mem_zero(1, sizeof *f);
    double weights[ROWS];
    assert_non_null(f);
    read_data(f);
    for (size_t i = 0; i < ROWS; i++)
        weights[i] = f->expected[i].weight;
    make_labels(f, weights);
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    fixture *f = *state;
    tag_solutions_dispose(&f->found);
    labels_dispose(&f->labels);
    mem_free(f);
    return 0;
}

static void find_with(fixture *f, ttag_solver solver, const rbf_matrix *rbf, ttag_loss loss)
{
    static const bool constant = false;
    static const uint32_t partitions = 1;
    ttag_train_opts opts = TTAG_TRAIN_OPTS_INIT;
    opts.solver = solver;
    opts.gap = 1e-5;
    opts.loss = loss;
    opts.term_scaling = TTAG_SCALING_NONE;
    opts.kernel = rbf ? TTAG_KERNEL_RBF : TTAG_KERNEL_LINEAR;
    solve_task task = {.x = &f->x,
                       .labels = &f->labels,
                       .constant = &constant,
                       .costs = &COSTS,
                       .tolerance = 1e-6,
                       .seed = 1,
                       .n_folds = FOLDS,
                       .partitions = &partitions,
                       .folds = f->folds,
                       .rbf = rbf,
                       .threads = 1};
    tag_solutions_dispose(&f->found);
    assert_int_equal(tag_solutions_find(&f->found, &task, &opts, NULL), TTAG_OK);
}

static void find(fixture *f, ttag_solver solver, const rbf_matrix *rbf)
{
    find_with(f, solver, rbf, TTAG_LOSS_HINGE);
}

/* w·x + b of an article */
static double decide(const fixture *f, size_t article)
{
    double sum = f->found.biases[0];
    for (size_t e = f->starts[article]; e < f->starts[article + 1]; e++)
        sum += (double)f->values[e] * (double)f->found.weights[f->terms[e] * weights_stride(1)];
    return sum;
}

/* ---- Against scikit-learn. ---- */

static void weights__of_articles_agree_with_scikit_learn(void **state)
{
    fixture *f = *state;
    find(f, TTAG_SOLVER_LIBSVM, NULL);
    const certificate *c = &f->found.certificates[0];
    for (size_t i = 0; i < ROWS; i++)
        assert_true(fabs(decide(f, i) - f->expected[i].linear) < 1e-4);
    for (size_t k = 0; k < f->found.solved.solutions[0].n_support; k++) {
        size_t i = f->found.solved.solutions[0].articles[k];
        double most = f->expected[i].weight * (f->truth[i] > 0 ? 2 : 1);
        assert_true(fabs(f->found.solved.solutions[0].coefs[k]) < most * (1 + 1e-6));
    }
    assert_true(c->own && c->rounds == 0 && c->violation <= 1e-6);
    assert_true(c->gap < 1e-5 && c->gap > -1e-6);
}

/* Out-of-fold problems are solved to 0.01. */
static void weights__of_articles_hold_in_folds(void **state)
{
    fixture *f = *state;
    find(f, TTAG_SOLVER_LIBSVM, NULL);
    for (size_t i = 0; i < ROWS; i++)
        assert_true(fabs((double)f->found.solved.scores[0][i] - f->expected[i].held_out) < 0.03);
    find(f, TTAG_SOLVER_LINEAR, NULL);
    for (size_t i = 0; i < ROWS; i++)
        assert_true(fabs((double)f->found.solved.scores[0][i] - f->expected[i].held_out) < 0.15);
}

/* Articles from SCORED on are extra: the even ones go with a fold, the odd ones with none. */
static void extra_articles__are_in_all_parts_but_that_of_their_group(void **state)
{
    fixture *f = *state;
    for (size_t i = SCORED + 1; i < ROWS; i += 2)
        f->folds[i] = FOLD_NONE;
    find(f, TTAG_SOLVER_LIBSVM, NULL);
    for (size_t i = 0; i < SCORED; i++)
        assert_true(fabs((double)f->found.solved.scores[0][i] - f->expected[i].beside_extra) <
                    0.03);
    find(f, TTAG_SOLVER_LINEAR, NULL);
    for (size_t i = 0; i < SCORED; i++)
        assert_true(fabs((double)f->found.solved.scores[0][i] - f->expected[i].beside_extra) <
                    0.15);
}

static void weights__of_articles_in_descent(void **state)
{
    fixture *f = *state;
    find(f, TTAG_SOLVER_LINEAR, NULL);
    for (size_t i = 0; i < ROWS; i++)
        assert_true(fabs(decide(f, i) - f->expected[i].hinge) < 2e-3);
    assert_true(f->found.certificates[0].gap <= 1e-5);
    assert_true(f->found.certificates[0].gap > -1e-6);
    find_with(f, TTAG_SOLVER_LINEAR, NULL, TTAG_LOSS_SQUARED_HINGE);
    for (size_t i = 0; i < ROWS; i++)
        assert_true(fabs(decide(f, i) - f->expected[i].squared_hinge) < 2e-3);
    assert_true(f->found.certificates[0].gap <= 1e-5);
    assert_true(f->found.certificates[0].gap > -1e-6);
}

static void weights__of_articles_with_the_rbf_kernel(void **state)
{
    fixture *f = *state;
    rbf_matrix kernel;
    assert_int_equal(rbf_matrix_make(&kernel, &f->x, GAMMA, (size_t)1 << 30, 1, NULL, NULL),
                     TTAG_OK);
    find(f, TTAG_SOLVER_LIBSVM, &kernel);
    const libsvm_solution *s = &f->found.solved.solutions[0];
    for (size_t i = 0; i < ROWS; i++) {
        double sum = s->bias;
        for (size_t k = 0; k < s->n_support; k++)
            sum += s->coefs[k] * (double)rbf_row(&kernel, s->articles[k])[i];
        assert_true(fabs(sum - f->expected[i].rbf) < 1e-4);
    }
    assert_true(f->found.certificates[0].own && f->found.certificates[0].gap < 1e-5);
    rbf_matrix_dispose(&kernel);
}

/* ---- Against articles given several times. ---- */

/* libsvm's decision values where article i is there times[i] times. */
static void by_repeating(double *out, const fixture *f, const unsigned *times)
{
    compact_kernel once = whole_kernel(&f->x);
    size_t starts[4 * ROWS + 1] = {0};
    signed char truth[4 * ROWS];
    uint32_t terms[4 * MOST_ENTRIES], articles[4 * ROWS], original[4 * ROWS];
    float values[4 * MOST_ENTRIES];
    size_t n = 0, end = 0;
    for (uint32_t i = 0; i < ROWS; i++)
        for (unsigned k = 0; k < times[i]; k++) {
            size_t count = f->starts[i + 1] - f->starts[i];
            memcpy(terms + end, f->terms + f->starts[i], count * sizeof *terms);
            memcpy(values + end, f->values + f->starts[i], count * sizeof *values);
            truth[n] = f->truth[i];
            articles[n] = (uint32_t)n;
            original[n++] = i;
            starts[n] = end += count;
        }
    const ttag_matrix x = {n, f->x.n_columns, starts, terms, values};
    compact_kernel kernel = whole_kernel(&x);
    const libsvm_task task = {&kernel, articles, n, truth, COSTS, 1e-6};
    libsvm_solution s;
    assert_int_equal(libsvm_solve(&s, &task), TTAG_OK);
    for (size_t i = 0; i < ROWS; i++) {
        out[i] = s.bias;
        for (size_t k = 0; k < s.n_support; k++)
            out[i] += s.coefs[k] * kernel_value(&once, original[s.articles[k]], i);
    }
    libsvm_solution_dispose(&s);
    compact_kernel_dispose(&kernel);
    compact_kernel_dispose(&once);
}

static void weights__that_are_whole_equal_repeated_articles(void **state)
{
    fixture *f = *state;
    double weights[ROWS], expected[ROWS];
    unsigned times[ROWS];
    for (size_t i = 0; i < ROWS; i++)
        weights[i] = times[i] = i % 7 == 0 ? 3 : i % 3 == 0 ? 2 : 1;
    labels_dispose(&f->labels);
    make_labels(f, weights);
    libsvm_silence();
    by_repeating(expected, f, times);
    find(f, TTAG_SOLVER_LIBSVM, NULL);
    for (size_t i = 0; i < ROWS; i++)
        assert_true(fabs(decide(f, i) - expected[i]) < 1e-4);
}

/* Of one weight for all comes the solution at that cost, though libsvm is not asked. */
static void weights__that_are_equal_are_a_cost(void **state)
{
    fixture *f = *state;
    double weights[ROWS], halves[ROWS];
    for (size_t i = 0; i < ROWS; i++)
        weights[i] = 0.5;
    labels_dispose(&f->labels);
    make_labels(f, weights);
    find(f, TTAG_SOLVER_LIBSVM, NULL);
    assert_true(f->found.certificates[0].own);
    for (size_t i = 0; i < ROWS; i++)
        halves[i] = decide(f, i);
    static const bool constant = false;
    static const class_costs half = {0.5, 1};
    static const uint32_t partitions = 0;
    for (size_t i = 0; i < ROWS; i++)
        weights[i] = 1;
    labels_dispose(&f->labels);
    make_labels(f, weights);
    assert_null(f->labels.weights);
    ttag_train_opts opts = TTAG_TRAIN_OPTS_INIT;
    opts.term_scaling = TTAG_SCALING_NONE;
    solve_task task = {.x = &f->x,
                       .labels = &f->labels,
                       .constant = &constant,
                       .costs = &half,
                       .tolerance = 1e-6,
                       .seed = 1,
                       .partitions = &partitions,
                       .threads = 1};
    tag_solutions_dispose(&f->found);
    assert_int_equal(tag_solutions_find(&f->found, &task, &opts, NULL), TTAG_OK);
    assert_false(f->found.certificates[0].own);
    for (size_t i = 0; i < ROWS; i++)
        assert_true(fabs(decide(f, i) - halves[i]) < 1e-4);
}

/* Every third article; float has no number so small, or no inverse of it. */
static void weights__too_small_for_floats_say_next_to_nothing(void **state)
{
    fixture *f = *state;
    static const double SMALL[] = {1e-300, 1e-60, 1e-45, 1e-30};
    double weights[ROWS], without[ROWS];
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < ROWS; i++)
            weights[i] = i % 3 ? 1 : pass ? SMALL[i / 3 % 4] : 1e-7;
        labels_dispose(&f->labels);
        make_labels(f, weights);
        find_with(f, TTAG_SOLVER_LINEAR, NULL, TTAG_LOSS_SQUARED_HINGE);
        assert_true(f->found.certificates[0].gap <= 1e-5);
        for (size_t i = 0; i < ROWS; i++) {
            without[i] = pass ? without[i] : decide(f, i);
            assert_true(fabs(decide(f, i) - without[i]) < 2e-3);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(weights__of_articles_agree_with_scikit_learn, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(weights__of_articles_hold_in_folds, setup, teardown),
        cmocka_unit_test_setup_teardown(extra_articles__are_in_all_parts_but_that_of_their_group,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(weights__of_articles_in_descent, setup, teardown),
        cmocka_unit_test_setup_teardown(weights__of_articles_with_the_rbf_kernel, setup, teardown),
        cmocka_unit_test_setup_teardown(weights__that_are_whole_equal_repeated_articles, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(weights__that_are_equal_are_a_cost, setup, teardown),
        cmocka_unit_test_setup_teardown(weights__too_small_for_floats_say_next_to_nothing, setup,
                                        teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
