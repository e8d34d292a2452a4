/* Multinomial and Poisson draws. */
#include "evaluate/resample.h"

#include <stdbool.h>
#include <string.h>

void resample_seed(rng *r, uint64_t seed, uint64_t stream)
{
    rng_seed(r, seed);
    rng_seed(r, rng_next(r) + stream);
}

/* Uniform below `bound`, from 32 random bits: x bound / 2^32, where x that would be counted too
   often are drawn again (Lemire 2019). `reject` is 2^32 mod bound. */
static bool place(uint32_t *at, uint32_t x, uint32_t bound, uint32_t reject)
{
    uint64_t product = (uint64_t)x * bound;
    *at = (uint32_t)(product >> 32);
    return (uint32_t)product >= reject;
}

/* 255 of one article do not happen: where there are more articles than that, it is less likely than
   1 in 10^500. */
static void count_draw(uint8_t *weights, uint32_t at)
{
    weights[at] = (uint8_t)(weights[at] + (weights[at] < UINT8_MAX));
}

void resample_articles(rng *r, uint8_t *weights, uint32_t count)
{
    if (count == 0)
        return;
    memset(weights, 0, count);
    const uint32_t reject = (0U - count) % count;
    for (uint32_t drawn = 0; drawn < count;) {
        uint64_t bits = rng_next(r);
        uint32_t at;
        if (place(&at, (uint32_t)bits, count, reject)) {
            count_draw(weights, at);
            drawn++;
        }
        if (drawn < count && place(&at, (uint32_t)(bits >> 32), count, reject)) {
            count_draw(weights, at);
            drawn++;
        }
    }
}

uint32_t resample_half(rng *r)
{
    static const double up_to[] = {0.6065306597126334, 0.9097959895689501, 0.9856123220330293,
                                   0.9982483774437092, 0.9998278843700441, 0.9999858350626777,
                                   0.9999989976203971, 0.9999999378030914}; /* P(at most k) */
    double u = (double)(rng_next(r) >> 11) * 0x1p-53;
    uint32_t k = 0;
    while (k < sizeof up_to / sizeof *up_to && u >= up_to[k])
        k++;
    return k;
}
