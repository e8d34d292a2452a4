/* A feed through a pipeline of batches. */
#include "train/intake.h"

#include "articles/reader.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/monitor.h"
#include "base/pipeline.h"

typedef struct intake {
    const intake_task *task;
    intake_taker *take;
    void *context;
    pipeline line;
    feed_batch *batches;     /* one for each slot of the line */
    ttag_decoder **decoders; /* one for each worker, made by it */
    feed_batch *filling;
    ttag_monitor notes;      /* the reader's, whose words are put by until their turn comes */
    const ttag_monitor *own; /* the one that the reader was opened with */
    size_t n_records;
} intake;

/* ---- What a worker does. ---- */

static void count_batch(void *context, size_t slot, unsigned worker)
{
    intake *in = context;
    feed_batch *batch = &in->batches[slot];
    ttag_decoder **decoder = &in->decoders[worker];
    if (!*decoder && batch->status == TTAG_OK)
        batch->status = ttag_decoder_new(decoder, reader_taxonomy(in->task->feed), NULL);
    feed_batch_count(batch, *decoder, &in->task->rules);
}

/* ---- What the reader says meanwhile. ---- */

static void put_note(void *payload, ttag_level level, const char *place, const char *text)
{
    intake *in = payload;
    feed_batch_note(in->filling, level, place, text);
}

static bool is_reader_cancelled(void *payload)
{
    const intake *in = payload;
    return is_cancelled(in->own);
}

/* All that was said about the batch's records, in their order. */
static void tell_batch(const intake *in, const feed_batch *batch)
{
    size_t note = 0;
    for (size_t i = 0; i <= batch->n_items; i++) {
        for (; note < batch->n_notes && batch->notes[note].before == i; note++)
            tell(in->own, batch->notes[note].level, batch->notes[note].place, "%s",
                 batch->notes[note].text);
        if (i < batch->n_items && batch->items[i].kind == FEED_REFUSED)
            tell_error(in->task->monitor, TTAG_ERROR, &batch->refusals[batch->items[i].position]);
    }
}

/* ---- Reading and taking. ---- */

/* TTAG_OK: the batch is full; else what ends the feed. */
static ttag_status fill(intake *in, feed_batch *batch, ttag_error *err)
{
    in->filling = batch;
    while (!feed_batch_is_full(batch)) {
        ttag_record record;
        ttag_error trouble = {0};
        ttag_status status = ttag_reader_next_record(in->task->feed, &record, &trouble);
        if (status == TTAG_OK) {
            feed_batch_add(batch, &record);
        } else if (status == TTAG_PARSE || status == TTAG_IO) {
            feed_batch_refuse(batch, &trouble);
        } else {
            if (err && status != TTAG_END)
                *err = trouble;
            return status;
        }
        if (batch->status != TTAG_OK)
            return fail_memory(err);
    }
    return is_cancelled(in->task->monitor) ? fail(err, TTAG_CANCELLED, "stopped") : TTAG_OK;
}

static ttag_status take_batch(intake *in, feed_batch *batch, ttag_error *err)
{
    if (batch->status != TTAG_OK)
        return fail_memory(err);
    tell_batch(in, batch);
    reader_add_counts(in->task->feed, &batch->decoded);
    in->n_records += batch->n_items;
    tell_progress(in->task->monitor, "reading", (double)in->n_records, 0);
    return in->take(in->context, batch, err);
}

/* Takes what is finished; with `all`, waits for what is under way, else only until there is room
   for a further batch. */
static ttag_status drain(intake *in, bool all, ttag_error *err)
{
    size_t slot;
    ttag_status status = TTAG_OK;
    while (status == TTAG_OK &&
           pipeline_oldest(&in->line, all || !pipeline_has_room(&in->line), &slot)) {
        status = take_batch(in, &in->batches[slot], err);
        pipeline_release(&in->line);
    }
    return status;
}

static ttag_status run(intake *in, ttag_error *err)
{
    for (;;) {
        feed_batch *batch = &in->batches[pipeline_vacant(&in->line)];
        feed_batch_clear(batch);
        ttag_status ended = fill(in, batch, err);
        if (ended != TTAG_OK && ended != TTAG_END)
            return ended;
        if (batch->n_items > 0 || batch->n_notes > 0)
            pipeline_submit(&in->line);
        ttag_status status = drain(in, ended == TTAG_END, err);
        if (status != TTAG_OK || ended == TTAG_END)
            return status;
    }
}

static void dispose(intake *in)
{
    size_t n_batches = pipeline_slots(in->task->threads);
    pipeline_dispose(&in->line);
    for (size_t i = 0; in->batches && i < n_batches; i++)
        feed_batch_dispose(&in->batches[i]);
    for (unsigned i = 0; in->decoders && i < in->task->threads; i++)
        ttag_decoder_free(in->decoders[i]);
    mem_free(in->batches);
    mem_free(in->decoders);
}

ttag_status intake_read(const intake_task *task, intake_taker *take, void *context, ttag_error *err)
{
    intake in = {.task = task, .take = take, .context = context};
    ttag_status status = pipeline_init(&in.line, task->threads, count_batch, &in);
    in.batches = mem_zero(pipeline_slots(task->threads), sizeof *in.batches);
    in.decoders = mem_zero(task->threads, sizeof *in.decoders);
    in.notes = (ttag_monitor){put_note, NULL, is_reader_cancelled, &in};
    if (status == TTAG_OK && in.batches && in.decoders) {
        in.own = reader_divert(task->feed, &in.notes);
        status = run(&in, err);
        reader_divert(task->feed, NULL);
    } else {
        status = fail_memory(err);
    }
    dispose(&in);
    return status;
}
