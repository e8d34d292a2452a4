/* From support vectors to one weight for each term and tag. */
#ifndef TRAIN_WEIGHTS_H
#define TRAIN_WEIGHTS_H

#include "train/labels.h"
#include "train/libsvm.h"

/* How near a solution is to the optimum of 1/2 |w|² + C Σ max(0, 1 - y f(x)). */
typedef struct certificate {
    double objective; /* of the dual: no solution has less */
    double gap;       /* (primal - dual) / primal; 0 where the primal is 0 */
} certificate;

typedef struct weights_task {
    const ttag_matrix *x;
    const labels *labels;
    const libsvm_solution *solutions; /* n_tags */
    double cost;
    unsigned threads;
    const ttag_monitor *monitor;
} weights_task;

/* Floats from one term's row to the next: tags rounded up to a multiple of 8. */
size_t weights_stride(size_t n_tags);

/* weights: n_columns x stride, all 0 before; certificates: n_tags, of tags with a solution. */
ttag_status weights_fit(float *weights, certificate *certificates, const weights_task *task,
                        ttag_error *err);

#endif
