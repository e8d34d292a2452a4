/* The terms of a passage, found once, and those of any run of its words counted from there. Within
   a passage terms have numbers of their own, so that what a run needs lies close together. */
#ifndef FEATURES_PASSAGE_TERMS_H
#define FEATURES_PASSAGE_TERMS_H

#include "features/terms.h"
#include "features/vector.h"

/* Zero-initialise before use. */
typedef struct passage_terms {
    size_t n_words;
    uint32_t *ngrams; /* n_ngrams that begin at each word, the shortest first: numbers within the
                         passage; TERM_NONE for those that the vocabulary lacks */
    uint32_t *starts; /* n_words + 1, in ngrams */
    uint32_t *kinds;  /* n_words: which of the distinct words each is */
    size_t n_ngrams;
    uint32_t *grams;       /* n-grams of characters of each distinct word, likewise numbered */
    uint32_t *gram_starts; /* of each distinct word, and behind them the end */
    uint32_t *kind_counts; /* of each distinct word, in the run; 0 between runs */
    float *idf;            /* of each term of the passage */
    uint32_t *some;        /* of one run */
    term_counts distinct;  /* words */
    term_counts counts;    /* terms of one run */
    size_t n_run_words;    /* how many of these are of words */
    size_t ngrams_capacity, starts_capacity, kinds_capacity, grams_capacity, gram_starts_capacity,
        kind_counts_capacity, idf_capacity, some_capacity;
} passage_terms;

/* Finds the terms of `text` that are in the vocabulary, which is the same for all passages, and
   counts all of them in terms->counts. A term's place there is its number within the passage.
   false: no memory. */
bool passage_terms_find(passage_terms *p, article_terms *terms, const ttag_text_opts *opts,
                        const ttag_article *text, const ttag_vocabulary *vocabulary);

/* Counts those of the n words from `first` on, as if they were a text, in p->counts, by their
   numbers within the passage. false: no memory. */
bool passage_terms_count(passage_terms *p, size_t first, size_t n);

void passage_terms_dispose(passage_terms *p);

#endif
