/* Reads records, has them classified by the crew, writes the results in order. Reading, writing and
   the monitor belong to the calling thread. */
#include "articles/reader.h"
#include "base/error.h"
#include "base/monitor.h"
#include "classify/sink.h"
#include "classify/stream_crew.h"

typedef struct stream {
    ttag_reader *feed;
    const ttag_monitor *monitor;
    sink out;
    crew crew;
    ttag_classify_counts counts;
    size_t bad_records, bad_bytes;
} stream;

/* ---- Reading. ---- */

static bool is_refusal(ttag_status status)
{
    return status == TTAG_PARSE || status == TTAG_IO;
}

/* Fills the batch until it is full or the next record has yet to come. What ends the feed is
   returned: TTAG_END, TTAG_CANCELLED, TTAG_NOMEM. */
static ttag_status fill(stream *s, stream_batch *batch, ttag_error *err)
{
    do {
        ttag_record record;
        ttag_error refusal = {0};
        ttag_status status = ttag_reader_next_record(s->feed, &record, &refusal);
        if (is_refusal(status)) {
            batch_add_refused(batch, &record, &refusal);
        } else if (status != TTAG_OK) {
            if (err && status != TTAG_END)
                *err = refusal;
            return status;
        } else if (!batch_add(batch, &record)) {
            return fail_memory(err);
        }
    } while (!batch_is_full(batch) && !reader_would_block(s->feed));
    return is_cancelled(s->monitor) ? fail(err, TTAG_CANCELLED, "stopped while classifying")
                                    : TTAG_OK;
}

/* ---- Writing. ---- */

static ttag_status write_batch(stream *s, const stream_batch *batch, ttag_error *err)
{
    if (batch->status == TTAG_NOMEM)
        return fail_memory(err);
    if (batch->status != TTAG_OK)
        return fail(err, batch->status, "a record could not be classified");
    for (size_t i = 0; i < batch->n_items; i++)
        if (batch->items[i].error > 0)
            tell_error(s->monitor, TTAG_ERROR, &batch->errors[batch->items[i].error - 1]);
    ttag_status status = sink_write(&s->out, batch->output.bytes, batch->output.size, err);
    if (status != TTAG_OK || s->out.closed)
        return status;
    s->counts.records += batch->n_items;
    s->counts.refused += batch->n_errors;
    s->bad_records += batch->bad_records;
    s->bad_bytes += batch->bad_bytes;
    tell_progress(s->monitor, "classifying", (double)s->counts.records, 0);
    return TTAG_OK;
}

/* Writes what is finished; with `all`, waits for what is under way, else only until there is room
   for a further batch. */
static ttag_status drain(stream *s, bool all, ttag_error *err)
{
    stream_batch *batch;
    while ((batch = crew_oldest(&s->crew, all || !crew_has_room(&s->crew))) != NULL) {
        ttag_status status = write_batch(s, batch, err);
        crew_release(&s->crew);
        if (status != TTAG_OK || s->out.closed)
            return status;
    }
    return TTAG_OK;
}

/* ---- The stream. ---- */

static ttag_status run(stream *s, ttag_error *err)
{
    for (;;) {
        stream_batch *batch = crew_vacant(&s->crew);
        ttag_status ended = fill(s, batch, err);
        if (ended == TTAG_NOMEM)
            return ended;
        if (batch->n_items > 0)
            crew_submit(&s->crew);
        bool all = ended != TTAG_OK || reader_would_block(s->feed);
        ttag_status status = drain(s, all, err);
        if (status != TTAG_OK || s->out.closed)
            return status;
        if (ended != TTAG_OK)
            return ended == TTAG_END ? TTAG_OK : ended;
    }
}

static void tell_bad_bytes(const stream *s)
{
    if (s->bad_records > 0)
        tell(s->monitor, TTAG_WARNING, NULL,
             "%zu bytes that are not UTF-8 were read as U+FFFD, in %zu record%s", s->bad_bytes,
             s->bad_records, s->bad_records == 1 ? "" : "s");
}

ttag_status ttag_classify_stream(const ttag_model *model, ttag_reader *feed, FILE *out,
                                 const ttag_classify_opts *opts, ttag_classify_counts *counts,
                                 ttag_error *err)
{
    static const ttag_classify_opts defaults = TTAG_CLASSIFY_OPTS_INIT;
    if (!opts)
        opts = &defaults;
    if (counts)
        *counts = (ttag_classify_counts){0};
    if ((unsigned)opts->format > TTAG_OUTPUT_TSV)
        return fail(err, TTAG_INVALID, "the output format %d is unknown", (int)opts->format);
    stream s = {.feed = feed, .monitor = opts->monitor};
    ttag_status status = sink_open(&s.out, out, err);
    if (status != TTAG_OK || s.out.closed)
        return status;
    status = crew_init(&s.crew, model, reader_taxonomy(feed), opts, err);
    if (status != TTAG_OK)
        return status;
    status = run(&s, err);
    crew_dispose(&s.crew);
    tell_bad_bytes(&s);
    if (counts)
        *counts = s.counts;
    return status;
}
