/* Fits the sigmoid, sorts the scores, and looks at each place where they part. */
#include "train/expected_cut.h"

#include "base/memory.h"
#include "base/sigmoid.h"
#include "train/calibration.h"
#include "train/labels.h"
#include "train/ranked_scores.h"

static double probability(const calibration *c, float score)
{
    return (double)platt_probability(c->slope, c->offset, score);
}

/* F1 = 2 Σ_given p / (given + Σ_all p), at its best over all cuts */
static float best_expected_cut(const ranked_score *list, size_t count, const calibration *c)
{
    double best = 0, given = 0, all = 0;
    size_t best_k = 0;
    for (size_t k = 0; k < count; k++)
        all += probability(c, list[k].score);
    for (size_t k = 1; k <= count; k++) {
        given += probability(c, list[k - 1].score);
        double f1 = 2 * given / ((double)k + all);
        if (f1 > best && ranked_scores_part(list, count, k)) {
            best = f1;
            best_k = k;
        }
    }
    return best < THRESHOLD_F1_FLOOR ? list[0].score : ranked_scores_cut(list, count, best_k);
}

ttag_status expected_cut_choose(float *cut, const float *scores, size_t n_partitions,
                                const signed char *truth, size_t n)
{
    size_t room, count = 0;
    calibration sigmoid;
    if (!truth_has_both(truth, n, EXPECTED_CUT_LEAST_SUPPORT))
        return TTAG_OK;
    if (!size_mul(&room, n, n_partitions))
        return TTAG_NOMEM;
    ranked_score *list = mem_new(room, sizeof *list);
    if (!list)
        return TTAG_NOMEM;
    for (size_t p = 0; p < n_partitions; p++)
        count += ranked_scores_take(list + count, scores + p * n, truth, n);
    ranked_scores_sort(list, count);
    ttag_status status = calibration_fit(&sigmoid, scores, n_partitions, truth, n, *cut);
    if (status == TTAG_OK)
        *cut = best_expected_cut(list, count, &sigmoid);
    mem_free(list);
    return status;
}

ttag_status expected_cut_join(threshold *t, const float *scores, size_t n_partitions,
                              const signed char *truth, size_t n)
{
    float expected = t->cut;
    ttag_status status = expected_cut_choose(&expected, scores, n_partitions, truth, n);
    if (status != TTAG_OK)
        return status;
    t->cut = (float)((2 * (double)t->cut + (double)expected) / 3);
    threshold_judge(t, scores, n_partitions, truth, n);
    return TTAG_OK;
}
