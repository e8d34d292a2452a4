/* With AVX-512 VBMI2, the numbers 0 to 63 are compressed by the bits. With BMI1, eight positions
   are written at a time, and those that are none overwritten: how many there are cannot be
   foreseen. */
#include "features/bit_positions.h"

#if defined(__x86_64__) && defined(__GNUC__)
#define X86_WAYS 1
#include <immintrin.h>
#endif

static size_t positions_plain(uint16_t *positions, const uint64_t *bits, size_t n)
{
    uint16_t *out = positions;
    unsigned base = 0;
    for (size_t i = 0; i < n; i++, base += 64)
        for (uint64_t left = bits[i]; left; left &= left - 1)
            *out++ = (uint16_t)(base + (unsigned)__builtin_ctzll(left));
    return (size_t)(out - positions);
}

#ifdef X86_WAYS

__attribute__((target("bmi,popcnt"))) static size_t positions_bmi(uint16_t *positions,
                                                                  const uint64_t *bits, size_t n)
{
    enum { STEP = 8 };
    uint16_t *out = positions;
    for (size_t i = 0; i < n; i++) {
        uint64_t left = bits[i];
        size_t count = (size_t)_mm_popcnt_u64(left), base = 64 * i;
        for (size_t done = 0; done < count; done += STEP) {
            for (size_t k = 0; k < STEP; k++) {
                out[done + k] = (uint16_t)(base + _tzcnt_u64(left));
                left &= left - 1;
            }
        }
        out += count;
    }
    return (size_t)(out - positions);
}

enum { HALF = 32 };

static const unsigned char numbers[64] = {
    0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
    22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
    44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};

__attribute__((target("avx512f,avx512bw,avx512vbmi2,popcnt"))) static size_t
positions_vbmi2(uint16_t *positions, const uint64_t *bits, size_t n)
{
    const __m512i all = _mm512_loadu_si512(numbers), step = _mm512_set1_epi16(64);
    __m512i base = _mm512_setzero_si512();
    uint16_t *out = positions;
    for (size_t i = 0; i < n; i++) {
        __m512i some = _mm512_maskz_compress_epi8(bits[i], all);
        __m512i low = _mm512_cvtepu8_epi16(_mm512_castsi512_si256(some));
        size_t count = (size_t)_mm_popcnt_u64(bits[i]);
        _mm512_storeu_si512(out, _mm512_add_epi16(low, base));
        if (count > HALF) {
            __m512i high = _mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64(some, 1));
            _mm512_storeu_si512(out + HALF, _mm512_add_epi16(high, base));
        }
        out += count;
        base = _mm512_add_epi16(base, step);
    }
    return (size_t)(out - positions);
}

static size_t x86_ways(void)
{
    if (!__builtin_cpu_supports("bmi") || !__builtin_cpu_supports("popcnt"))
        return 0;
    bool vbmi2 = __builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("avx512bw");
    return vbmi2 ? 2 : 1;
}

#endif

bit_positions_way *bit_positions_at(size_t i)
{
#ifdef X86_WAYS
    if (i > 0 && i <= x86_ways())
        return i == 1 ? positions_bmi : positions_vbmi2;
#endif
    return i == 0 ? positions_plain : NULL;
}

bit_positions_way *bit_positions_best(void)
{
#ifdef X86_WAYS
    size_t n = x86_ways();
    return n == 2 ? positions_vbmi2 : n == 1 ? positions_bmi : positions_plain;
#else
    return positions_plain;
#endif
}
