/* What a classifier asks of a vectorizer besides its public functions. */
#ifndef FEATURES_VECTORIZER_H
#define FEATURES_VECTORIZER_H

#include "ttag/features.h"

/* Finds the terms of a passage. *n_words: how many words it has. TTAG_OK, TTAG_NOMEM. */
ttag_status vectorizer_find(ttag_vectorizer *vectorizer, const ttag_article *passage,
                            size_t *n_words, ttag_error *err);

/* The vector of n of its words from `first` on, as if they were a text; it lives until the next
   call. All of them: that of ttag_vectorize. TTAG_OK, TTAG_NOMEM. */
ttag_status vectorizer_run(ttag_vectorizer *vectorizer, ttag_vector *vector, size_t first, size_t n,
                           ttag_error *err);

/* From now on looks terms up in a copy of its vocabulary, which may number them otherwise; borrowed
   as that is. */
void vectorizer_use(ttag_vectorizer *vectorizer, const ttag_vocabulary *copy);

#endif
