/* Decision values of all tags for one article. */
#ifndef CLASSIFY_SCORE_H
#define CLASSIFY_SCORE_H

#include "classify/sparse_rows.h"
#include "classify/sum_rows.h"
#include "ttag/model.h"

/* What a linear model's scores need, side by side. */
typedef struct scorer {
    const ttag_model_parts *parts; /* borrowed */
    float *biases;                 /* parts->weight_stride */
    uint32_t *constants;           /* n_constants tags whose score is their bias */
    size_t n_constants;
    sum_way way;
    const sparse_rows *sparse; /* the weights once more, borrowed; NULL: only those of the parts */
} scorer;

bool scorer_init(scorer *s, const ttag_model_parts *parts); /* false: no memory */
void scorer_dispose(scorer *s);

/* `scores` has room for weight_stride floats; the first n_tags are the result, and finite: what is
   not a finite number (weights of a damaged model) counts as -FLT_MAX. The vector's terms are those
   of the model. */
void score_tags(float *scores, const scorer *s, const ttag_vector *vector);
/* One of these scores, bit for bit: from weights of which that of term i is column[i * stride]. */
float score_tag(const scorer *s, const ttag_vector *vector, size_t tag, const float *column,
                size_t stride);

#endif
