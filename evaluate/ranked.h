/* The known pairs of one tag, to be put in order of score or probability. */
#ifndef EVALUATE_RANKED_H
#define EVALUATE_RANKED_H

#include "ttag/base.h"

typedef struct ranked {
    float value;
    uint32_t positive; /* 1 or 0 */
} ranked;

/* Rising values; equal ones (0 and -0 too) keep their order. `spare` has room for `count`. */
void ranked_sort(ranked *items, ranked *spare, size_t count);
bool ranked_tied(ranked a, ranked b);

#endif
