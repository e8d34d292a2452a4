/* Four rows are multiplied and added in one instruction where their bytes lie side by side. They
   are brought there by unpacking, which goes by lanes of 16 bytes: of a register with n lanes, byte
   16 L + 4 k + i becomes number 4 L + i of sum k. So that the sums lie in the order of the columns,
   that byte is of column 4 n k + 4 L + i. */
#include "classify/byte_rows.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/simd.h"

void byte_rows_dispose(byte_rows *m)
{
    mem_free(m->steps); /* with the numbers */
    *m = (byte_rows){0};
}

/* ---- Making. ---- */

static const float LARGEST = 1e20F;

/* max |row|; over LARGEST where a number is not finite. */
SIMD_CLONES static float largest_of(const float *row, size_t n)
{
    uint32_t largest = 0; /* bits of numbers that are not negative rise as these do */
    for (size_t t = 0; t < n; t++) {
        uint32_t bits;
        memcpy(&bits, &row[t], sizeof bits);
        bits &= INT32_MAX;
        largest = bits > largest ? bits : largest;
    }
    float x;
    memcpy(&x, &largest, sizeof x);
    return isnan(x) ? INFINITY : x;
}

/* bytes[t] = round(row[t] * inverse), which is at most BYTE_MOST in size. */
SIMD_CLONES static void round_row(int8_t *restrict bytes, const float *restrict row, size_t n,
                                  float inverse)
{
    const float shift = 0x1.8p23F; /* numbers of that size have no fraction: adding it rounds */
    for (size_t t = 0; t < n; t++) {
        float shifted = row[t] * inverse + shift;
        uint32_t bits;
        memcpy(&bits, &shifted, sizeof bits);
        bytes[t] = (int8_t)(uint8_t)bits;
    }
}

/* Groups of four columns into the order of the way. */
static void put_in_order(int8_t *out, const int8_t *row, size_t width, const byte_rows_way *way)
{
    enum { GROUP = 4 };
    for (size_t at = 0; at < width; at += way->columns)
        for (size_t lane = 0; lane < way->lanes; lane++)
            for (size_t k = 0; k < 4; k++)
                memcpy(out + at + GROUP * (4 * lane + k),
                       row + at + GROUP * (way->lanes * k + lane), GROUP);
}

/* What a row is made in. */
typedef struct row_scratch {
    float *numbers;
    int8_t *bytes;
} row_scratch;

static bool put_row(byte_rows *m, size_t place, const float *row, const shared_columns *columns,
                    const row_scratch *scratch)
{
    const float least = 1e-30F;
    float largest = largest_of(row, columns->n_tags);
    if (!(largest <= LARGEST))
        return false;
    float step = largest > least ? largest / BYTE_MOST : least;
    m->steps[place] = step;
    row = shared_columns_row(columns, scratch->numbers, row);
    round_row(scratch->bytes, row, columns->n_columns, 1 / step);
    put_in_order(m->numbers + place * m->width, scratch->bytes, m->width, m->way);
    return true;
}

bool byte_rows_init(byte_rows *out, size_t n_columns, size_t n, const byte_rows_way *way,
                    size_t most_bytes)
{
    size_t size, steps_size;
    size_t width = (n_columns + BYTE_COLUMNS - 1) / BYTE_COLUMNS * BYTE_COLUMNS;
    *out = (byte_rows){.width = width, .n = n, .way = way};
    if (!size_mul(&steps_size, n, sizeof *out->steps) || !size_mul(&size, n, width) ||
        !size_add(&steps_size, steps_size, BYTE_COLUMNS) || !size_add(&size, size, steps_size) ||
        size > most_bytes)
        return false;
    steps_size = steps_size / BYTE_COLUMNS * BYTE_COLUMNS; /* rows begin on a cache line */
    out->steps = mem_huge(size, 1);
    if (out->steps)
        out->numbers = (int8_t *)out->steps + steps_size;
    return out->steps != NULL;
}

bool byte_rows_fill(byte_rows *m, const shared_columns *columns, const float *rows, size_t stride,
                    const uint32_t *places, size_t n)
{
    row_scratch scratch = {mem_new(m->width, sizeof *scratch.numbers), mem_zero(m->width, 1)};
    bool ok = scratch.numbers && scratch.bytes;
    for (size_t i = 0; ok && i < n; i++)
        ok = put_row(m, places[i], rows + i * stride, columns, &scratch);
    mem_free(scratch.numbers);
    mem_free(scratch.bytes);
    return ok;
}

/* ---- Summing. ---- */

