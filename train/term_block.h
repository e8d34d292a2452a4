/* Some of a matrix's terms as a matrix of their own: words alone, or n-grams of characters alone.
 */
#ifndef TRAIN_TERM_BLOCK_H
#define TRAIN_TERM_BLOCK_H

#include "ttag/features.h"

/* Zero-initialise before use. */
typedef struct term_block {
    ttag_matrix x;      /* owned; rows as they were, the block's terms in their order */
    uint32_t *original; /* n_columns: each term's number in the matrix that was given */
    float scale;        /* what the values were multiplied by */
    size_t *starts;
    uint32_t *terms;
    float *values;
} term_block;

/* chars[n_columns of x]: which terms are n-grams of characters; these, or the others, are taken.
   TTAG_NOMEM. */
ttag_status term_block_make(term_block *out, const ttag_matrix *x, const bool *chars, bool which,
                            float scale);
void term_block_dispose(term_block *b);

#endif
