/* What a classifier asks of a vectorizer besides its public functions. */
#ifndef FEATURES_VECTORIZER_H
#define FEATURES_VECTORIZER_H

#include "ttag/features.h"

/* From now on looks terms up in a copy of its vocabulary, which may number them otherwise; borrowed
   as that is. */
void vectorizer_use(ttag_vectorizer *vectorizer, const ttag_vocabulary *copy);

#endif
