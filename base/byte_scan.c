/* Blocks of 64 bytes become 64 bits, one set for each byte that matters; the first set bit is the
   answer. */
#include "base/byte_scan.h"

#include <stdint.h>
#include <string.h>

#if defined(__x86_64__) && defined(__GNUC__)
#define WITH_X86
#include <immintrin.h>
#endif

#define INLINED static inline __attribute__((always_inline))

/* What a function is compiled for. */
#define FOR_plain
#define FOR_sse2
#define FOR_avx2 __attribute__((target("avx2,bmi")))
#define FOR_avx512 __attribute__((target("avx512f,avx512bw,bmi")))

enum { WORD = 8 };

/* What matters. */
typedef enum wanted { QUOTE, ESCAPE, CONTROL, FOREIGN } wanted;

/* ---- Plain C: eight bytes at a time. ---- */

static const uint64_t ONES = 0x0101010101010101, HIGH_BITS = 0x8080808080808080;

/* The byte's place in the word is its place in memory. */
INLINED uint64_t load_word(const char *p)
{
    uint64_t word = 0;
    for (int i = 0; i < WORD; i++)
        word |= (uint64_t)(unsigned char)p[i] << 8 * i;
    return word;
}

/* The high bit of each byte that is 0. */
INLINED uint64_t zero_bytes(uint64_t word)
{
    return ~(((word & ~HIGH_BITS) + ~HIGH_BITS) | word) & HIGH_BITS;
}

INLINED uint64_t equal_bytes(uint64_t word, unsigned char c)
{
    return zero_bytes(word ^ ONES * c);
}

/* The high bit of each byte that matters. */
INLINED uint64_t word_marks(uint64_t word, wanted what)
{
    if (what == FOREIGN)
        return zero_bytes(word) | (word & HIGH_BITS);
    uint64_t control = zero_bytes(word & ONES * 0xe0); /* under 0x20: the upper bits are 0 */
    if (what == CONTROL)
        return control;
    uint64_t quotes = equal_bytes(word, '"') | equal_bytes(word, '\\');
    return what == QUOTE ? quotes : quotes | control | equal_bytes(word, 0x7f);
}

/* The high bits of a word side by side: bit i for byte i. */
INLINED uint64_t gather(uint64_t marks)
{
    return (marks >> 7) * 0x0102040810204080 >> 56;
}

INLINED uint64_t bits_plain(const char *p, wanted what)
{
    uint64_t bits = 0;
    for (int i = 0; i < BYTE_BLOCK; i += WORD)
        bits |= gather(word_marks(load_word(p + i), what)) << i;
    return bits;
}

/* ---- Blocks. ---- */

typedef uint64_t (*block_bits)(const char *p, wanted what);

/* The bits of the last block, of which `size` bytes are left. `before` more can be read before. */
INLINED uint64_t last_bits(const char *p, size_t size, size_t before, wanted what, block_bits bits)
{
    size_t missing = BYTE_BLOCK - size;
    if (before >= missing)
        return bits(p - missing, what) >> missing;
    char padded[BYTE_BLOCK] = {0};
    memcpy(padded, p, size);
    return bits(padded, what) & (((uint64_t)1 << size) - 1);
}

/* The first block from `at` on that has a byte that matters; `size`: there is none. */
INLINED size_t find_block(const char *p, size_t size, size_t at, wanted what, block_bits bits,
                          uint64_t *marks)
{
    for (; size - at >= BYTE_BLOCK; at += BYTE_BLOCK) {
        *marks = bits(p + at, what);
        if (*marks)
            return at;
    }
    *marks = at < size ? last_bits(p + at, size - at, at, what, bits) : 0;
    return *marks ? at : size;
}

INLINED size_t first_of(const char *p, size_t size, wanted what, block_bits bits)
{
    uint64_t marks;
    size_t block = find_block(p, size, 0, what, bits, &marks);
    return marks ? block + (size_t)__builtin_ctzll(marks) : size;
}

