/* train/thresholds by hand. */
#include "unit.h"

#include <math.h>

#include "base/memory.h"
#include "train/constrained_cut.h"
#include "train/expected_cut.h"
#include "train/thresholds.h"

static float choose(const float *scores, const signed char *truth, size_t n)
{
    float cut = NAN;
    assert_int_equal(threshold_choose(&cut, scores, truth, n), TTAG_OK);
    return cut;
}

static void assert_near(double a, double b)
{
    assert_true(fabs(a - b) < 1e-6);
}

/* F1 after 1, 2, 3, 4 articles: 2/3, 2/4, 4/5, 4/6: a = 0.65. Two positives: b = 0.75. */
static void threshold_choose__is_the_mean_of_two_cuts(void **state)
{
    (void)state;
    const float scores[] = {0.7f, 0.9f, 0.6f, 0.8f};
    const signed char truth[] = {1, 1, -1, -1};
    assert_near((double)choose(scores, truth, 4), 0.70);
}

static void threshold_choose__lies_half_way_where_classes_part(void **state)
{
    (void)state;
    const float scores[] = {2, 1, -1, -3};
    const signed char truth[] = {1, 1, -1, -1};
    assert_near((double)choose(scores, truth, 4), 0);
}

static void threshold_choose__does_not_count_the_unknown(void **state)
{
    (void)state;
    const float scores[] = {2, 9, 1, 0.9f, -1, -3, -9};
    const signed char truth[] = {1, 0, 1, 0, -1, -1, 0};
    assert_near((double)choose(scores, truth, 7), 0);
}

/* F1 after 1: 2/3; after 4: 4/6: equal, so the higher: a = 2. Two positives: b = 1.5. */
static void threshold_choose__prefers_the_higher_of_equal_cuts(void **state)
{
    (void)state;
    const float scores[] = {2.5f, 1.5f, 1.5f, 1.0f, 0.0f};
    const signed char truth[] = {1, -1, -1, 1, -1};
    /* b: 2 cannot be had (two articles at 1.5): 1 or 3 are as near, the fewer is taken: 2 */
    assert_near((double)choose(scores, truth, 5), 2.0);
}

static void threshold_choose__never_cuts_between_equal_scores(void **state)
{
    (void)state;
    const float scores[] = {1, 1, 1, 0, 0};
    const signed char truth[] = {1, 1, -1, -1, -1};
    /* a: all three (4/5); b: two cannot be had, three is nearer than none: both 0.5 */
    assert_near((double)choose(scores, truth, 5), 0.5);
}

static void threshold_choose__takes_neighbouring_floats(void **state)
{
    (void)state;
    const float low = 1.0f;
    const float high = nextafterf(1.0f, 2.0f);
    const float scores[] = {high, low};
    const signed char truth[] = {1, -1};
    assert_true(choose(scores, truth, 2) == high);
}

/* The one positive is last of 50: F1 = 2/51 < 0.1, so a is the highest score, 50; one positive:
   b = 49.5. */
static void threshold_choose__falls_back_under_the_floor(void **state)
{
    (void)state;
    float scores[50];
    signed char truth[50];
    for (int i = 0; i < 50; i++) {
        scores[i] = (float)(i + 1);
        truth[i] = i == 0 ? 1 : -1;
    }
    assert_near((double)choose(scores, truth, 50), 49.75);
}

static void threshold_choose__of_one_class(void **state)
{
    (void)state;
    const float scores[] = {3, 1, 2};
    assert_true(choose(scores, (const signed char[]){1, 1, 1}, 3) == 1.0f);
    assert_true(choose(scores, (const signed char[]){-1, -1, -1}, 3) > 3.0f);
    assert_true(choose(scores, (const signed char[]){0, 0, 0}, 3) == 0.0f);
    assert_true(choose(scores, (const signed char[]){1}, 0) == 0.0f);
    assert_true(choose(scores, (const signed char[]){1}, 1) == 3.0f);
}

/* Two partitions whose cuts are 0 and 1: cut 0.5, spread √½. At 0.5 the first gives 1 of 2
   positives (P 1, R 1/2, F1 2/3), the second both and one more (P 2/3, R 1, F1 4/5). */