void byte_rows_reach(uint64_t *bits, const byte_rows *m, uint32_t *rows, uint8_t *factors, size_t n,
                     const byte_limits *limits)
{
    memset(rows + n, 0, BYTE_ROWS_TOGETHER * sizeof *rows);
    memset(factors + n, 0, BYTE_ROWS_TOGETHER);
    m->way->reach(bits, m, rows, factors, n, limits);
}

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>

/* Four factors side by side. */
static inline int32_t factors_at(const uint8_t *factors)
{
    int32_t four;
    memcpy(&four, factors, sizeof four);
    return four;
}

/* ---- AVX-512 with VNNI. ---- */

#define FOR_VNNI __attribute__((target("avx512f,avx512bw,avx512vnni")))
#define VNNI_INLINED FOR_VNNI __attribute__((always_inline)) static inline

enum { VNNI_BLOCKS = 3 }; /* as many registers hold sums as that times four */

/* 64 columns of four rows. */
VNNI_INLINED void add_64(__m512i sums[4], const int8_t *a, const int8_t *b, const int8_t *c,
                         const int8_t *d, __m512i factors)
{
    __m512i ra = _mm512_load_si512(a), rb = _mm512_load_si512(b);
    __m512i rc = _mm512_load_si512(c), rd = _mm512_load_si512(d);
    __m512i ab_low = _mm512_unpacklo_epi8(ra, rb), ab_high = _mm512_unpackhi_epi8(ra, rb);
    __m512i cd_low = _mm512_unpacklo_epi8(rc, rd), cd_high = _mm512_unpackhi_epi8(rc, rd);
    sums[0] = _mm512_dpbusd_epi32(sums[0], factors, _mm512_unpacklo_epi16(ab_low, cd_low));
    sums[1] = _mm512_dpbusd_epi32(sums[1], factors, _mm512_unpackhi_epi16(ab_low, cd_low));
    sums[2] = _mm512_dpbusd_epi32(sums[2], factors, _mm512_unpacklo_epi16(ab_high, cd_high));
    sums[3] = _mm512_dpbusd_epi32(sums[3], factors, _mm512_unpackhi_epi16(ab_high, cd_high));
}

/* Bits of 16 columns. */
VNNI_INLINED uint64_t bits_of_16(__m512i sums, const byte_limits *l, size_t column)
{
    __m512 scores = _mm512_mul_ps(_mm512_cvtepi32_ps(sums), _mm512_set1_ps(l->unit));
    scores = _mm512_add_ps(scores, _mm512_set1_ps(l->bound));
    return _mm512_cmp_ps_mask(scores, _mm512_loadu_ps(l->limits + column), _CMP_NLT_UQ);
}

/* `blocks` is known to the compiler. */
VNNI_INLINED void reach_blocks(uint64_t *bits, const byte_rows *m, size_t column,
                               const uint32_t *rows, const uint8_t *factors, size_t n,
                               const byte_limits *limits, size_t blocks)
{
    __m512i sums[VNNI_BLOCKS][4];
    const int8_t *numbers = m->numbers + column;
#pragma GCC unroll 3
    for (size_t k = 0; k < blocks; k++)
        sums[k][0] = sums[k][1] = sums[k][2] = sums[k][3] = _mm512_setzero_si512();
    for (size_t j = 0; j < n; j += BYTE_ROWS_TOGETHER) {
        const int8_t *a = numbers + rows[j] * m->width, *b = numbers + rows[j + 1] * m->width;
        const int8_t *c = numbers + rows[j + 2] * m->width, *d = numbers + rows[j + 3] * m->width;
        __m512i four = _mm512_set1_epi32(factors_at(factors + j));
#pragma GCC unroll 3
        for (size_t k = 0; k < blocks; k++) {
            size_t at = k * BYTE_COLUMNS;
            add_64(sums[k], a + at, b + at, c + at, d + at, four);
        }
    }
#pragma GCC unroll 3
    for (size_t k = 0; k < blocks; k++) {
        size_t at = column + k * BYTE_COLUMNS;
        bits[at / BYTE_COLUMNS] = bits_of_16(sums[k][0], limits, at) |
                                  bits_of_16(sums[k][1], limits, at + 16) << 16 |
                                  bits_of_16(sums[k][2], limits, at + 32) << 32 |
                                  bits_of_16(sums[k][3], limits, at + 48) << 48;
    }
}

FOR_VNNI static void reach_vnni(uint64_t *bits, const byte_rows *m, const uint32_t *rows,
                                const uint8_t *factors, size_t n, const byte_limits *limits)
{
#define CASE(k)                                                                                    \
    case k:                                                                                        \
        reach_blocks(bits, m, column, rows, factors, n, limits, k);                                \
        break;
    for (size_t column = 0, left; column < m->width; column += VNNI_BLOCKS * BYTE_COLUMNS) {
        left = (m->width - column) / BYTE_COLUMNS;
        switch (left < VNNI_BLOCKS ? left : VNNI_BLOCKS) {
            CASE(1) CASE(2) CASE(3)
        }
    }
#undef CASE
}

