/* Rows of a matrix of which most have few numbers that are not zero, without these zeros: less to
   read, and more of it in the cache. The sums are those of sum_rows, bit for bit: a product of zero
   changes no sum. */
#ifndef CLASSIFY_SPARSE_ROWS_H
#define CLASSIFY_SPARSE_ROWS_H

#include "ttag/base.h"

/* Zero-initialise before use. */
typedef struct sparse_rows {
    size_t width;         /* columns, a multiple of 8 */
    uint32_t *starts;     /* of each row: where it begins in cells, and whether it has its zeros */
    unsigned char *cells; /* for each 16 columns the bits of those that are there; then these */
} sparse_rows;

/* Makes them of n rows, row i of the matrix being number places[i], `stride` floats from one to the
   next. false: no memory, more than most_bytes, or this CPU and width have no way to sum them. */
bool sparse_rows_make(sparse_rows *out, const float *matrix, size_t stride, size_t width,
                      const uint32_t *places, size_t n, size_t most_bytes);

/* sums[t] = sum over j of factors[j] * row[rows[j]][t] for t < width, in order of j; the factors
   are finite. */
void sparse_rows_sum(float *sums, const sparse_rows *m, const uint32_t *rows, const float *factors,
                     size_t n);

void sparse_rows_dispose(sparse_rows *m);

#endif
