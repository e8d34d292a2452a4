/* Many terms into byte order. */
#ifndef FEATURES_TERM_ORDER_H
#define FEATURES_TERM_ORDER_H

#include "features/vocabulary.h"

bool term_order(vocabulary_entry *entries, size_t n); /* false: no memory, nothing is changed */

#endif
