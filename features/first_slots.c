/* Nothing branches on what is found: that cannot be foreseen. With AVX-512, slots and keys with
   sizes are compared four at a time, two lanes each. */
#include "features/first_slots.h"

#if defined(__x86_64__) && defined(__GNUC__)
#define X86_WAYS 1
#include <immintrin.h>
#endif

/* ---- Plain. ---- */

/* Bits come in at the top and move down, which takes fewer instructions than putting them into
 * place. */
static inline uint64_t move_in(uint64_t bits, bool bit)
{
    return bits >> 1 | (uint64_t)bit << 63;
}

/* Terms from number `first` on, at least one. */
static void look_plain(first_slots *found, uint32_t *numbers, const ttag_vocabulary *v,
                       const text_term *terms, size_t first, size_t n)
{
    const ttag_slot *slots = v->slots;
    size_t mask = v->n_slots - 1, left = 64 - (n - first);
    uint64_t n_terms = v->n_terms;
    first_slots moved = {0, 0};
    for (size_t i = first; i < n; i++) {
        ttag_slot slot = slots[(size_t)terms[i].hash & mask];
        bool is_long = terms[i].size > KEY_BYTES;
        uint64_t other = (slot.key ^ terms[i].key) & (is_long ? ~SLOT_OFFSET : UINT64_MAX);
        other |= slot.size ^ terms[i].size;
        numbers[i] = slot.entry - 1;
        moved.likely = move_in(moved.likely, (other == 0) & (slot.entry - 1 < n_terms));
        moved.longs = move_in(moved.longs, is_long);
    }
    found->likely |= moved.likely >> left << first;
    found->longs |= moved.longs >> left << first;
}

static void first_plain(first_slots *found, uint32_t *numbers, const ttag_vocabulary *v,
                        const text_term *terms, size_t n)
{
    *found = (first_slots){0, 0};
    if (n > 0)
        look_plain(found, numbers, v, terms, 0, n);
}

static size_t keep_plain(uint32_t *numbers, uint64_t which)
{
    size_t kept = 0;
    for (const uint32_t *number = numbers; which; which >>= 1, number++) {
        numbers[kept] = *number;
        kept += which & 1;
    }
    return kept;
}

static const first_slots_way plain = {first_plain, keep_plain};

/* ---- AVX-512. ---- */

#ifdef X86_WAYS

#define FOR_AVX512 __attribute__((target("avx512f,avx512bw,bmi2,popcnt")))
#define INLINED FOR_AVX512 __attribute__((always_inline)) static inline

_Static_assert(sizeof(ttag_slot) == 16 && sizeof(text_term) == 32, "lanes are counted below");

enum { AT_ONCE = 4, SECOND_LANES = 0xaa };

/* The slots of four terms: the key in one lane, size and entry in the next. */
INLINED __m512i slots_of(const ttag_vocabulary *v, const text_term *t, size_t mask)
{
#define SLOT(i) _mm_loadu_si128((const __m128i *)(const void *)&v->slots[(size_t)t[i].hash & mask])
    __m512i slots = _mm512_castsi128_si512(SLOT(0));
    slots = _mm512_inserti32x4(slots, SLOT(1), 1);
    slots = _mm512_inserti32x4(slots, SLOT(2), 2);
    return _mm512_inserti32x4(slots, SLOT(3), 3);
#undef SLOT
}

/* Of four terms, which lie in 128 bytes: key and size side by side. */
INLINED __m512i keys_of(const text_term *t)
{
    const __m512i places = _mm512_setr_epi64(1, 3, 5, 7, 9, 11, 13, 15);
    return _mm512_permutex2var_epi64(_mm512_loadu_si512(t), places, _mm512_loadu_si512(t + 2));
}

/* One bit of two for each term. */
INLINED uint64_t second_bits(__mmask8 lanes)
{
    return _pext_u32(lanes, SECOND_LANES);
}

INLINED void look_at_four(first_slots *found, uint32_t *numbers, const ttag_vocabulary *v,
                          const text_term *terms, size_t i)
{
    const __m512i offset = _mm512_set1_epi64((long long)SLOT_OFFSET);
    const __m512i of_short =
        _mm512_setr_epi64(-1, UINT32_MAX, -1, UINT32_MAX, -1, UINT32_MAX, -1, UINT32_MAX);
    const __m512i entries = _mm512_setr_epi32(3, 7, 11, 15, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3);
    __m512i slots = slots_of(v, terms + i, v->n_slots - 1), keys = keys_of(terms + i);
    __mmask8 longs = _mm512_mask_cmpgt_epu64_mask(SECOND_LANES, keys, _mm512_set1_epi64(KEY_BYTES));
    __m512i matter = _mm512_mask_andnot_epi64(of_short, longs >> 1, offset, of_short);
    __mmask8 same = _mm512_testn_epi64_mask(_mm512_xor_si512(slots, keys), matter);
    __m512i entry = _mm512_srli_epi64(slots, 32);
    __mmask8 taken = _mm512_mask_test_epi64_mask(SECOND_LANES, entry, entry);
    __mmask8 known =
        _mm512_mask_cmple_epu64_mask(taken, entry, _mm512_set1_epi64((long long)v->n_terms));
    __m512i number = _mm512_sub_epi32(slots, _mm512_set1_epi32(1));
    number = _mm512_permutexvar_epi32(entries, number);
    _mm_storeu_si128((__m128i *)(void *)(numbers + i), _mm512_castsi512_si128(number));
    found->likely |= second_bits((__mmask8)(same & same << 1 & known)) << i;
    found->longs |= second_bits(longs) << i;
}

FOR_AVX512 static void first_avx512(first_slots *found, uint32_t *numbers, const ttag_vocabulary *v,
                                    const text_term *terms, size_t n)
{
    first_slots all = {0, 0};
    size_t i = 0;
    for (; i + AT_ONCE <= n; i += AT_ONCE)
        look_at_four(&all, numbers, v, terms, i);
    *found = all;
    _mm256_zeroupper(); /* gcc forgets it before a last call */
    if (i < n)
        look_plain(found, numbers, v, terms, i, n);
}

FOR_AVX512 static size_t keep_avx512(uint32_t *numbers, uint64_t which)
{
    size_t kept = 0;
    for (size_t i = 0; i < TERMS_AT_ONCE; i += 16, which >>= 16) {
        __m512i some = _mm512_loadu_si512(numbers + i);
        /* stored whole: what is behind those kept has been read by now */
        some = _mm512_maskz_compress_epi32((__mmask16)which, some);
        _mm512_storeu_si512(numbers + kept, some);
        kept += (size_t)_mm_popcnt_u32((uint16_t)which);
    }
    return kept;
}

static const first_slots_way avx512 = {first_avx512, keep_avx512};

static bool has_avx512(void)
{
    return __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("bmi2") &&
           __builtin_cpu_supports("popcnt");
}

#endif

/* ---- The choice. ---- */

const first_slots_way *first_slots_at(size_t i)
{
#ifdef X86_WAYS
    if (i == 1 && has_avx512())
        return &avx512;
#endif
    return i == 0 ? &plain : NULL;
}

const first_slots_way *first_slots_best(void)
{
    const first_slots_way *best = first_slots_at(1);
    return best ? best : &plain;
}
