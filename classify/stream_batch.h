/* Some records on their way through the stream: read, then classified by one thread, then written.
 */
#ifndef CLASSIFY_STREAM_BATCH_H
#define CLASSIFY_STREAM_BATCH_H

#include "base/buffer.h"
#include "ttag/classify.h"

enum { BATCH_RECORDS = 64, BATCH_BYTES = 1 << 20 };

typedef struct batch_item {
    ttag_record record; /* its views point into the batch's input from batch_classify on */
    size_t bytes_at, name_at;
    size_t error; /* 0: none; else its number in errors, from 1 */
} batch_item;

typedef struct stream_batch {
    buffer input; /* copies of the records, one behind another */
    batch_item items[BATCH_RECORDS];
    size_t n_items;
    ttag_error errors[BATCH_RECORDS];
    size_t n_errors;
    buffer output; /* what is to be written */
    size_t bad_records, bad_bytes;
    ttag_status status; /* of the batch as a whole: TTAG_NOMEM ends the stream */
    bool finished;      /* guarded by the crew */
} stream_batch;         /* zero-initialise before use */

/* What one thread needs. */
typedef struct lane {
    ttag_decoder *decoder;
    ttag_workspace *workspace;
} lane;

/* Makes the batch empty; memory is kept, but not that of unusually large records. */
void batch_clear(stream_batch *b);
void batch_dispose(stream_batch *b);

bool batch_is_full(const stream_batch *b);
/* Add a copy of a record, or a record that the reader has refused. False: no memory. */
bool batch_add(stream_batch *b, const ttag_record *record);
void batch_add_refused(stream_batch *b, const ttag_record *record, const ttag_error *err);

/* Decodes, classifies and formats all records; the result is in output, errors and status. */
void batch_classify(stream_batch *b, const lane *l, const ttag_model_parts *parts,
                    const ttag_classify_opts *opts);

#endif
