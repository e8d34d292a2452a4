/* The weights of a model's most frequent tags, tag by tag: what their scores are computed from one
   by one lies side by side. */
#ifndef CLASSIFY_TAG_COLUMNS_H
#define CLASSIFY_TAG_COLUMNS_H

#include "ttag/model.h"

/* Zero-initialise before use. */
typedef struct tag_columns {
    float *numbers;
    const float **of_tag; /* n_tags: a weight for each term, or NULL */
} tag_columns;

/* All tags, by falling number of training articles that had them. false: no memory. */
bool tags_rank(uint32_t *tags, const ttag_model_parts *parts);

/* Of the tags that most training articles had, as many as most_bytes have room for. Number i of a
   column is of term originals[i]. false: no memory. */
bool tag_columns_make(tag_columns *out, const ttag_model_parts *parts, const uint32_t *originals,
                      size_t most_bytes);
void tag_columns_dispose(tag_columns *c);

#endif
