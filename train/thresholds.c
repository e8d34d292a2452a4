/* Cuts: the candidates lie between neighbouring scores, from the highest down. */
#include "train/thresholds.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"

typedef struct ranked {
    float score;
    bool positive;
} ranked;

static int by_falling_score(const void *a, const void *b)
{
    float x = ((const ranked *)a)->score;
    float y = ((const ranked *)b)->score;
    return (x < y) - (x > y);
}

static size_t rank(ranked *list, const float *scores, const signed char *truth, size_t n)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        if (truth[i])
            list[count++] = (ranked){scores[i], truth[i] > 0};
    qsort(list, count, sizeof *list, by_falling_score);
    return count;
}

/* A cut that gives the first k of the list: list[k - 1].score >= cut > list[k].score. */
static float cut_after(const ranked *list, size_t count, size_t k)
{
    if (k == 0)
        return nextafterf(list[0].score, INFINITY);
    if (k == count)
        return list[k - 1].score;
    float middle = (float)(((double)list[k - 1].score + (double)list[k].score) / 2);
    return middle > list[k].score ? middle : list[k - 1].score; /* no float between them */
}

/* F1 = 2 tp / (given + positive), at its best over all cuts */
static float best_f1_cut(const ranked *list, size_t count, size_t positive)
{
    double best = 0;
    size_t best_k = 0;
    size_t tp = 0;
    for (size_t k = 1; k <= count; k++) {
        tp += list[k - 1].positive;
        if (k < count && !(list[k - 1].score > list[k].score))
            continue;
        double f1 = 2.0 * (double)tp / (double)(k + positive);
        if (f1 > best) {
            best = f1;
            best_k = k;
        }
    }
    return best < THRESHOLD_F1_FLOOR ? list[0].score : cut_after(list, count, best_k);
}

/* The cut that gives `wanted` articles, or as near as equal scores allow. */
static float count_cut(const ranked *list, size_t count, size_t wanted)
{
    size_t fewer = wanted;
    size_t more = wanted;
    if (wanted == count)
        return cut_after(list, count, count);
    while (fewer > 0 && !(list[fewer - 1].score > list[fewer].score))
        fewer--;
    while (more < count && more > 0 && !(list[more - 1].score > list[more].score))
        more++;
    return cut_after(list, count, wanted - fewer <= more - wanted ? fewer : more);
}

ttag_status threshold_choose(float *cut, const float *scores, const signed char *truth, size_t n)
{
    ranked *list = mem_new(n, sizeof *list);
    if (!list)
        return TTAG_NOMEM;
    size_t count = rank(list, scores, truth, n);
    size_t positive = 0;
    for (size_t k = 0; k < count; k++)
        positive += list[k].positive;
    if (count == 0)
        *cut = 0;
    else if (positive == 0)
        *cut = cut_after(list, count, 0);
    else
        *cut = (float)(((double)best_f1_cut(list, count, positive) +
                        (double)count_cut(list, count, positive)) /
                       2);
    mem_free(list);
    return TTAG_OK;
}

static double ratio(double part, double whole)
{
    return whole > 0 ? part / whole : 0;
}

/* Adds what the cut does on one partition. */
static void add_counts(threshold *t, const float *scores, const signed char *truth, size_t n)
{
    double tp = 0, fp = 0, fn = 0;
    for (size_t i = 0; i < n; i++) {
        bool given = scores[i] >= t->cut;
        tp += given && truth[i] > 0;
        fp += given && truth[i] < 0;
        fn += !given && truth[i] > 0;
    }
    t->tp += tp;
    t->fp += fp;
    t->fn += fn;
    t->precision += ratio(tp, tp + fp);
    t->recall += ratio(tp, tp + fn);
    t->f1 += ratio(2 * tp, 2 * tp + fp + fn);
}

ttag_status threshold_fit(threshold *out, const float *scores, size_t n_partitions,
                          const signed char *truth, size_t n)
{
    threshold t = {.spread = NAN};
    double sum = 0, squares = 0;
    double parts = (double)n_partitions;
    float *cuts = mem_new(n_partitions, sizeof *cuts);
    ttag_status status = cuts ? TTAG_OK : TTAG_NOMEM;
    for (size_t p = 0; status == TTAG_OK && p < n_partitions; p++) {
        status = threshold_choose(&cuts[p], scores + p * n, truth, n);
        sum += status == TTAG_OK ? (double)cuts[p] : 0;
    }
    if (status != TTAG_OK)
        goto done;
    t.cut = (float)(sum / parts);
    for (size_t p = 0; p < n_partitions; p++)
        squares += ((double)cuts[p] - sum / parts) * ((double)cuts[p] - sum / parts);
    if (n_partitions > 1)
        t.spread = (float)sqrt(squares / (parts - 1));
    for (size_t p = 0; p < n_partitions; p++)
        add_counts(&t, scores + p * n, truth, n);
    double *sums[] = {&t.precision, &t.recall, &t.f1, &t.tp, &t.fp, &t.fn};
    for (size_t k = 0; k < sizeof sums / sizeof *sums; k++)
        *sums[k] /= parts;
    *out = t;
done:
    mem_free(cuts);
    return status;
}
