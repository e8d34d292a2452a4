/* train/calibration and base/sigmoid against scikit-learn and by hand. */
#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/random.h"
#include "base/sigmoid.h"
#include "train/calibration_choice.h"

enum { MOST = 200 };

typedef struct golden {
    size_t n;
    double slope, offset; /* scikit-learn's */
    float scores[2 * MOST];
    signed char truth[MOST];
} golden;

static golden golden_read(void)
{
    char text[1 << 12];
    golden g = {0};
    FILE *file = fopen("golden/train/sigmoid.txt", "rb");
    assert_non_null(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    char *cursor = text;
    g.n = (size_t)strtol(cursor, &cursor, 10);
    g.slope = strtod(cursor, &cursor);
    g.offset = strtod(cursor, &cursor);
    assert_true(g.n > 0 && g.n <= MOST);
    for (size_t i = 0; i < g.n; i++) {
        g.scores[i] = (float)strtod(cursor, &cursor);
        g.truth[i] = (signed char)strtol(cursor, &cursor, 10);
    }
    return g;
}

static calibration fit(const float *scores, size_t n_partitions, const signed char *truth, size_t n,
                       float cut)
{
    calibration c;
    assert_int_equal(calibration_fit(&c, scores, n_partitions, truth, n, cut), TTAG_OK);
    assert_true(c.slope < 0);
    return c;
}

static void calibration_fit__agrees_with_scikit_learn(void **state)
{
    (void)state;
    golden g = golden_read();
    calibration c = fit(g.scores, 1, g.truth, g.n, 0);
    assert_true(fabs(c.slope - g.slope) < 1e-4); /* it stops at a gradient of 1e-5 */
    assert_true(fabs(c.offset - g.offset) < 1e-4);
}

/* At the minimum the gradient is 0: probabilities sum to the targets, also when weighed by score.
 */
static void calibration_fit__meets_its_targets(void **state)
{
    (void)state;
    golden g = golden_read();
    calibration c = fit(g.scores, 1, g.truth, g.n, 0);
    double positive = 0, plain = 0, weighed = 0;
    for (size_t i = 0; i < g.n; i++)
        positive += g.truth[i] > 0;
    for (size_t i = 0; i < g.n; i++) {
        double high = (positive + 1) / (positive + 2);
        double low = 1 / ((double)g.n - positive + 2);
        double score = (double)g.scores[i];
        double p = 1 / (1 + exp(c.slope * score + c.offset));
        plain += p - (g.truth[i] > 0 ? high : low);
        weighed += score * (p - (g.truth[i] > 0 ? high : low));
    }
    assert_true(fabs(plain) < 1e-6);
    assert_true(fabs(weighed) < 1e-6);
}

static void calibration_fit__counts_an_article_once(void **state)
{
    (void)state;
    golden g = golden_read();
    calibration one = fit(g.scores, 1, g.truth, g.n, 0);
    memcpy(g.scores + g.n, g.scores, g.n * sizeof *g.scores);
    calibration two = fit(g.scores, 2, g.truth, g.n, 0);
    assert_true(fabs(one.slope - two.slope) < 1e-6);
    assert_true(fabs(one.offset - two.offset) < 1e-6);
}

static void calibration_fit__leaves_out_the_unknown(void **state)
{
    (void)state;
    golden g = golden_read();
    calibration c = fit(g.scores, 1, g.truth, g.n, 0);
    g.scores[g.n] = 50;
    g.truth[g.n] = 0;
    calibration more = fit(g.scores, 1, g.truth, g.n + 1, 0);
    assert_true(c.slope == more.slope && c.offset == more.offset);
}

static const float FEW_SCORES[] = {-1.5F, -1.25F, -1,   -0.75F, -0.5F, -0.25F,
                                   0,     0.25F,  0.5F, 1,      1.5F,  2};
static const signed char FEW_TRUTHS[] = {-1, -1, -1, -1, 1, -1, -1, 1, -1, 1, -1, 1};

enum { FEW = 12 };

/* Those of the first tag; and of a second one: half of its scores less an eighth, each truth that
   of the article before. */
static void draw_two_tags(shared_scores *all)
{
    float others[FEW];
    signed char truths[FEW];
    for (size_t i = 0; i < FEW; i++) {
        others[i] = FEW_SCORES[i] / 2 - 0.125F;
        truths[i] = FEW_TRUTHS[(i + FEW - 1) % FEW];
    }
    shared_scores_add(all, FEW_SCORES, FEW_TRUTHS, FEW);
    shared_scores_add(all, others, truths, FEW);
}

static void assert_line(const shared_line *l, const calibration *sigmoid, const double *points,
                        size_t n)
{
    assert_true(fabs(l->sigmoid.slope - sigmoid->slope) < 1e-6);
    assert_true(fabs(l->sigmoid.offset - sigmoid->offset) < 1e-6);
    assert_int_equal(l->line.n, n);
    for (size_t k = 0; k < 2 * n; k++)
        assert_true(fabs((double)l->line.points[k] - points[k]) < 1e-6);
}

/* The formulas of train/shared_line.h in numpy and scipy.optimize.minimize. */
static void shared_line__agrees_with_scipy(void **state)
{
    (void)state;
    static shared_scores all;
    static float twice[2 * FEW];
    static const calibration SIGMOID = {-0.80576728, 0.70287503}, OWN = {-0.82775064, 0.78749841};
    static const double POINTS[] = {
        -1.020833333, -1.299282984, -0.291666667, -1.098612289, 0.3125, 0, 1.2, 0.336472237};
    static const double OWN_POINTS[] = {-1.020833333, -1.400177874, -0.291666667, -1.194032376,
                                        0.3125,       -0.065447173, 1.2,          0.280204875};
    shared_line shared, own;
    memset(&all, 0, sizeof all);
    draw_two_tags(&all);
    assert_int_equal(shared_line_fit(&shared, &all), TTAG_OK);
    assert_line(&shared, &SIGMOID, POINTS, 4);
    assert_int_equal(shared_line_adapt(&own, &shared, FEW_SCORES, 1, FEW_TRUTHS, FEW), TTAG_OK);
    assert_line(&own, &OWN, OWN_POINTS, 4);
    memcpy(twice, FEW_SCORES, sizeof FEW_SCORES);
    memcpy(twice + FEW, FEW_SCORES, sizeof FEW_SCORES);
    assert_int_equal(shared_line_adapt(&own, &shared, twice, 2, FEW_TRUTHS, FEW), TTAG_OK);
    assert_line(&own, &OWN, OWN_POINTS, 4); /* a second score is no second article */
}

/* One tag has nobody to lean on; neither scores that say the opposite, nor labels of one kind, nor
   no label at all make a line for others. */
static void shared_line__knows_when_it_knows_nothing(void **state)
{
    (void)state;
    static shared_scores all;
    static const float scores[] = {-9, -1, 0, 1, 2, 9};
    static const signed char TRUTHS[][6] = {
        {1, 1, 0, 1, -1, -1}, {-1, -1, -1, -1, -1, -1}, {0, 0, 0, 0, 0, 0}};
    shared_line found;
    memset(&all, 0, sizeof all);
    shared_scores_add(&all, FEW_SCORES, FEW_TRUTHS, FEW);
    assert_int_equal(shared_line_fit(&found, &all), TTAG_OK);
    assert_int_equal(found.line.n, 0);
    for (size_t k = 0; k < 3; k++) {
        memset(&all, 0, sizeof all);
        shared_scores_add(&all, scores, TRUTHS[k], 6);
        shared_scores_add(&all, scores, TRUTHS[k], 6);
        assert_int_equal(shared_line_fit(&found, &all), TTAG_OK);
        assert_int_equal(found.line.n, 0);
    }
}

/* With auto and a line of all tags that is a tag's calibration, far from where it knows better. */
static void calibration_choose__leans_on_the_line_of_all_tags(void **state)
{
    (void)state;
    static shared_scores all;
    const uint8_t folds[FEW] = {0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1};
    shared_line shared, own;
    fitted_calibration c;
    memset(&all, 0, sizeof all);
    draw_two_tags(&all);
    assert_int_equal(shared_line_fit(&shared, &all), TTAG_OK);
    assert_int_equal(shared_line_adapt(&own, &shared, FEW_SCORES, 1, FEW_TRUTHS, FEW), TTAG_OK);
    calibration_task task = {.scores = FEW_SCORES,
                             .n_partitions = 1,
                             .truth = FEW_TRUTHS,
                             .folds = folds,
                             .n = FEW,
                             .shared = &shared};
    assert_int_equal(calibration_choose(&c, &task), TTAG_OK);
    assert_memory_equal(&c.line, &own.line, sizeof own.line);
    assert_true(c.platt.slope == own.sigmoid.slope && c.platt.offset == own.sigmoid.offset);
    task.choice = TTAG_CALIBRATION_PLATT;
    assert_int_equal(calibration_choose(&c, &task), TTAG_OK);
    assert_int_equal(c.line.n, 0);
    assert_true(c.platt.slope == fit(FEW_SCORES, 1, FEW_TRUTHS, FEW, 0).slope);
}

/* Scores the wrong way round: slope -1, and the mean probability is the share of positives, an
   article half of each kind added. */
static void calibration_fit__falls_back(void **state)
{
    (void)state;
    const float scores[] = {3, 2, 1, 0, -1, -2};
    const signed char truth[] = {-1, -1, -1, -1, 1, 1};
    calibration c = fit(scores, 1, truth, 6, 0);
    double mean = 0;
    for (size_t i = 0; i < 6; i++)
        mean += (double)platt_probability(c.slope, c.offset, scores[i]) / 6;
    assert_true(c.slope == -1);
    assert_true(fabs(mean - 2.5 / 7) < 1e-6);
}

static void calibration_fit__takes_degenerate_scores(void **state)
{
    (void)state;
    const float equal[] = {-1, -1, -1, -1};
    const signed char truth[] = {1, -1, -1, -1};
    calibration c = fit(equal, 1, truth, 4, -1);
    assert_true(isfinite(c.offset));
    c = fit(equal, 1, (const signed char[]){-1, -1, -1, -1}, 4, 0);
    assert_true(isfinite(c.offset));
    c = fit(equal, 1, (const signed char[]){0, 0, 0, 0}, 4, 0);
    assert_true(isfinite(c.offset));
    const float apart[] = {1e6f, 1e6f, -1e6f, -1e6f};
    c = fit(apart, 1, (const signed char[]){1, 1, -1, -1}, 4, 0);
    assert_true(isfinite(c.offset));
}

/* The rule of the whole house: given by score is given by probability. */
static void platt_probability__is_monotone_at_the_cut(void **state)
{
    (void)state;
    golden g = golden_read();
    const float cut = 0.125f;
    calibration c = fit(g.scores, 1, g.truth, g.n, cut);
    float threshold = platt_probability(c.slope, c.offset, cut);
    for (int step = -1000; step <= 1000; step++) {
        float score = cut + (float)step / 1000;
        bool given = platt_probability(c.slope, c.offset, score) >= threshold;
        assert_int_equal(given, score >= cut);
    }
}

static void platt_probability__neither_overflows_nor_leaves_its_range(void **state)
{
    (void)state;
    assert_true(platt_probability(-1, 0, 0) == 0.5f);
    assert_true(platt_probability(-1, 0, 1e30f) == 1.0f);
    assert_true(platt_probability(-1, 0, -1e30f) == 0.0f);
    assert_true(fabs((double)platt_probability(-2, 1, 1.5f) - 1 / (1 + exp(-2))) < 1e-7);
    assert_true(fabs((double)platt_probability(-2, 1, -1.5f) - 1 / (1 + exp(4))) < 1e-7);
}

/* ---- Lines through points. ---- */

/* 40 articles by rising score: of the lower 20 the first 2 are positive, of the upper 20 the first
   18, so that each half is one block, 2/20 and 18/20. Targets are 21/22 and 1/22: the shares become
   3/22 and 19/22. */
static isotonic_line two_blocks(void)
{
    scored_article sorted[40];
    signed char truth[40];
    isotonic_line line;
    for (uint32_t i = 0; i < 40; i++) {
        sorted[i] = (scored_article){(float)(i + 1), i};
        truth[i] = i < 2 || (i >= 20 && i < 38) ? 1 : -1;
    }
    assert_int_equal(isotonic_fit(&line, sorted, 40, truth, 1), TTAG_OK);
    return line;
}

static void isotonic_fit__pools_what_falls(void **state)
{
    (void)state;
    const isotonic_line line = two_blocks();
    assert_int_equal(line.n, 2);
    assert_true(line.points[0] == 10.5F && line.points[2] == 30.5F);
    assert_true(fabs((double)line.points[1] - log(3.0 / 19)) < 1e-6);
    assert_true(fabs((double)line.points[3] - log(19.0 / 3)) < 1e-6);
}

/* Scores the wrong way round are one block. */
static void isotonic_fit__has_no_line_where_nothing_rises(void **state)
{
    (void)state;
    scored_article sorted[10];
    signed char falling[10], unknown[10] = {0};
    isotonic_line line;
    for (uint32_t i = 0; i < 10; i++) {
        sorted[i] = (scored_article){(float)i, i};
        falling[i] = i < 5 ? 1 : -1;
    }
    assert_int_equal(isotonic_fit(&line, sorted, 10, falling, 1), TTAG_OK);
    assert_int_equal(line.n, 0);
    assert_int_equal(isotonic_fit(&line, sorted, 0, unknown, 1), TTAG_OK);
    assert_int_equal(line.n, 0);
}

/* Wherever they stand, and however many there are. */
static void isotonic_fit__ends_with_scores_that_are_no_numbers(void **state)
{
    (void)state;
    static const float STRANGE[] = {NAN, INFINITY, -INFINITY};
    for (size_t s = 0; s < sizeof STRANGE / sizeof *STRANGE; s++) {
        for (uint32_t from = 0; from < 40; from++) {
            for (uint32_t to = from + 1; to <= 40; to++) {
                scored_article sorted[40];
                signed char truth[40];
                isotonic_line line;
                for (uint32_t i = 0; i < 40; i++) {
                    const bool is_strange = i >= from && i < to;
                    sorted[i] = (scored_article){is_strange ? STRANGE[s] : (float)(i + 1), i};
                    truth[i] = i < 2 || (i >= 20 && i < 38) ? 1 : -1;
                }
                assert_int_equal(isotonic_fit(&line, sorted, 40, truth, 1), TTAG_OK);
                assert_int_equal(line.n, 0);
            }
        }
    }
}

/* 3/22 and 19/22 at the points, 1/2 half-way; log-odds go on with half of the slope, here 1/10. */
static void line_probability__by_hand(void **state)
{
    (void)state;
    const isotonic_line line = two_blocks();
    const struct {
        float score;
        double expected;
    } at[] = {{10.5F, 3.0 / 22},
              {30.5F, 19.0 / 22},
              {20.5F, 0.5},
              {0.5F, 1 / (1 + 19.0 / 3 * exp(1))},
              {40.5F, 1 / (1 + 3.0 / 19 * exp(-1))}};
    for (size_t i = 0; i < sizeof at / sizeof *at; i++)
        assert_true(fabs((double)line_probability(line.points, line.n, -0.2, at[i].score) -
                         at[i].expected) < 1e-6);
    assert_true(line_probability(line.points, line.n, -0.2, 3e38F) == 1);
    assert_true(line_probability(line.points, line.n, -0.2, -3e38F) == 0);
}

/* No step falls, from float to float about every point and over the whole range. */
static void line_probability__never_falls(void **state)
{
    (void)state;
    rng r;
    rng_seed(&r, 5);
    for (int round = 0; round < 200; round++) {
        float points[16], x = -4, y = -9;
        for (size_t k = 0; k < 8; k++) {
            points[2 * k] = x += 0.01F + (float)rng_below(&r, 1000) / 1000;
            points[2 * k + 1] = y += 0.01F + (float)rng_below(&r, 2000) / 1000;
        }
        for (size_t k = 0; k < 8; k++) {
            float score = points[2 * k];
            for (int i = 0; i < 50; i++)
                score = nextafterf(score, -9);
            for (int i = 0; i < 100; i++, score = nextafterf(score, 9))
                assert_true(line_probability(points, 8, -1, score) <=
                            line_probability(points, 8, -1, nextafterf(score, 9)) + 6e-8F);
        }
        for (int i = -6000; i < 6000; i++)
            assert_true(line_probability(points, 8, -1, (float)i / 1000) <
                        line_probability(points, 8, -1, (float)(i + 1) / 1000));
    }
}

enum { SAMPLE = 3000 };

/* Scores from -3 to 3, labels by chance with the probability that `shape` gives them; folds. */
static void draw_sample(float *scores, signed char *truth, uint8_t *folds,
                        double (*shape)(double score))
{
    rng r;
    rng_seed(&r, 3);
    for (size_t i = 0; i < SAMPLE; i++) {
        scores[i] = (float)rng_below(&r, 60001) / 10000 - 3;
        truth[i] = (double)rng_below(&r, 1000000) < 1e6 * shape((double)scores[i]) ? 1 : -1;
        folds[i] = (uint8_t)rng_below(&r, 5);
    }
}

static double sigmoid_shape(double score)
{
    return 1 / (1 + exp(-2 * score + 1));
}

/* No sigmoid ends at 0.3. */
static double ceiling_shape(double score)
{
    return score < 0 ? 0.02 : 0.3;
}

/* SAMPLE articles, cut at 0. */
static calibration_task task_of(ttag_calibration choice, const float *scores, size_t n_partitions,
                                const signed char *truth, const uint8_t *folds)
{
    return (calibration_task){.choice = choice,
                              .scores = scores,
                              .n_partitions = n_partitions,
                              .truth = truth,
                              .folds = folds,
                              .n = SAMPLE};
}

static fitted_calibration choose(double (*shape)(double score), ttag_calibration choice)
{
    static float scores[SAMPLE];
    static signed char truth[SAMPLE];
    static uint8_t folds[SAMPLE];
    fitted_calibration c;
    draw_sample(scores, truth, folds, shape);
    const calibration_task task = task_of(choice, scores, 1, truth, folds);
    assert_int_equal(calibration_choose(&c, &task), TTAG_OK);
    return c;
}

static void calibration_choose__takes_what_held_out_articles_prefer(void **state)
{
    (void)state;
    assert_int_equal(choose(sigmoid_shape, TTAG_CALIBRATION_AUTO).line.n, 0);
    assert_int_equal(choose(ceiling_shape, TTAG_CALIBRATION_PLATT).line.n, 0);
    assert_true(choose(sigmoid_shape, TTAG_CALIBRATION_ISOTONIC).line.n >= 2);
    const fitted_calibration c = choose(ceiling_shape, TTAG_CALIBRATION_AUTO);
    assert_in_range(c.line.n, 2, ISOTONIC_MOST);
    const float middles[] = {-1.5F, 1.5F};
    for (size_t k = 0; k < 2; k++)
        assert_true(fabs((double)fitted_probability(&c, middles[k]) -
                         ceiling_shape((double)middles[k])) < 0.07);
}

static void calibration_choose__counts_an_article_once(void **state)
{
    (void)state;
    static float scores[2 * SAMPLE];
    static signed char truth[SAMPLE];
    static uint8_t folds[SAMPLE];
    fitted_calibration one, two;
    draw_sample(scores, truth, folds, ceiling_shape);
    memcpy(scores + SAMPLE, scores, SAMPLE * sizeof *scores);
    calibration_task task = task_of(TTAG_CALIBRATION_AUTO, scores, 1, truth, folds);
    assert_int_equal(calibration_choose(&one, &task), TTAG_OK);
    task.n_partitions = 2;
    assert_int_equal(calibration_choose(&two, &task), TTAG_OK);
    assert_int_equal(one.line.n, two.line.n);
    for (size_t k = 0; k < 2 * one.line.n; k++)
        assert_true(fabs((double)one.line.points[k] - (double)two.line.points[k]) < 1e-5);
}

#ifdef TTAG_FAULTS
static void calibration_choose__survives_want_of_memory(void **state)
{
    (void)state;
    static float scores[SAMPLE];
    static signed char truth[SAMPLE];
    static uint8_t folds[SAMPLE];
    draw_sample(scores, truth, folds, ceiling_shape);
    for (size_t n = 1;; n++) {
        fitted_calibration c;
        calibration_task task = task_of(TTAG_CALIBRATION_AUTO, scores, 1, truth, folds);
        task.n = 200;
        mem_fail_after(n);
        ttag_status status = calibration_choose(&c, &task);
        mem_fail_after(0);
        if (status == TTAG_OK)
            break;
        assert_int_equal(status, TTAG_NOMEM);
    }
}

static void shared_line__survives_want_of_memory(void **state)
{
    (void)state;
    static shared_scores all;
    shared_line shared, own;
    for (size_t n = 1; n <= 3; n++) { /* of as many allocations */
        mem_fail_after(n);
        ttag_status status = shared_line_fit(&shared, &all);
        mem_fail_after(0);
        assert_int_equal(status, TTAG_NOMEM);
    }
    draw_two_tags(&all);
    assert_int_equal(shared_line_fit(&shared, &all), TTAG_OK);
    for (size_t n = 1; n <= 3; n++) {
        mem_fail_after(n);
        ttag_status status = shared_line_adapt(&own, &shared, FEW_SCORES, 1, FEW_TRUTHS, FEW);
        mem_fail_after(0);
        assert_int_equal(status, TTAG_NOMEM);
    }
}

static void calibration_fit__survives_want_of_memory(void **state)
{
    (void)state;
    calibration c;
    mem_fail_after(1);
    ttag_status status =
        calibration_fit(&c, (const float[]){0, 1}, 1, (const signed char[]){-1, 1}, 2, 0);
    mem_fail_after(0);
    assert_int_equal(status, TTAG_NOMEM);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calibration_fit__agrees_with_scikit_learn),
        cmocka_unit_test(calibration_fit__meets_its_targets),
        cmocka_unit_test(calibration_fit__counts_an_article_once),
        cmocka_unit_test(calibration_fit__leaves_out_the_unknown),
        cmocka_unit_test(shared_line__agrees_with_scipy),
        cmocka_unit_test(shared_line__knows_when_it_knows_nothing),
        cmocka_unit_test(calibration_choose__leans_on_the_line_of_all_tags),
        cmocka_unit_test(calibration_fit__falls_back),
        cmocka_unit_test(calibration_fit__takes_degenerate_scores),
        cmocka_unit_test(platt_probability__is_monotone_at_the_cut),
        cmocka_unit_test(platt_probability__neither_overflows_nor_leaves_its_range),
        cmocka_unit_test(isotonic_fit__pools_what_falls),
        cmocka_unit_test(isotonic_fit__has_no_line_where_nothing_rises),
        cmocka_unit_test(isotonic_fit__ends_with_scores_that_are_no_numbers),
        cmocka_unit_test(line_probability__by_hand),
        cmocka_unit_test(line_probability__never_falls),
        cmocka_unit_test(calibration_choose__takes_what_held_out_articles_prefer),
        cmocka_unit_test(calibration_choose__counts_an_article_once),
#ifdef TTAG_FAULTS
        cmocka_unit_test(calibration_choose__survives_want_of_memory),
        cmocka_unit_test(calibration_fit__survives_want_of_memory),
        cmocka_unit_test(shared_line__survives_want_of_memory),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
