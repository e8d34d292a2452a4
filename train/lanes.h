/* LANES numbers side by side, one for each tag of a block or each problem of a tag: weights stand
   term by term, lanes innermost, so that one pass over an article's terms serves all lanes. */
#ifndef TRAIN_LANES_H
#define TRAIN_LANES_H

#include <string.h>

#include "ttag/features.h"

enum { LANES = 16 }; /* one register of AVX-512, a cache line of weights */

/* The compiler's vector type: left to itself, gcc 12 vectorises across the terms and gathers. */
typedef float lanes __attribute__((vector_size(LANES * sizeof(float))));

/* Marks that comparing lanes makes: all bits of one that holds, else none. */
typedef int32_t lane_marks __attribute__((vector_size(LANES * sizeof(int32_t))));

static inline bool lanes_any(const lane_marks *in)
{
    uint64_t parts[sizeof *in / sizeof(uint64_t)];
    uint64_t all = 0;
    memcpy(parts, in, sizeof parts);
    for (size_t k = 0; k < sizeof parts / sizeof *parts; k++)
        all |= parts[k];
    return all != 0;
}

/* f = w·x + b, in every lane */
static inline void lanes_decide(lanes *f, const lanes *weights, const lanes *bias,
                                const ttag_matrix *x, size_t row)
{
    const uint32_t *terms = x->terms + x->starts[row];
    const float *values = x->values + x->starts[row];
    size_t count = x->starts[row + 1] - x->starts[row];
    lanes even = *bias;
    lanes odd = {0}; /* two sums: the next addition need not wait for the last one */
    size_t e = 0;
    for (; e + 1 < count; e += 2) {
        even += values[e] * weights[terms[e]];
        odd += values[e + 1] * weights[terms[e + 1]];
    }
    if (e < count)
        even += values[e] * weights[terms[e]];
    *f = even + odd;
}

/* w += step x, in every lane */
static inline void lanes_add(lanes *weights, const lanes *step, const ttag_matrix *x, size_t row)
{
    lanes steps = *step;
    for (size_t e = x->starts[row]; e < x->starts[row + 1]; e++)
        weights[x->terms[e]] += x->values[e] * steps;
}

/* w += step s x, with a number s for each term and lane */
static inline void lanes_add_scaled(lanes *weights, const lanes *step, const lanes *s,
                                    const ttag_matrix *x, size_t row)
{
    lanes steps = *step;
    for (size_t e = x->starts[row]; e < x->starts[row + 1]; e++)
        weights[x->terms[e]] += x->values[e] * steps * s[x->terms[e]];
}

#endif
