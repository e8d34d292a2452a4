/* Some records on their way through the stream: read, then classified by one thread, then written.
 */
#ifndef CLASSIFY_STREAM_BATCH_H
#define CLASSIFY_STREAM_BATCH_H

#include "articles/reader.h"
#include "base/buffer.h"
#include "classify/json_feed_seam.h"
#include "ttag/classify.h"

/* Full: enough to keep a thread busy for a while, little enough to stay in its cache. Small: not
   worth waking a thread. */
enum { BATCH_RECORDS = 256, BATCH_BYTES = 64 << 10, SMALL_BYTES = 16 << 10, SMALL_RECORDS = 16 };

/* Records that are decoded before the first of them is tagged, and their bytes: so the code of each
   stage stays in the cache of instructions, which all of them together would not fit into. */
enum { BATCH_TOGETHER = 32, TOGETHER_BYTES = 32 << 10 };

/* Records as they were added: one, or several lines, which are told apart by who tags them. */
typedef struct batch_item {
    record_run run; /* its views are yet to be placed: they begin in the batch's input at … */
    size_t bytes_at, name_at;
    bool is_lines;
    size_t refusal; /* 0: none; else its number in refusals, from 1 */
} batch_item;

typedef struct batch_record {
    ttag_record record;
    size_t refusal;
    bool is_bare; /* a feed without items; no refusal */
} batch_record;

/* Why records were refused. */
typedef struct error_list {
    ttag_error *items;
    size_t n, capacity;
} error_list;

typedef struct stream_batch {
    buffer input; /* copies of the records, one behind another */
    batch_item items[BATCH_RECORDS];
    size_t n_items, n_records;
    size_t next_item;    /* that is to be told apart, once the run taken from the last is empty */
    record_run run;      /* of that one */
    batch_record next;   /* was put back, … */
    bool has_next;       /* … if that is so */
    error_list refusals; /* of records that the reader refused */
    buffer output;       /* what is to be written, … */
    json_feed_seam seam; /* … after json_feed_seam_close */
    size_t n_answers;    /* records in it, … */
    size_t n_bare;       /* … of which so many are feeds without items */
    error_list errors;   /* of these, in order */
    size_t bad_records, bad_bytes;
    ttag_status status; /* of the batch as a whole: TTAG_NOMEM ends the stream */
    bool finished;      /* guarded by the crew */
} stream_batch;         /* zero-initialise before use */

/* What one thread needs. */
typedef struct lane {
    ttag_decoder *decoders[BATCH_TOGETHER]; /* an article is its decoder's; NULL: not needed yet */
    ttag_workspace *workspace;
    const ttag_taxonomy *taxonomy;
    const ttag_model_parts *parts;
    const ttag_classify_opts *opts;
} lane;

/* Makes the batch empty; memory is kept, but not that of unusually large records. */
void batch_clear(stream_batch *b);
void batch_dispose(stream_batch *b);

bool batch_is_empty(const stream_batch *b);
bool batch_is_small(const stream_batch *b);
bool batch_is_full(const stream_batch *b); /* also once its status is bad */

/* Add copies of a record, of several, or a record that the reader has refused. False: no memory. */
bool batch_add(stream_batch *b, const ttag_record *record);
bool batch_add_run(stream_batch *b, const record_run *run);
bool batch_add_refused(stream_batch *b, const ttag_record *record, const ttag_error *err);
/* Decodes, classifies and formats the next ones, about `most` of them; how it went is in status.
   Returns whether that was all. */
bool batch_classify(stream_batch *b, lane *l, size_t most);

#endif
