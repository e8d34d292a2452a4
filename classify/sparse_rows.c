/* AVX-512 spreads numbers over the lanes that bits say, in one instruction. Without it, what is
   saved on reading is lost on spreading. */
#include "classify/sparse_rows.h"

#include <string.h>

#include "base/memory.h"

void sparse_rows_dispose(sparse_rows *m)
{
    mem_free(m->starts); /* with the cells */
    *m = (sparse_rows){0};
}

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>

#define FOR_AVX512 __attribute__((target("avx512f,popcnt")))
#define INLINED FOR_AVX512 __attribute__((always_inline)) static inline

enum {
    LANES = 16,
    MOST_BLOCKS = 12, /* as many registers hold sums */
    UNIT = 16,        /* bytes; a start is a number of these, times two, and 1 for a whole row */
    LINE = 64,
    WHOLE_FROM = 3, /* a row is whole if a third of it is not zero: spreading takes time, too */
    AHEAD = 14
};

static bool is_able(size_t width)
{
    return width <= (size_t)MOST_BLOCKS * LANES && __builtin_cpu_supports("avx512f") &&
           __builtin_cpu_supports("popcnt");
}

static int blocks_of(size_t width)
{
    return (int)((width + LANES - 1) / LANES);
}

/* Of the columns of block k, those that there are. */
static uint16_t columns_of(size_t width, int k)
{
    size_t left = width - (size_t)k * LANES;
    return (uint16_t)(left < LANES ? (1U << left) - 1 : UINT16_MAX);
}

/* Bits of the blocks, in whole numbers of 4 bytes. */
static size_t bits_size(int blocks)
{
    return ((size_t)blocks * sizeof(uint16_t) + 3) / 4 * 4;
}

static size_t align_to(size_t at, size_t unit)
{
    return (at + unit - 1) / unit * unit;
}

/* ---- Making. ---- */

/* Bits of the numbers of a row that are not zero; returns how many. */
FOR_AVX512 static size_t find_bits(uint16_t bits[MOST_BLOCKS], const float *row, size_t width)
{
    size_t n = 0;
    for (int k = 0; k < blocks_of(width); k++) {
        __m512 some = _mm512_maskz_loadu_ps(columns_of(width, k), row + (size_t)k * LANES);
        bits[k] = _mm512_cmp_ps_mask(some, _mm512_setzero_ps(), _CMP_NEQ_UQ);
        n += (size_t)_mm_popcnt_u32(bits[k]);
    }
    return n;
}

FOR_AVX512 static void put_sparse(unsigned char *to, const uint16_t bits[MOST_BLOCKS],
                                  const float *row, size_t width)
{
    int blocks = blocks_of(width);
    memcpy(to, bits, (size_t)blocks * sizeof *bits);
    to += bits_size(blocks);
    for (int k = 0; k < blocks; k++) {
        __m512 some = _mm512_maskz_loadu_ps(bits[k], row + (size_t)k * LANES);
        _mm512_mask_compressstoreu_ps(to, bits[k], some);
        to += (size_t)_mm_popcnt_u32(bits[k]) * sizeof(float);
    }
}

/* A row behind `end`. Returns its start; UINT32_MAX: there is no room up to `most`. */
static uint32_t put_row(sparse_rows *m, size_t *end, const float *row, size_t most)
{
    uint16_t bits[MOST_BLOCKS];
    int blocks = blocks_of(m->width);
    size_t n = find_bits(bits, row, m->width);
    bool whole = n * WHOLE_FROM >= m->width;
    size_t size =
        whole ? (size_t)blocks * LANES * sizeof *row : bits_size(blocks) + n * sizeof *row;
    /* who fits into a line begins none */
    bool in_line = !whole && *end % LINE + size <= LINE;
    size_t at = align_to(*end, in_line ? UNIT : LINE);
    if (most < size || at > most - size)
        return UINT32_MAX;
    if (whole) {
        memcpy(m->cells + at, row, m->width * sizeof *row);
        memset(m->cells + at + m->width * sizeof *row, 0, size - m->width * sizeof *row);
    } else {
        put_sparse(m->cells + at, bits, row, m->width);
    }
    *end = at + size;
    return (uint32_t)(at / UNIT * 2 + whole);
}