static const byte_rows_way by_vnni = {UINT8_MAX, 4, 64, reach_vnni};

/* ---- AVX2. ---- */

#define FOR_AVX2 __attribute__((target("avx2")))
#define AVX2_INLINED FOR_AVX2 __attribute__((always_inline)) static inline

/* Pairs of products fit into 16 bits as long as factors have seven. */
AVX2_INLINED __m256i add_products(__m256i sum, __m256i factors, __m256i bytes)
{
    __m256i pairs = _mm256_maddubs_epi16(factors, bytes);
    return _mm256_add_epi32(sum, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
}

/* 32 columns of four rows. */
AVX2_INLINED void add_32(__m256i sums[4], const int8_t *a, const int8_t *b, const int8_t *c,
                         const int8_t *d, __m256i factors)
{
#define ROW(p) _mm256_load_si256((const __m256i *)(const void *)(p))
    __m256i ra = ROW(a), rb = ROW(b), rc = ROW(c), rd = ROW(d);
#undef ROW
    __m256i ab_low = _mm256_unpacklo_epi8(ra, rb), ab_high = _mm256_unpackhi_epi8(ra, rb);
    __m256i cd_low = _mm256_unpacklo_epi8(rc, rd), cd_high = _mm256_unpackhi_epi8(rc, rd);
    sums[0] = add_products(sums[0], factors, _mm256_unpacklo_epi16(ab_low, cd_low));
    sums[1] = add_products(sums[1], factors, _mm256_unpackhi_epi16(ab_low, cd_low));
    sums[2] = add_products(sums[2], factors, _mm256_unpacklo_epi16(ab_high, cd_high));
    sums[3] = add_products(sums[3], factors, _mm256_unpackhi_epi16(ab_high, cd_high));
}

/* Bits of 32 columns. */
AVX2_INLINED uint64_t bits_of_32(const __m256i sums[4], const byte_limits *l, size_t column)
{
    uint64_t bits = 0;
    for (size_t k = 0; k < 4; k++) {
        __m256 scores = _mm256_mul_ps(_mm256_cvtepi32_ps(sums[k]), _mm256_set1_ps(l->unit));
        scores = _mm256_add_ps(scores, _mm256_set1_ps(l->bound));
        __m256 limits = _mm256_loadu_ps(l->limits + column + 8 * k);
        int some = _mm256_movemask_ps(_mm256_cmp_ps(scores, limits, _CMP_NLT_UQ));
        bits |= (uint64_t)(unsigned)some << 8 * k;
    }
    return bits;
}

/* A cache line of each row at a time, whose sums are in eight registers. */
FOR_AVX2 static void reach_avx2(uint64_t *bits, const byte_rows *m, const uint32_t *rows,
                                const uint8_t *factors, size_t n, const byte_limits *limits)
{
    for (size_t column = 0; column < m->width; column += BYTE_COLUMNS) {
        const int8_t *numbers = m->numbers + column;
        __m256i low[4] = {_mm256_setzero_si256()}, high[4] = {_mm256_setzero_si256()};
        for (size_t k = 1; k < 4; k++)
            low[k] = high[k] = low[0];
        for (size_t j = 0; j < n; j += BYTE_ROWS_TOGETHER) {
            const int8_t *a = numbers + rows[j] * m->width, *b = numbers + rows[j + 1] * m->width;
            const int8_t *c = numbers + rows[j + 2] * m->width,
                         *d = numbers + rows[j + 3] * m->width;
            __m256i four = _mm256_set1_epi32(factors_at(factors + j));
            add_32(low, a, b, c, d, four);
            add_32(high, a + 32, b + 32, c + 32, d + 32, four);
        }
        bits[column / BYTE_COLUMNS] =
            bits_of_32(low, limits, column) | bits_of_32(high, limits, column + 32) << 32;
    }
}

static const byte_rows_way by_avx2 = {INT8_MAX, 2, 32, reach_avx2};

const byte_rows_way *byte_rows_way_at(size_t i)
{
    const byte_rows_way *ways[2];
    size_t n = 0;
    if (__builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512bw"))
        ways[n++] = &by_vnni;
    if (__builtin_cpu_supports("avx2"))
        ways[n++] = &by_avx2;
    return i < n ? ways[i] : NULL;
}

#else

const byte_rows_way *byte_rows_way_at(size_t i)
{
    (void)i;
    return NULL;
}

#endif
