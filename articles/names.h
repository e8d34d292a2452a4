/* A list of distinct names in order of first appearance, reused from record to record. */
#ifndef ARTICLES_NAMES_H
#define ARTICLES_NAMES_H

#include "ttag/base.h"

typedef struct names {
    ttag_view *items; /* n, borrowed */
    size_t n, capacity;
    uint32_t *slots; /* hash table of positions + 1, 0 free; used from some names on */
    size_t n_slots;  /* in use now, a power of two; 0: none */
    size_t slots_capacity;
} names; /* zero-initialise before use */

bool names_add(names *set, ttag_view name); /* false: no memory. The bytes are not copied. */
void names_clear(names *set);
void names_dispose(names *set);

/* Whether the name is one of the `n`, by looking at each. */
bool names_hold(const ttag_view *items, size_t n, ttag_view name);

#endif
