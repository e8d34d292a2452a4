/* One line from scores to log-odds for all tags of a model, and a tag's own, which leans on it:
   what shape probabilities have is seen in the articles of all tags, how steep and how high they
   are for one tag in its own.

   g(s): scores of the first partition, of all tags, counted in 4096 bins over -4 to 4 (what lies
   beyond in the outer ones), make a sigmoid; so do blocks of these bins that count alike in it,
   Σ p (1 - p), pooled where their shares of positive articles fall: a line through their mean
   scores and ln ((positive + 1/2) / (negative + 1/2)), beyond its ends half as steep as the
   sigmoid.

   A tag's log-odds are a g(s) + b, with the least
     Σ ln(1 + e^(-y (a g(s) + b))) + k/2 ((a - 1)^2 + b^2 / 4)
   over its articles, each with the mean of its partitions; y = +1 or -1, k = SHARED_LINE_WORTH. */
#ifndef TRAIN_SHARED_LINE_H
#define TRAIN_SHARED_LINE_H

#include "train/calibration.h"
#include "train/isotonic.h"

enum { SHARED_BINS = 4096 };
#define SHARED_LINE_WORTH 20.0

typedef struct shared_bin {
    double positive, negative; /* articles */
    double sum;                /* of their scores */
} shared_bin;

/* Zero-initialise before use. */
typedef struct shared_scores {
    shared_bin bins[SHARED_BINS];
    size_t n_tags;
} shared_scores;

/* Beyond the points half of the sigmoid's slope. */
typedef struct shared_line {
    calibration sigmoid;
    isotonic_line line; /* no points: there is none */
} shared_line;

/* scores, truth: n, as of calibration_fit, of one partition. */
void shared_scores_add(shared_scores *all, const float *scores, const signed char *truth, size_t n);

/* There is a line where there are two tags or more, and higher scores mean the tag. TTAG_NOMEM. */
ttag_status shared_line_fit(shared_line *out, const shared_scores *all);

/* A tag's own; without points where it would not rise. scores: n_partitions x n. TTAG_NOMEM. */
ttag_status shared_line_adapt(shared_line *out, const shared_line *shared, const float *scores,
                              size_t n_partitions, const signed char *truth, size_t n);

#endif
