/* One sigmoid for all tags of a model: what a tag's own leans on where it has few articles.

   Scores of the first partition, of all tags, counted in 4096 bins over -4 to 4, what lies beyond
   in the outer ones; each bin stands for its articles with their mean score. */
#ifndef TRAIN_POOLED_SIGMOID_H
#define TRAIN_POOLED_SIGMOID_H

#include "train/calibration.h"

/* Folds are put together in so many parts, by their number. */
enum { POOLED_PARTS = 3, POOLED_BINS = 4096 };

typedef struct pooled_bin {
    double positive, negative; /* articles */
    double sum;                /* of their scores */
} pooled_bin;

/* Zero-initialise before use. */
typedef struct pooled_scores {
    pooled_bin bins[POOLED_PARTS][POOLED_BINS];
    size_t n_tags;
} pooled_scores;

typedef struct pooled_sigmoid {
    bool known;                        /* false: the rest says nothing */
    calibration all;                   /* of all parts */
    calibration without[POOLED_PARTS]; /* of all but one */
} pooled_sigmoid;

/* scores, truth, folds: n, as of calibration_fit, of one partition. */
void pooled_scores_add(pooled_scores *p, const float *scores, const signed char *truth,
                       const uint8_t *folds, size_t n);

/* One is known where there are two tags or more, and higher scores mean the tag. TTAG_NOMEM. */
ttag_status pooled_sigmoid_fit(pooled_sigmoid *out, const pooled_scores *p);

#endif
