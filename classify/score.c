/* scores[t] = sum over j of x[j] * W[term[j]][t], + bias[t] */
#include "classify/score.h"

#include <float.h>
#include <math.h>

/* Tags innermost: each tag has one sum, in order of the vector's terms, whatever the width of the
   processor's registers. */
static void add_row(float *restrict scores, const float *restrict row, float x, size_t n)
{
    for (size_t t = 0; t < n; t++)
        scores[t] += x * row[t];
}

void score_tags(float *scores, const ttag_model_parts *parts, const ttag_vector *vector)
{
    size_t stride = parts->weight_stride;
    for (size_t t = 0; t < stride; t++)
        scores[t] = 0;
    for (size_t j = 0; j < vector->size; j++)
        if (vector->terms[j] < parts->vocabulary.n_terms)
            add_row(scores, parts->weights + vector->terms[j] * stride, vector->values[j], stride);
    for (size_t t = 0; t < parts->n_tags; t++) {
        const ttag_model_tag *tag = &parts->tags[t];
        float score = tag->constant ? tag->bias : scores[t] + tag->bias;
        scores[t] = isfinite(score) ? score : -FLT_MAX;
    }
}
