/* With AVX2: each pair of neighbouring bytes, by three tables of what can be wrong with it (after
   J. Keiser, D. Lemire, "Validating UTF-8 In Less Than One Instruction Per Byte", 2021). */
#include "articles/utf8_check.h"

#include <string.h>

#include "base/byte_scan.h"

static bool is_continuation(unsigned char c)
{
    return (c & 0xc0) == 0x80;
}

/* Length of the sequence at p, which is at least 0x80, or 0: it is not well-formed. */
static size_t sequence_length(const unsigned char *p, size_t size)
{
    if (size < 2 || p[0] < 0xc2 || !is_continuation(p[1]))
        return 0;
    if (p[0] < 0xe0)
        return 2;
    if (size < 3 || !is_continuation(p[2]))
        return 0;
    if (p[0] < 0xf0) /* 0xe0: overlong under 0xa0; 0xed: surrogates from there on */
        return (p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xed && p[1] >= 0xa0) ? 0 : 3;
    bool bounded = p[0] == 0xf0 ? p[1] >= 0x90 : p[0] < 0xf4 || (p[0] == 0xf4 && p[1] < 0x90);
    return size >= 4 && is_continuation(p[3]) && bounded ? 4 : 0;
}

/* Foreign letters come in words: so much ASCII between them is passed over byte by byte. */
enum { CLOSE_BY = 16 };

bool utf8_check_plain(ttag_view v)
{
    const unsigned char *p = (const unsigned char *)v.bytes;
    const byte_scan *scan = byte_scan_best();
    size_t n = 0;
    while (n < v.size) {
        n += scan->to_foreign(v.bytes + n, v.size - n);
        for (size_t plain = 0; n < v.size && plain < CLOSE_BY; plain++) {
            size_t length = p[n] < 0x80 ? p[n] != 0 : sequence_length(p + n, v.size - n);
            if (length == 0)
                return false;
            if (length > 1)
                plain = 0;
            n += length;
        }
    }
    return true;
}

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>

#define FOR_AVX2 __attribute__((target("avx2")))
#define INLINED static inline __attribute__((always_inline))

/* What can be wrong with a pair: bits that all three tables agree on. */
enum {
    TOO_SHORT = 1,      /* a lead without its continuation */
    TOO_LONG = 2,       /* a continuation behind ASCII */
    OVERLONG_3 = 4,     /* e0 under a0 */
    TOO_LARGE = 8,      /* f4 from 90 on, f5 and higher */
    SURROGATE = 16,     /* ed from a0 on */
    OVERLONG_2 = 32,    /* c0, c1 */
    OVERLONG_4 = 64,    /* f0 under 90 */
    TOO_LARGE_80 = 64,  /* f5 and higher with 80 to 8f */
    CONTINUATIONS = 128 /* two of them: wanted where a third or fourth byte is */
};
enum { ANY = TOO_SHORT | TOO_LONG | CONTINUATIONS };

#define TABLE(...) _mm256_broadcastsi128_si256(_mm_setr_epi8(__VA_ARGS__))

/* By the upper half of the first byte of a pair. */
FOR_AVX2 INLINED __m256i first_high(void)
{
    const char many = (char)CONTINUATIONS;
    return TABLE(TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG,
                 many, many, many, many, TOO_SHORT | OVERLONG_2, TOO_SHORT,
                 TOO_SHORT | OVERLONG_3 | SURROGATE, TOO_SHORT | TOO_LARGE | OVERLONG_4);
}

/* By the lower half of the first byte. */
FOR_AVX2 INLINED __m256i first_low(void)
{
    const char any = (char)ANY, large = (char)(ANY | TOO_LARGE | TOO_LARGE_80);
    return TABLE((char)(ANY | OVERLONG_2 | OVERLONG_3 | OVERLONG_4), (char)(ANY | OVERLONG_2), any,
                 any, (char)(ANY | TOO_LARGE), large, large, large, large, large, large, large,
                 large, (char)(ANY | TOO_LARGE | TOO_LARGE_80 | SURROGATE), large, large);
}

/* By the upper half of the second byte. */
FOR_AVX2 INLINED __m256i second_high(void)
{
    enum { CONTINUES = TOO_LONG | OVERLONG_2 | CONTINUATIONS };
    const char low = (char)(CONTINUES | OVERLONG_3 | OVERLONG_4 | TOO_LARGE_80),
               middle = (char)(CONTINUES | OVERLONG_3 | TOO_LARGE),
               high = (char)(CONTINUES | SURROGATE | TOO_LARGE);
    return TABLE(TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,
                 TOO_SHORT, low, middle, high, high, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT);
}

