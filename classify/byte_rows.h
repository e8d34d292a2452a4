/* Rows of a matrix in one byte a number, with a step for each row: a quarter of what has to be read
   of floats. Sums of such rows are made in integers, and so are exact. */
#ifndef CLASSIFY_BYTE_ROWS_H
#define CLASSIFY_BYTE_ROWS_H

#include "classify/shared_columns.h"

/* A number of the matrix is the row's step times a byte from -BYTE_MOST to BYTE_MOST, but for at
   most BYTE_ERROR steps. */
#define BYTE_ERROR 0.5001
enum { BYTE_MOST = 127, BYTE_COLUMNS = 64, BYTE_ROWS_TOGETHER = 4 };

/* Zero-initialise before use. */
typedef struct byte_rows {
    size_t width;    /* columns, a multiple of BYTE_COLUMNS */
    size_t n;        /* rows */
    float *steps;    /* n */
    int8_t *numbers; /* n x width; within BYTE_COLUMNS in the order of way */
    const struct byte_rows_way *way;
} byte_rows;

/* What sums are compared with: bit t of the result is set unless
   float(sum[t]) * unit + bound < limits[t]. */
typedef struct byte_limits {
    const float *limits; /* the rows' width */
    float unit, bound;
} byte_limits;

/* How it is done on one kind of CPU. All ways have the same sums. */
typedef struct byte_rows_way {
    unsigned most_factor;
    size_t lanes, columns; /* in which order columns lie: see byte_rows.c */
    void (*reach)(uint64_t *bits, const byte_rows *m, const uint32_t *rows, const uint8_t *factors,
                  size_t n, const byte_limits *limits);
} byte_rows_way;

/* Way number i of this CPU, the fastest first; NULL: there is none. */
const byte_rows_way *byte_rows_way_at(size_t i);

/* Room for n rows with that many columns. false: no memory, or more than most_bytes. */
bool byte_rows_init(byte_rows *out, size_t n_columns, size_t n, const byte_rows_way *way,
                    size_t most_bytes);

/* Fills `n` rows with rows of floats, which get those columns; row i of them becomes number
   places[i], `stride` floats from one to the next. No number of a row, whether or not it is seen in
   its column, is more than BYTE_MOST steps. false: no memory, or a number that is not finite or
   beyond 1e20. */
bool byte_rows_fill(byte_rows *m, const shared_columns *columns, const float *rows, size_t stride,
                    const uint32_t *places, size_t n);

/* sum[t] = sum over j of factors[j] * byte[rows[j]][t] for t < width, compared with the limits: 64
   bits for each BYTE_COLUMNS columns. Factors are at most the way's, n below BYTE_SUMS_MOST, and
   both arrays have room for BYTE_ROWS_TOGETHER more, which are written to. There is a row. */
enum { BYTE_SUMS_MOST = 1 << 16 };
void byte_rows_reach(uint64_t *bits, const byte_rows *m, uint32_t *rows, uint8_t *factors, size_t n,
                     const byte_limits *limits);

/* Has n rows fetched. */
static inline void byte_rows_expect(const byte_rows *m, const uint32_t *rows, size_t n)
{
    size_t width = m->width;
    for (const int8_t *at = m->numbers; at < m->numbers + width; at += BYTE_COLUMNS)
        for (size_t j = 0; j < n; j++)
            __builtin_prefetch(at + rows[j] * width);
}

void byte_rows_dispose(byte_rows *m);

#endif
