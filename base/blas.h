/* The one numeric seam to BLAS. blas.c is the only file that sees cblas and openblas_*. */
#ifndef BASE_BLAS_H
#define BASE_BLAS_H

#include <stddef.h>

#include "ttag/base.h"

/* Keeps OpenBLAS to the calling thread: our own threads divide the work. Call before threads. */
void blas_single_thread(void);

/* C = A·B', row-major: A is m x k, B is n x k, C is m x n with row stride ldc. Sizes must fit an
   int (asserted). */
void blas_product(size_t m, size_t n, size_t k, const float *a, const float *b, float *c,
                  size_t ldc);

/* Compares one product with plain C. TTAG_INVALID with a sentence if they differ. */
ttag_status blas_check(ttag_error *err);

/* Name and version as the library reports them; static. */
const char *blas_config(void);

#endif