static void threshold_fit__averages_partitions(void **state)
{
    (void)state;
    const float scores[] = {2, 0.25f, -0.25f, -3, /* */ 2, 1.5f, 0.5f, -3};
    const signed char truth[] = {1, 1, -1, -1};
    threshold t;
    assert_int_equal(threshold_fit(&t, scores, 2, truth, 4), TTAG_OK);
    assert_near((double)t.cut, 0.5);
    assert_near((double)t.spread, sqrt(0.5));
    assert_near(t.precision, (1.0 + 2.0 / 3) / 2);
    assert_near(t.recall, (0.5 + 1) / 2);
    assert_near(t.f1, (2.0 / 3 + 0.8) / 2);
    assert_near(t.tp, 1.5);
    assert_near(t.fp, 0.5);
    assert_near(t.fn, 0.5);
}

static void threshold_fit__of_one_partition_has_no_spread(void **state)
{
    (void)state;
    const float scores[] = {2, 1, -1};
    const signed char truth[] = {1, 1, -1};
    threshold t;
    assert_int_equal(threshold_fit(&t, scores, 1, truth, 3), TTAG_OK);
    assert_true(isnan(t.spread));
    assert_near((double)t.cut, 0);
    assert_near(t.f1, 1);
}

/* ---- The cut of best expected F1: scipy's minimum of the cross-entropy, then the formula. ---- */

enum { MANY = 64 };

/* Eight articles with eight neighbours each, 1/64 apart: 24 positive ones and 40 others. */
static void fill_many(float *scores, signed char *truth, float shift)
{
    const float eight[] = {3, 2, 1, 0.5f, 0, -1, -2, -3};
    const signed char three[] = {1, 1, -1, 1, -1, -1, -1, -1};
    for (int i = 0; i < MANY; i++) {
        scores[i] = eight[i % 8] + (float)(i / 8) / 64 + shift;
        truth[i] = three[i % 8];
    }
}

static float choose_expected(const float *scores, size_t n_partitions, const signed char *truth,
                             size_t n)
{
    float cut = 0.5f;
    assert_int_equal(expected_cut_choose(&cut, scores, n_partitions, truth, n), TTAG_OK);
    return cut;
}

/* Expected F1 is best, .7788, after 24: between 1 and 39/64. */
static void expected_cut__is_the_best_by_the_sigmoid(void **state)
{
    (void)state;
    float scores[MANY + 2] = {[MANY] = 9, -9};
    signed char truth[MANY + 2] = {0};
    fill_many(scores, truth, 0);
    assert_near((double)choose_expected(scores, 1, truth, MANY), 0.8046875);
    assert_near((double)choose_expected(scores, 1, truth, MANY + 2), 0.8046875); /* two unknown */
}

/* The same again, half a unit higher: best, .7790, after 56 of 128. */
static void expected_cut__looks_at_all_partitions(void **state)
{
    (void)state;
    float scores[2 * MANY];
    signed char truth[MANY];
    fill_many(scores, truth, 0);
    fill_many(scores + MANY, truth, 0.5f);
    assert_near((double)choose_expected(scores, 2, truth, MANY), 0.8046875);
}

/* Twenty positive articles in the midst of 4000: no cut's expected F1 is over .02. */
static void expected_cut__falls_back_under_the_floor(void **state)
{
    (void)state;
    float scores[4000];
    signed char truth[4000];
    for (int i = 0; i < 4000; i++) {
        scores[i] = (float)i / 4000;
        truth[i] = i >= 2000 && i < 2020 ? 1 : -1;
    }
    assert_true(choose_expected(scores, 1, truth, 4000) == scores[3999]);
}

static void expected_cut__of_few_articles_says_nothing(void **state)
{
    (void)state;
    float scores[MANY];
    signed char truth[MANY], turned[MANY];
    fill_many(scores, truth, 0);
    for (int i = 0; i < MANY; i++)
        turned[i] = (signed char)-truth[i];
    assert_true(choose_expected(scores, 1, truth, 50) != 0.5f); /* 20 of 50 */
    assert_true(choose_expected(scores, 1, truth, 49) == 0.5f);
    assert_true(choose_expected(scores, 1, turned, 50) != 0.5f); /* 20 others */
    assert_true(choose_expected(scores, 1, turned, 49) == 0.5f);
    assert_true(choose_expected(scores, 1, (const signed char[]){0, 0, 0}, 3) == 0.5f);
    assert_true(choose_expected(scores, 1, truth, 0) == 0.5f);
}

