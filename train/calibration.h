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

/* Scores with targets of 0 to 1, each as often as `counts` says; together they come to more than
   nothing. */
typedef struct weighed_scores {
    double *scores, *targets, *counts; /* from mem_lines, with room for a multiple of EIGHT */
    size_t count;
} weighed_scores;

/* Zero-initialise before use. false: no memory; dispose even then. */
bool weighed_scores_reserve(weighed_scores *s, size_t most);
void weighed_scores_add(weighed_scores *s, double score, double target, double count);
void weighed_scores_dispose(weighed_scores *s);

/* What is believed of a sigmoid beforehand; one unit off costs half of its worth in cross-entropy,
   the square of that many units so many times as much. */
typedef struct calibration_prior {
    calibration at;
    double slope_worth, offset_worth;
} calibration_prior;

/* The least cross-entropy, with what the prior (NULL: none) adds, whatever slope that has; no cut
   has a say. */
calibration weighed_scores_fit(weighed_scores *s, const calibration_prior *prior);

#endif
