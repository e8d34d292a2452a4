/* Weights, bias, certificate and out-of-fold scores of every tag, by the solver that was asked for
   or that fits. */
#ifndef TRAIN_SOLVERS_H
#define TRAIN_SOLVERS_H

#include "train/certificate.h"
#include "train/solve.h"
#include "ttag/train.h"

/* Zero-initialise before use. */
typedef struct tag_solutions {
    ttag_solver solver;        /* the one used, never AUTO */
    float *weights;            /* n_columns x weights_stride(n_tags), 0 for constant tags */
    double *biases;            /* n_tags */
    certificate *certificates; /* n_tags */
    solve_result solved;       /* scores: as of solve_all */
} tag_solutions;

/* task: all but its kernel. opts: solver, gap, memory. TTAG_LIMIT: an active set did not fit,
   and libsvm was asked for. */
ttag_status tag_solutions_find(tag_solutions *out, const solve_task *task,
                               const ttag_train_opts *opts, ttag_error *err);
void tag_solutions_dispose(tag_solutions *s);

#endif
