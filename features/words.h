/* TTAG_TOKENS_WORDS: the tokens of scikit-learn's TfidfVectorizer with its defaults. */
#ifndef FEATURES_WORDS_H
#define FEATURES_WORDS_H

#include "features/tokens.h"

void words_scan(token_list *tokens, ttag_view text);

#endif
