/* From bits to the numbers of those that are set. */
#ifndef FEATURES_BIT_POSITIONS_H
#define FEATURES_BIT_POSITIONS_H

#include "ttag/base.h"

/* Behind the positions as many may be written once more. */
enum { POSITIONS_ROOM = 64 };

/* Positions of the bits that are set in n numbers of 64 bits, which together have less than 2^16,
   in rising order; returns how many. */
typedef size_t bit_positions_way(uint16_t *positions, const uint64_t *bits, size_t n);

/* The fastest way on this CPU. All ways have the same result. */
bit_positions_way *bit_positions_best(void);

/* Way number i of this CPU, the plain one first; NULL: there is none. */
bit_positions_way *bit_positions_at(size_t i);

#endif
