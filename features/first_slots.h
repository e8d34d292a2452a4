/* Many terms at once, each in the slot that it is sought in first: most terms that a vocabulary has
   stand there. */
#ifndef FEATURES_FIRST_SLOTS_H
#define FEATURES_FIRST_SLOTS_H

#include "features/vocabulary.h"

/* Bit i is of term i. */
typedef struct first_slots {
    uint64_t likely; /* the slot is that of the term, if that is short; else it likely is */
    uint64_t longs;  /* the term is longer than KEY_BYTES */
} first_slots;

/* How it is done on one kind of CPU. All ways have the same result. */
typedef struct first_slots_way {
    /* Looks n <= TERMS_AT_ONCE terms up in a vocabulary that has slots; numbers[i] is that of the
       slot of term i, TERM_NONE where it is free, and one of the vocabulary's where it is likely.
     */
    void (*look)(first_slots *found, uint32_t numbers[TERMS_AT_ONCE],
                 const ttag_vocabulary *vocabulary, const text_term *terms, size_t n);
    /* Leaves the numbers whose bits are set, in their order; returns how many. */
    size_t (*keep)(uint32_t numbers[TERMS_AT_ONCE], uint64_t which);
} first_slots_way;

/* The fastest way on this CPU. */
const first_slots_way *first_slots_best(void);

/* Way number i of this CPU, the plain one first; NULL: there is none. */
const first_slots_way *first_slots_at(size_t i);

#endif
