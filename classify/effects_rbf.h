/* What each term of an article adds to the scores of an RBF model. */
#ifndef CLASSIFY_EFFECTS_RBF_H
#define CLASSIFY_EFFECTS_RBF_H

#include "ttag/model.h"

/* A term that an article shares with a support vector. */
typedef struct rbf_match {
    uint32_t position; /* of the term in the article's vector */
    float less;        /* 1 - exp(-2 gamma x z) */
} rbf_match;

/* One article against all support vectors. Zero-initialise before use. */
typedef struct rbf_effects {
    size_t *starts; /* n_vectors + 1 positions in matches */
    rbf_match *matches;
    double *growths; /* of each position: exp(gamma x²) */
    double *shared;  /* of each position: scratch space */
    size_t matches_capacity, growths_capacity, shared_capacity;
} rbf_effects;

/* Finds what the article shares with which vector. False: no memory. */
bool rbf_effects_prepare(rbf_effects *r, const ttag_model_parts *parts, const ttag_vector *vector);

/* effects[j] = f(x) - f(x without its term j) for one tag, of the article that was prepared.
   kernel: K(z, x) of each vector, `stride` floats apart. */
void rbf_effects_of_tag(float *effects, const rbf_effects *r, const ttag_model_parts *parts,
                        const ttag_vector *vector, size_t tag, const float *kernel, size_t stride);

void rbf_effects_dispose(rbf_effects *r);

#endif
