/* A model with some of another's weights, in memory. */
#ifndef EVALUATE_SMALL_MODEL_H
#define EVALUATE_SMALL_MODEL_H

#include "base/buffer.h"
#include "classify/model_file.h"
#include "features/vocabulary_part.h"

/* How much each weight matters, |w| · idf · sqrt(df) / sqrt(spread of its tag), and how many matter
   how much: weights are counted by the upper half of that number's bits, which rise as it does. */
typedef struct importance {
    const ttag_model_parts *parts;
    float *of_term; /* n_terms: idf sqrt(df) */
    float *of_tag;  /* n_tags: 1 / sqrt(spread), spread² = sum of (w idf)² df */
    uint64_t *counts;
    uint64_t total; /* weights that are not 0 */
} importance;

ttag_status importance_init(importance *m, const ttag_model_parts *parts, ttag_error *err);
void importance_dispose(importance *m);

/* Weights whose number is below this are dropped: as many as `share` of them allow. */
uint32_t importance_cut(const importance *m, double share);

typedef struct small_model {
    ttag_model model; /* of parts alone, borrowed from below and from the large one */
    vocabulary_store vocabulary;
    ttag_model_tag *tags;
    uint32_t *terms; /* n_terms that are left, rising: numbers in the large model */
    uint32_t *starts;
    buffer rows;
} small_model;

/* Keeps the weights that matter `cut` or more. With all_terms the vocabulary stays as it is, else
   terms without weights leave it. TTAG_OK, TTAG_NOMEM, TTAG_INVALID (no weight is left),
   TTAG_FORMAT. Dispose in any case. */
ttag_status small_model_init(small_model *s, const importance *m, uint32_t cut,
                             ttag_weight_type type, bool all_terms, ttag_error *err);
void small_model_dispose(small_model *s);

/* The size its file will have, but for a few hundred bytes. */
size_t small_model_bytes(const small_model *s, const ttag_model *large);

#endif
