/* Some records of a feed on their way into a training: read, then decoded and counted by one
   thread, then taken in the order of the feed. */
#ifndef TRAIN_FEED_BATCH_H
#define TRAIN_FEED_BATCH_H

#include "articles/record_list.h"
#include "features/term_batch.h"
#include "train/article_copy.h"
#include "ttag/boilerplate.h"
#include "ttag/passages.h"
#include "ttag/taxonomy.h"
#include "ttag/unknown.h"

typedef enum feed_item_kind {
    FEED_RECORD,  /* not yet decoded */
    FEED_REFUSED, /* by the reader or the decoder */
    FEED_COUNTED, /* its terms are the batch's next rows */
    FEED_HELD, /* carries so many tags that it may be blanket-tagged: its terms are not counted */
    FEED_UNLABELLED,
    FEED_WEIGHTLESS /* labelled, but its weight is 0 */
} feed_item_kind;

typedef struct feed_item {
    feed_item_kind kind;
    size_t position;   /* FEED_RECORD: in records; FEED_REFUSED: in refusals */
    size_t n_rows;     /* FEED_COUNTED: 1, or its passages */
    article_copy copy; /* FEED_COUNTED, FEED_HELD */
} feed_item;

/* Something that the reader said on its way to an item. */
typedef struct feed_note {
    size_t before; /* which item; n_items: behind the last */
    ttag_level level;
    const char *place; /* NULL: none */
    const char *text;
} feed_note;

/* Zero-initialise before use. */
typedef struct feed_batch {
    record_list records;
    feed_item *items; /* in the order of the feed */
    size_t n_items, items_capacity;
    ttag_error *refusals;
    size_t n_refusals, refusals_capacity;
    feed_note *notes;
    size_t n_notes, notes_capacity;
    arena memory; /* of copies and notes */
    term_batch terms;
    ttag_boilerplate_finder *finder; /* made when the first record is counted */
    ttag_reader_counts decoded;      /* what decoding adds to the reader's counts */
    ttag_status status;              /* TTAG_OK or TTAG_NOMEM */
} feed_batch;

/* What all batches of a feed have in common. */
typedef struct feed_rules {
    const ttag_text_opts *text;
    const ttag_taxonomy *only; /* the tags that count; NULL: all */
    const ttag_unknown_rules *unknown;
    ttag_unit unit;
    const ttag_boilerplate *boilerplate;
} feed_rules;

/* Makes the batch empty; memory is kept, but not that of unusually large records. */
void feed_batch_clear(feed_batch *batch);
void feed_batch_dispose(feed_batch *batch);

bool feed_batch_is_full(const feed_batch *batch);

/* All three copy what they are given. What memory does not suffice for shows in status. */
void feed_batch_add(feed_batch *batch, const ttag_record *record);
void feed_batch_refuse(feed_batch *batch, const ttag_error *refusal);
void feed_batch_note(feed_batch *batch, ttag_level level, const char *place, const char *text);

/* Decodes all records and counts the terms of those that are labelled. */
void feed_batch_count(feed_batch *batch, ttag_decoder *decoder, const feed_rules *rules);

#endif
