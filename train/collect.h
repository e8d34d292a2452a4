/* Reads the feeds once: articles into features, labels and a digest; what cannot be learnt from is
   kept out and named. Extra feeds come last, and have no say in which tags there are. */
#ifndef TRAIN_COLLECT_H
#define TRAIN_COLLECT_H

#include "articles/wholes.h"
#include "train/labels.h"
#include "ttag/features.h"
#include "ttag/passages.h"
#include "ttag/train.h"

/* Row i of the matrix is article i of the labels; with passages, passage i. */
typedef struct corpus {
    ttag_features *features;
    labels labels;
    whole_list wholes; /* of the unit's passages; empty where that is the article */
    ttag_train_counts counts;
    char digest[33]; /* of the articles used: text, title and tags, each with its size; and of the
                        weights that are not 1 */
} corpus;

/* only: the tags that count; NULL: all tags of the feed. TTAG_EMPTY: nothing to learn. Any number
   of threads, from 1, gives the same corpus. */
ttag_status corpus_collect(corpus *out, ttag_reader *feed, const ttag_train_opts *opts,
                           const ttag_taxonomy *only, unsigned threads, ttag_error *err);
void corpus_dispose(corpus *c);

#endif
