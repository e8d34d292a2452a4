/* Reads records, has them classified by the crew, writes the results. Reading, writing and the
   monitor belong to the calling thread; with one thread, so does the rest. */
#include "classify/stream.h"

#include "articles/reader.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/monitor.h"
#include "classify/classified.h"
#include "classify/stream_crew.h"

typedef struct stream {
    ttag_reader *feed;
    const ttag_monitor *monitor;
    const ttag_classify_opts *opts;
    const record_format *format;
    sink *out;
    digest *digest;      /* of what was written; NULL: nobody asks */
    size_t before_first; /* bytes of the first record that only belong before others */
    bool holds_item;     /* of a JSON Feed that is under way, an item has been written */
    crew crew;
    bool waits;        /* the next record has yet to come … */
    int descriptor;    /* … by way of this; -1: of a pipe that is yet to be opened */
    ttag_status ended; /* TTAG_OK: not yet; else why nothing more is read */
    ttag_classify_counts counts;
    size_t bad_records, bad_bytes;
} stream;

/* ---- Reading. ---- */

static bool is_refusal(ttag_status status)
{
    return status == TTAG_PARSE || status == TTAG_IO;
}

static bool take_run(stream *s, stream_batch *batch)
{
    record_run run;
    if (!reader_next_run(s->feed, &run, BATCH_RECORDS - batch->n_records,
                         BATCH_BYTES - batch->input.size))
        return false;
    if (!batch_add_run(batch, &run))
        batch->status = TTAG_NOMEM;
    return true;
}

static void take_record(stream *s, stream_batch *batch, ttag_error *err)
{
    ttag_record record;
    ttag_error trouble; /* filled in where there is some */
    ttag_status status = ttag_reader_next_record(s->feed, &record, &trouble);
    if (status == TTAG_OK || is_refusal(status)) {
        if (!(status == TTAG_OK ? batch_add(batch, &record)
                                : batch_add_refused(batch, &record, &trouble)))
            batch->status = TTAG_NOMEM;
        return;
    }
    s->ended = status;
    if (err && status != TTAG_END)
        *err = trouble;
}

/* Takes records in until the batch is full, the feed ends, or the next record has yet to come. A
   pipe is opened only when nothing is left that could be done meanwhile. */
static void fill(stream *s, stream_batch *batch, ttag_error *err)
{
    s->waits = false;
    while (s->ended == TTAG_OK && !batch_is_full(batch)) {
        s->waits = reader_would_wait(s->feed, &s->descriptor);
        bool busy = !batch_is_empty(batch) || !crew_is_idle(&s->crew);
        if (s->waits && (s->descriptor >= 0 || busy))
            break;
        if (!take_run(s, batch))
            take_record(s, batch, err);
    }
    if (s->waits && s->ended == TTAG_OK && is_cancelled(s->monitor))
        s->ended = fail(err, TTAG_CANCELLED, "stopped while classifying");
}

/* ---- Classifying. ---- */

/* A batch that is not full waits for company as long as all threads are busy, with reading, too.
   What is small, or the last, is done here if nothing else is under way: waking a thread would take
   longer. */
static bool hand_over(stream *s, stream_batch *batch)
{
    crew *c = &s->crew;
    bool last = s->ended != TTAG_OK;
    if (batch_is_empty(batch))
        return false;
    if (c->n_members == 0 || (crew_is_idle(c) && (last || batch_is_small(batch))))
        crew_do_at_once(c);
    else if (last || batch_is_full(batch) || crew_has_hands(c, s->waits))
        crew_submit(c);
    else
        return false;
    return true;
}

/* ---- Writing. ---- */

static ttag_status write_bytes(stream *s, ttag_view bytes, ttag_error *err)
{
    if (s->digest)
        digest_add(s->digest, bytes.bytes, bytes.size);
    return sink_write(s->out, bytes.bytes, bytes.size, err);
}

/* A batch without what would part it from records before it, if there are none. */
static ttag_view own_output(stream *s, const stream_batch *batch)
{
    const size_t size = batch->output.size > 0 ? s->before_first : 0;
    s->before_first -= size;
    return (ttag_view){batch->output.bytes + size, batch->output.size - size};
}

static ttag_status write_batch(stream *s, stream_batch *batch, ttag_error *err)
{
    if (batch->status == TTAG_NOMEM)
        return fail_memory(err);
    if (batch->status != TTAG_OK)
        return fail(err, batch->status, "a record could not be classified");
    for (size_t i = 0; i < batch->errors.n; i++)
        tell_error(s->monitor, TTAG_ERROR, &batch->errors.items[i]);
    json_feed_seam_close(&batch->seam, &batch->output, &s->holds_item);
    ttag_status status = TTAG_OK;
    if (batch->output.size > 0)
        status = write_bytes(s, own_output(s, batch), err);
    if (status != TTAG_OK || s->out->closed)
        return status;
    s->counts.records += batch->n_answers - batch->n_bare;
    s->counts.bare_feeds += batch->n_bare;
    s->counts.refused += batch->errors.n;
    s->bad_records += batch->bad_records;
    s->bad_bytes += batch->bad_bytes;
    tell_progress(s->monitor, "classifying", (double)s->counts.records, 0);
    return TTAG_OK;
}

