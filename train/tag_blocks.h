/* Tags in blocks of LANES, those alike in support together, so that a block's lanes settle alike.
 */
#ifndef TRAIN_TAG_BLOCKS_H
#define TRAIN_TAG_BLOCKS_H

#include "train/descent.h"

typedef struct tag_blocks {
    uint32_t *tags; /* n_tags, by falling support; block b holds those from b * LANES on */
    size_t n_tags;
    size_t n_blocks;
    descent *descents; /* one for each of n_threads threads */
    unsigned n_threads;
} tag_blocks;

/* All tags but the constant ones, and scratch for at most `threads` threads. TTAG_NOMEM. */
ttag_status tag_blocks_make(tag_blocks *out, const labels *l, const bool *constant,
                            const ttag_matrix *x, unsigned threads);
/* The descents get room for factors, unless source is NULL. TTAG_NOMEM. */
ttag_status tag_blocks_reserve_factors(tag_blocks *b, const factor_source *source);
void tag_blocks_dispose(tag_blocks *b);

static inline size_t tag_blocks_lanes(const tag_blocks *b, size_t block)
{
    size_t left = b->n_tags - block * LANES;
    return left < LANES ? left : LANES;
}

#endif
