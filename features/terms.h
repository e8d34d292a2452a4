/* The terms of an article: word n-grams of its text and title, counted. */
#ifndef FEATURES_TERMS_H
#define FEATURES_TERMS_H

#include "base/buffer.h"
#include "features/counts.h"
#include "features/tokens.h"

#define TERM_NONE UINT32_MAX

/* The number of a term; TERM_NONE: it does not count. */
typedef uint32_t term_number(void *context, ttag_view term);

/* Scratch space and result. Zero-initialise before use. */
typedef struct article_terms {
    token_list tokens;
    buffer title_term;
    term_counts counts; /* in order of first occurrence */
} article_terms;

/* Counts the terms of `article` that `number` knows. false: no memory. */
bool terms_count(article_terms *terms, const ttag_text_opts *opts, const ttag_article *article,
                 term_number *number, void *context);

void terms_dispose(article_terms *terms);

#endif
