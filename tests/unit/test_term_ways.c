/* What has a way of its own for some CPUs, against the definition: positions of bits, first slots.
 */
#include "unit.h"

#include <stdlib.h>

#include "base/random.h"
#include "features/bit_positions.h"
#include "features/first_slots.h"

static void positions__are_those_of_the_bits_in_all_ways(void **state)
{
    (void)state;
    enum { N = 16 };
    rng random;
    rng_seed(&random, 1);
    for (unsigned round = 0; round < 2000; round++) {
        uint64_t bits[N];
        for (size_t i = 0; i < N; i++)
            bits[i] = round == 0 ? 0 : round == 1 ? UINT64_MAX : rng_next(&random);
        for (size_t i = 0; i < N && round % 3 == 2; i++)
            bits[i] &= rng_next(&random) & rng_next(&random);
        for (size_t w = 0; bit_positions_at(w); w++) {
            uint16_t positions[64 * N + POSITIONS_ROOM];
            size_t n = bit_positions_at(w)(positions, bits, N), k = 0;
            for (size_t at = 0; at < (size_t)64 * N; at++)
                if (bits[at / 64] >> at % 64 & 1)
                    assert_int_equal(positions[k++], at);
            assert_int_equal(n, k);
        }
    }
}

/* Few hashes, keys and sizes, so that all that can agree or differ does. */
static text_term any_term(rng *random)
{
    static const size_t sizes[] = {2, 8, 9, 300, (size_t)UINT32_MAX + 3};
    text_term term = {.hash = rng_next(random) % 32, .key = rng_next(random) % 2};
    term.key |= (rng_next(random) % 2) << 63 | (rng_next(random) % 2) << SLOT_OFFSET_BITS;
    term.size = sizes[rng_next(random) % 5];
    return term;
}

static ttag_slot any_slot(rng *random, size_t n_terms)
{
    text_term term = any_term(random);
    uint32_t entry = (uint32_t)(rng_next(random) % (n_terms + 3));
    return (ttag_slot){term.key, (uint32_t)term.size, rng_next(random) % 16 ? entry : UINT32_MAX};
}

static void require_definition(const first_slots *found, const uint32_t *numbers,
                               const ttag_vocabulary *v, const text_term *terms, size_t n)
{
    for (size_t i = 0; i < TERMS_AT_ONCE; i++) {
        const ttag_slot *slot = i < n ? &v->slots[terms[i].hash % v->n_slots] : NULL;
        bool is_long = slot && terms[i].size > KEY_BYTES;
        bool same = slot && slot->entry > 0 && slot->entry <= v->n_terms &&
                    slot->size == (uint32_t)terms[i].size &&
                    (is_long ? slot->key >> SLOT_OFFSET_BITS == terms[i].key >> SLOT_OFFSET_BITS
                             : slot->key == terms[i].key);
        /* the vocabulary compares a term of 4 GiB or more byte by byte, so either will do */
        if (!slot || terms[i].size <= UINT32_MAX)
            assert_int_equal(found->likely >> i & 1, same);
        assert_int_equal(found->longs >> i & 1, is_long);
        if (slot)
            assert_int_equal(numbers[i], slot->entry - 1);
    }
}

static void slots__are_those_of_the_definition_in_all_ways(void **state)
{
    (void)state;
    enum { N_SLOTS = 16 };
    rng random;
    rng_seed(&random, 2);
    for (unsigned round = 0; round < 5000; round++) {
        ttag_slot slots[N_SLOTS];
        ttag_vocabulary v = {.n_terms = 20, .slots = slots, .n_slots = N_SLOTS};
        size_t n = round % (TERMS_AT_ONCE + 1);
        text_term *terms = malloc(n * sizeof *terms + 1); /* a sanitizer sees a step too far */
        assert_non_null(terms);
        for (size_t i = 0; i < N_SLOTS; i++)
            slots[i] = any_slot(&random, v.n_terms);
        for (size_t i = 0; i < n; i++)
            terms[i] = any_term(&random);
        for (size_t w = 0; first_slots_at(w); w++) {
            first_slots found;
            uint32_t numbers[TERMS_AT_ONCE];
            first_slots_at(w)->look(&found, numbers, &v, terms, n);
            require_definition(&found, numbers, &v, terms, n);
        }
        free(terms);
    }
}

static void numbers__are_kept_by_bits_in_all_ways(void **state)
{
    (void)state;
    rng random;
    rng_seed(&random, 3);
    for (unsigned round = 0; round < 5000; round++) {
        uint64_t which = round == 0 ? 0 : round == 1 ? UINT64_MAX : rng_next(&random);
        for (size_t w = 0; first_slots_at(w); w++) {
            uint32_t numbers[TERMS_AT_ONCE];
            for (uint32_t i = 0; i < TERMS_AT_ONCE; i++)
                numbers[i] = 1000 + i;
            size_t n = first_slots_at(w)->keep(numbers, which), k = 0;
            for (uint32_t i = 0; i < TERMS_AT_ONCE; i++)
                if (which >> i & 1)
                    assert_int_equal(numbers[k++], 1000 + i);
            assert_int_equal(n, k);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(positions__are_those_of_the_bits_in_all_ways),
        cmocka_unit_test(slots__are_those_of_the_definition_in_all_ways),
        cmocka_unit_test(numbers__are_kept_by_bits_in_all_ways),
    };
    return cmocka_run_group_tests_name("term_ways", tests, NULL, NULL);
}
