/* How often each term occurs in one article. */
#ifndef FEATURES_COUNTS_H
#define FEATURES_COUNTS_H

#include "ttag/base.h"

typedef struct term_count {
    uint32_t term;
    uint32_t count;
} term_count;

typedef struct term_counts {
    term_count *items; /* size, distinct terms in order of first occurrence */
    size_t size, capacity;
    uint64_t *slots; /* n_slots, a power of two: round << 32 | position in items; other rounds: free
                      */
    size_t n_slots;
    uint32_t round; /* of the article being counted; makes forgetting cheap */
} term_counts;      /* zero-initialise before use */

bool counts_add(term_counts *counts, uint32_t term); /* false: no memory */
void counts_clear(term_counts *counts);              /* keeps the memory */
void counts_dispose(term_counts *counts);

#endif
