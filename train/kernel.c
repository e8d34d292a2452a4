/* Values between articles: a product of dense blocks, and what the long tail adds. */
#include "train/kernel.h"

#include <string.h>

#include "base/blas.h"
#include "base/memory.h"
#include "base/simd.h"

enum {
    DENSE_SHARE = 8, /* a term is made dense if at least 1/8 of the articles hold it */
    MAX_DENSE = 1024,
    TILE = 256 /* columns that BLAS fills at once, a multiple of LANES */
};

/* ---- What all share. ---- */

/* How many first columns are in at least a DENSE_SHARE-th of the rows; df falls. */
static size_t count_dense(const ttag_matrix *x, const uint32_t *df)
{
    size_t count = 0;
    while (count < x->n_columns && count < MAX_DENSE && df[count] >= x->n_rows / DENSE_SHARE + 1)
        count++;
    return count;
}

static void fill_dense(kernel_source *s, const ttag_matrix *x)
{
    for (size_t i = 0; i < x->n_rows; i++) {
        size_t e = x->starts[i];
        for (; e < x->starts[i + 1] && x->terms[e] < s->n_dense; e++)
            s->dense[i * s->n_dense + x->terms[e]] = x->values[e];
        s->tails[i] = e;
    }
}

ttag_status kernel_source_make(kernel_source *out, const ttag_matrix *x)
{
    ttag_status status = TTAG_NOMEM;
    size_t n_values;
    uint32_t *df = mem_zero(x->n_columns, sizeof *df);
    *out = (kernel_source){.x = x};
    if (!df)
        goto done;
    for (size_t e = 0; e < x->starts[x->n_rows]; e++)
        df[x->terms[e]]++;
    out->n_dense = count_dense(x, df);
    out->tails = mem_new(x->n_rows, sizeof *out->tails);
    if (size_mul(&n_values, x->n_rows, out->n_dense))
        out->dense = mem_zero(n_values, sizeof *out->dense);
    if (!out->tails || !out->dense)
        goto done;
    fill_dense(out, x);
    status = TTAG_OK;
done:
    mem_free(df);
    if (status != TTAG_OK)
        kernel_source_dispose(out);
    return status;
}

void kernel_source_dispose(kernel_source *s)
{
    mem_free(s->dense);
    mem_free(s->tails);
    *s = (kernel_source){0};
}

bool kernel_scratch_init(kernel_scratch *s, const kernel_source *source)
{
    size_t n = source->x->n_columns;
    s->tail = mem_lines(n, sizeof *s->tail);
    if (s->tail)
        memset(s->tail, 0, n * sizeof *s->tail);
    return s->tail != NULL;
}

void kernel_scratch_dispose(kernel_scratch *s)
{
    mem_free(s->tail);
    mem_free(s->dense);
    *s = (kernel_scratch){0};
}

/* ---- A block. ---- */

typedef struct block {
    float *values;
    size_t stride;
    const kernel_source *source;
    kernel_scratch *scratch;
    const uint32_t *articles;
    size_t n, first;
} block;

/* values = D D' in columns first … n - 1, on and below the diagonal, and above the first */
static bool fill_by_blas(const block *b)
{
    size_t width = b->source->n_dense;
    size_t need;
    if (width == 0) {
        for (size_t i = 0; i < b->n; i++)
            memset(b->values + i * b->stride + b->first, 0, (b->n - b->first) * sizeof *b->values);
        return true;
    }
    if (!size_mul(&need, b->n, width) ||
        !mem_grow(&b->scratch->dense, &b->scratch->dense_capacity, need, sizeof(float)))
        return false;
    float *dense = b->scratch->dense;
    for (size_t i = 0; i < b->n; i++)
        memcpy(dense + i * width, b->source->dense + b->articles[i] * width, width * sizeof *dense);
    if (b->first > 0 && b->n > b->first)
        blas_product(b->first, b->n - b->first, width, dense, dense + b->first * width,
                     b->values + b->first, b->stride);
    for (size_t column = b->first; column < b->n; column += TILE) {
        size_t count = b->n - column < TILE ? b->n - column : TILE;
        blas_product(b->n - column, count, width, dense + column * width, dense + column * width,
                     b->values + column * b->stride + column, b->stride);
    }
    return true;
}

/* Puts the tails of `count` articles side by side, or clears their places again. */
static void place_tails(const block *b, size_t column, size_t count, bool clear)
{
    const kernel_source *s = b->source;
    for (size_t lane = 0; lane < count; lane++) {
        size_t row = b->articles[column + lane];
        for (size_t e = s->tails[row]; e < s->x->starts[row + 1]; e++) {
            float *places = (float *)(void *)&b->scratch->tail[s->x->terms[e]];
            places[lane] = clear ? 0 : s->x->values[e];
        }
    }
}

/* values[i][column + lane] += Σ over the tail of article i: x[i][t] * x[lane][t] */
SIMD_CLONES
static void add_tails(const block *b, size_t column, size_t count, size_t from, size_t to)
{
    const kernel_source *s = b->source;
    const lanes *tail = b->scratch->tail;
    for (size_t i = from; i < to; i++) {
        size_t row = b->articles[i];
        const uint32_t *terms = s->x->terms;
        const float *values = s->x->values;
        float *out = b->values + i * b->stride + column;
        lanes even = {0}, odd = {0};
        size_t e = s->tails[row];
        size_t end = s->x->starts[row + 1];
        memcpy(&even, out, count * sizeof *out);
        for (; e + 1 < end; e += 2) {
            even += values[e] * tail[terms[e]];
            odd += values[e + 1] * tail[terms[e + 1]];
        }
        if (e < end)
            even += values[e] * tail[terms[e]];
        even += odd;
        memcpy(out, &even, count * sizeof *out);
    }
}

/* Rows column … column + count - 1 become what the columns are. */
static void mirror(const block *b, size_t column, size_t count)
{
    for (size_t i = 0; i < b->n; i++) {
        const float *from = b->values + i * b->stride + column;
        if (i >= b->first && i < column)
            continue; /* that part came from other columns */
        size_t end = i >= column && i < column + count ? i - column : count;
        for (size_t lane = 0; lane < end; lane++)
            b->values[(column + lane) * b->stride + i] = from[lane];
    }
}

bool kernel_fill(float *values, size_t stride, const kernel_source *source, kernel_scratch *scratch,
                 const uint32_t *articles, size_t n, size_t first)
{
    const block b = {values, stride, source, scratch, articles, n, first};
    size_t end = (n + LANES - 1) / LANES * LANES;
    if (!fill_by_blas(&b))
        return false;
    for (size_t column = first; column < n; column += LANES) {
        size_t count = n - column < LANES ? n - column : LANES;
        place_tails(&b, column, count, false);
        add_tails(&b, column, count, 0, first);
        add_tails(&b, column, count, column, n);
        place_tails(&b, column, count, true);
        mirror(&b, column, count);
    }
    for (size_t i = 0; i < n; i++)
        memset(values + i * stride + n, 0, (end - n) * sizeof *values);
    return true;
}
