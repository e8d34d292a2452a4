/* Decision values of an RBF model: a block of articles is compared with all support vectors at
   once. Articles never touch each other's sums, and each sum is made in order of the terms: what
   stands beside an article in its block does not change a bit of its score. */
#ifndef CLASSIFY_SCORE_RBF_H
#define CLASSIFY_SCORE_RBF_H

#include "ttag/model.h"

enum { RBF_LANES = 8 }; /* articles of a block */

/* A term of an article. */
typedef struct rbf_entry {
    uint32_t term;
    uint32_t lane; /* the article's place in the block */
    float value;
} rbf_entry;

/* Zero-initialise before use. */
typedef struct rbf_block {
    size_t n; /* articles in it */
    rbf_entry *entries, *sorted;
    size_t n_entries, entries_capacity, sorted_capacity;
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
