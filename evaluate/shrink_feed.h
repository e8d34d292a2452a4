/* Labelled articles that are evaluated several times. */
#ifndef EVALUATE_SHRINK_FEED_H
#define EVALUATE_SHRINK_FEED_H

#include "base/arena.h"
#include "evaluate/tally.h"

/* Zero-initialise before use. */
typedef struct shrink_feed {
    arena texts;
    ttag_article *articles; /* title, text and labels only */
    size_t size, capacity;
    size_t unlabelled, refused;
    const ttag_unknown_rules *rules; /* to be set before reading, as is the model; NULL: none */
    const ttag_model_parts *model;   /* whose tags they are about */
    uint64_t *tag_rules;             /* model->n_tags: those about each; NULL: there are none */
    uint64_t record_rules;           /* those about any article */
} shrink_feed;

/* Reads the feed to its end. Dispose in any case. */
ttag_status shrink_feed_read(shrink_feed *f, ttag_reader *feed, const ttag_monitor *monitor,
                             ttag_error *err);
void shrink_feed_dispose(shrink_feed *f);

/* As tally_feed, without verifying the model. */
ttag_status shrink_feed_tally(tally *t, const ttag_model *model, const shrink_feed *f,
                              unsigned threads, const ttag_monitor *monitor, ttag_error *err);

#endif
