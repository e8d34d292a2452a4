/* Fewer columns than tags: the most frequent tags have one each, the others share, and a shared
   column holds the largest weight that one of its tags has, or 0. So what an article, whose values
   are not negative, adds up there is at least what it adds up for each of these tags. */
#ifndef CLASSIFY_SHARED_COLUMNS_H
#define CLASSIFY_SHARED_COLUMNS_H

#include "ttag/model.h"

/* Zero-initialise before use. */
typedef struct shared_columns {
    size_t n_tags, n_columns;
    size_t n_shared;  /* the first columns are: tag t that shares one has number t % n_shared */
    uint32_t *alone;  /* n_columns - n_shared: the tags that the other columns are of */
    uint32_t *places; /* n_tags: column of each tag */
    size_t row_size;  /* of a row of the model, n_tags and padding */
    float *sharing;   /* row_size: 1 for a tag that shares, else 0 */
} shared_columns;

/* For at most `most` columns, 16 or more; where there are no more tags, each has its own, in their
   order. false: no memory. */
bool shared_columns_make(shared_columns *out, const ttag_model_parts *parts, size_t most);
void shared_columns_dispose(shared_columns *c);

/* A row of n_tags finite numbers, and any padding, by columns: `row` itself, or `scratch`, which
   has room for n_columns. */
const float *shared_columns_row(const shared_columns *c, float *scratch, const float *row);

#endif
