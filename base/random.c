/* xoshiro256** 1.0 and splitmix64, after the authors' public description. */
#include "base/random.h"

static uint64_t rotate(uint64_t x, int k)
{
    return (x << k) | (x >> (64 - k));
}

void rng_seed(rng *r, uint64_t seed)
{
    for (int i = 0; i < 4; i++) {
        uint64_t z = (seed += 0x9e3779b97f4a7c15u);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        r->s[i] = z ^ (z >> 31);
    }
}

uint64_t rng_next(rng *r)
{
    uint64_t *s = r->s;
    uint64_t result = rotate(s[1] * 5, 7) * 9;
    uint64_t t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 45);
    return result;
}

size_t rng_below(rng *r, size_t bound)
{
    uint64_t range = bound;
    uint64_t reject_under = (0 - range) % range; /* 2^64 mod range: the part that would bias */
    uint64_t x;
    do
        x = rng_next(r);
    while (x < reject_under);
    return (size_t)(x % range);
}

void rng_shuffle(rng *r, uint32_t *items, size_t count)
{
    for (size_t i = count; i > 1; i--) {
        size_t j = rng_below(r, i);
        uint32_t other = items[i - 1];
        items[i - 1] = items[j];
        items[j] = other;
    }
}
