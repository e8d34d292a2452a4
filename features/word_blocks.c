/* One loop for each kind of vector register, and a plain one. A byte is a letter if it lies from a
   to z with bit 5 set; bytes over 0x7f never do. */
#include "features/word_blocks.h"

#include <string.h>

#if defined(__x86_64__) && defined(__GNUC__)
#define X86_WAYS 1
#include <immintrin.h>
#endif

/* ---- Plain: eight bytes at a time. ---- */

#define EACH(byte) ((uint64_t)(byte)*0x0101010101010101u)

/* Bit 7 of each byte of `low`, which are all under 0x80, that lies from first to last. */
static uint64_t between(uint64_t low, unsigned first, unsigned last)
{
    return (low + EACH(0x80 - first)) & ~(low + EACH(0x7f - last)) & EACH(0x80);
}

/* Bits 7 of the eight bytes side by side. */
static uint64_t gather(uint64_t bits)
{
    return ((bits >> 7) * 0x0102040810204080u) >> 56;
}

static void fill_plain(word_block *blocks, char *lower, const char *bytes, size_t n_blocks)
{
    for (size_t b = 0; b < n_blocks; b++) {
        word_block block = {0, 0};
        for (unsigned i = 0; i < BLOCK_BYTES; i += 8) {
            uint64_t eight;
            memcpy(&eight, bytes + b * BLOCK_BYTES + i, sizeof eight);
            uint64_t low = eight & EACH(0x7f), beyond = eight & EACH(0x80);
            uint64_t letters = between(low | EACH(0x20), 'a', 'z') & ~beyond;
            uint64_t others = (between(low, '0', '9') | between(low, '_', '_')) & ~beyond;
            block.words |= gather(letters | others) << i;
            block.beyond |= gather(beyond) << i;
            eight |= letters >> 2;
            memcpy(lower + b * BLOCK_BYTES + i, &eight, sizeof eight);
        }
        blocks[b] = block;
    }
}

/* ---- x86-64. ---- */

#ifdef X86_WAYS

static void fill_sse2(word_block *blocks, char *lower, const char *bytes, size_t n_blocks)
{
    const __m128i case_bit = _mm_set1_epi8(0x20);
    for (size_t b = 0; b < n_blocks; b++) {
        word_block block = {0, 0};
        for (unsigned i = 0; i < BLOCK_BYTES; i += 16) {
            size_t at = b * BLOCK_BYTES + i;
            __m128i x = _mm_loadu_si128((const __m128i *)(const void *)(bytes + at));
            __m128i low = _mm_or_si128(x, case_bit);
            __m128i letters = _mm_and_si128(_mm_cmpgt_epi8(low, _mm_set1_epi8('a' - 1)),
                                            _mm_cmplt_epi8(low, _mm_set1_epi8('z' + 1)));
            __m128i digits = _mm_and_si128(_mm_cmpgt_epi8(x, _mm_set1_epi8('0' - 1)),
                                           _mm_cmplt_epi8(x, _mm_set1_epi8('9' + 1)));
            __m128i others = _mm_or_si128(digits, _mm_cmpeq_epi8(x, _mm_set1_epi8('_')));
            int words = _mm_movemask_epi8(_mm_or_si128(letters, others));
            block.words |= (uint64_t)(unsigned)words << i;
            block.beyond |= (uint64_t)(unsigned)_mm_movemask_epi8(x) << i;
            x = _mm_or_si128(x, _mm_and_si128(letters, case_bit));
            _mm_storeu_si128((__m128i *)(void *)(lower + at), x);
        }
        blocks[b] = block;
    }
}

__attribute__((target("avx2"))) static void fill_avx2(word_block *blocks, char *lower,
                                                      const char *bytes, size_t n_blocks)
{
    const __m256i case_bit = _mm256_set1_epi8(0x20);
    for (size_t b = 0; b < n_blocks; b++) {
        word_block block = {0, 0};
        for (unsigned i = 0; i < BLOCK_BYTES; i += 32) {
            size_t at = b * BLOCK_BYTES + i;
            __m256i x = _mm256_loadu_si256((const __m256i *)(const void *)(bytes + at));
            __m256i low = _mm256_or_si256(x, case_bit);
            __m256i letters = _mm256_and_si256(_mm256_cmpgt_epi8(low, _mm256_set1_epi8('a' - 1)),
                                               _mm256_cmpgt_epi8(_mm256_set1_epi8('z' + 1), low));
            __m256i digits = _mm256_and_si256(_mm256_cmpgt_epi8(x, _mm256_set1_epi8('0' - 1)),
                                              _mm256_cmpgt_epi8(_mm256_set1_epi8('9' + 1), x));
            __m256i others = _mm256_or_si256(digits, _mm256_cmpeq_epi8(x, _mm256_set1_epi8('_')));
            int words = _mm256_movemask_epi8(_mm256_or_si256(letters, others));
            block.words |= (uint64_t)(unsigned)words << i;
            block.beyond |= (uint64_t)(unsigned)_mm256_movemask_epi8(x) << i;
            x = _mm256_or_si256(x, _mm256_and_si256(letters, case_bit));
            _mm256_storeu_si256((__m256i *)(void *)(lower + at), x);
        }
        blocks[b] = block;
    }
}

__attribute__((target("avx512f,avx512bw"))) static void
fill_avx512(word_block *blocks, char *lower, const char *bytes, size_t n_blocks)
{
    const __m512i case_bit = _mm512_set1_epi8(0x20);
    for (size_t b = 0; b < n_blocks; b++) {
        size_t at = b * BLOCK_BYTES;
        __m512i x = _mm512_loadu_si512(bytes + at);
        __m512i low = _mm512_or_si512(x, case_bit);
        __mmask64 letters = _mm512_cmplt_epu8_mask(_mm512_sub_epi8(low, _mm512_set1_epi8('a')),
                                                   _mm512_set1_epi8('z' - 'a' + 1));
        __mmask64 digits = _mm512_cmplt_epu8_mask(_mm512_sub_epi8(x, _mm512_set1_epi8('0')),
                                                  _mm512_set1_epi8('9' - '0' + 1));
        __mmask64 line = _mm512_cmpeq_epi8_mask(x, _mm512_set1_epi8('_'));
        blocks[b] = (word_block){letters | digits | line, _mm512_movepi8_mask(x)};
        _mm512_storeu_si512(lower + at, _mm512_mask_mov_epi8(x, letters, low));
    }
}

#endif

/* ---- The choice. ---- */

size_t word_blocks_ways(word_blocks_way *ways[BLOCK_WAYS])
{
    size_t n = 0;
#ifdef X86_WAYS
    if (__builtin_cpu_supports("avx512bw"))
        ways[n++] = fill_avx512;
    if (__builtin_cpu_supports("avx2"))
        ways[n++] = fill_avx2;
    ways[n++] = fill_sse2;
#endif
    ways[n++] = fill_plain;
    return n;
}

word_blocks_way *word_blocks_best(void)
{
#ifdef X86_WAYS
    if (__builtin_cpu_supports("avx512bw"))
        return fill_avx512;
    return __builtin_cpu_supports("avx2") ? fill_avx2 : fill_sse2;
#else
    return fill_plain;
#endif
}
