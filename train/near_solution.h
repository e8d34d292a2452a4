/* From what screening found to a solution of libsvm's problem, rough but usable: for a tag whose
   turn never came. */
#ifndef TRAIN_NEAR_SOLUTION_H
#define TRAIN_NEAR_SOLUTION_H

#include "train/active_set.h"

typedef struct near_task {
    const ttag_matrix *x;
    const signed char *truth; /* of every article: +1, -1; 0: does not count */
    class_costs costs;
    double *weights;        /* n_columns; scratch */
    double *scores;         /* n_rows; scratch */
    const float *counts_as; /* n_rows: the articles' own weights; NULL: 1 each */
} near_task;

/* Alphas as they are; a bias as libsvm's, from the errors of the articles between their bounds.
   report->bound: as the alphas do not balance, which libsvm's problem asks for, what they reach
   once they are made to. TTAG_NOMEM. */
ttag_status near_solution_make(libsvm_solution *out, active_report *report, const near_set *near,
                               const near_task *task);

#endif
