/* Signatures of sets: place i holds the least value of hash function i over the set, so that two
   sets agree in a place with the probability of their Jaccard similarity (Broder 1997). */
#ifndef AUDIT_MIN_HASH_H
#define AUDIT_MIN_HASH_H

#include "audit/article_words.h"

/* BANDS of ROWS places: two sets of similarity s agree in all places of some band with probability
   1 - (1 - s^ROWS)^BANDS: 0.99 at 0.57, which is what one changed word in ten leaves of runs of
   three, and less than one in 100,000 at 0.02. */
enum { BAND_ROWS = 4, BANDS = 48, MIN_HASHES = BANDS * BAND_ROWS };

typedef struct min_hash_keys {
    uint32_t factors[MIN_HASHES], offsets[MIN_HASHES];
} min_hash_keys;

void min_hash_keys_init(min_hash_keys *keys);

/* signature[i] = min over x of factors[i] x + offsets[i] mod 2^32 */
void min_hash(uint32_t signature[MIN_HASHES], const min_hash_keys *keys, const shingle_set *set);

/* How many places agree. */
size_t min_hash_agreement(const uint32_t *a, const uint32_t *b);

#endif
