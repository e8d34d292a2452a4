/* K = X·X' in two parts: the most frequent terms, made dense, through BLAS; the long tail, kept
   sparse, through inverted lists. */
#include "train/kernel.h"

#include <stdio.h>
#include <string.h>

#include "base/blas.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/monitor.h"
#include "base/parallel.h"

enum {
    TILE = 512,       /* rows and columns that a worker computes at once: 1 MB of sums */
    STRIP = 16,       /* columns that it writes at once */
    MAX_DENSE = 1024, /* terms made dense, at most */
    DENSE_SHARE = 64, /* a term is made dense if over 1/64 of the articles hold it */
    LINE = 16         /* values in a cache line */
};

/* X parted by df. */
typedef struct split_matrix {
    size_t n_rows;
    size_t n_dense;
    float *dense;       /* n_rows x n_dense */
    uint32_t *dense_of; /* n_columns: column in dense, or NOT_DENSE */
    size_t *starts;     /* n_columns + 1 positions in rows and values; dense terms have none */
    uint32_t *rows;     /* of each other term, ascending */
    float *values;
} split_matrix;

#define NOT_DENSE UINT32_MAX

typedef struct kernel_work {
    const ttag_matrix *x;
    split_matrix split;
    kernel_matrix *kernel;
    float *buffers; /* one for each worker: TILE x TILE */
    const ttag_monitor *monitor;
    size_t n_bands; /* rows of tiles */
    size_t n_tiles; /* on and above the diagonal */
} kernel_work;

/* ---- Parting the vocabulary. ---- */

static void count_df(const ttag_matrix *x, size_t *df)
{
    for (size_t e = 0; e < x->starts[x->n_rows]; e++)
        df[x->terms[e]]++;
}

/* The least df that makes a term dense: over 1/DENSE_SHARE of the rows, and so high that no more
   than MAX_DENSE terms have it. SIZE_MAX: no memory. */
static size_t dense_df(const size_t *df, size_t n_columns, size_t n_rows)
{
    size_t *terms_with = mem_zero(n_rows + 1, sizeof *terms_with);
    if (!terms_with)
        return SIZE_MAX;
    for (size_t t = 0; t < n_columns; t++)
        terms_with[df[t]]++;
    size_t least = n_rows + 1;
    size_t count = 0;
    while (least - 1 > n_rows / DENSE_SHARE && count + terms_with[least - 1] <= MAX_DENSE)
        count += terms_with[--least];
    mem_free(terms_with);
    return least;
}

static void fill_split(split_matrix *s, const ttag_matrix *x)
{
    for (size_t i = x->n_rows; i-- > 0;) { /* from the back: each end is moved to its start */
        for (size_t e = x->starts[i]; e < x->starts[i + 1]; e++) {
            uint32_t column = s->dense_of[x->terms[e]];
            if (column != NOT_DENSE) {
                s->dense[i * s->n_dense + column] = x->values[e];
                continue;
            }
            size_t place = --s->starts[x->terms[e]];
            s->rows[place] = (uint32_t)i;
            s->values[place] = x->values[e];
        }
    }
}

static ttag_status split_make(split_matrix *s, const ttag_matrix *x)
{
    ttag_status status = TTAG_NOMEM;
    size_t n_dense_values;
    size_t *df = mem_zero(x->n_columns, sizeof *df);
    s->n_rows = x->n_rows;
    s->dense_of = mem_new(x->n_columns, sizeof *s->dense_of);
    s->starts = mem_zero(x->n_columns + 1, sizeof *s->starts);
    if (!df || !s->dense_of || !s->starts)
        goto done;
    count_df(x, df);
    size_t least = dense_df(df, x->n_columns, x->n_rows);
    if (least == SIZE_MAX)
        goto done;
    size_t end = 0;
    for (size_t t = 0; t < x->n_columns; t++) {
        bool dense = df[t] >= least;
        s->dense_of[t] = dense ? (uint32_t)s->n_dense++ : NOT_DENSE;
        s->starts[t] = end += dense ? 0 : df[t];
    }
    s->starts[x->n_columns] = end;
    s->rows = mem_new(end, sizeof *s->rows);
    s->values = mem_new(end, sizeof *s->values);
    if (size_mul(&n_dense_values, x->n_rows, s->n_dense))
        s->dense = mem_zero(n_dense_values, sizeof *s->dense);
    if (!s->rows || !s->values || !s->dense)
        goto done;
    fill_split(s, x);
    status = TTAG_OK;
done:
    mem_free(df);
    return status;
}

static void split_dispose(split_matrix *s)
{
    mem_free(s->dense);
    mem_free(s->dense_of);
    mem_free(s->starts);
    mem_free(s->rows);
    mem_free(s->values);
}

/* ---- Filling the matrix. ---- */

/* Position of the first posting of the term whose row is at least `row`. */
static size_t first_posting(const split_matrix *s, uint32_t term, size_t row)
{
    size_t low = s->starts[term];
    size_t high = s->starts[term + 1];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->rows[middle] < row)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Rows first_row … last_row - 1 by columns first_column … last_column - 1, on or above the
 * diagonal. */
typedef struct tile {
    size_t first_row, last_row;
    size_t first_column, last_column;
    float *sums; /* TILE values from one row to the next */
} tile;

/* Tiles are numbered band by band, each from the diagonal on. */
static tile tile_at(const kernel_work *w, size_t index, unsigned worker)
{
    size_t n = w->split.n_rows;
    size_t band = 0;
    for (; index >= w->n_bands - band; band++)
        index -= w->n_bands - band;
    size_t row = band * TILE;
    size_t column = (band + index) * TILE;
    return (tile){.first_row = row,
                  .last_row = row + TILE < n ? row + TILE : n,
                  .first_column = column,
                  .last_column = column + TILE < n ? column + TILE : n,
                  .sums = w->buffers + (size_t)worker * TILE * TILE};
}

