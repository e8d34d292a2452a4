/* Drawing for the bootstrap. */
#ifndef EVALUATE_RESAMPLE_H
#define EVALUATE_RESAMPLE_H

#include "base/random.h"

/* Another run of numbers for each `stream` of one seed. */
void resample_seed(rng *r, uint64_t seed, uint64_t stream);
/* How often each of `count` articles comes up in `count` draws with replacement. */
void resample_articles(rng *r, uint8_t *weights, uint32_t count);
/* A number of cases whose mean is one half: P(k) = e^-0.5 0.5^k / k! */
uint32_t resample_half(rng *r);

#endif
