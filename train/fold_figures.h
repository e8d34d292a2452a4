/* How good out-of-fold scores are, fold by fold: what comparing two settings rests on. */
#ifndef TRAIN_FOLD_FIGURES_H
#define TRAIN_FOLD_FIGURES_H

#include "train/constrained_cut.h"
#include "train/folds.h"

/* Decisions about one tag on one fold. */
typedef struct fold_counts {
    double tp, fp, fn;
} fold_counts;

/* counts[n_folds] of one tag; each fold is cut by what the others say. scores, truth, folds: n. */
ttag_status fold_counts_cross(fold_counts *counts, const cut_rule *rule, const float *scores,
                              const signed char *truth, const uint8_t *folds, uint32_t n_folds,
                              size_t n);
/* Likewise, all folds cut where it is said. */
void fold_counts_at(fold_counts *counts, float cut, const float *scores, const signed char *truth,
                    const uint8_t *folds, uint32_t n_folds, size_t n);

typedef struct fold_figures {
    uint32_t n_folds; /* 0: there are none */
    double micro[FOLDS_MAX], macro[FOLDS_MAX];
} fold_figures;

/* F1 over all decisions of a fold, and the mean F1 of the tags that some of its articles carry.
   counts: n_tags x n_folds. */
void fold_figures_sum(fold_figures *out, const fold_counts *counts, size_t n_tags,
                      uint32_t n_folds);

/* Mean of n numbers, and their sample standard deviation (NaN of fewer than two). */
typedef struct mean_spread {
    double mean, spread;
} mean_spread;
mean_spread mean_spread_of(const double *numbers, size_t n);

/* How much higher the folds' means of micro and macro are than those of `old`: mean gain, and its
   standard error, s / sqrt(K). */
typedef struct fold_gain {
    double mean, error;
} fold_gain;
fold_gain fold_gain_of(const fold_figures *new_ones, const fold_figures *old);

/* Whether that is more than chance may give: mean > error. */
bool fold_gain_convinces(fold_gain gain);

#endif
