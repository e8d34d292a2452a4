/* The words of many articles as hashes, and their shingles: runs of SHINGLE words. */
#ifndef AUDIT_ARTICLE_WORDS_H
#define AUDIT_ARTICLE_WORDS_H

#include "ttag/base.h"

enum { SHINGLE = 3 };

/* Those of the title, then those of the text. Zero-initialise before use. */
typedef struct article_words {
    uint64_t *hashes; /* n */
    size_t n, n_title;
} article_words;

/* false: no memory. */
bool article_words_make(article_words *out, ttag_view title, ttag_view text);
void article_words_dispose(article_words *words);
bool article_words_equal(const article_words *a, const article_words *b);

/* Distinct shingles of the words, ascending; one of fewer words where there are no more. */
typedef struct shingle_set {
    uint64_t *items;
    size_t n;
} shingle_set;

bool shingle_set_make(shingle_set *out, const article_words *words); /* false: no memory */
void shingle_set_dispose(shingle_set *set);

/* |A ∩ B| / |A ∪ B|; of two empty sets 0 */
double shingle_sets_jaccard(const shingle_set *a, const shingle_set *b);

#endif
