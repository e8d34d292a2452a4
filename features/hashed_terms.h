/* Terms numbered by their hash: number = hash mod 2^bits, whatever terms there are. Knows of each
   number that was taken which term took it first, and how many terms share theirs. */
#ifndef FEATURES_HASHED_TERMS_H
#define FEATURES_HASHED_TERMS_H

#include "base/arena.h"
#include "base/distinct.h"
#include "features/term_hash.h"
#include "ttag/features.h"

typedef struct hashed_term {
    uint64_t hash;  /* of the first term that took the number */
    uint64_t start; /* of that term in bytes */
    uint32_t size;
    uint32_t number; /* below 2^bits */
    bool shared;     /* other terms took it too */
} hashed_term;

/* Zero-initialise before use. */
typedef struct hashed_terms {
    uint32_t bits;
    hashed_term *items; /* n, in the order in which their numbers were taken */
    size_t n, capacity;
    char *bytes;
    size_t n_bytes, bytes_capacity;
    uint32_t *slots; /* n_slots, a power of two: position in items + 1; 0 free */
    size_t n_slots;
    distinct others; /* the terms that were not the first to take their number */
    size_t n_shared; /* numbers that several terms took */
} hashed_terms;

/* Position of the term's number among those taken. UINT32_MAX: no memory. */
uint32_t hashed_terms_add(hashed_terms *h, ttag_view term, uint64_t hash);

/* What a number is called: by its first term, and " (shared)" if others took it too. Lives as
   `memory` or until the next hashed_terms_add; bytes NULL: no memory. */
ttag_view hashed_terms_name(const hashed_terms *h, size_t position, arena *memory);

ttag_hashing hashed_terms_count(const hashed_terms *h);
void hashed_terms_dispose(hashed_terms *h);

#endif
