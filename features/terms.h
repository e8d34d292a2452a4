/* The terms of an article: n-grams of words and of characters of its text and title, counted. */
#ifndef FEATURES_TERMS_H
#define FEATURES_TERMS_H

#include "base/buffer.h"
#include "features/char_words.h"
#include "features/counts.h"
#include "features/stemmer.h"
#include "features/tokens.h"
#include "features/vocabulary.h"

/* The number of a term, with its hash; TERM_NONE: it does not count. */
typedef uint32_t term_number(void *context, ttag_view term, uint64_t hash);

/* Scratch space and result. Zero-initialise before use. */
typedef struct article_terms {
    token_list tokens;
    token_list written; /* where tokens are stems: those of the text */
    stemmer stemmer;
    buffer title_term;
    term_counts
        counts;     /* in order of first occurrence, n-grams of characters behind those of words */
    size_t n_words; /* how many of them are of words */
    char_words chars; /* n-grams of characters are looked up word by word */
    text_term ngrams[2][TERMS_AT_ONCE];
    uint32_t numbers[TERMS_AT_ONCE];
} article_terms;

/* Counts those terms of `article` that are of words and that `number` knows. Then terms_count_chars
   for the others. false: no memory. */
bool terms_count(article_terms *terms, const ttag_text_opts *opts, const ttag_article *article,
                 term_number *number, void *context);

/* How many occurrences of a term there are. false: no memory. */
typedef bool term_counted(void *context, uint32_t number, uint32_t count);

/* Counts the n-grams of characters of the article whose terms were counted last, if the options
   have such. `number` says which they are, `counted` is told how often each. false: no memory. */
bool terms_count_chars(article_terms *terms, const ttag_text_opts *opts, grams_number *number,
                       term_counted *counted, void *context);

/* Counts the terms of `article` that are in the vocabulary, which is the same for all articles.
   false: no memory. */
bool terms_count_known(article_terms *terms, const ttag_text_opts *opts,
                       const ttag_article *article, const ttag_vocabulary *vocabulary);

/* Finds the known terms of a passage for passage_terms: `found` is told the numbers of its n-grams
   of words, TERM_NONE for those that the vocabulary lacks, in the order of their first words, the
   shorter ones first. `tokens` are the words. false: no memory. */
typedef bool terms_found(void *context, const uint32_t *numbers, size_t n);
bool terms_find_known(article_terms *terms, const ttag_text_opts *opts, const ttag_article *text,
                      const ttag_vocabulary *vocabulary, terms_found *found, void *context);

/* Says which of the char_words each of the tokens that were found last is. false: no memory. */
bool terms_number_chars(article_terms *terms, const ttag_text_opts *opts,
                        const ttag_vocabulary *vocabulary, uint32_t *numbers);

void terms_dispose(article_terms *terms);

#endif
