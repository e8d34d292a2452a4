/* Stems of English words (Porter's second algorithm, snowballstem.org). stemmer.c is the only file
   that sees libstemmer. */
#ifndef FEATURES_STEMMER_H
#define FEATURES_STEMMER_H

#include "base/intern.h"
#include "features/tokens.h"

/* The scratch space of one thread: words are stemmed once. Zero-initialise before use. */
typedef struct stemmer {
    void *english; /* NULL until a word comes */
    intern words;
    token_list stems; /* of each of them */
} stemmer;

/* Puts the stem of each token into *out, which it clears: as many, in the same order. Tokens that
   are not all ASCII letters, such as ids, stay as they are. false: no memory. */
bool stemmer_stem(stemmer *stemmer, token_list *out, const token_list *tokens);

void stemmer_dispose(stemmer *stemmer);

#endif
