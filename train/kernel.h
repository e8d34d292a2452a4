/* The kernel matrix that all tags, folds and partitions share: K = X·X'. */
#ifndef TRAIN_KERNEL_H
#define TRAIN_KERNEL_H

#include "ttag/features.h"

typedef struct kernel_matrix {
    size_t n;      /* articles */
    size_t stride; /* values from one row to the next */
    float *values; /* n x stride */
} kernel_matrix;

/* K = X·X', exactly symmetric, the same for any number of threads. TTAG_LIMIT if it would take more
   than `memory` bytes; TTAG_NOMEM; TTAG_CANCELLED. */
ttag_status kernel_build(kernel_matrix *out, const ttag_matrix *x, size_t memory, unsigned threads,
                         const ttag_monitor *monitor, ttag_error *err);
/* Whether the matrix of n articles takes no more than `memory` bytes. */
bool kernel_fits(size_t n, size_t memory);
void kernel_dispose(kernel_matrix *k);

static inline const float *kernel_row(const kernel_matrix *k, size_t article)
{
    return k->values + article * k->stride;
}

static inline float kernel_value(const kernel_matrix *k, size_t a, size_t b)
{
    return k->values[a * k->stride + b];
}

#endif
