/* Columns innermost, in registers from the first row to the last. One function for each width of
   register, made by one macro, since gcc keeps vectors wider than the registers in memory. */
#include "classify/sum_rows.h"

#include <string.h>

enum { AHEAD = 6, REGISTERS = 12, LINE_FLOATS = 16 };

#define EACH(DO) DO(0) DO(1) DO(2) DO(3) DO(4) DO(5) DO(6) DO(7) DO(8) DO(9) DO(10) DO(11)

/* Register k, where there are n. The last one may overlap the one before, and be the same there. */
#define PLACE(k) ((k) + 1 < n ? (size_t)(k)*LANES : last)
#define DECLARE(k) lanes sum##k = {0};
#define ADD(k)                                                                                     \
    if (n > (k))                                                                                   \
        sum##k += x * *(const lanes *)(const void *)(row + PLACE(k));
#define PUT(k)                                                                                     \
    if (n > (k))                                                                                   \
        memcpy(sums + PLACE(k), &sum##k, sizeof sum##k);
#define CASE(NAME, n)                                                                              \
    case n:                                                                                        \
        NAME##_registers(sums, s, n, last);                                                        \
        break;

/* TARGET NAME(sums, s, width): for LANES_ floats a register. What `if (n > k)` asks is known to the
   compiler. */
#define SUM_WAY(NAME, TARGET, LANES_)                                                              \
    TARGET __attribute__((always_inline)) static inline void NAME##_registers(                     \
        float *sums, const row_sum *s, int n, size_t last)                                         \
    {                                                                                              \
        typedef float lanes __attribute__((vector_size(4 * LANES_), aligned(4)));                  \
        enum { LANES = LANES_ };                                                                   \
        EACH(DECLARE)                                                                              \
        for (size_t j = 0; j < s->n; j++) {                                                        \
            const float *row = s->matrix + s->rows[j] * s->stride;                                 \
            float x = s->factors[j];                                                               \
            if (j + AHEAD < s->n) {                                                                \
                const float *next = s->matrix + s->rows[j + AHEAD] * s->stride;                    \
                for (int k = 0; k < n * LANES; k += LINE_FLOATS)                                   \
                    __builtin_prefetch(next + k);                                                  \
            }                                                                                      \
            EACH(ADD)                                                                              \
        }                                                                                          \
        EACH(PUT)                                                                                  \
    }                                                                                              \
    TARGET static void NAME(float *sums, const row_sum *s, size_t width)                           \
    {                                                                                              \
        size_t last = width - LANES_;                                                              \
        switch ((width + LANES_ - 1) / LANES_) {                                                   \
            CASE(NAME, 1)                                                                          \
            CASE(NAME, 2)                                                                          \
            CASE(NAME, 3)                                                                          \
            CASE(NAME, 4)                                                                          \
            CASE(NAME, 5)                                                                          \
            CASE(NAME, 6)                                                                          \
            CASE(NAME, 7)                                                                          \
            CASE(NAME, 8)                                                                          \
            CASE(NAME, 9)                                                                          \
            CASE(NAME, 10)                                                                         \
            CASE(NAME, 11)                                                                         \
            CASE(NAME, 12)                                                                         \
        }                                                                                          \
    }

SUM_WAY(sum_by_4, , 4)

#if defined(__x86_64__) && defined(__GNUC__)
#define X86_WAYS 1
SUM_WAY(sum_by_8, __attribute__((target("avx2"))), 8)
SUM_WAY(sum_wide_by_16, __attribute__((target("avx512f"))), 16)

/* 8 columns do not fill a register. */
static void sum_by_16(float *sums, const row_sum *s, size_t width)
{
    if (width < 16)
        sum_by_8(sums, s, width);
    else
        sum_wide_by_16(sums, s, width);
}
#endif

size_t sum_ways(sum_way ways[SUM_WAYS])
{
    size_t n = 0;
#ifdef X86_WAYS
    if (__builtin_cpu_supports("avx512f"))
        ways[n++] = (sum_way){sum_by_16, 16 * REGISTERS};
    if (__builtin_cpu_supports("avx2"))
        ways[n++] = (sum_way){sum_by_8, 8 * REGISTERS};
#endif
    ways[n++] = (sum_way){sum_by_4, 4 * REGISTERS};
    return n;
}

void sum_rows(float *sums, const row_sum *s, size_t width, const sum_way *way)
{
    row_sum piece = *s;
    for (size_t at = 0; at < width; at += way->widest, piece.matrix += way->widest)
        way->sum(sums + at, &piece, width - at < way->widest ? width - at : way->widest);
}
