/* Counts by fold, F1 of them, and paired differences. */
#include "train/fold_figures.h"

#include <math.h>

#include "base/memory.h"

/* ---- One tag. ---- */

static void add_decision(fold_counts *c, bool given, signed char truth)
{
    c->tp += given && truth > 0;
    c->fp += given && truth < 0;
    c->fn += !given && truth > 0;
}

void fold_counts_at(fold_counts *counts, float cut, const float *scores, const signed char *truth,
                    const uint8_t *folds, uint32_t n_folds, size_t n)
{
    for (uint32_t f = 0; f < n_folds; f++)
        counts[f] = (fold_counts){0};
    for (size_t i = 0; i < n; i++)
        if (folds[i] < n_folds)
            add_decision(&counts[folds[i]], scores[i] >= cut, truth[i]);
}

ttag_status fold_counts_cross(fold_counts *counts, const cut_rule *rule, const float *scores,
                              const signed char *truth, const uint8_t *folds, uint32_t n_folds,
                              size_t n)
{
    signed char *others = mem_new(n, sizeof *others);
    ttag_status status = others ? TTAG_OK : TTAG_NOMEM;
    for (uint32_t f = 0; status == TTAG_OK && f < n_folds; f++) {
        threshold cut;
        for (size_t i = 0; i < n; i++)
            others[i] = folds[i] == f ? 0 : truth[i];
        status = cut_rule_fit(&cut, rule, scores, 1, others, n);
        if (status != TTAG_OK)
            break;
        counts[f] = (fold_counts){0};
        for (size_t i = 0; i < n; i++)
            if (folds[i] == f)
                add_decision(&counts[f], scores[i] >= cut.cut, truth[i]);
    }
    mem_free(others);
    return status;
}

/* ---- All tags. ---- */

/* F1 = 2 tp / (2 tp + fp + fn) */
static double f1_of(const fold_counts *c)
{
    double all = 2 * c->tp + c->fp + c->fn;
    return all > 0 ? 2 * c->tp / all : 0;
}

void fold_figures_sum(fold_figures *out, const fold_counts *counts, size_t n_tags, uint32_t n_folds)
{
    *out = (fold_figures){.n_folds = n_folds};
    for (uint32_t f = 0; f < n_folds; f++) {
        fold_counts all = {0};
        double f1 = 0, n = 0;
        for (size_t t = 0; t < n_tags; t++) {
            const fold_counts *c = &counts[t * n_folds + f];
            all.tp += c->tp;
            all.fp += c->fp;
            all.fn += c->fn;
            if (c->tp + c->fn > 0) {
                f1 += f1_of(c);
                n++;
            }
        }
        out->micro[f] = f1_of(&all);
        out->macro[f] = n > 0 ? f1 / n : 0;
    }
}

/* ---- Two settings. ---- */

mean_spread mean_spread_of(const double *numbers, size_t n)
{
    double sum = 0, squares = 0;
    for (size_t k = 0; k < n; k++)
        sum += numbers[k];
    double mean = n > 0 ? sum / (double)n : NAN;
    for (size_t k = 0; k < n; k++)
        squares += (numbers[k] - mean) * (numbers[k] - mean);
    return (mean_spread){mean, n > 1 ? sqrt(squares / (double)(n - 1)) : NAN};
}

fold_gain fold_gain_of(const fold_figures *new_ones, const fold_figures *old)
{
    double gains[FOLDS_MAX];
    for (uint32_t f = 0; f < old->n_folds; f++)
        gains[f] =
            ((new_ones->micro[f] - old->micro[f]) + (new_ones->macro[f] - old->macro[f])) / 2;
    mean_spread m = mean_spread_of(gains, old->n_folds);
    return (fold_gain){m.mean, m.spread / sqrt((double)old->n_folds)};
}

bool fold_gain_convinces(fold_gain gain)
{
    return gain.mean > gain.error;
}
