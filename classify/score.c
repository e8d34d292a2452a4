/* scores[t] = sum over j of x[j] * W[term[j]][t], + bias[t] */
#include "classify/score.h"

#include <float.h>
#include <math.h>

#include "base/memory.h"
#include "base/simd.h"
#include "classify/packed_rows.h"

/* What is not a finite number counts as the lowest one. */
SIMD_CLONES static void add_biases(float *restrict scores, const float *restrict biases, size_t n)
{
    for (size_t t = 0; t < n; t++) {
        float score = scores[t] + biases[t];
        scores[t] = fabsf(score) <= FLT_MAX ? score : -FLT_MAX;
    }
}

void score_tags(float *scores, const scorer *s, const ttag_vector *vector)
{
    const ttag_model_parts *parts = s->parts;
    size_t stride = parts->weight_stride;
    row_sum sum = {parts->weights, stride, vector->terms, vector->values, vector->size};
    if (s->sparse)
        sparse_rows_sum(scores, s->sparse, vector->terms, vector->values, vector->size);
    else if (parts->weights)
        sum_rows(scores, &sum, stride, &s->way);
    else
        packed_sums(scores, parts, vector);
    add_biases(scores, s->biases, stride);
    for (size_t i = 0; i < s->n_constants; i++)
        scores[s->constants[i]] = s->biases[s->constants[i]];
}

float score_tag(const scorer *s, const ttag_vector *vector, size_t tag, const float *column,
                size_t stride)
{
    float sum = 0;
    if (s->parts->tags[tag].constant)
        return s->biases[tag];
    for (size_t j = 0; j < vector->size; j++)
        sum += vector->values[j] * column[vector->terms[j] * stride];
    sum += s->biases[tag];
    return fabsf(sum) <= FLT_MAX ? sum : -FLT_MAX;
}

bool scorer_init(scorer *s, const ttag_model_parts *parts)
{
    *s = (scorer){.parts = parts,
                  .biases = mem_zero(parts->weight_stride, sizeof *s->biases),
                  .constants = mem_new(parts->n_tags, sizeof *s->constants)};
    sum_way ways[SUM_WAYS];
    sum_ways(ways);
    s->way = ways[0];
    for (size_t t = 0; t < parts->n_tags && s->biases && s->constants; t++) {
        s->biases[t] = parts->tags[t].bias;
        if (parts->tags[t].constant)
            s->constants[s->n_constants++] = (uint32_t)t;
    }
    return s->biases && s->constants;
}

void scorer_dispose(scorer *s)
{
    mem_free(s->biases);
    mem_free(s->constants);
    *s = (scorer){0};
}
