/* signature[i] = min over x of factors[i] x + offsets[i] mod 2^32 */
#include "audit/min_hash.h"

#include <string.h>

#include "base/random.h"
#include "base/simd.h"

void min_hash_keys_init(min_hash_keys *keys)
{
    rng random;
    rng_seed(&random, MIN_HASHES);
    for (size_t i = 0; i < MIN_HASHES; i++) {
        keys->factors[i] = (uint32_t)(rng_next(&random) >> 32) | 1; /* odd: one to one */
        keys->offsets[i] = (uint32_t)(rng_next(&random) >> 32);
    }
}

SIMD_CLONES
void min_hash(uint32_t signature[MIN_HASHES], const min_hash_keys *keys, const shingle_set *set)
{
    const uint32_t *restrict factors = keys->factors, *restrict offsets = keys->offsets;
    uint32_t least[MIN_HASHES];
    memset(least, 0xff, sizeof least);
    for (size_t k = 0; k < set->n; k++) {
        uint32_t x = (uint32_t)(set->items[k] >> 32);
        for (size_t i = 0; i < MIN_HASHES; i++) {
            uint32_t value = factors[i] * x + offsets[i];
            least[i] = value < least[i] ? value : least[i];
        }
    }
    memcpy(signature, least, sizeof least);
}

SIMD_CLONES
size_t min_hash_agreement(const uint32_t *a, const uint32_t *b)
{
    uint32_t agree = 0;
    for (size_t i = 0; i < MIN_HASHES; i++)
        agree += a[i] == b[i];
    return agree;
}
