/* A batch of records from feed to terms. */
#include "train/feed_batch.h"

#include "articles/blanket.h"
#include "base/memory.h"
#include "base/view.h"
#include "train/article_rows.h"
#include "train/labels.h"

enum { BATCH_RECORDS = 256, BATCH_BYTES = 1 << 19, KEPT_BYTES = 4 * BATCH_BYTES };

/* ---- Filling. ---- */

void feed_batch_clear(feed_batch *b)
{
    if (b->records.bytes.capacity > KEPT_BYTES)
        arena_dispose(&b->memory);
    else
        arena_clear(&b->memory);
    record_list_clear(&b->records, KEPT_BYTES);
    term_batch_clear(&b->terms);
    b->n_items = b->n_refusals = b->n_notes = 0;
    b->decoded = (ttag_reader_counts){0};
    b->status = TTAG_OK;
}

void feed_batch_dispose(feed_batch *b)
{
    record_list_dispose(&b->records);
    mem_free(b->items);
    mem_free(b->refusals);
    mem_free(b->notes);
    arena_dispose(&b->memory);
    term_batch_dispose(&b->terms);
    ttag_boilerplate_finder_free(b->finder);
    *b = (feed_batch){0};
}

bool feed_batch_is_full(const feed_batch *b)
{
    return b->n_items >= BATCH_RECORDS || b->records.bytes.size >= BATCH_BYTES;
}

static void add_item(feed_batch *b, feed_item_kind kind, size_t position)
{
    if (mem_grow(&b->items, &b->items_capacity, b->n_items + 1, sizeof *b->items))
        b->items[b->n_items++] = (feed_item){.kind = kind, .position = position};
    else
        b->status = TTAG_NOMEM;
}

void feed_batch_add(feed_batch *b, const ttag_record *record)
{
    if (record_list_add(&b->records, record))
        add_item(b, FEED_RECORD, b->records.count - 1);
    else
        b->status = TTAG_NOMEM;
}

static bool add_refusal(feed_batch *b, const ttag_error *refusal)
{
    if (!mem_grow(&b->refusals, &b->refusals_capacity, b->n_refusals + 1, sizeof *b->refusals)) {
        b->status = TTAG_NOMEM;
        return false;
    }
    b->refusals[b->n_refusals++] = *refusal;
    return true;
}

void feed_batch_refuse(feed_batch *b, const ttag_error *refusal)
{
    if (add_refusal(b, refusal))
        add_item(b, FEED_REFUSED, b->n_refusals - 1);
}

void feed_batch_note(feed_batch *b, ttag_level level, const char *place, const char *text)
{
    feed_note note = {.before = b->n_items, .level = level};
    note.place = place ? arena_copy(&b->memory, view_of(place)).bytes : NULL;
    note.text = arena_copy(&b->memory, view_of(text)).bytes;
    if ((note.place || !place) && note.text &&
        mem_grow(&b->notes, &b->notes_capacity, b->n_notes + 1, sizeof *b->notes))
        b->notes[b->n_notes++] = note;
    else
        b->status = TTAG_NOMEM;
}

/* ---- Decoding and counting. ---- */

static bool add_row(void *context, const ttag_text_opts *text, const ttag_article *row)
{
    feed_batch *b = context;
    return term_batch_add(&b->terms, text, row);
}

static ttag_status count_article(feed_batch *b, feed_item *item, ttag_article *article,
                                 const feed_rules *rules)
{
    b->decoded.bad_records += article->bad_bytes > 0;
    b->decoded.bad_bytes += article->bad_bytes;
    item->kind = FEED_UNLABELLED;
    if (!article->labelled)
        return TTAG_OK;
    item->kind = FEED_WEIGHTLESS;
    if (article->weight == 0)
        return TTAG_OK;
    if (!article_copy_make(&item->copy, article, &b->memory))
        return TTAG_NOMEM;
    item->copy.unknown_rules = ttag_unknown_rules_of_article(rules->unknown, article);
    item->kind = labels_count(rules->only, article) < BLANKET_LEAST_TAGS ? FEED_COUNTED : FEED_HELD;
    if (item->kind == FEED_HELD)
        return TTAG_OK;
    if (ttag_boilerplate_find(b->finder, article, NULL) != TTAG_OK)
        return TTAG_NOMEM;
    return article_rows_each(article, rules->text, rules->unit, add_row, b, &item->n_rows)
               ? TTAG_OK
               : TTAG_NOMEM;
}

static ttag_status count_record(feed_batch *b, feed_item *item, ttag_decoder *decoder,
                                const feed_rules *rules)
{
    ttag_article article;
    ttag_error refusal = {0};
    ttag_record record = record_list_get(&b->records, item->position);
    ttag_status status = ttag_decode(decoder, &article, &record, &refusal);
    if (status == TTAG_OK)
        return count_article(b, item, &article, rules);
    if (status != TTAG_PARSE)
        return status;
    item->kind = FEED_REFUSED;
    item->position = b->n_refusals;
    b->decoded.refused++;
    return add_refusal(b, &refusal) ? TTAG_OK : TTAG_NOMEM;
}

void feed_batch_count(feed_batch *b, ttag_decoder *decoder, const feed_rules *rules)
{
    if (b->status == TTAG_OK && !b->finder)
        b->status = ttag_boilerplate_finder_new(&b->finder, rules->boilerplate, NULL);
    for (size_t i = 0; i < b->n_items && b->status == TTAG_OK; i++)
        if (b->items[i].kind == FEED_RECORD)
            b->status = count_record(b, &b->items[i], decoder, rules);
    if (b->status == TTAG_OK && !term_batch_pack(&b->terms))
        b->status = TTAG_NOMEM;
}
