/* Without a term of value x, |x - z|² is less by x² - 2 x z. So, with pull = coef K(x, z):
   effect = Σ pull (1 - exp(gamma x² - 2 gamma x z))
          = (1 - growth) Σ pull + growth Σ pull less,   growth = exp(gamma x²)
   where less = 1 - exp(-2 gamma x z) is 0 for vectors that do not hold the term. */
#include "classify/effects_rbf.h"

#include <string.h>

#include "base/exponential.h"
#include "base/memory.h"

static bool reserve(rbf_effects *r, const ttag_model_parts *parts, const ttag_vector *vector)
{
    const ttag_support_vectors *s = &parts->support;
    size_t n_matches = 0;
    if (!r->starts)
        r->starts = mem_new(s->n_vectors + 1, sizeof *r->starts);
    for (size_t j = 0; j < vector->size; j++)
        if (vector->terms[j] < parts->vocabulary.n_terms)
            n_matches +=
                (size_t)(s->term_starts[vector->terms[j] + 1] - s->term_starts[vector->terms[j]]);
    return r->starts &&
           mem_grow(&r->matches, &r->matches_capacity, n_matches, sizeof *r->matches) &&
           mem_grow(&r->growths, &r->growths_capacity, vector->size + 1, sizeof *r->growths) &&
           mem_grow(&r->shared, &r->shared_capacity, vector->size + 1, sizeof *r->shared);
}

/* starts[i]: where the matches of vector i end; place_matches moves it to where they begin. */
static void count_matches(rbf_effects *r, const ttag_model_parts *parts, const ttag_vector *vector)
{
    const ttag_support_vectors *s = &parts->support;
    memset(r->starts, 0, (s->n_vectors + 1) * sizeof *r->starts);
    for (size_t j = 0; j < vector->size; j++) {
        if (vector->terms[j] >= parts->vocabulary.n_terms)
            continue;
        const uint64_t *ends = s->term_starts + vector->terms[j];
        for (size_t p = (size_t)ends[0]; p < ends[1]; p++)
            if (s->vectors[p] < s->n_vectors)
                r->starts[s->vectors[p]]++;
    }
    size_t end = 0;
    for (size_t i = 0; i <= s->n_vectors; i++)
        r->starts[i] = end += r->starts[i];
}

static void place_matches(rbf_effects *r, const ttag_model_parts *parts, const ttag_vector *vector)
{
    const ttag_support_vectors *s = &parts->support;
    for (size_t j = 0; j < vector->size; j++) {
        double x = (double)vector->values[j];
        r->growths[j] = 1 / exp_minus(s->gamma * x * x);
        if (vector->terms[j] >= parts->vocabulary.n_terms)
            continue;
        const uint64_t *ends = s->term_starts + vector->terms[j];
        for (size_t p = (size_t)ends[0]; p < ends[1]; p++) {
            if (s->vectors[p] >= s->n_vectors)
                continue;
            double less = 1 - exp_minus(2 * s->gamma * x * (double)s->values[p]);
            r->matches[--r->starts[s->vectors[p]]] = (rbf_match){(uint32_t)j, (float)less};
        }
    }
}

bool rbf_effects_prepare(rbf_effects *r, const ttag_model_parts *parts, const ttag_vector *vector)
{
    if (!reserve(r, parts, vector))
        return false;
    count_matches(r, parts, vector);
    place_matches(r, parts, vector);
    return true;
}

void rbf_effects_of_tag(float *effects, const rbf_effects *r, const ttag_model_parts *parts,
                        const ttag_vector *vector, size_t tag, const float *kernel, size_t stride)
{
    const ttag_support_vectors *s = &parts->support;
    double all = 0;
    memset(r->shared, 0, vector->size * sizeof *r->shared);
    for (size_t e = (size_t)s->coef_starts[tag]; e < s->coef_starts[tag + 1]; e++) {
        size_t i = s->coef_vectors[e];
        if (i >= s->n_vectors)
            continue;
        double pull = (double)s->coefs[e] * (double)kernel[i * stride];
        all += pull;
        for (size_t m = r->starts[i]; m < r->starts[i + 1]; m++)
            r->shared[r->matches[m].position] += pull * (double)r->matches[m].less;
    }
    for (size_t j = 0; j < vector->size; j++)
        effects[j] = (float)((1 - r->growths[j]) * all + r->growths[j] * r->shared[j]);
}

void rbf_effects_dispose(rbf_effects *r)
{
    mem_free(r->starts);
    mem_free(r->matches);
    mem_free(r->growths);
    mem_free(r->shared);
    *r = (rbf_effects){0};
}