static ttag_status write_finished(stream *s, ttag_error *err)
{
    stream_batch *batch;
    while ((batch = crew_finished(&s->crew, s->opts->unordered)) != NULL) {
        ttag_status status = write_batch(s, batch, err);
        crew_release(&s->crew);
        if (status != TTAG_OK || s->out->closed)
            return status;
    }
    return TTAG_OK;
}

/* ---- The stream. ---- */

/* Once around: what is finished is written, what has come is read; else some of the work is done,
   and where there is none, sleeps until there is. */
static ttag_status go_round(stream *s, ttag_error *err)
{
    ttag_status status = write_finished(s, err);
    if (status != TTAG_OK || s->out->closed)
        return status;
    stream_batch *batch = crew_vacant(&s->crew);
    if (batch)
        fill(s, batch, err);
    if ((batch && hand_over(s, batch)) || crew_help(&s->crew))
        return TTAG_OK;
    if (s->ended != TTAG_OK && crew_is_idle(&s->crew))
        return s->ended;
    if (s->waits)
        status = sink_rest(s->out, err);
    if (status != TTAG_OK)
        return status;
    bool more = batch && s->ended == TTAG_OK;
    s->out->closed = crew_sleep(&s->crew, more ? s->descriptor : -1, s->out->fd);
    return TTAG_OK;
}

/* Whether this is where the output as a whole begins, or the shard is one by itself. */
static bool has_begin(const stream *s)
{
    uint32_t shard, shards;
    uint64_t size;
    reader_shard(s->feed, &shard, &shards, &size);
    return s->format->put_begin && (shard == 1 || s->format->is_document);
}

static ttag_status write_begin(stream *s, ttag_error *err)
{
    if (!has_begin(s))
        return TTAG_OK;
    buffer begin = {0};
    s->format->put_begin(&begin, s->opts);
    ttag_status status =
        buffer_ok(&begin) ? write_bytes(s, buffer_as_view(&begin), err) : fail_memory(err);
    buffer_dispose(&begin);
    return status;
}

static ttag_status write_end(stream *s, ttag_error *err)
{
    if (!s->format->put_end || s->out->closed)
        return TTAG_OK;
    char hex[33] = "";
    buffer end = {0};
    if (s->digest)
        digest_hex(s->digest, hex);
    s->format->put_end(&end, hex);
    ttag_status status =
        buffer_ok(&end) ? write_bytes(s, buffer_as_view(&end), err) : fail_memory(err);
    buffer_dispose(&end);
    return status;
}

/* What is cancelled is ended properly as well. */
static ttag_status run(stream *s, ttag_error *err)
{
    ttag_status status = write_begin(s, err);
    while (status == TTAG_OK && !s->out->closed)
        status = go_round(s, err);
    if (status == TTAG_END)
        return write_end(s, err);
    if (status == TTAG_CANCELLED && write_end(s, NULL) != TTAG_OK)
        return fail(err, TTAG_IO, "the results could not be ended");
    return status;
}

static void tell_bad_bytes(const stream *s)
{
    if (s->bad_records > 0)
        tell(s->monitor, TTAG_WARNING, NULL,
             "%zu bytes that are not UTF-8 were read as U+FFFD, in %zu record%s", s->bad_bytes,
             s->bad_records, s->bad_records == 1 ? "" : "s");
}

ttag_status stream_classify(const ttag_model *model, ttag_reader *feed, sink *out,
                            const ttag_classify_opts *opts, ttag_classify_counts *counts,
                            ttag_error *err)
{
    stream s = {.feed = feed, .monitor = opts->monitor, .opts = opts, .out = out};
    s.format = record_format_of(opts->format);
    if (s.format->takes_feeds_only)
        reader_give_bare_feeds(feed);
    s.before_first = s.format->before_each ? strlen(s.format->before_each) : 0;
    if (s.format->has_digest && !(s.digest = digest_new()))
        return fail_memory(err);
    ttag_status status = crew_init(&s.crew, model, reader_taxonomy(feed), opts, err);
    if (status == TTAG_OK)
        status = run(&s, err);
    crew_dispose(&s.crew);
    digest_free(s.digest);
    tell_bad_bytes(&s);
    if (counts)
        *counts = s.counts;
    return status;
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
    if (!record_format_of(opts->format) || opts->format == TTAG_OUTPUT_DATABASE)
        return fail(err, TTAG_INVALID, "the output format %d is unknown", (int)opts->format);
    sink file;
    ttag_status status = sink_open(&file, out, err);
    if (status != TTAG_OK || file.closed)
        return status;
    return stream_classify(model, feed, &file, opts, counts, err);
}
