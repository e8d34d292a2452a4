/* Sorting by a number, in time linear in how many there are. */
#ifndef BASE_RADIX_H
#define BASE_RADIX_H

#include "ttag/base.h"

typedef struct radix_item {
    uint64_t key;
    uint64_t what; /* the caller's own */
} radix_item;

/* Sorts n items by key, equal ones kept in their order, with room for n more at `scratch`.
   `greatest` is at least the greatest key. Returns where they are then: items or scratch. */
radix_item *radix_sort(radix_item *items, radix_item *scratch, size_t n, uint64_t greatest);

#endif
