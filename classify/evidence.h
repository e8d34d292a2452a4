/* The terms of an article that speak for a tag. */
#ifndef CLASSIFY_EVIDENCE_H
#define CLASSIFY_EVIDENCE_H

#include "ttag/classify.h"

typedef struct contribution {
    float weight;
    uint32_t position; /* in the vector */
} contribution;

/* Scratch space and results of one article. Zero-initialise before use. */
typedef struct evidence_pool {
    ttag_evidence *items;
    size_t size, capacity;
    contribution *heap;
    size_t heap_capacity;
} evidence_pool;

/* Appends the strongest positive contributions to the score of `tag`, at most `limit`, strongest
   first, equal ones in order of the vector. Returns false where memory ran out; else the new items
   are those from the old `size` on (pointers to items change as the pool grows). */
bool evidence_add(evidence_pool *pool, const ttag_model_parts *parts, const ttag_vector *vector,
                  uint32_t tag, size_t limit);

void evidence_dispose(evidence_pool *pool);

#endif
