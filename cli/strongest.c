/* All terms of one sign, sorted; the first few are shown. */
#include "cli/strongest.h"

#include <stdlib.h>

/* Stronger first, whichever the sign. */
static int compare(const void *a, const void *b)
{
    const strong_term *x = a, *y = b;
    float wx = x->weight < 0 ? -x->weight : x->weight;
    float wy = y->weight < 0 ? -y->weight : y->weight;
    if (wx != wy)
        return wx > wy ? -1 : 1;
    return x->term < y->term ? -1 : x->term > y->term;
}

bool strongest_find(strongest *out, const ttag_model_parts *parts, size_t tag, int sign, size_t n)
{
    const size_t n_terms = parts->vocabulary.n_terms;
    size_t found = 0;
    *out = (strongest){NULL, 0};
    strong_term *items = calloc(n_terms + 1, sizeof *items);
    float *weights = calloc(n_terms + 1, sizeof *weights);
    if (!items || !weights || ttag_model_term_weights(weights, parts, tag, NULL) != TTAG_OK) {
        free(weights);
        free(items);
        return false;
    }
    for (size_t t = 0; t < n_terms; t++)
        if (sign > 0 ? weights[t] > 0 : weights[t] < 0)
            items[found++] = (strong_term){weights[t], (uint32_t)t};
    free(weights);
    qsort(items, found, sizeof *items, compare);
    *out = (strongest){items, found < n ? found : n};
    return true;
}

void strongest_dispose(strongest *s)
{
    free(s->items);
    *s = (strongest){NULL, 0};
}
