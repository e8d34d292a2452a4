/* train/descent and train/linear against LIBLINEAR's values (golden/train/hinge.py). */
#include "golden_rows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/view.h"
#include "train/linear.h"
#include "train/tag_blocks.h"

enum { ROWS = GOLDEN_ROWS, MOST_ENTRIES = GOLDEN_ENTRIES, FOLDS = 3 };

/* Three tags: the golden labels, their opposite, and the golden labels with gaps of knowledge. */
enum { GOLDEN, OPPOSITE, UNSURE, TAGS };

typedef struct fixture {
    size_t starts[ROWS + 1];
    uint32_t terms[MOST_ENTRIES];
    float values[MOST_ENTRIES];
    signed char truth[ROWS];
    double expected[ROWS]; /* of the hinge loss */
    ttag_loss loss;
    double positive_cost;
    ttag_matrix x;
    labels labels;
    bool constant[TAGS];
    uint32_t partitions[TAGS];
    uint8_t folds[ROWS];
    float *weights;
    double biases[TAGS];
    certificate certificates[TAGS];
    solve_result solved;
} fixture;

static void read_values(double *values, const char *path)
{
    char *text = golden_text(path);
    char *cursor = text;
    for (size_t i = 0; i < ROWS; i++)
        values[i] = strtod(cursor, &cursor);
    mem_free(text);
}

static void make_labels(fixture *f)
{
    static const ttag_view UNSURE_NAME = {"c", 1};
    label_log log = {0};
    size_t n_tags;
    assert_int_equal(label_log_init(&log, NULL), TTAG_OK);
    for (size_t i = 0; i < ROWS; i++) {
        ttag_view positive[] = {{"a", 1}, {"c", 1}};
        ttag_view negative[] = {{"b", 1}};
        bool is_positive = f->truth[i] > 0;
        ttag_article article = {.tags = is_positive ? positive : negative,
                                .n_tags = is_positive ? 2 : 1,
                                .labelled = true,
                                .weight = 1};
        if (i % 5 == 0) {
            article.n_tags = 1;
            article.unknown = &UNSURE_NAME;
            article.n_unknown = 1;
        }
        assert_int_equal(label_log_see(&log, &article, &n_tags), TTAG_OK);
        assert_int_equal(label_log_add(&log, &article), TTAG_OK);
    }
    assert_int_equal(labels_make(&f->labels, &log, NULL, 1), TTAG_OK);
    assert_int_equal(f->labels.n_tags, TAGS);
    label_log_dispose(&log);
}

static int setup(void **state)
{
    fixture *f = mem_zero(1, sizeof *f);
    assert_non_null(f);
    f->x = golden_rows_read(f->starts, f->terms, f->values, f->truth);
    read_values(f->expected, "golden/train/hinge.txt");
    make_labels(f);
    f->positive_cost = 1;
    f->weights = mem_zero(f->x.n_columns, weights_stride(TAGS) * sizeof *f->weights);
    assert_non_null(f->weights);
    for (size_t i = 0; i < ROWS; i++)
        f->folds[i] = (uint8_t)(i % FOLDS);
    for (size_t t = 0; t < TAGS; t++)
        f->partitions[t] = 1;
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    fixture *f = *state;
    solve_result_dispose(&f->solved);
    labels_dispose(&f->labels);
    mem_free(f->weights);
    mem_free(f);
    return 0;
}

static ttag_status solve(fixture *f, uint32_t n_folds, unsigned threads, double gap)
{
    const class_costs one = {1, f->positive_cost};
    const class_costs costs[TAGS] = {one, one, one};
    uint32_t terms[MOST_ENTRIES];
    for (uint32_t t = 0; t < MOST_ENTRIES; t++)
        terms[t] = t;
    solve_task task = {.x = &f->x,
                       .terms = terms,
                       .labels = &f->labels,
                       .constant = f->constant,
                       .costs = costs,
                       .loss = f->loss,
                       .seed = 1,
                       .n_folds = n_folds,
                       .partitions = f->partitions,
                       .folds = f->folds,
                       .threads = threads};
    solve_result_dispose(&f->solved);
    return linear_solve_all(&f->solved, f->weights, f->biases, f->certificates, &task, gap, NULL);
}

/* w·x + b of an article */
static double decide(const fixture *f, size_t tag, size_t article)
{
    double sum = f->biases[tag];
    for (size_t e = f->starts[article]; e < f->starts[article + 1]; e++)
        sum += (double)f->values[e] * (double)f->weights[f->terms[e] * weights_stride(TAGS) + tag];
    return sum;
}

static void linear_solve_all__agrees_with_liblinear(void **state)
{
    fixture *f = *state;
    assert_int_equal(solve(f, 0, 1, 1e-6), TTAG_OK);
    for (size_t i = 0; i < ROWS; i++) {
        assert_true(fabs(decide(f, GOLDEN, i) - f->expected[i]) < 2e-3);
        assert_true(fabs(decide(f, OPPOSITE, i) + f->expected[i]) < 2e-3);
    }
    assert_null(f->solved.scores[GOLDEN]);
}

static void linear_solve_all__squares_the_hinge_as_liblinear(void **state)
{
    fixture *f = *state;
    double expected[ROWS];
    read_values(expected, "golden/train/squared_hinge.txt");
    f->loss = TTAG_LOSS_SQUARED_HINGE;
    f->positive_cost = 2;
    assert_int_equal(solve(f, 0, 1, 1e-6), TTAG_OK);
    for (size_t i = 0; i < ROWS; i++)
        assert_true(fabs(decide(f, GOLDEN, i) - expected[i]) < 1e-3);
}

