/* Decision values of an RBF model: a block of articles is compared with all support vectors at
   once. Articles never touch each other's sums, and each sum is made in order of the terms: what
   stands beside an article in its block does not change a bit of its score. */
#ifndef CLASSIFY_SCORE_RBF_H
#define CLASSIFY_SCORE_RBF_H

#include "base/exponential.h"
#include "base/radix.h"
#include "ttag/model.h"

enum { RBF_LANES = EXP_LANES }; /* articles of a block */

/* Zero-initialise before use. */
typedef struct rbf_block {
    size_t n;           /* articles in it */
    radix_item *values; /* n_values: their terms, see score_rbf.c */
    radix_item *scratch;
    size_t n_values, values_capacity, scratch_capacity;
    double squares[RBF_LANES]; /* |x|² of each article */
    float *kernel;             /* n_vectors x RBF_LANES: K(z, x) */
} rbf_block;

/* TTAG_NOMEM, or TTAG_OK; the model is of the RBF kernel. */
ttag_status rbf_block_init(rbf_block *b, const ttag_model_parts *parts);
void rbf_block_dispose(rbf_block *b);

void rbf_block_clear(rbf_block *b);
/* Takes a copy of an article's vector; there may be RBF_LANES of them. False: no memory. */
bool rbf_block_add(rbf_block *b, const ttag_model_parts *parts, const ttag_vector *vector);

/* scores: a row of weight_stride floats for each article; the first n_tags of a row are its result,
   and finite: what is not a finite number counts as -FLT_MAX. False: no memory. */
bool rbf_block_score(rbf_block *b, float *scores, const ttag_model_parts *parts);

#endif
