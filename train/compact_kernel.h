/* The kernel values between the articles of a set that grows, side by side: what a solver reads
   over and over. */
#ifndef TRAIN_COMPACT_KERNEL_H
#define TRAIN_COMPACT_KERNEL_H

#include "train/kernel.h"

/* Zero-initialise before use. */
typedef struct compact_kernel {
    size_t n;           /* articles of the set */
    size_t capacity;    /* articles that there is room for; values from one row to the next */
    uint32_t *articles; /* n: their numbers in the whole matrix */
    float *values;      /* n rows of capacity; 0 from the n-th column to the end of its line */
    float *diagonal;    /* n, then 0 up to capacity */
} compact_kernel;

void compact_kernel_clear(compact_kernel *c);
/* Adds articles, none of them there yet; false: no memory, and nothing has changed. */
bool compact_kernel_add(compact_kernel *c, const kernel_source *source, kernel_scratch *scratch,
                        const uint32_t *articles, size_t count);
void compact_kernel_dispose(compact_kernel *c);

static inline const float *compact_kernel_row(const compact_kernel *c, size_t k)
{
    return c->values + k * c->capacity;
}

#endif
