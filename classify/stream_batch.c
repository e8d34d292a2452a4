/* A batch of records from input to output. */
#include "classify/stream_batch.h"

#include "base/error.h"
#include "classify/classified.h"

enum { KEPT_BYTES = 4 * BATCH_BYTES };

static void clear_or_dispose(buffer *b)
{
    if (b->capacity > KEPT_BYTES)
        buffer_dispose(b);
    else
        buffer_clear(b);
}

void batch_clear(stream_batch *b)
{
    clear_or_dispose(&b->input);
    clear_or_dispose(&b->output);
    b->n_items = b->n_errors = 0;
    b->bad_records = b->bad_bytes = 0;
    b->status = TTAG_OK;
    b->finished = false;
}

void batch_dispose(stream_batch *b)
{
    buffer_dispose(&b->input);
    buffer_dispose(&b->output);
}

bool batch_is_full(const stream_batch *b)
{
    return b->n_items == BATCH_RECORDS || b->input.size >= BATCH_BYTES;
}

bool batch_add(stream_batch *b, const ttag_record *record)
{
    batch_item *item = &b->items[b->n_items++];
    *item = (batch_item){.record = *record, .bytes_at = b->input.size};
    buffer_view(&b->input, record->bytes);
    item->name_at = b->input.size;
    buffer_view(&b->input, record->name);
    return buffer_ok(&b->input);
}

static void note_error(stream_batch *b, batch_item *item, const ttag_error *err)
{
    b->errors[b->n_errors++] = *err;
    item->error = b->n_errors;
}

void batch_add_refused(stream_batch *b, const ttag_record *record, const ttag_error *err)
{
    batch_item *item = &b->items[b->n_items++];
    *item = (batch_item){.record = {.path = record->path, .line = record->line}};
    note_error(b, item, err);
}

/* The input has its final place only once the batch is full. */
static void place_views(const stream_batch *b, batch_item *item)
{
    ttag_record *record = &item->record;
    if (record->bytes.bytes)
        record->bytes.bytes = b->input.bytes + item->bytes_at;
    if (record->name.bytes)
        record->name.bytes = b->input.bytes + item->name_at;
}

static void put_error(stream_batch *b, const batch_item *item, const ttag_classify_opts *opts)
{
    const ttag_error *err = &b->errors[item->error - 1];
    refused r = {opts, item->record.path ? item->record.path : err->path,
                 item->record.line ? item->record.line : err->line, err->text};
    put_refused(&b->output, &r);
}

/* A refused record is no failure. */
static ttag_status classify_item(stream_batch *b, batch_item *item, const lane *l,
                                 const ttag_model_parts *parts, const ttag_classify_opts *opts)
{
    ttag_error err = {0};
    ttag_article article;
    ttag_classification result;
    ttag_status status = ttag_decode(l->decoder, &article, &item->record, &err);
    if (status == TTAG_PARSE) {
        note_error(b, item, &err);
        return TTAG_OK;
    }
    if (status == TTAG_OK)
        status = ttag_classify(l->workspace, &result, &article, &err);
    if (status != TTAG_OK)
        return status;
    classified c = {parts, opts, &article, &result};
    put_classified(&b->output, &c);
    b->bad_records += article.bad_bytes > 0;
    b->bad_bytes += article.bad_bytes;
    return TTAG_OK;
}

void batch_classify(stream_batch *b, const lane *l, const ttag_model_parts *parts,
                    const ttag_classify_opts *opts)
{
    for (size_t i = 0; i < b->n_items && b->status == TTAG_OK; i++) {
        batch_item *item = &b->items[i];
        place_views(b, item);
        if (item->error == 0)
            b->status = classify_item(b, item, l, parts, opts);
        if (item->error != 0)
            put_error(b, item, opts);
    }
    if (b->status == TTAG_OK && !buffer_ok(&b->output))
        b->status = TTAG_NOMEM;
}
