/* K(x, z) = exp(-gamma |x - z|²) of all articles with each other, shared by all tags and folds.
   With this kernel most articles are support vectors of some tag or other: values of all of them
   are needed many times. */
#ifndef TRAIN_RBF_MATRIX_H
#define TRAIN_RBF_MATRIX_H

#include "ttag/features.h"

/* Zero-initialise before use. */
typedef struct rbf_matrix {
    double gamma;
    size_t n;        /* articles */
    size_t stride;   /* values from one row to the next, of which the last are 0 */
    float *values;   /* n x stride; exactly symmetric, 1 on the diagonal */
    float *diagonal; /* stride */
} rbf_matrix;

/* Values from one row to the next. */
size_t rbf_stride(size_t n);

/* Whether the matrix of n articles takes no more than `memory` bytes. */
bool rbf_matrix_fits(size_t n, size_t memory);

/* The same for any number of threads and on every processor. TTAG_LIMIT if it does not fit;
   TTAG_NOMEM; TTAG_CANCELLED. */
ttag_status rbf_matrix_make(rbf_matrix *out, const ttag_matrix *x, double gamma, size_t memory,
                            unsigned threads, const ttag_monitor *monitor, ttag_error *err);
void rbf_matrix_dispose(rbf_matrix *k);

static inline const float *rbf_row(const rbf_matrix *k, size_t article)
{
    return k->values + article * k->stride;
}

#endif
