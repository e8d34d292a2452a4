/* How many different numbers have come, in bounded memory: counted while there are at most
   DISTINCT_MOST, then estimated from a sample of so many (adaptive sampling, Wegman 1984; Flajolet
   1990). The standard error of an estimate is 1.2 / sqrt(DISTINCT_MOST / 2), about 0.2 %. */
#ifndef BASE_DISTINCT_H
#define BASE_DISTINCT_H

#include "ttag/base.h"

enum { DISTINCT_MOST = 1 << 20 };

/* Zero-initialise before use. */
typedef struct distinct {
    uint64_t *slots; /* n_slots, a power of two: numbers, spread; 0 free */
    size_t n_slots;
    size_t count;   /* in the sample */
    unsigned depth; /* the sample is of one in 2^depth numbers; 0: of all */
} distinct;

bool distinct_add(distinct *d, uint64_t number); /* false: no memory, nothing is changed */
/* Depends on the numbers alone, not on their order. */
uint64_t distinct_estimate(const distinct *d);
static inline bool distinct_is_exact(const distinct *d)
{
    return d->depth == 0;
}
void distinct_dispose(distinct *d);

#endif
