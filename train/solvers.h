/* Weights or support vectors, bias, certificate and out-of-fold scores of every tag, by the solver
   that was asked for or that fits. */
#ifndef TRAIN_SOLVERS_H
#define TRAIN_SOLVERS_H

#include "train/certificate.h"
#include "train/solve.h"
#include "train/support_vectors.h"
#include "ttag/train.h"

/* Zero-initialise before use. */
typedef struct tag_solutions {
    ttag_solver solver;        /* the one used, never AUTO */
    float *weights;            /* n_columns x weights_stride(n_tags), 0 for constant tags; of the
                                  RBF kernel empty */
    support_set support;       /* of the RBF kernel */
    double *biases;            /* n_tags */
    certificate *certificates; /* n_tags */
    solve_result solved;       /* scores: as of solve_all */
} tag_solutions;

/* opts: solver, gap, memory, kernel, and gamma where there is nothing to solve; else task->rbf is
   the RBF kernel. TTAG_LIMIT: an active set did not fit, and libsvm or the RBF kernel was asked
   for.
 */
ttag_status tag_solutions_find(tag_solutions *out, const solve_task *task,
                               const ttag_train_opts *opts, ttag_error *err);
void tag_solutions_dispose(tag_solutions *s);

#endif
