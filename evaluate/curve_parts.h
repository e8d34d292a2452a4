/* Which articles of a fold's training part each point of a curve takes. */
#ifndef EVALUATE_CURVE_PARTS_H
#define EVALUATE_CURVE_PARTS_H

#include "evaluate/crossval_parts.h"

/* The first n of the record numbers become those of a random selection of whole groups, `share` of
   them at least, in rising order; returns how many. The same seed draws the same order of groups,
   so that a smaller share is within a larger one. 0: no memory. */
size_t curve_parts_take(const crossval_parts *p, uint32_t *numbers, size_t n, double share,
                        uint64_t seed);

#endif
