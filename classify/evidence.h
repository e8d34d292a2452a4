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
    float *effects; /* room for one of each position of the vector; see evidence_reserve */
    size_t heap_capacity, effects_capacity;
} evidence_pool;

/* Makes room for the effects of a vector. False: no memory. */
bool evidence_reserve(evidence_pool *pool, const ttag_vector *vector);

/* effects[j] = x[j] * W[term[j]][tag], of a linear model; 0 where there is no such term. */
void linear_effects(float *effects, const ttag_model_parts *parts, const ttag_vector *vector,
                    size_t tag);

/* Appends the strongest positive of pool->effects, at most `limit`, strongest first, equal ones in
   order of the vector. Returns false where memory ran out; else the new items are those from the
   old `size` on (pointers to items change as the pool grows). */
bool evidence_add(evidence_pool *pool, const ttag_model_parts *parts, const ttag_vector *vector,
                  size_t limit);

void evidence_dispose(evidence_pool *pool);

#endif
