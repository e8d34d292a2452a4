/* Seeded random numbers: xoshiro256** (Blackman and Vigna 2018), seeded by splitmix64. */
#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

typedef struct rng {
    uint64_t s[4];
} rng;

void rng_seed(rng *r, uint64_t seed);
uint64_t rng_next(rng *r);
size_t rng_below(rng *r, size_t bound); /* uniform in [0, bound); bound > 0; no modulo bias */
void rng_shuffle(rng *r, uint32_t *items, size_t count);

#endif
