/* The weights of a model's most frequent tags, tag by tag: what their scores are computed from one
   by one lies side by side. */
#ifndef CLASSIFY_TAG_COLUMNS_H
#define CLASSIFY_TAG_COLUMNS_H

#include "ttag/model.h"

/* Zero-initialise before use. */
typedef struct tag_columns {
    size_t n, n_terms;
    uint32_t *tags;       /* n */
    float *numbers;       /* n x n_terms */
    const float **of_tag; /* n_tags: a weight for each term, or NULL */
} tag_columns;

/* All tags, by falling number of training articles that had them. false: no memory. */
bool tags_rank(uint32_t *tags, const ttag_model_parts *parts);

/* Of the tags that most training articles had, as many as most_bytes have room for; of zeros.
   false: no memory. */
bool tag_columns_init(tag_columns *out, const ttag_model_parts *parts, size_t most_bytes);

/* Fills in n terms from their rows, `stride` floats from one to the next; row i of them becomes
   number places[i] of the columns. */
void tag_columns_fill(tag_columns *c, const float *rows, size_t stride, const uint32_t *places,
                      size_t n);
void tag_columns_dispose(tag_columns *c);

#endif
