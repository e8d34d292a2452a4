/* A batch of records from input to output. */
#include "classify/stream_batch.h"

#include "base/error.h"
#include "base/memory.h"
#include "classify/classified.h"

enum { KEPT_BYTES = 4 * BATCH_BYTES, KEPT_ERRORS = 16 };

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
    b->seam = (json_feed_seam){0};
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
    return b->n_items == 0;
}

bool batch_is_small(const stream_batch *b)
{
    return b->n_items <= SMALL_RECORDS && b->input.size <= SMALL_BYTES;
}

bool batch_is_full(const stream_batch *b)
{
    return b->n_items == BATCH_RECORDS || b->input.size >= BATCH_BYTES || b->status != TTAG_OK;
}

/* ---- Answers. ---- */

/* Of an item of a JSON Feed that is written again, from `at` on. */
static void look_at_seam(stream_batch *b, const lane *l, const ttag_record *record, size_t at,
                         bool is_written)
{
    if (l->opts->format == TTAG_OUTPUT_FEED && record->format == TTAG_INPUT_JSON_FEED)
        json_feed_seam_add(&b->seam, &b->output, at, record, is_written);
}

static void put_refusal(stream_batch *b, const lane *l, const ttag_record *record,
                        const ttag_error *err)
{
    refused r = {l->opts, record, record->path ? record->path : err->path,
                 record->line ? record->line : err->line, err->text};
    const size_t at = b->output.size;
    put_refused(&b->output, &r);
    look_at_seam(b, l, record, at, true);
    if (!add_error(&b->errors, err))
        b->output.failed = true;
}

static void put_result(stream_batch *b, const lane *l, const ttag_record *record,
                       const ttag_article *article, const ttag_classification *result)
{
    classified c = {l->parts, l->opts, record, article, result};
    const size_t at = b->output.size;
    const bool is_written = put_classified(&b->output, &c);
    look_at_seam(b, l, record, at, is_written);
    b->bad_records += article->bad_bytes > 0;
    b->bad_bytes += article->bad_bytes;
}

/* What cannot be written as asked for is refused. */
static ttag_status check_output(const lane *l, const ttag_record *record, ttag_error *err)
{
    if (record_format_of(l->opts->format)->takes_feeds_only && !is_feed_item(record))
        return fail_at(
            err, TTAG_PARSE, record->path, record->line, 0,
            "is no feed; expected RSS, Atom or JSON Feed, which is written again with its tags");
    return TTAG_OK;
}

/* By the lane's decoder of that number. */
static ttag_status decode(lane *l, size_t number, ttag_article *article, const ttag_record *record,
                          ttag_error *err)
{
    ttag_decoder **decoder = &l->decoders[number];
    ttag_status status = check_output(l, record, err);
    if (status == TTAG_OK && !*decoder)
        status = ttag_decoder_new(decoder, l->taxonomy, err);
    return status == TTAG_OK ? ttag_decode(*decoder, article, record, err) : status;
}

static void count_answer(stream_batch *b)
{
    b->n_answers++;
    if (b->status == TTAG_OK && !buffer_ok(&b->output))
        b->status = TTAG_NOMEM;
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
    *item = (batch_item){.record = *record, .bytes_at = b->input.size};
    buffer_view(&b->input, record->bytes);
    item->record.name = (ttag_view){NULL, 0};
    item->refusal = b->refusals.n + 1;
    if (!buffer_ok(&b->input))
        return false;
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

/* ---- Several at once. ---- */

/* Items that are decoded, each by a decoder of its own, and then tagged together. */
typedef struct window {
    stream_batch *batch;
    lane *lane;
    ttag_article articles[BATCH_TOGETHER];
    size_t of_item[BATCH_TOGETHER]; /* of each article */
    size_t n_articles;
    size_t answered; /* items whose answer stands in the output */
} window;

/* The first item that does not belong to the window: one that is longer than a window has only
   refused ones beside it, so that no decoder but the first keeps memory for a long article. */
static size_t window_end(const window *w)
{
    const stream_batch *b = w->batch;
    size_t end = w->answered, n = 0, bytes = 0;
    for (; end < b->n_items && n < BATCH_TOGETHER; end++) {
        if (b->items[end].refusal > 0)
            continue;
        bytes += b->items[end].record.bytes.size;
        if (n++ > 0 && bytes > TOGETHER_BYTES)
            break;
    }
    return end;
}

/* An item that turns out to have no article gets the reason. */
static ttag_status decode_item(window *w, size_t number)
{
    stream_batch *b = w->batch;
    batch_item *item = &b->items[number];
    ttag_error err; /* filled in where there is one */
    ttag_status status =
        decode(w->lane, w->n_articles, &w->articles[w->n_articles], &item->record, &err);
    if (status == TTAG_OK)
        w->of_item[w->n_articles++] = number;
    if (status != TTAG_PARSE)
        return status;
    item->refusal = b->refusals.n + 1;
    return add_error(&b->refusals, &err) ? TTAG_OK : TTAG_NOMEM;
}

static ttag_status decode_items(window *w, size_t end)
{
    ttag_status status = TTAG_OK;
    w->n_articles = 0;
    for (size_t i = w->answered; i < end && status == TTAG_OK; i++) {
        place_views(w->batch, &w->batch->items[i]);
        if (w->batch->items[i].refusal == 0)
            status = decode_item(w, i);
    }
    return status;
}

/* Items up to `end` have no article. */
static void answer_refused_items(window *w, size_t end)
{
    for (; w->answered < end; w->answered++) {
        const batch_item *item = &w->batch->items[w->answered];
        put_refusal(w->batch, w->lane, &item->record, &w->batch->refusals.items[item->refusal - 1]);
        count_answer(w->batch);
    }
}

static ttag_status answer_item(void *payload, size_t index, const ttag_classification *result)
{
    window *w = payload;
    answer_refused_items(w, w->of_item[index]);
    put_result(w->batch, w->lane, &w->batch->items[w->of_item[index]].record, &w->articles[index],
               result);
    count_answer(w->batch);
    w->answered++;
    return w->batch->status;
}

bool batch_classify(stream_batch *b, lane *l, size_t most)
{
    size_t left = b->n_items - b->n_answers, goal = b->n_answers + (most < left ? most : left);
    window w = {.batch = b, .lane = l, .answered = b->n_answers};
    while (w.answered < goal && b->status == TTAG_OK) {
        size_t end = window_end(&w);
        ttag_status status = decode_items(&w, end);
        if (status == TTAG_OK)
            status =
                ttag_classify_many(l->workspace, w.articles, w.n_articles, answer_item, &w, NULL);
        if (status == TTAG_OK)
            answer_refused_items(&w, end);
        else
            b->status = status;
    }
    return b->n_answers == b->n_items || b->status != TTAG_OK;
}
