/* Writing parts. */
#include <errno.h>
#include <string.h>

#include "articles/reader.h"
#include "articles/unknown_rules.h"
#include "base/error.h"
#include "base/hash.h"
#include "classify/model_file.h"
#include "evaluate/part.h"
#include "evaluate/tally_feed.h"

/* ---- A tally as bytes. ---- */

typedef struct writer {
    FILE *out;
    digest *d;
    bool failed; /* to write; errno says why */
} writer;

static void put(writer *w, const void *bytes, size_t size)
{
    if (w->failed || size == 0)
        return;
    digest_add(w->d, bytes, size);
    w->failed = fwrite(bytes, 1, size, w->out) != size;
}

static void put_rows(writer *w, const truth *labels)
{
    for (size_t i = 0; i < labels->n_rows; i++) {
        const truth_row *row = &labels->rows[i];
        part_row shown = {(uint32_t)row->n_true, (uint32_t)row->n_unknown, row->unknown_others};
        put(w, &shown, sizeof shown);
    }
}

static void put_names(writer *w, const intern *names)
{
    for (uint32_t i = 0; i < names->count; i++) {
        uint32_t size = (uint32_t)intern_view(names, i).size;
        put(w, &size, sizeof size);
    }
}

static void put_given(writer *w, const outcomes *o)
{
    unsigned char bytes[4096];
    const size_t n = o->n_documents * o->n_tags;
    for (size_t at = 0; at < n; at += sizeof bytes) {
        size_t size = n - at < sizeof bytes ? n - at : sizeof bytes;
        for (size_t i = 0; i < size; i++)
            bytes[i] = (o->pairs[at + i] & PAIR_GIVEN) != 0;
        put(w, bytes, size);
    }
}

static void put_tally(writer *w, const tally *t, const part_header *header)
{
    const outcomes *o = &t->results;
    const size_t n_scores = o->n_documents * o->n_scored;
    put(w, header, sizeof *header);
    for (size_t i = 0; i < t->n_tags; i++)
        put(w, &t->tags[i].threshold, sizeof t->tags[i].threshold);
    put(w, o->scores, n_scores * sizeof *o->scores);
    put(w, o->probabilities, n_scores * sizeof *o->probabilities);
    put_rows(w, &t->labels);
    put(w, t->labels.items, t->labels.n_items * sizeof *t->labels.items);
    put_names(w, &t->labels.names);
    put_given(w, o);
    put(w, t->labels.names.bytes, t->labels.names.n_bytes);
}

/* The header is filled in down to feed_size, and flags. */
static ttag_status write_tally(const tally *t, const part_header *header, FILE *out,
                               ttag_error *err)
{
    part_header h = *header;
    memcpy(h.mark, PART_MARK, sizeof h.mark);
    h.version = PART_VERSION;
    h.unlabelled = t->unlabelled;
    h.refused = t->refused;
    h.n_documents = t->results.n_documents;
    h.n_items = t->labels.n_items;
    h.n_bytes = t->labels.names.n_bytes;
    h.n_tags = (uint32_t)t->n_tags;
    h.n_names = (uint32_t)t->labels.names.count;
    writer w = {.out = out, .d = digest_new()};
    if (!w.d)
        return fail_memory(err);
    errno = 0;
    put_tally(&w, t, &h);
    char hex[PART_DIGEST_SIZE + 1];
    digest_hex(w.d, hex);
    put(&w, hex, PART_DIGEST_SIZE);
    digest_free(w.d);
    if (w.failed || fflush(out) != 0)
        return fail_errno(err, NULL, "the part cannot be written", errno ? errno : EIO);
    return TTAG_OK;
}

/* ---- A feed as a part. ---- */

static part_header describe(const ttag_model *model, const ttag_reader *feed,
                            const ttag_evaluate_opts *opts)
{
    part_header h = {.cut = (uint32_t)opts->cut,
                     .probability = opts->cut == TTAG_CUT_FIXED ? opts->probability : 0,
                     .model = model_fingerprint(model),
                     .flags = (opts->no_implies ? PART_NO_IMPLIES : 0U) |
                              (opts->imply_truth ? PART_IMPLY_TRUTH : 0U),
                     .rules = unknown_rules_digest(opts->unknown_where)};
    reader_shard(feed, &h.shard, &h.shards, &h.feed_size);
    return h;
}

ttag_status ttag_evaluate_part(FILE *out, const ttag_model *model, ttag_reader *feed,
                               const ttag_evaluate_opts *opts, ttag_part_counts *counts,
                               ttag_error *err)
{
    static const ttag_evaluate_opts defaults = TTAG_EVALUATE_OPTS_INIT;
    if (!opts)
        opts = &defaults;
    if (counts)
        *counts = (ttag_part_counts){0};
    part_header header = describe(model, feed, opts);
    tally t = {0};
    ttag_status status = tally_feed(&t, model, feed, opts, err);
    if (status == TTAG_OK)
        status = write_tally(&t, &header, out, err);
    if (status == TTAG_OK && counts)
        *counts = (ttag_part_counts){t.results.n_documents, t.unlabelled, t.refused};
    tally_dispose(&t);
    return status;
}