#define DEFINE_SCAN(kind)                                                                          \
    FOR_##kind static size_t quotes_##kind(const char *p, size_t size, size_t at,                  \
                                           uint64_t *quotes)                                       \
    {                                                                                              \
        return find_block(p, size, at, QUOTE, bits_##kind, quotes);                                \
    }                                                                                              \
    FOR_##kind static size_t to_escape_##kind(const char *p, size_t size)                          \
    {                                                                                              \
        return first_of(p, size, ESCAPE, bits_##kind);                                             \
    }                                                                                              \
    FOR_##kind static size_t to_control_##kind(const char *p, size_t size)                         \
    {                                                                                              \
        return first_of(p, size, CONTROL, bits_##kind);                                            \
    }                                                                                              \
    FOR_##kind static size_t to_foreign_##kind(const char *p, size_t size)                         \
    {                                                                                              \
        return first_of(p, size, FOREIGN, bits_##kind);                                            \
    }                                                                                              \
    static const byte_scan scan_##kind = {#kind, quotes_##kind, to_escape_##kind,                  \
                                          to_control_##kind, to_foreign_##kind};

DEFINE_SCAN(plain)

#ifdef WITH_X86

INLINED uint64_t bits16(const char *p, wanted what)
{
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p), marks;
    __m128i control = _mm_cmpeq_epi8(v, _mm_min_epu8(v, _mm_set1_epi8(0x1f)));
    if (what == FOREIGN) {
        marks = _mm_cmpgt_epi8(_mm_set1_epi8(1), v);
    } else if (what == CONTROL) {
        marks = control;
    } else {
        marks = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('"')),
                             _mm_cmpeq_epi8(v, _mm_set1_epi8('\\')));
        if (what == ESCAPE) {
            marks = _mm_or_si128(marks, _mm_cmpeq_epi8(v, _mm_set1_epi8(0x7f)));
            marks = _mm_or_si128(marks, control);
        }
    }
    return (uint32_t)_mm_movemask_epi8(marks);
}

INLINED uint64_t bits_sse2(const char *p, wanted what)
{
    return bits16(p, what) | bits16(p + 16, what) << 16 | bits16(p + 32, what) << 32 |
           bits16(p + 48, what) << 48;
}

FOR_avx2 INLINED uint64_t bits32(const char *p, wanted what)
{
    __m256i v = _mm256_loadu_si256((const __m256i *)(const void *)p), marks;
    __m256i control = _mm256_cmpeq_epi8(v, _mm256_min_epu8(v, _mm256_set1_epi8(0x1f)));
    if (what == FOREIGN) {
        marks = _mm256_cmpgt_epi8(_mm256_set1_epi8(1), v);
    } else if (what == CONTROL) {
        marks = control;
    } else {
        marks = _mm256_or_si256(_mm256_cmpeq_epi8(v, _mm256_set1_epi8('"')),
                                _mm256_cmpeq_epi8(v, _mm256_set1_epi8('\\')));
        if (what == ESCAPE) {
            marks = _mm256_or_si256(marks, _mm256_cmpeq_epi8(v, _mm256_set1_epi8(0x7f)));
            marks = _mm256_or_si256(marks, control);
        }
    }
    return (uint32_t)_mm256_movemask_epi8(marks);
}

FOR_avx2 INLINED uint64_t bits_avx2(const char *p, wanted what)
{
    return bits32(p, what) | bits32(p + 32, what) << 32;
}

FOR_avx512 INLINED uint64_t bits_avx512(const char *p, wanted what)
{
    __m512i v = _mm512_loadu_si512(p);
    if (what == FOREIGN)
        return _mm512_cmpgt_epi8_mask(_mm512_set1_epi8(1), v);
    if (what == CONTROL)
        return _mm512_cmplt_epu8_mask(v, _mm512_set1_epi8(0x20));
    uint64_t marks = _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8('"')) |
                     _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8('\\'));
    if (what == ESCAPE)
        marks |= _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8(0x7f)) |
                 _mm512_cmplt_epu8_mask(v, _mm512_set1_epi8(0x20));
    return marks;
}

DEFINE_SCAN(sse2)
DEFINE_SCAN(avx2)
DEFINE_SCAN(avx512)

static size_t n_scans(void)
{
    if (__builtin_cpu_supports("avx512bw"))
        return 4;
    return __builtin_cpu_supports("avx2") ? 3 : 2;
}

static const byte_scan *const scans[] = {&scan_plain, &scan_sse2, &scan_avx2, &scan_avx512};

#else

static size_t n_scans(void)
{
    return 1;
}

static const byte_scan *const scans[] = {&scan_plain};

#endif

const byte_scan *byte_scan_best(void)
{
    return scans[n_scans() - 1];
}

const byte_scan *byte_scan_at(size_t i)
{
    return i < n_scans() ? scans[i] : NULL;
}