bool sparse_rows_make(sparse_rows *out, const float *matrix, size_t stride, size_t width,
                      const uint32_t *places, size_t n, size_t most_bytes)
{
    *out = (sparse_rows){.width = width};
    size_t end = 0, most = most_bytes < UINT32_MAX ? most_bytes : UINT32_MAX, size;
    size_t behind = LANES * sizeof *matrix; /* what is read behind the last row */
    if (!is_able(width) || !size_mul(&size, n, sizeof *out->starts) ||
        !size_add(&size, align_to(size, LINE), most + behind))
        return false;
    bool ok = (out->starts = mem_huge(size, 1)) != NULL;
    out->cells = ok ? (unsigned char *)out->starts + (size - most - behind) : NULL;
    for (size_t i = 0; ok && i < n; i++) {
        uint32_t start = out->starts[places[i]] = put_row(out, &end, matrix + i * stride, most);
        ok = start != UINT32_MAX;
    }
    if (!ok)
        sparse_rows_dispose(out);
    return ok;
}

/* ---- Summing. ---- */

#define EACH(DO) DO(0) DO(1) DO(2) DO(3) DO(4) DO(5) DO(6) DO(7) DO(8) DO(9) DO(10) DO(11)

#define DECLARE(k) __m512 sum##k = _mm512_setzero_ps();
#define ADD(k, some) sum##k = _mm512_add_ps(sum##k, _mm512_mul_ps(x, some));
#define ADD_WHOLE(k)                                                                               \
    if (blocks > (k))                                                                              \
    ADD(k, _mm512_load_ps(numbers + (k)*LANES))
#define ADD_SPARSE(k)                                                                              \
    if (blocks > (k)) {                                                                            \
        __mmask16 some = bits[k];                                                                  \
        ADD(k, _mm512_maskz_expandloadu_ps(some, numbers))                                         \
        numbers += _mm_popcnt_u32(some);                                                           \
    }
#define PUT(k)                                                                                     \
    if (blocks > (k))                                                                              \
        _mm512_mask_storeu_ps(sums + (k)*LANES, columns_of(m->width, k), sum##k);

INLINED const unsigned char *row_at(const sparse_rows *m, uint32_t start)
{
    return m->cells + (size_t)(start >> 1) * UNIT;
}

INLINED void fetch(const sparse_rows *m, uint32_t row, int blocks)
{
    uint32_t start = m->starts[row];
    const unsigned char *cells = row_at(m, start);
    __builtin_prefetch(cells);
    for (int k = 1; k < (start & 1 ? blocks : 2); k++)
        __builtin_prefetch(cells + (size_t)k * LINE);
}

/* What `if (blocks > k)` asks is known to the compiler. */
INLINED void sum_blocks(float *sums, const sparse_rows *m, const uint32_t *rows,
                        const float *factors, size_t n, int blocks)
{
    EACH(DECLARE)
    for (size_t j = 0; j < n && j < AHEAD; j++)
        fetch(m, rows[j], blocks);
    for (size_t j = 0; j < n; j++) {
        if (j + AHEAD < n)
            fetch(m, rows[j + AHEAD], blocks);
        uint32_t start = m->starts[rows[j]];
        const unsigned char *cells = row_at(m, start);
        __m512 x = _mm512_set1_ps(factors[j]);
        if (start & 1) {
            const float *numbers = (const float *)(const void *)cells;
            EACH(ADD_WHOLE)
        } else {
            const uint16_t *bits = (const uint16_t *)(const void *)cells;
            const float *numbers = (const float *)(const void *)(cells + bits_size(blocks));
            EACH(ADD_SPARSE)
        }
    }
    EACH(PUT)
}

#define CASE(n)                                                                                    \
    case (n) + 1:                                                                                  \
        sum_blocks(sums, m, rows, factors, n_rows, (n) + 1);                                       \
        break;

FOR_AVX512 void sparse_rows_sum(float *sums, const sparse_rows *m, const uint32_t *rows,
                                const float *factors, size_t n_rows)
{
    switch (blocks_of(m->width)) {
        EACH(CASE)
    }
}

#else

bool sparse_rows_make(sparse_rows *out, const float *matrix, size_t stride, size_t width,
                      const uint32_t *places, size_t n, size_t most_bytes)
{
    (void)matrix, (void)stride, (void)width, (void)places, (void)n, (void)most_bytes;
    *out = (sparse_rows){0};
    return false;
}

void sparse_rows_sum(float *sums, const sparse_rows *m, const uint32_t *rows, const float *factors,
                     size_t n)
{
    (void)sums, (void)m, (void)rows, (void)factors, (void)n; /* there are none */
}

#endif
