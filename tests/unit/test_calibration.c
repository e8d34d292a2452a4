/* train/calibration and base/sigmoid against scikit-learn and by hand. */
#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/sigmoid.h"
#include "train/calibration.h"

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

#ifdef TTAG_FAULTS
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
        cmocka_unit_test(calibration_fit__falls_back),
        cmocka_unit_test(calibration_fit__takes_degenerate_scores),
        cmocka_unit_test(platt_probability__is_monotone_at_the_cut),
        cmocka_unit_test(platt_probability__neither_overflows_nor_leaves_its_range),
#ifdef TTAG_FAULTS
        cmocka_unit_test(calibration_fit__survives_want_of_memory),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
