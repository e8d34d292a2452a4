/* A vocabulary of some terms of another. */
#ifndef FEATURES_VOCABULARY_PART_H
#define FEATURES_VOCABULARY_PART_H

#include "features/vocabulary.h"

/* Terms[0 … n), rising, of `v`, with their df and idf; the terms left out are unknown to it.
   TTAG_OK, TTAG_NOMEM; TTAG_FORMAT: a term is out of bounds, in a stranger's file. */
ttag_status vocabulary_part(vocabulary_store *out, const ttag_vocabulary *v, const uint32_t *terms,
                            size_t n, ttag_error *err);

#endif
