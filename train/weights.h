/* From support vectors to one weight for each term and tag. */
#ifndef TRAIN_WEIGHTS_H
#define TRAIN_WEIGHTS_H

#include "train/active_set.h"
#include "train/certificate.h"
#include "train/class_costs.h"
#include "train/labels.h"
#include "train/term_factors.h"

typedef struct weights_task {
    const ttag_matrix *x;
    const uint32_t *terms; /* n_columns: row of the weights that each term fills */
    const labels *labels;
    const libsvm_solution *solutions; /* n_tags */
    const active_report *reports;     /* n_tags: how they were found */
    const class_costs *costs;         /* n_tags */
    const bool *constant;             /* n_tags: there is no solution */
    unsigned threads;
    const factor_source *factors; /* of x: terms have factors for each tag; NULL: none */
} weights_task;

/* Floats from one term's row to the next: tags rounded up to a multiple of 8. */
size_t weights_stride(size_t n_tags);

/* w = Σ coef x, n_columns of them. */
void support_sum(double *w, const ttag_matrix *x, const libsvm_solution *s);

/* weights, those of x itself: n_columns x stride, all 0 before; certificates: n_tags, of tags with
   a solution. Nothing stops it: whatever is saved needs it. TTAG_NOMEM. */
ttag_status weights_fit(float *weights, certificate *certificates, const weights_task *task,
                        ttag_error *err);

#endif
