/* A batch of records from input to output. */
#include "classify/stream_batch.h"

#include "base/error.h"
#include "base/memory.h"
#include "classify/classified.h"

enum { KEPT_BYTES = 4 * BATCH_BYTES, KEPT_ERRORS = 16, BLOCK_BYTES = 64 << 10 };

static void clear_or_dispose(buffer *b)
{
    if (b->capacity > KEPT_BYTES)
        buffer_dispose(b);
    else
        buffer_clear(b);
}

static void forget_errors(error_list *list)
{
    list->n = 0;
    if (list->capacity <= KEPT_ERRORS)
        return;
    mem_free(list->items);
    *list = (error_list){0};
}

static bool add_error(error_list *list, const ttag_error *err)
{
    if (!mem_grow(&list->items, &list->capacity, list->n + 1, sizeof *list->items))
        return false;
    list->items[list->n++] = *err;
    return true;
}

void batch_clear(stream_batch *b)
{
    clear_or_dispose(&b->input);
    clear_or_dispose(&b->output);
    forget_errors(&b->refusals);
    forget_errors(&b->errors);
    b->n_items = b->n_answers = 0;
    b->bad_records = b->bad_bytes = 0;
    b->status = TTAG_OK;
    b->finished = false;
}

void batch_dispose(stream_batch *b)
{
    buffer_dispose(&b->input);
    buffer_dispose(&b->output);
    mem_free(b->refusals.items);
    mem_free(b->errors.items);
}

bool batch_is_empty(const stream_batch *b)
{
    return b->n_items == 0 && b->n_answers == 0;
}

bool batch_is_small(const stream_batch *b)
{
    return b->n_items <= SMALL_RECORDS && b->input.size <= SMALL_BYTES;
}

bool batch_is_full(const stream_batch *b)
{
    return b->n_items == BATCH_RECORDS || b->input.size >= BATCH_BYTES ||
           b->output.size >= BLOCK_BYTES || b->status != TTAG_OK;
}

/* ---- Answers. ---- */

static void put_refusal(stream_batch *b, const lane *l, const ttag_record *record,
                        const ttag_error *err)
{
    refused r = {l->opts, record->path ? record->path : err->path,
                 record->line ? record->line : err->line, err->text};
    put_refused(&b->output, &r);
    if (!add_error(&b->errors, err))
        b->output.failed = true;
}

static ttag_status classify_record(stream_batch *b, const lane *l, const ttag_record *record)
{
    ttag_error err = {0};
    ttag_article article;
    ttag_classification result;
    ttag_status status = ttag_decode(l->decoder, &article, record, &err);
    if (status == TTAG_PARSE) { /* is no failure */
        put_refusal(b, l, record, &err);
        return TTAG_OK;
    }
    if (status == TTAG_OK)
        status = ttag_classify(l->workspace, &result, &article, &err);
    if (status != TTAG_OK)
        return status;
    classified c = {l->parts, l->opts, &article, &result};
    put_classified(&b->output, &c);
    b->bad_records += article.bad_bytes > 0;
    b->bad_bytes += article.bad_bytes;
    return TTAG_OK;
}

static void count_answer(stream_batch *b)
{
    b->n_answers++;
    if (b->status == TTAG_OK && !buffer_ok(&b->output))
        b->status = TTAG_NOMEM;
}

void batch_answer(stream_batch *b, const lane *l, const ttag_record *record)
{
    b->status = classify_record(b, l, record);
    count_answer(b);
}

void batch_answer_refused(stream_batch *b, const lane *l, const ttag_record *record,
                          const ttag_error *err)
{
    put_refusal(b, l, record, err);
    count_answer(b);
}

/* ---- Records that wait for their answers. ---- */

bool batch_add(stream_batch *b, const ttag_record *record)
{
    batch_item *item = &b->items[b->n_items++];
    *item = (batch_item){.record = *record, .bytes_at = b->input.size};
    buffer_view(&b->input, record->bytes);
    item->name_at = b->input.size;
    buffer_view(&b->input, record->name);
    return buffer_ok(&b->input);
}

bool batch_add_refused(stream_batch *b, const ttag_record *record, const ttag_error *err)
{
    batch_item *item = &b->items[b->n_items++];
    *item = (batch_item){.record = {.path = record->path, .line = record->line}};
    item->refusal = b->refusals.n + 1;
    return add_error(&b->refusals, err);
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

void batch_classify(stream_batch *b, const lane *l)
{
    for (size_t i = 0; i < b->n_items && b->status == TTAG_OK; i++) {
        batch_item *item = &b->items[i];
        place_views(b, item);
        if (item->refusal > 0)
            batch_answer_refused(b, l, &item->record, &b->refusals.items[item->refusal - 1]);
        else
            batch_answer(b, l, &item->record);
    }
}
