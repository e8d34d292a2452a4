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
    b->n_items = b->n_records = b->n_answers = b->n_bare = 0;
    b->next_item = 0;
    b->run.n = 0;
    b->has_next = false;
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
    return b->n_records <= SMALL_RECORDS && b->input.size <= SMALL_BYTES;
}

bool batch_is_full(const stream_batch *b)
{
    return b->n_records == BATCH_RECORDS || b->input.size >= BATCH_BYTES || b->status != TTAG_OK;
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

/* As it is. */
static void put_bare_feed(stream_batch *b, const lane *l, const ttag_record *record)
{
    record_format_of(l->opts->format)->put_left_out(&b->output, record);
    b->n_bare++;
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

static batch_item *add_item(stream_batch *b, const record_run *run)
{
    batch_item *item = &b->items[b->n_items++];
    *item = (batch_item){.run = *run, .bytes_at = b->input.size};
    buffer_view(&b->input, run->bytes);
    item->name_at = b->input.size;
    buffer_view(&b->input, run->first.name);
    b->n_records += run->n;
    return item;
}

bool batch_add(stream_batch *b, const ttag_record *record)
{
    add_item(b, &(record_run){*record, record->bytes, 1});
    return buffer_ok(&b->input);
}

bool batch_add_run(stream_batch *b, const record_run *run)
{
    add_item(b, run)->is_lines = true;
    return buffer_ok(&b->input);
}

bool batch_add_refused(stream_batch *b, const ttag_record *record, const ttag_error *err)
{
    batch_item *item = add_item(b, &(record_run){*record, record->bytes, 1});
    item->run.first.name = (ttag_view){NULL, 0};
    item->refusal = b->refusals.n + 1;
    return buffer_ok(&b->input) && add_error(&b->refusals, err);
}

/* ---- Telling them apart. ---- */

/* The input has its final place only once the batch is full. */
static record_run placed_run(const stream_batch *b, const batch_item *item)
{
    record_run run = item->run;
    if (run.bytes.bytes)
        run.bytes.bytes = b->input.bytes + item->bytes_at;
    if (run.first.name.bytes)
        run.first.name.bytes = b->input.bytes + item->name_at;
    return run;
}

/* The next record; there is one. */
static void take_record(stream_batch *b, batch_record *r)
{
    r->is_bare = false;
    if (b->has_next) {
        *r = b->next;
        b->has_next = false;
        return;
    }
    if (b->run.n == 0)
        b->run = placed_run(b, &b->items[b->next_item++]);
    const batch_item *item = &b->items[b->next_item - 1];
    r->refusal = item->refusal;
    if (item->is_lines) {
        record_run_next(&b->run, &r->record);
        return;
    }
    r->record = b->run.first;
    r->record.bytes = b->run.bytes;
    r->is_bare = record_is_bare_feed(&r->record);
    b->run.n = 0;
}

static void put_back(stream_batch *b, const batch_record *r)
{
    b->next = *r;
    b->has_next = true;
}

/* ---- Several at once. ---- */

/* Records that are decoded, each by a decoder of its own, and then tagged together. */
typedef struct window {
    stream_batch *batch;
    lane *lane;
    batch_record records[BATCH_TOGETHER];
    size_t n_records, answered; /* those whose answer stands in the output */
    ttag_article articles[BATCH_TOGETHER];
    size_t of_record[BATCH_TOGETHER]; /* of each article */
    size_t n_articles;
} window;

/* Takes records in, up to the first that does not belong to the window: one that is longer than a
   window has only refused ones beside it, so that no decoder but the first keeps memory for a long
   article. */
static void take_records(window *w)
{
    stream_batch *b = w->batch;
    size_t left = b->n_records - b->n_answers, n = 0, bytes = 0;
    for (w->n_records = 0; w->n_records < BATCH_TOGETHER && left > 0; w->n_records++, left--) {
        batch_record *r = &w->records[w->n_records];
        take_record(b, r);
        if (r->refusal > 0)
            continue;
        bytes += r->record.bytes.size;
        if (n++ > 0 && bytes > TOGETHER_BYTES) {
            put_back(b, r);
            break;
        }
    }
}

/* A record that turns out to have no article gets the reason. */
static ttag_status decode_record(window *w, size_t number)
{
    stream_batch *b = w->batch;
    batch_record *r = &w->records[number];
    ttag_error err; /* filled in where there is one */
    if (r->is_bare)
        return TTAG_OK;
    ttag_status status =
        decode(w->lane, w->n_articles, &w->articles[w->n_articles], &r->record, &err);
    if (status == TTAG_OK)
        w->of_record[w->n_articles++] = number;
    if (status != TTAG_PARSE)
        return status;
    r->refusal = b->refusals.n + 1;
    return add_error(&b->refusals, &err) ? TTAG_OK : TTAG_NOMEM;
}

static ttag_status decode_records(window *w)
{
    ttag_status status = TTAG_OK;
    w->n_articles = w->answered = 0;
    for (size_t i = 0; i < w->n_records && status == TTAG_OK; i++)
        if (w->records[i].refusal == 0)
            status = decode_record(w, i);
    return status;
}

/* Records up to `end` have no article. */
static void answer_others(window *w, size_t end)
{
    stream_batch *b = w->batch;
    for (; w->answered < end; w->answered++) {
        const batch_record *r = &w->records[w->answered];
        if (r->is_bare)
            put_bare_feed(b, w->lane, &r->record);
        else
            put_refusal(b, w->lane, &r->record, &b->refusals.items[r->refusal - 1]);
        count_answer(b);
    }
}

static ttag_status answer_article(void *payload, size_t index, const ttag_classification *result)
{
    window *w = payload;
    answer_others(w, w->of_record[index]);
    put_result(w->batch, w->lane, &w->records[w->of_record[index]].record, &w->articles[index],
               result);
    count_answer(w->batch);
    w->answered++;
    return w->batch->status;
}

bool batch_classify(stream_batch *b, lane *l, size_t most)
{
    const size_t left = b->n_records - b->n_answers,
                 goal = b->n_answers + (most < left ? most : left);
    window w;
    w.batch = b;
    w.lane = l;
    while (b->n_answers < goal && b->status == TTAG_OK) {
        take_records(&w);
        ttag_status status = decode_records(&w);
        if (status == TTAG_OK)
            status = ttag_classify_many(l->workspace, w.articles, w.n_articles, answer_article, &w,
                                        NULL);
        if (status == TTAG_OK)
            answer_others(&w, w.n_records);
        else
            b->status = status;
    }
    return b->n_answers == b->n_records || b->status != TTAG_OK;
}
