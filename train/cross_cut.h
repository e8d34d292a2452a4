/* A cut from scores that no fold of a training made: chosen by all articles, and measured by cuts
   that are each chosen by all folds but one and judged on this one. */
#ifndef TRAIN_CROSS_CUT_H
#define TRAIN_CROSS_CUT_H

#include "train/constrained_cut.h"

/* scores[n], truth[n] as of threshold_fit; folds[n] below n_folds. The spread is that of the cuts
   of the folds, as far as they have one. */
ttag_status cross_cut_fit(threshold *out, const cut_rule *rule, const float *scores,
                          const signed char *truth, const uint8_t *folds, uint32_t n_folds,
                          size_t n);

#endif