FOR_AVX2 INLINED __m256i upper_half(__m256i bytes)
{
    return _mm256_and_si256(_mm256_srli_epi16(bytes, 4), _mm256_set1_epi8(0x0f));
}

/* The bytes that stand n places before those of the block. */
#define BEFORE(block, previous, n)                                                                 \
    _mm256_alignr_epi8(block, _mm256_permute2x128_si256(previous, block, 0x21), 16 - (n))

/* Bits are set where the block, or how it goes on from the previous one, is not well-formed. */
FOR_AVX2 INLINED __m256i faults(__m256i block, __m256i previous)
{
    __m256i first = BEFORE(block, previous, 1);
    __m256i low = _mm256_and_si256(first, _mm256_set1_epi8(0x0f));
    __m256i pair = _mm256_and_si256(_mm256_shuffle_epi8(first_high(), upper_half(first)),
                                    _mm256_shuffle_epi8(first_low(), low));
    pair = _mm256_and_si256(pair, _mm256_shuffle_epi8(second_high(), upper_half(block)));
    /* the upper bit where the byte has to be the third or fourth of a sequence */
    __m256i third = _mm256_subs_epu8(BEFORE(block, previous, 2), _mm256_set1_epi8(0xe0 - 0x80));
    __m256i fourth = _mm256_subs_epu8(BEFORE(block, previous, 3), _mm256_set1_epi8(0xf0 - 0x80));
    __m256i later = _mm256_and_si256(_mm256_or_si256(third, fourth), _mm256_set1_epi8((char)0x80));
    return _mm256_xor_si256(later, pair);
}

enum { BLOCK = 32, STRIDE = 4 * BLOCK };

FOR_AVX2 INLINED __m256i block_at(const char *p)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)p);
}

/* Whether all bytes, taken as signed, are over 0: ASCII and not NUL. */
FOR_AVX2 INLINED bool all_positive(__m256i bytes)
{
    return _mm256_movemask_epi8(_mm256_cmpgt_epi8(bytes, _mm256_setzero_si256())) == -1;
}

/* How many bytes from the first on are surely ASCII and not NUL. Most texts are so throughout. */
FOR_AVX2 INLINED size_t plain_prefix(ttag_view v)
{
    size_t n = 0;
    for (; v.size - n >= STRIDE; n += STRIDE) {
        const char *p = v.bytes + n;
        __m256i least =
            _mm256_min_epi8(_mm256_min_epi8(block_at(p), block_at(p + BLOCK)),
                            _mm256_min_epi8(block_at(p + 2 * BLOCK), block_at(p + 3 * BLOCK)));
        if (!all_positive(least))
            return n;
    }
    __m256i least = block_at(v.bytes + v.size - BLOCK); /* also of what was seen before */
    for (size_t at = n; v.size - at >= BLOCK; at += BLOCK)
        least = _mm256_min_epi8(least, block_at(v.bytes + at));
    return all_positive(least) ? v.size : n;
}

FOR_AVX2 static bool check_pairs(ttag_view v)
{
    const __m256i zero = _mm256_setzero_si256();
    __m256i wrong = zero, previous = zero;
    for (size_t n = 0;; n += BLOCK) { /* the last block, which may be empty, ends in blanks */
        char padded[BLOCK];
        const char *p = v.bytes + n;
        bool last = v.size - n < BLOCK;
        if (last) {
            memset(padded, ' ', sizeof padded);
            p = memcpy(padded, p, v.size - n);
        }
        __m256i block = block_at(p);
        wrong = _mm256_or_si256(wrong, _mm256_cmpeq_epi8(block, zero));
        if (_mm256_movemask_epi8(_mm256_or_si256(block, previous)))
            wrong = _mm256_or_si256(wrong, faults(block, previous));
        previous = block;
        if (last)
            return _mm256_testz_si256(wrong, wrong);
    }
}

FOR_AVX2 static bool check_avx2(ttag_view v)
{
    size_t n = plain_prefix(v);
    return n == v.size || check_pairs((ttag_view){v.bytes + n, v.size - n});
}

bool utf8_check(ttag_view v)
{
    if (v.size < BLOCK || !__builtin_cpu_supports("avx2"))
        return utf8_check_plain(v);
    return check_avx2(v);
}

#else

bool utf8_check(ttag_view v)
{
    return utf8_check_plain(v);
}

#endif
