/* The terms of an article: word n-grams of its text and title, counted. */
#ifndef FEATURES_TERMS_H
#define FEATURES_TERMS_H

#include "base/buffer.h"
#include "features/counts.h"
#include "features/tokens.h"
#include "features/vocabulary.h"

/* The number of a term, with its hash; TERM_NONE: it does not count. */
typedef uint32_t term_number(void *context, ttag_view term, uint64_t hash);

/* Scratch space and result. Zero-initialise before use. */
typedef struct article_terms {
    token_list tokens;
    buffer title_term;
    term_counts counts; /* in order of first occurrence */
    text_term ngrams[2][TERMS_AT_ONCE];
    uint32_t numbers[TERMS_AT_ONCE];
} article_terms;

/* Counts the terms of `article` that `number` knows. false: no memory. */
bool terms_count(article_terms *terms, const ttag_text_opts *opts, const ttag_article *article,
                 term_number *number, void *context);

/* Counts the terms of `article` that are in the vocabulary. false: no memory. */
bool terms_count_known(article_terms *terms, const ttag_text_opts *opts,
                       const ttag_article *article, const ttag_vocabulary *vocabulary);

void terms_dispose(article_terms *terms);

#endif
