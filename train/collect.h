/* Reads the feed once: articles into features, labels and a digest; what cannot be learnt from is
   kept out and named. */
#ifndef TRAIN_COLLECT_H
#define TRAIN_COLLECT_H

#include "train/labels.h"
#include "ttag/features.h"
#include "ttag/train.h"

/* Row i of the matrix is article i of the labels. */
typedef struct corpus {
    ttag_features *features;
    labels labels;
    ttag_train_counts counts;
    char digest[33]; /* of the articles used: text, title and tags, each with its size */
} corpus;

/* only: the tags that count; NULL: all tags of the feed. TTAG_EMPTY: nothing to learn. Any number
   of threads, from 1, gives the same corpus. */
ttag_status corpus_collect(corpus *out, ttag_reader *feed, const ttag_text_opts *text,
                           const ttag_taxonomy *only, uint32_t min_docs, unsigned threads,
                           const ttag_monitor *monitor, ttag_error *err);
void corpus_dispose(corpus *c);

#endif
