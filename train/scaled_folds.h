/* The out-of-fold scores of one tag whose terms have factors. Each fold has factors of its own,
   from the articles that are not held out: those of all articles would know the held-out ones'
   tags, and flatter their scores. With its factors each problem has kernel values of its own, so
   folds are solved one after another, not abreast as in train/fold_problems.h. */
#ifndef TRAIN_SCALED_FOLDS_H
#define TRAIN_SCALED_FOLDS_H

#include "train/active_set.h"
#include "train/probes.h"
#include "train/scaled_source.h"

typedef struct scaled_fold_task {
    const kernel_source *plain; /* without factors */
    const factor_source *factors;
    const signed char *truth; /* n: +1, -1; 0: does not count */
    const uint8_t *folds;     /* n_partitions x n */
    uint32_t n_partitions;
    uint32_t n_folds;
    const near_set *start;   /* who matters to the problem on all articles */
    active_task problem;     /* costs, tolerance, memory and deadline count */
    const probe_set *probes; /* pieces to be scored as well; NULL: none */
    float *probe_scores;     /* n_partitions x probes->x.n_rows */
} scaled_fold_task;

/* What a thread needs beside active_scratch. Zero-initialise before scaled_scratch_reserve. */
typedef struct scaled_scratch {
    scaled_source source;
    signed char *truth; /* n */
    near_set near;      /* of the problem on all articles */
    lanes *weights;     /* n_columns + 1, for probes; of one lane, the last row the bias */
} scaled_scratch;

bool scaled_scratch_reserve(scaled_scratch *s, const kernel_source *plain, bool probes);
void scaled_scratch_dispose(scaled_scratch *s);

/* scores as of fold_problems_solve. TTAG_NOMEM; TTAG_LIMIT; TTAG_CANCELLED. */
ttag_status scaled_folds_solve(float *scores, scaled_scratch *scratch, active_scratch *active,
                               const scaled_fold_task *task);

#endif
