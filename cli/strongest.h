/* The terms with the largest weights of a tag. */
#ifndef CLI_STRONGEST_H
#define CLI_STRONGEST_H

#include "ttag/model.h"

typedef struct strong_term {
    float weight;
    uint32_t term;
} strong_term;

typedef struct strongest {
    strong_term *items; /* size; strongest first */
    size_t size;
} strongest;

/* w > 0 (`sign` 1) or w < 0 (`sign` -1), at most n of them; equal ones in order of the terms.
   False: out of memory. */
bool strongest_find(strongest *out, const ttag_model_parts *parts, size_t tag, int sign, size_t n);

void strongest_dispose(strongest *s);

#endif
