/* Sums of rows of a matrix, each times its factor: the arithmetic of linear scores. */
#ifndef CLASSIFY_SUM_ROWS_H
#define CLASSIFY_SUM_ROWS_H

#include "ttag/base.h"

typedef struct row_sum {
    const float *matrix;
    size_t stride;        /* floats from a row to the next */
    const uint32_t *rows; /* n rows of the matrix … */
    const float *factors; /* … and what each is multiplied with */
    size_t n;
} row_sum;

/* sums[t] = sum over j of factors[j] * matrix[rows[j]][t] for t < width, a multiple of 8 up to
   `widest`. Each t has one sum, of products that are rounded before they are added, in order of j:
   all ways have the same result. */
typedef struct sum_way {
    void (*sum)(float *sums, const row_sum *s, size_t width);
    size_t widest;
} sum_way;

/* All ways that this CPU can go, the fastest first; returns how many. */
enum { SUM_WAYS = 3 };
size_t sum_ways(sum_way ways[SUM_WAYS]);

/* Any multiple of 8, piece by piece. */
void sum_rows(float *sums, const row_sum *s, size_t width, const sum_way *way);

#endif
