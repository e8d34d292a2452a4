/* What was true, unknown and given, with score and probability, for every pair of article and tag:
   plain arrays, an article a row. */
#ifndef EVALUATE_OUTCOMES_H
#define EVALUATE_OUTCOMES_H

#include "ttag/base.h"

/* What is known of a pair. A pair is never both true and unknown. */
enum { PAIR_TRUE = 1, PAIR_UNKNOWN = 2, PAIR_GIVEN = 4 };

/* The first n_scored tags are the model's; the others stand in labels only. Zero-initialise and set
   n_tags = n_scored before use. */
typedef struct outcomes {
    size_t n_documents;
    size_t n_tags;
    size_t n_scored;
    unsigned char *pairs; /* n_documents x n_tags */
    float *scores;        /* n_documents x n_scored */
    float *probabilities; /* n_documents x n_scored */
    size_t pairs_capacity, scores_capacity, probabilities_capacity;
} outcomes;

/* Adds `count` articles: nothing true, unknown or given; scores and probabilities 0. */
ttag_status outcomes_extend(outcomes *o, size_t count, ttag_error *err);
/* Adds tags that the model does not know. */
ttag_status outcomes_widen(outcomes *o, size_t n_tags, ttag_error *err);
void outcomes_dispose(outcomes *o);

#endif
