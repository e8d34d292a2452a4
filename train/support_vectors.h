/* From the solutions of all tags to the support vectors of a model. */
#ifndef TRAIN_SUPPORT_VECTORS_H
#define TRAIN_SUPPORT_VECTORS_H

#include "train/libsvm.h"
#include "train/term_lists.h"
#include "ttag/model.h"

/* Owns what the view points into. Zero-initialise before use. */
typedef struct support_set {
    ttag_support_vectors view;
    term_lists lists;
    double *squares;
    uint64_t *coef_starts;
    uint32_t *coef_vectors;
    float *coefs;
} support_set;

/* The rows of x that are a support vector of some tag, in order, each once. TTAG_NOMEM. */
ttag_status support_set_make(support_set *out, const ttag_matrix *x,
                             const libsvm_solution *solutions, size_t n_tags, double gamma);
void support_set_dispose(support_set *s);

#endif
