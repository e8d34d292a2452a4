/* From out-of-fold scores to probabilities: P(tag | score) = 1 / (1 + exp(slope * score + offset)).
   Platt 1999, as Lin, Lin and Weng 2007 compute it. */
#ifndef TRAIN_CALIBRATION_H
#define TRAIN_CALIBRATION_H

#include "ttag/base.h"

typedef struct calibration {
    double slope; /* < 0 */
    double offset;
} calibration;

/* scores: n_partitions x n; truth[n] = +1, -1, or 0 for an article that does not count. Where no
   falling slope fits, or one at which floats would no longer tell scores about a finite `cut`
   apart: slope -1, and the offset at which the mean probability is the share of positive articles.
 */
ttag_status calibration_fit(calibration *out, const float *scores, size_t n_partitions,
                            const signed char *truth, size_t n, float cut);

#endif