/* a = 39/128 (F1 48/56), b = c = 0.8046875: there 16 are rightly given of 24, and 8 wrongly. */
static void expected_cut__is_a_third_of_the_mean(void **state)
{
    (void)state;
    float scores[MANY];
    signed char truth[MANY];
    threshold t;
    fill_many(scores, truth, 0);
    assert_int_equal(threshold_fit(&t, scores, 1, truth, MANY), TTAG_OK);
    assert_near((double)t.cut, 0.5546875);
    assert_int_equal(expected_cut_join(&t, scores, 1, truth, MANY), TTAG_OK);
    assert_near((double)t.cut, (2 * 0.5546875 + 0.8046875) / 3);
    assert_near(t.tp, 16);
    assert_near(t.fp, 8);
    assert_near(t.fn, 8);
    assert_near(t.f1, 2.0 / 3);
    assert_true(isnan(t.spread));
}

/* ---- Cuts that keep a bound. ---- */

static threshold fit_bound(ttag_threshold_rule rule, double bound, const float *scores,
                           size_t n_partitions, const signed char *truth, size_t n)
{
    threshold t;
    const cut_rule asked = {rule, bound};
    assert_int_equal(cut_rule_fit(&t, &asked, scores, n_partitions, truth, n), TTAG_OK);
    return t;
}

/* Truth from the highest score down: + + - + + - -. Precision of the first k: 1, 1, 2/3, 3/4, 4/5,
   4/6, 4/7; F1 = 2 tp / (k + 4) is best after 5 (8/9), after 2 it is 4/6. */
static const float SEVEN[] = {7, 6, 5, 4, 3, 2, 1};
static const signed char MIXED[] = {1, 1, -1, 1, 1, -1, -1};

/* 0.7 with half a standard error at k = 5 is 0.802: too much for 4/5; after 2 it is 0.862. */
static void cut_rule__precision_leaves_a_margin(void **state)
{
    (void)state;
    threshold t = fit_bound(TTAG_THRESHOLDS_PRECISION, 0.7, SEVEN, 1, MIXED, 7);
    assert_near((double)t.cut, 5.5);
    assert_near(t.precision, 1);
    assert_near(t.recall, 0.5);
    t = fit_bound(TTAG_THRESHOLDS_PRECISION, 0.65, SEVEN, 1, MIXED, 7);
    assert_near((double)t.cut, 2.5); /* 0.757 */
    assert_near(t.precision, 0.8);
    assert_near(t.recall, 1);
}

/* One article is given rightly, two of three rightly: with the margin neither reaches 2/3 (0.902,
   0.803), without it both do, and the second has the better F1. */
static void cut_rule__does_without_margin_where_none_is_left(void **state)
{
    (void)state;
    const float scores[] = {4, 3, 3, 2, 1};
    const signed char truth[] = {-1, 1, 1, -1, -1};
    threshold t = fit_bound(TTAG_THRESHOLDS_PRECISION, 2.0 / 3, scores, 1, truth, 5);
    assert_near((double)t.cut, 2.5);
    assert_near(t.precision, 2.0 / 3);
}

static void cut_rule__that_nothing_keeps_never_gives(void **state)
{
    (void)state;
    const float scores[] = {3, 2, 1};
    threshold t =
        fit_bound(TTAG_THRESHOLDS_PRECISION, 0.9, scores, 1, (const signed char[]){-1, 1, -1}, 3);
    assert_true(isinf(t.cut) && t.cut > 0);
    assert_true(isnan(t.spread));
    assert_true(t.precision == 0 && t.recall == 0 && t.f1 == 0);
    assert_near(t.fn, 1);
    t = fit_bound(TTAG_THRESHOLDS_RECALL, 0.9, scores, 1, (const signed char[]){-1, -1, -1}, 3);
    assert_true(isinf(t.cut)); /* nothing to find */
}

/* A recall of 1 wants all four, at its best after 5; 0.5 leaves a margin of 0.125, so that three
   would do: after 5 is better still. Of 0.1 the best F1 decides alone. */
static void cut_rule__recall_at_best_f1(void **state)
{
    (void)state;
    const signed char late[] = {1, 1, -1, -1, -1, -1, 1};
    assert_near((double)fit_bound(TTAG_THRESHOLDS_RECALL, 1, SEVEN, 1, MIXED, 7).cut, 2.5);
    assert_near((double)fit_bound(TTAG_THRESHOLDS_RECALL, 1, SEVEN, 1, late, 7).cut, 1);
    assert_near((double)fit_bound(TTAG_THRESHOLDS_RECALL, 0.1, SEVEN, 1, late, 7).cut, 5.5);
}

