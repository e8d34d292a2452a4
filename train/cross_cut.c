/* A cut for each fold, and one of all articles. */
#include "train/cross_cut.h"

#include <math.h>

#include "base/memory.h"

/* truth where the fold is, or is not, `fold`; else 0 */
static void mask(signed char *out, const signed char *truth, const uint8_t *folds, size_t n,
                 uint32_t fold, bool inside)
{
    for (size_t i = 0; i < n; i++)
        out[i] = (folds[i] == fold) == inside ? truth[i] : 0;
}

/* Adds what the cut of the other folds does on this one. */
static ttag_status judge_fold(threshold *sums, float *cut, const cut_rule *rule,
                              const float *scores, signed char *part, const signed char *truth,
                              const uint8_t *folds, uint32_t fold, size_t n)
{
    threshold one;
    mask(part, truth, folds, n, fold, false);
    ttag_status status = cut_rule_fit(&one, rule, scores, 1, part, n);
    if (status != TTAG_OK)
        return status;
    *cut = one.cut;
    mask(part, truth, folds, n, fold, true);
    threshold_judge(&one, scores, 1, part, n);
    sums->tp += one.tp;
    sums->fp += one.fp;
    sums->fn += one.fn;
    return TTAG_OK;
}

ttag_status cross_cut_fit(threshold *out, const cut_rule *rule, const float *scores,
                          const signed char *truth, const uint8_t *folds, uint32_t n_folds,
                          size_t n)
{
    threshold all, sums = {.spread = NAN};
    size_t n_cuts = 0;
    signed char *part = mem_new(n, sizeof *part);
    float *cuts = mem_new(n_folds, sizeof *cuts);
    ttag_status status = part && cuts ? TTAG_OK : TTAG_NOMEM;
    for (uint32_t fold = 0; status == TTAG_OK && fold < n_folds; fold++) {
        float cut;
        status = judge_fold(&sums, &cut, rule, scores, part, truth, folds, fold, n);
        if (status == TTAG_OK && isfinite(cut))
            cuts[n_cuts++] = cut;
    }
    if (status == TTAG_OK)
        status = cut_rule_fit(&all, rule, scores, 1, truth, n);
    if (status == TTAG_OK) {
        *out = sums;
        out->cut = all.cut;
        out->spread = threshold_spread(cuts, n_cuts);
        threshold_ratios(out);
    }
    mem_free(cuts);
    mem_free(part);
    return status;
}
