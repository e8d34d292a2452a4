/* The kernel matrix that all tags, folds and partitions share: K = X·X', laid out as libsvm reads
   a precomputed kernel. */
#ifndef TRAIN_KERNEL_H
#define TRAIN_KERNEL_H

#include "ttag/features.h"

/* libsvm's struct svm_node. */
typedef struct kernel_node {
    int index; /* never read of a precomputed kernel */
    double value;
} kernel_node;

typedef struct kernel_matrix {
    size_t n;           /* articles */
    size_t stride;      /* nodes from one row to the next */
    kernel_node *nodes; /* n x stride; row i: its serial number i + 1, K(i, 0) … K(i, n - 1) */
    void *block;        /* what nodes lie in */
} kernel_matrix;

/* K = X·X', exactly symmetric, the same for any number of threads. TTAG_LIMIT if it would take more
   than `memory` bytes; TTAG_NOMEM; TTAG_CANCELLED. */
ttag_status kernel_build(kernel_matrix *out, const ttag_matrix *x, size_t memory, unsigned threads,
                         const ttag_monitor *monitor, ttag_error *err);
void kernel_dispose(kernel_matrix *k);

static inline kernel_node *kernel_row(const kernel_matrix *k, size_t article)
{
    return k->nodes + article * k->stride;
}

static inline double kernel_value(const kernel_matrix *k, size_t a, size_t b)
{
    return k->nodes[a * k->stride + 1 + b].value;
}

#endif
