/* The out-of-fold scores of one tag: every problem "all articles but one fold", up to LANES of them
   abreast.

   Each begins at the solution on all articles with the held-out articles' alphas taken back, so a
   few hundred articles near the margin and few steps settle it (train/smo.h). One pass over all
   articles then serves all problems: it scores those held out, and finds those that should have
   been near. They join, and again, until none does. */
#ifndef TRAIN_FOLD_PROBLEMS_H
#define TRAIN_FOLD_PROBLEMS_H

#include "train/class_costs.h"
#include "train/lanes.h"
#include "train/probes.h"
#include "train/smo.h"
#include "train/working_set.h"

typedef struct fold_task {
    const kernel_source *source;
    const signed char *truth; /* n: +1, -1; 0: does not count */
    const uint8_t *folds;     /* n_partitions x n */
    uint32_t n_partitions;
    uint32_t n_folds;
    class_costs costs;
    double tolerance;
    deadline *deadline;      /* NULL: none */
    const float *counts_as;  /* n: the articles' own weights; NULL: 1 each */
    const probe_set *probes; /* pieces to be scored as well; NULL: none */
    float *probe_scores;     /* n_partitions x probes->x.n_rows */
    /* of the solution on all articles: */
    const double *scores; /* n: decision values */
    double bias;
    const double *coefs; /* alpha times y of the set's articles, by their place in it */
    working_set *set;    /* grows */
} fold_task;

/* What a thread needs. Zero-initialise before fold_scratch_init. */
typedef struct fold_scratch {
    lanes *weights; /* n_columns + 1; the last row is the bias */
    smo problems[LANES];
} fold_scratch;

ttag_status fold_scratch_init(fold_scratch *s, const ttag_matrix *x);
void fold_scratch_dispose(fold_scratch *s);

/* scores: n_partitions x n, of the model of the other folds; where nothing is known left as it is.
   A training part of one class scores that class's edge, +1 or -1. TTAG_NOMEM; TTAG_CANCELLED: the
   deadline came, and the scores are of no use. */
ttag_status fold_problems_solve(float *scores, fold_scratch *scratch, const fold_task *task);

#endif