static void linear_solve_all__reaches_the_gap_it_is_asked_for(void **state)
{
    static const double GAPS[] = {0.1, 1e-2, 1e-3, 1e-5, 0.1, 1e-2, 1e-3, 1e-5};
    fixture *f = *state;
    for (size_t k = 0; k < sizeof GAPS / sizeof *GAPS; k++) {
        f->loss = k < 4 ? TTAG_LOSS_HINGE : TTAG_LOSS_SQUARED_HINGE;
        assert_int_equal(solve(f, 0, 1, GAPS[k]), TTAG_OK);
        for (size_t t = 0; t < TAGS; t++) {
            const certificate *c = &f->certificates[t];
            assert_true(c->gap <= GAPS[k] && c->gap > -1e-6);
            assert_true(c->objective > 0 && isnan(c->violation));
            assert_in_range(c->n_support, 1, ROWS);
            assert_true(c->rounds > 0);
        }
    }
}

/* An article without a say in a tag is as good as absent: taking the row away changes nothing. */
static void linear_solve_all__passes_over_what_is_unknown(void **state)
{
    fixture *f = *state;
    assert_int_equal(solve(f, 0, 1, 1e-6), TTAG_OK);
    double with[ROWS];
    for (size_t i = 0; i < ROWS; i++)
        with[i] = decide(f, UNSURE, i);
    for (size_t i = 0; i < ROWS; i += 5)
        for (size_t e = f->starts[i]; e < f->starts[i + 1]; e++)
            f->values[e] = 0;
    assert_int_equal(solve(f, 0, 1, 1e-6), TTAG_OK);
    for (size_t i = 0; i < ROWS; i++)
        if (i % 5 != 0)
            assert_true(fabs(decide(f, UNSURE, i) - with[i]) < 2e-3);
}

/* A held-out score is that of a model that has not seen the article. */
static void linear_solve_all__holds_articles_out(void **state)
{
    fixture *f = *state;
    float scores[ROWS];
    assert_int_equal(solve(f, FOLDS, 1, 1e-3), TTAG_OK);
    memcpy(scores, f->solved.scores[GOLDEN], sizeof scores);
    for (size_t i = 0; i < ROWS; i += 5)
        assert_true(f->solved.scores[UNSURE][i] == 0); /* unknown: no score */
    descent d = {0};
    uint32_t tag = GOLDEN;
    descent_gap gaps[LANES];
    assert_true(descent_reserve(&d, &f->x));
    descent_begin(&d, TTAG_LOSS_HINGE, &f->labels, &tag, 1, &(class_costs){1, 1}, 3);
    for (size_t i = 0; i < ROWS; i += FOLDS)
        descent_forget(&d, i);
    descent_settle(&d, 1e-5, 10, 500, gaps);
    for (size_t i = 0; i < ROWS; i += FOLDS) {
        float fresh[LANES];
        descent_decide(&d, i, fresh);
        assert_true(fabsf(fresh[0] - scores[i]) < 0.15f); /* folds are solved to a gap of 0.01 */
    }
    descent_dispose(&d);
}

static void linear_solve_all__is_the_same_for_any_threads(void **state)
{
    fixture *f = *state;
    size_t count = f->x.n_columns * weights_stride(TAGS);
    float *one = mem_new(count, sizeof *one);
    float scores[ROWS];
    assert_non_null(one);
    assert_int_equal(solve(f, FOLDS, 1, 1e-3), TTAG_OK);
    memcpy(one, f->weights, count * sizeof *one);
    memcpy(scores, f->solved.scores[OPPOSITE], sizeof scores);
    assert_int_equal(solve(f, FOLDS, 3, 1e-3), TTAG_OK);
    assert_memory_equal(one, f->weights, count * sizeof *one);
    assert_memory_equal(scores, f->solved.scores[OPPOSITE], sizeof scores);
    mem_free(one);
}

static void linear_solve_all__leaves_constant_tags_alone(void **state)
{
    fixture *f = *state;
    f->constant[OPPOSITE] = true;
    assert_int_equal(solve(f, FOLDS, 1, 1e-3), TTAG_OK);
    assert_true(f->biases[OPPOSITE] == 0);
    assert_null(f->solved.scores[OPPOSITE]);
    memset(f->constant, 1, sizeof f->constant);
    assert_int_equal(solve(f, FOLDS, 1, 1e-3), TTAG_OK);
}

#ifdef TTAG_FAULTS
static void linear_solve_all__survives_want_of_memory(void **state)
{
    fixture *f = *state;
    ttag_status status = TTAG_NOMEM;
    for (size_t n = 1; status != TTAG_OK; n++) {
        mem_fail_after(n);
        status = solve(f, FOLDS, 1, 1e-2);
        mem_fail_after(0);
        assert_true(status == TTAG_OK || status == TTAG_NOMEM);
    }
}
#endif

#define WITH_FIXTURE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FIXTURE(linear_solve_all__agrees_with_liblinear),
        WITH_FIXTURE(linear_solve_all__squares_the_hinge_as_liblinear),
        WITH_FIXTURE(linear_solve_all__reaches_the_gap_it_is_asked_for),
        WITH_FIXTURE(linear_solve_all__passes_over_what_is_unknown),
        WITH_FIXTURE(linear_solve_all__holds_articles_out),
        WITH_FIXTURE(linear_solve_all__is_the_same_for_any_threads),
        WITH_FIXTURE(linear_solve_all__leaves_constant_tags_alone),
#ifdef TTAG_FAULTS
        WITH_FIXTURE(linear_solve_all__survives_want_of_memory),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
