/* Cuts: the candidates lie between neighbouring scores, from the highest down. */
#include "train/thresholds.h"

#include <math.h>

#include "base/memory.h"
#include "train/ranked_scores.h"

/* F1 = 2 tp / (given + positive), at its best over all cuts */
static float best_f1_cut(const ranked_score *list, size_t count, size_t positive)
{
    double best = 0;
    size_t best_k = 0;
    size_t tp = 0;
    for (size_t k = 1; k <= count; k++) {
        tp += list[k - 1].positive;
        if (!ranked_scores_part(list, count, k))
            continue;
        double f1 = 2.0 * (double)tp / (double)(k + positive);
        if (f1 > best) {
            best = f1;
            best_k = k;
        }
    }
    return best < THRESHOLD_F1_FLOOR ? list[0].score : ranked_scores_cut(list, count, best_k);
}

/* The cut that gives `wanted` articles, or as near as equal scores allow. */
static float count_cut(const ranked_score *list, size_t count, size_t wanted)
{
    size_t fewer = wanted;
    size_t more = wanted;
    if (wanted == count)
        return ranked_scores_cut(list, count, count);
    while (!ranked_scores_part(list, count, fewer))
        fewer--;
    while (!ranked_scores_part(list, count, more))
        more++;
    return ranked_scores_cut(list, count, wanted - fewer <= more - wanted ? fewer : more);
}

static float cut_by(f1_cut which, const ranked_score *list, size_t count, size_t positive)
{
    if (which == F1_CUT_BEST)
        return best_f1_cut(list, count, positive);
    if (which == F1_CUT_COUNT)
        return count_cut(list, count, positive);
    return (float)(((double)best_f1_cut(list, count, positive) +
                    (double)count_cut(list, count, positive)) /
                   2);
}

static ttag_status choose(float *cut, f1_cut which, const float *scores, const signed char *truth,
                          size_t n)
{
    ranked_score *list = mem_new(n, sizeof *list);
    if (!list)
        return TTAG_NOMEM;
    size_t count = ranked_scores_take(list, scores, truth, n);
    ranked_scores_sort(list, count);
    size_t positive = 0;
    for (size_t k = 0; k < count; k++)
        positive += list[k].positive;
    if (count == 0)
        *cut = 0;
    else if (positive == 0)
        *cut = ranked_scores_cut(list, count, 0);
    else
        *cut = cut_by(which, list, count, positive);
    mem_free(list);
    return TTAG_OK;
}

ttag_status threshold_choose(float *cut, const float *scores, const signed char *truth, size_t n)
{
    return choose(cut, F1_CUT_HALFWAY, scores, truth, n);
}

static double ratio(double part, double whole)
{
    return whole > 0 ? part / whole : 0;
}

/* precision = tp / (tp + fp), recall = tp / (tp + fn), f1 = 2 tp / (2 tp + fp + fn) */
void threshold_ratios(threshold *t)
{
    t->precision = ratio(t->tp, t->tp + t->fp);
    t->recall = ratio(t->tp, t->tp + t->fn);
    t->f1 = ratio(2 * t->tp, 2 * t->tp + t->fp + t->fn);
}

/* Adds what the cut does on one partition. */
static void add_partition(threshold *t, const float *scores, const signed char *truth, size_t n)
{
    threshold one = {.cut = t->cut};
    for (size_t i = 0; i < n; i++) {
        bool given = scores[i] >= one.cut;
        one.tp += given && truth[i] > 0;
        one.fp += given && truth[i] < 0;
        one.fn += !given && truth[i] > 0;
    }
    threshold_ratios(&one);
    t->tp += one.tp;
    t->fp += one.fp;
    t->fn += one.fn;
    t->precision += one.precision;
    t->recall += one.recall;
    t->f1 += one.f1;
}

void threshold_judge(threshold *t, const float *scores, size_t n_partitions,
                     const signed char *truth, size_t n)
{
    double *sums[] = {&t->precision, &t->recall, &t->f1, &t->tp, &t->fp, &t->fn};
    size_t n_sums = sizeof sums / sizeof *sums;
    for (size_t k = 0; k < n_sums; k++)
        *sums[k] = 0;
    for (size_t p = 0; p < n_partitions; p++)
        add_partition(t, scores + p * n, truth, n);
    for (size_t k = 0; k < n_sums; k++)
        *sums[k] /= (double)n_partitions;
}

void f1_sums_add(f1_sums *sums, const threshold *t)
{
    sums->tp += t->tp;
    sums->errors += t->fp + t->fn;
    sums->f1 += t->f1;
    sums->n++;
}

double f1_sums_micro(const f1_sums *sums)
{
    return ratio(2 * sums->tp, 2 * sums->tp + sums->errors);
}

double f1_sums_macro(const f1_sums *sums)
{
    return ratio(sums->f1, sums->n);
}

float threshold_spread(const float *cuts, size_t n)
{
    double sum = 0, squares = 0;
    for (size_t k = 0; k < n; k++)
        sum += (double)cuts[k];
    for (size_t k = 0; k < n; k++)
        squares += ((double)cuts[k] - sum / (double)n) * ((double)cuts[k] - sum / (double)n);
    return n > 1 ? (float)sqrt(squares / (double)(n - 1)) : NAN;
}

ttag_status threshold_fit_by(threshold *out, f1_cut which, const float *scores, size_t n_partitions,
                             const signed char *truth, size_t n)
{
    double sum = 0;
    float *cuts = mem_new(n_partitions, sizeof *cuts);
    ttag_status status = cuts ? TTAG_OK : TTAG_NOMEM;
    for (size_t p = 0; status == TTAG_OK && p < n_partitions; p++) {
        status = choose(&cuts[p], which, scores + p * n, truth, n);
        sum += status == TTAG_OK ? (double)cuts[p] : 0;
    }
    if (status == TTAG_OK) {
        *out = (threshold){.cut = (float)(sum / (double)n_partitions),
                           .spread = threshold_spread(cuts, n_partitions)};
        threshold_judge(out, scores, n_partitions, truth, n);
    }
    mem_free(cuts);
    return status;
}

ttag_status threshold_fit(threshold *out, const float *scores, size_t n_partitions,
                          const signed char *truth, size_t n)
{
    return threshold_fit_by(out, F1_CUT_HALFWAY, scores, n_partitions, truth, n);
}
