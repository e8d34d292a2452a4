/* The entries of a vocabulary into its order. */
#ifndef FEATURES_VOCABULARY_ORDER_H
#define FEATURES_VOCABULARY_ORDER_H

#include "features/vocabulary.h"

bool vocabulary_order(vocabulary_entry *entries, size_t n); /* byte order; false: no memory … */
bool hashed_order(vocabulary_entry *entries, size_t n); /* by `hashed`; … nothing is changed */

#endif
