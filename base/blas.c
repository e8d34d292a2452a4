/* OpenBLAS. */
#include "base/blas.h"

#include <assert.h>
#include <cblas.h>
#include <limits.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/error.h"

void blas_single_thread(void)
{
    openblas_set_num_threads(1);
}

void blas_product(size_t m, size_t n, size_t k, const float *a, const float *b, float *c,
                  size_t ldc)
{
    assert(m <= INT_MAX && n <= INT_MAX && k <= INT_MAX && ldc <= INT_MAX);
    if (m == 0 || n == 0)
        return;
    if (k == 0) { /* an empty sum; BLAS refuses rows of no length */
        for (size_t i = 0; i < m; i++)
            memset(c + i * ldc, 0, n * sizeof *c);
        return;
    }
    int depth = (int)k;
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, (int)m, (int)n, depth, 1.0f, a, depth, b,
                depth, 0.0f, c, (int)ldc);
}

/* Numbers in [-1, 1) that differ from each other and repeat on every machine. */
static void fill(float *out, size_t count, uint32_t seed)
{
    for (size_t i = 0; i < count; i++) {
        seed = seed * 1664525u + 1013904223u;
        out[i] = (float)(int32_t)seed / 2147483648.0f;
    }
}

ttag_status blas_check(ttag_error *err)
{
    enum {
        M = 17,
        N = 19,
        K = 67
    }; /* no multiples of a block size: the edges are where it breaks */
    float a[M * K], b[N * K], c[M * N];
    fill(a, sizeof a / sizeof *a, 1);
    fill(b, sizeof b / sizeof *b, 2);
    memset(c, 0, sizeof c);
    blas_product(M, N, K, a, b, c, N);
    for (size_t i = 0; i < M; i++) {
        for (size_t j = 0; j < N; j++) {
            double expected = 0;
            for (size_t k = 0; k < K; k++)
                expected += (double)a[i * K + k] * (double)b[j * K + k];
            if (!(fabs((double)c[i * N + j] - expected) < 1e-4))
                return fail(err, TTAG_INVALID,
                            "OpenBLAS computes wrong products on this processor (%s); try another "
                            "OPENBLAS_CORETYPE",
                            openblas_get_corename());
        }
    }
    return TTAG_OK;
}

const char *blas_config(void)
{
    return openblas_get_config();
}
