/* From out-of-fold scores to the cut of best F1 among those that keep a bound.

   Over the scores of all partitions together, with P positive articles, a cut that gives k of them,
   tp rightly, keeps the bound with a margin of m standard errors if
     precision: tp / k >= bound + m sqrt(bound (1 - bound) / k')
     recall:    tp / P >= bound + m sqrt(bound (1 - bound) / P')
   where k' and P' count articles, not scores. F1 = 2 tp / (k + P); among equals the highest cut.
   The best of many cuts has been lucky too, so the cuts with a margin of 1/2 come first; where
   there is none, those with a margin of 0; where no cut keeps the bound, the tag is never given. */
#ifndef TRAIN_CONSTRAINED_CUT_H
#define TRAIN_CONSTRAINED_CUT_H

#include "train/thresholds.h"
#include "ttag/train.h"

/* How cuts are chosen: `bound` is that of PRECISION and RECALL. */
typedef struct cut_rule {
    ttag_threshold_rule rule;
    double bound;
} cut_rule;

/* As threshold_fit, by any rule but NONE. A cut that no score reaches is INFINITY. The spread is
   that of the cuts which the partitions would have by themselves, as far as they have one. */
ttag_status cut_rule_fit(threshold *out, const cut_rule *rule, const float *scores,
                         size_t n_partitions, const signed char *truth, size_t n);

#endif
