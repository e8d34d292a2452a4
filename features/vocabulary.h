/* Building the flat vocabulary that ttag/features.h shows. */
#ifndef FEATURES_VOCABULARY_H
#define FEATURES_VOCABULARY_H

#include "ttag/features.h"

/* Owns the arrays of a ttag_vocabulary. Zero-initialise before use. */
typedef struct vocabulary_store {
    uint64_t *offsets;
    char *bytes;
    uint32_t *df;
    float *idf;
    uint32_t *slots;
    ttag_vocabulary view;
} vocabulary_store;

typedef struct vocabulary_entry {
    ttag_view term;
    uint32_t df;
    uint32_t number; /* the caller's own; not looked at */
} vocabulary_entry;

/* Entries must be distinct and in byte order; at most 2^32 - 2. false: no memory. */
bool vocabulary_build(vocabulary_store *out, const vocabulary_entry *entries, size_t n_entries,
                      size_t n_articles, bool smooth_idf);
void vocabulary_store_dispose(vocabulary_store *store);

#endif