/* sums[j] += Σ over the sparse terms of row i: x[i][t] * x[j][t], for the columns j of the tile */
static void add_sparse(const kernel_work *w, const tile *t, size_t i)
{
    const split_matrix *s = &w->split;
    float *sums = t->sums + (i - t->first_row) * TILE;
    for (size_t e = w->x->starts[i]; e < w->x->starts[i + 1]; e++) {
        uint32_t term = w->x->terms[e];
        float value = w->x->values[e];
        size_t end = s->starts[term + 1];
        for (size_t p = first_posting(s, term, t->first_column);
             p < end && s->rows[p] < t->last_column; p++)
            sums[s->rows[p] - t->first_column] += value * s->values[p];
    }
}

/* Writes the tile, and the same values as columns. Of a tile on the diagonal only what is above it
   counts: the matrix is then exactly symmetric. */
static void write_tile(const kernel_matrix *k, const tile *t)
{
    for (size_t strip = t->first_column; strip < t->last_column; strip += STRIP) {
        size_t end = strip + STRIP < t->last_column ? strip + STRIP : t->last_column;
        for (size_t i = t->first_row; i < t->last_row; i++) {
            const float *sums = t->sums + (i - t->first_row) * TILE;
            for (size_t j = strip > i ? strip : i; j < end; j++)
                k->values[i * k->stride + j] = sums[j - t->first_column];
        }
        for (size_t j = strip; j < end; j++) {
            const float *sums = t->sums + (j - t->first_column);
            for (size_t i = t->first_row; i < t->last_row && i < j; i++)
                k->values[j * k->stride + i] = sums[(i - t->first_row) * TILE];
        }
    }
}

static ttag_status fill_tile(void *context, size_t index, unsigned worker)
{
    const kernel_work *w = context;
    const split_matrix *s = &w->split;
    tile t = tile_at(w, index, worker);
    size_t n_rows = t.last_row - t.first_row;
    if (s->n_dense)
        blas_product(n_rows, t.last_column - t.first_column, s->n_dense,
                     s->dense + t.first_row * s->n_dense, s->dense + t.first_column * s->n_dense,
                     t.sums, TILE);
    else
        memset(t.sums, 0, n_rows * TILE * sizeof *t.sums);
    for (size_t i = t.first_row; i < t.last_row; i++)
        add_sparse(w, &t, i);
    write_tile(w->kernel, &t);
    return TTAG_OK;
}

static void tell_filled(void *context, size_t finished)
{
    const kernel_work *w = context;
    tell_progress(w->monitor, "comparing articles", (double)finished, (double)w->n_tiles);
}

/* ---- The matrix itself. ---- */

/* Values of a row: an odd number of cache lines, lest columns fall into one cache set. */
static size_t row_stride(size_t n)
{
    return ((n + LINE - 1) / LINE | 1) * LINE;
}

/* A size as people write it: "3 GiB", "237 MiB". */
static void put_size(char out[32], double bytes)
{
    static const char *const UNITS[] = {"bytes", "KiB", "MiB", "GiB", "TiB"};
    size_t unit = 0;
    for (; bytes >= 1024 && unit + 1 < sizeof UNITS / sizeof *UNITS; unit++)
        bytes /= 1024;
    snprintf(out, 32, "%.3g %s", bytes, UNITS[unit]);
}

static ttag_status fail_limit(size_t n, double bytes, size_t memory, ttag_error *err)
{
    char need[32], limit[32];
    put_size(need, bytes);
    put_size(limit, (double)memory);
    return fail(err, TTAG_LIMIT,
                "the kernel matrix of %zu articles needs %s; the limit is %s (--memory)", n, need,
                limit);
}

bool kernel_fits(size_t n, size_t memory)
{
    size_t bytes;
    return size_mul(&bytes, n, row_stride(n) * sizeof(float)) && bytes <= memory;
}

static ttag_status reserve(kernel_matrix *k, size_t n, size_t memory, ttag_error *err)
{
    k->n = n;
    k->stride = row_stride(n);
    if (!kernel_fits(n, memory))
        return fail_limit(n, (double)n * (double)k->stride * sizeof *k->values, memory, err);
    k->values = mem_new(n, k->stride * sizeof *k->values);
    return k->values ? TTAG_OK : fail_memory(err);
}

ttag_status kernel_build(kernel_matrix *out, const ttag_matrix *x, size_t memory, unsigned threads,
                         const ttag_monitor *monitor, ttag_error *err)
{
    kernel_work w = {.x = x, .kernel = out, .monitor = monitor};
    size_t n_sums;
    *out = (kernel_matrix){0};
    ttag_status status = reserve(out, x->n_rows, memory, err);
    if (status != TTAG_OK)
        goto done;
    status = split_make(&w.split, x);
    w.n_bands = (x->n_rows + TILE - 1) / TILE;
    w.n_tiles = w.n_bands * (w.n_bands + 1) / 2;
    if (size_mul(&n_sums, (size_t)TILE * TILE, threads))
        w.buffers = mem_new(n_sums, sizeof *w.buffers);
    if (status != TTAG_OK || !w.buffers) {
        status = fail_memory(err);
        goto done;
    }
    blas_single_thread();
    status = parallel_for(threads, w.n_tiles, fill_tile, &w, monitor, tell_filled);
    if (status != TTAG_OK)
        fail(err, status, "stopped");
done:
    split_dispose(&w.split);
    mem_free(w.buffers);
    if (status != TTAG_OK)
        kernel_dispose(out);
    return status;
}

void kernel_dispose(kernel_matrix *k)
{
    mem_free(k->values);
    *k = (kernel_matrix){0};
}
