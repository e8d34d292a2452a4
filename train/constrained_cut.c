/* The scores from the highest down, once; each place where they part is a cut. */
#include "train/constrained_cut.h"

#include <math.h>

#include "base/memory.h"
#include "train/ranked_scores.h"

static const double MARGIN = 0.5; /* standard errors */

/* A rule stated in decimals must not fail for the last bit of a product. */
static const double ROUNDING = 1e-12;

/* Sorted scores of one or more partitions. */
typedef struct sample {
    const ranked_score *list;
    size_t count;
    size_t positive;
    size_t n_partitions;
} sample;

static bool keeps_bound(const cut_rule *rule, const sample *s, size_t tp, size_t given,
                        double margin)
{
    double bound = rule->bound;
    double whole = (double)(rule->rule == TTAG_THRESHOLDS_RECALL ? s->positive : given);
    double error = sqrt(bound * (1 - bound) * (double)s->n_partitions / whole);
    return (double)tp >= (bound + margin * error) * whole * (1 - ROUNDING);
}

/* The best cut that keeps the bound with this margin; INFINITY: none does. */
static float best_cut_within(const cut_rule *rule, const sample *s, double margin)
{
    double best = 0;
    size_t best_k = 0, tp = 0;
    for (size_t k = 1; k <= s->count; k++) {
        tp += s->list[k - 1].positive;
        if (!ranked_scores_part(s->list, s->count, k) || !keeps_bound(rule, s, tp, k, margin))
            continue;
        double f1 = 2.0 * (double)tp / (double)(k + s->positive);
        if (f1 > best) {
            best = f1;
            best_k = k;
        }
    }
    return best_k > 0 ? ranked_scores_cut(s->list, s->count, best_k) : INFINITY;
}

/* Sorts the list, then finds its cut. */
static float best_cut(const cut_rule *rule, ranked_score *list, size_t count, size_t n_partitions)
{
    sample s = {list, count, 0, n_partitions};
    ranked_scores_sort(list, count);
    for (size_t k = 0; k < count; k++)
        s.positive += list[k].positive;
    float cut = best_cut_within(rule, &s, MARGIN);
    return isfinite(cut) ? cut : best_cut_within(rule, &s, 0);
}

/* The cuts of each partition by itself, as far as there is one; list: room for n. */
static float find_spread(const cut_rule *rule, ranked_score *list, float *cuts, const float *scores,
                         size_t n_partitions, const signed char *truth, size_t n)
{
    size_t n_cuts = 0;
    for (size_t p = 0; p < n_partitions; p++) {
        size_t count = ranked_scores_take(list, scores + p * n, truth, n);
        float cut = best_cut(rule, list, count, 1);
        if (isfinite(cut))
            cuts[n_cuts++] = cut;
    }
    return threshold_spread(cuts, n_cuts);
}

static ttag_status constrained_fit(threshold *out, const cut_rule *rule, const float *scores,
                                   size_t n_partitions, const signed char *truth, size_t n)
{
    size_t room, count = 0;
    ranked_score *list = NULL;
    float *cuts = mem_new(n_partitions, sizeof *cuts);
    if (size_mul(&room, n, n_partitions))
        list = mem_new(room, sizeof *list);
    ttag_status status = list && cuts ? TTAG_OK : TTAG_NOMEM;
    if (status != TTAG_OK)
        goto done;
    *out = (threshold){.spread = find_spread(rule, list, cuts, scores, n_partitions, truth, n)};
    for (size_t p = 0; p < n_partitions; p++)
        count += ranked_scores_take(list + count, scores + p * n, truth, n);
    out->cut = best_cut(rule, list, count, n_partitions);
    threshold_judge(out, scores, n_partitions, truth, n);
    if (out->tp > 0) /* as the bound counts: over all partitions */
        out->precision = out->tp / (out->tp + out->fp);
done:
    mem_free(cuts);
    mem_free(list);
    return status;
}

ttag_status cut_rule_fit(threshold *out, const cut_rule *rule, const float *scores,
                         size_t n_partitions, const signed char *truth, size_t n)
{
    if (rule->rule == TTAG_THRESHOLDS_PRECISION || rule->rule == TTAG_THRESHOLDS_RECALL)
        return constrained_fit(out, rule, scores, n_partitions, truth, n);
    f1_cut which = rule->rule == TTAG_THRESHOLDS_F1_BEST    ? F1_CUT_BEST
                   : rule->rule == TTAG_THRESHOLDS_F1_COUNT ? F1_CUT_COUNT
                                                            : F1_CUT_HALFWAY;
    return threshold_fit_by(out, which, scores, n_partitions, truth, n);
}