/* Scores of two partitions are one list for the cut; each has a cut of its own for the spread: 2.5
   and 3.5. Together 4, 3 and 3 are rightly given by all cuts over 2. */
static void cut_rule__looks_at_all_partitions_together(void **state)
{
    (void)state;
    const float scores[] = {3, 2, 1, /* */ 4, 3, 0};
    const signed char truth[] = {1, -1, -1};
    threshold t = fit_bound(TTAG_THRESHOLDS_PRECISION, 1, scores, 2, truth, 3);
    assert_near((double)t.cut, 3.5);
    assert_near((double)t.spread, sqrt(0.5));
    assert_near(t.recall, 0.5);
    assert_near(t.precision, 1);
}

#ifdef TTAG_FAULTS
static void cut_rule__survives_want_of_memory(void **state)
{
    (void)state;
    const cut_rule rule = {TTAG_THRESHOLDS_PRECISION, 0.9};
    for (size_t n = 1;; n++) {
        threshold t;
        mem_fail_after(n);
        ttag_status status = cut_rule_fit(&t, &rule, SEVEN, 1, MIXED, 7);
        mem_fail_after(0);
        if (status == TTAG_OK)
            break;
        assert_int_equal(status, TTAG_NOMEM);
    }
}

static void expected_cut__survives_want_of_memory(void **state)
{
    (void)state;
    float scores[MANY];
    signed char truth[MANY];
    fill_many(scores, truth, 0);
    for (size_t n = 1;; n++) {
        float cut = 0.5f;
        mem_fail_after(n);
        ttag_status status = expected_cut_choose(&cut, scores, 1, truth, MANY);
        mem_fail_after(0);
        if (status == TTAG_OK)
            break;
        assert_int_equal(status, TTAG_NOMEM);
        assert_true(cut == 0.5f);
    }
}

static void threshold_fit__survives_want_of_memory(void **state)
{
    (void)state;
    const float scores[] = {2, 1, -1, 2, 1, -1};
    const signed char truth[] = {1, 1, -1};
    for (size_t n = 1;; n++) {
        threshold t;
        mem_fail_after(n);
        ttag_status status = threshold_fit(&t, scores, 2, truth, 3);
        mem_fail_after(0);
        if (status == TTAG_OK)
            break;
        assert_int_equal(status, TTAG_NOMEM);
    }
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threshold_choose__is_the_mean_of_two_cuts),
        cmocka_unit_test(threshold_choose__lies_half_way_where_classes_part),
        cmocka_unit_test(threshold_choose__does_not_count_the_unknown),
        cmocka_unit_test(threshold_choose__prefers_the_higher_of_equal_cuts),
        cmocka_unit_test(threshold_choose__never_cuts_between_equal_scores),
        cmocka_unit_test(threshold_choose__takes_neighbouring_floats),
        cmocka_unit_test(threshold_choose__falls_back_under_the_floor),
        cmocka_unit_test(threshold_choose__of_one_class),
        cmocka_unit_test(threshold_fit__averages_partitions),
        cmocka_unit_test(threshold_fit__of_one_partition_has_no_spread),
        cmocka_unit_test(expected_cut__is_the_best_by_the_sigmoid),
        cmocka_unit_test(expected_cut__looks_at_all_partitions),
        cmocka_unit_test(expected_cut__falls_back_under_the_floor),
        cmocka_unit_test(expected_cut__of_few_articles_says_nothing),
        cmocka_unit_test(expected_cut__is_a_third_of_the_mean),
        cmocka_unit_test(cut_rule__precision_leaves_a_margin),
        cmocka_unit_test(cut_rule__does_without_margin_where_none_is_left),
        cmocka_unit_test(cut_rule__that_nothing_keeps_never_gives),
        cmocka_unit_test(cut_rule__recall_at_best_f1),
        cmocka_unit_test(cut_rule__looks_at_all_partitions_together),
#ifdef TTAG_FAULTS
        cmocka_unit_test(cut_rule__survives_want_of_memory),
        cmocka_unit_test(expected_cut__survives_want_of_memory),
        cmocka_unit_test(threshold_fit__survives_want_of_memory),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
