/* The arithmetic of TF-IDF, in one place, so that a fitted row and the vector of the same article
   are the same bits. */
#ifndef FEATURES_TFIDF_H
#define FEATURES_TFIDF_H

#include "features/counts.h"
#include "ttag/features.h"

float inverse_document_frequency(size_t n_articles, uint32_t df, bool smooth);

/* 1 + ln(count), or count, of the counts that are common. Zero-initialise before use; the options
   stay the same. */
typedef struct tf_table {
    double tf[32];
} tf_table;

/* values[i] for items[i], n of them, of which the first n_words are of words, the others of
   characters; idf is indexed by term. Each of these blocks has a norm of its own. */
void tfidf_weigh(float *values, const term_count *items, size_t n_words, size_t n, const float *idf,
                 const ttag_text_opts *opts, tf_table *table);

#endif
