/* The folds of a block of tags by descent: each begins at the solution on all articles, with those
   that it holds out taken away. */
#ifndef TRAIN_LINEAR_FOLDS_H
#define TRAIN_LINEAR_FOLDS_H

#include "train/descent.h"
#include "train/solve.h"

/* What one thread needs. Zero-initialise before linear_folds_reserve. */
typedef struct linear_folds {
    const solve_task *task;
    solve_result *result;
    double gap;
    /* The solution on all articles, as in the descent: */
    float *weights;
    float *alphas;
    signed char *truth;
    unsigned char *idle;
    float *probe_scores; /* LANES x probe_room; NULL: no probes */
    size_t probe_room;   /* most partitions x probes */
} linear_folds;

/* Scores go to `result`; the folds are solved to the gap, which is not taken too exactly: they only
   choose cuts. TTAG_NOMEM; to be disposed of in any case. */
ttag_status linear_folds_reserve(linear_folds *f, solve_result *result, const solve_task *task,
                                 double gap);
void linear_folds_dispose(linear_folds *f);

/* From a descent of these tags that has been run on all articles, and is left somewhere else.
   TTAG_CANCELLED: the deadline has come. */
ttag_status linear_folds_solve(linear_folds *f, descent *d, const uint32_t *tags);

/* Those of the tags that are solved on all articles are done if that is all, or if they have no
   more than so many partitions. */
void linear_folds_note(solve_result *result, const solve_task *task, const uint32_t *tags,
                       size_t n_tags, uint32_t partitions);

/* No descent of folds goes nearer to the optimum, nor makes more passes. */
#define LINEAR_FOLD_GAP 1e-2
enum { LINEAR_FOLD_EPOCHS = 200 };

#endif
