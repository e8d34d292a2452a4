/* Rows of weights as a model that was made smaller keeps them: of the terms and tags that have some
   left, as numbers of four, two or one byte, with a scale for each row. */
#ifndef CLASSIFY_PACKED_ROWS_H
#define CLASSIFY_PACKED_ROWS_H

#include "base/buffer.h"
#include "ttag/model.h"

/* A row: scale (4 bytes, float), number of its tags n (2) or PACKED_WHOLE, 2 bytes zero; then n
   numbers and the n tags that they are of (1 byte each if the model has up to 256, else 2); of a
   whole row the numbers of all tags and of the stride's padding. Zeros up to a multiple of 4. */
enum { PACKED_HEAD = 8, PACKED_WHOLE = 0xffff, PACKED_MOST_TAGS = 0xfff8 };

/* The start of a term that has no row. */
#define PACKED_NONE UINT32_MAX

/* sums[t] = sum over j of (x[j] * scale[j]) * number[j][t], each product rounded, in order of j.
   `sums` has weight_stride floats. What is out of bounds in a stranger's rows counts as absent. */
void packed_sums(float *sums, const ttag_model_parts *parts, const ttag_vector *vector);

/* scale * number, or 0. */
float packed_weight(const ttag_model_parts *parts, size_t term, size_t tag);

/* The weight of a term, below n_terms, for a tag of a linear model, packed or not. */
static inline float linear_weight(const ttag_model_parts *parts, size_t term, size_t tag)
{
    return parts->weights ? parts->weights[term * parts->weight_stride + tag]
                          : packed_weight(parts, term, tag);
}

/* How many weights are kept that are not 0. */
size_t packed_count(const ttag_model_parts *parts);

/* Appends the row of these n_tags weights, finite and not all 0, each kept as the nearest number
   times the scale: int8 largest / 127, else 1. A buffer that failed has no memory, or 16 GiB. */
void packed_row_put(buffer *rows, const float *weights, size_t n_tags, ttag_weight_type type);

/* Multiplies all weights: the scale of each row that `starts` names. */
void packed_rows_scale(buffer *rows, const uint32_t *starts, size_t n_terms, float factor);

/* What is wrong with packed weights that are to be saved, or NULL. */
const char *packed_trouble(const ttag_model_parts *parts);

#endif
