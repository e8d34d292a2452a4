/* Kernel values between articles, x·x', made where a solver asks for them.

   The most frequent terms, made dense, go through BLAS; the long tail stays sparse: LANES articles
   side by side meet the terms of one article after the other. */
#ifndef TRAIN_KERNEL_H
#define TRAIN_KERNEL_H

#include "train/lanes.h"

/* What all threads share. Zero-initialise before kernel_source_make. */
typedef struct kernel_source {
    const ttag_matrix *x; /* terms in order of falling df; borrowed */
    size_t n_dense;       /* so many first terms are dense */
    float *dense;         /* n_rows x n_dense */
    size_t *tails;        /* n_rows: where each row's other terms begin */
} kernel_source;

ttag_status kernel_source_make(kernel_source *out, const ttag_matrix *x);
void kernel_source_dispose(kernel_source *s);

/* What one thread needs. Zero-initialise before kernel_scratch_init. */
typedef struct kernel_scratch {
    lanes *tail;  /* n_columns: the articles side by side; 0 between calls */
    float *dense; /* rows of the articles at hand */
    size_t dense_capacity;
} kernel_scratch;

bool kernel_scratch_init(kernel_scratch *s, const kernel_source *source);
void kernel_scratch_dispose(kernel_scratch *s);

/* Fills rows and columns `first` … n - 1 of the n x n matrix of values between these articles,
   exactly symmetric. stride: values from one row to the next, at least n rounded up to LANES; the
   values from the n-th to there become 0. false: no memory. */
bool kernel_fill(float *values, size_t stride, const kernel_source *source, kernel_scratch *scratch,
                 const uint32_t *articles, size_t n, size_t first);

#endif
