/* FEEDs to files, files to records, records to articles. */
#include "articles/reader.h"

#include <string.h>

#include "articles/csv_layout.h"
#include "articles/record_file.h"
#include "articles/shard.h"
#include "articles/walk.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/monitor.h"
#include "base/view.h"

struct ttag_reader {
    ttag_reader_opts opts;
    ttag_decoder *decoder; /* NULL until it is needed */
    const char **feeds;    /* n_feeds, in `memory` */
    size_t n_feeds, next_feed;
    walk_list list; /* files of the feed before next_feed */
    size_t next_file;
    record_file file;
    bool file_is_cut; /* a part of it is another shard's */
    bool gives_bare_feeds;
    uint64_t total;            /* extent of all files, if there are shards … */
    shard_range range;         /* … and that of ours */
    uint64_t position;         /* in all files, of the file next_file */
    const record_list *listed; /* what is read instead of feeds; NULL: feeds */
    const uint32_t *numbers;   /* n_numbers of it */
    size_t n_numbers, next_number;
    arena memory; /* paths */
    ttag_reader_counts counts;
};

/* ---- Opening and closing. ---- */

static ttag_status copy_feeds(ttag_reader *r, const char *const *feeds, size_t n_feeds,
                              ttag_error *err)
{
    r->feeds = arena_new(&r->memory, n_feeds, sizeof *r->feeds);
    for (size_t i = 0; i < n_feeds && r->feeds; i++) {
        r->feeds[i] = arena_copy(&r->memory, view_of(feeds[i])).bytes;
        if (!r->feeds[i])
            return fail_memory(err);
    }
    r->n_feeds = n_feeds;
    return r->feeds ? TTAG_OK : fail_memory(err);
}

static const char *opts_trouble(const ttag_reader_opts *opts)
{
    if (opts->max_record == 0)
        return "records of at most 0 bytes; expected at least 1";
    if (opts->format > TTAG_INPUT_EMAIL)
        return "an unknown input format; expected one of ttag_input_format";
    if (csv_columns_trouble(opts->columns))
        return "columns of CSV that are no list; expected PART=NAME,…, as in text=Body,tags=Labels";
    if (opts->shards > 0 && (opts->shard == 0 || opts->shard > opts->shards))
        return "a shard that is not one of the shards; expected 1 to their number";
    return NULL;
}

/* Finds all files at once, for their sizes say what the shard is. */
static ttag_status find_shard(ttag_reader *r, ttag_error *err)
{
    for (; r->next_feed < r->n_feeds; r->next_feed++) {
        ttag_status status =
            walk_feed(&r->list, r->feeds[r->next_feed], &r->memory, r->opts.monitor, err);
        if (status != TTAG_OK)
            return status;
    }
    for (size_t i = 0; i < r->list.n; i++)
        if (r->list.files[i].kind == WALK_LIVE || strcmp(r->list.files[i].path, "-") == 0)
            return fail_at(err, TTAG_INVALID, r->list.files[i].path, 0, 0,
                           "a pipe cannot be cut into shards; expected files and folders");
    for (size_t i = 0; i < r->list.n; i++)
        r->total += shard_extent(&r->list.files[i]);
    r->range = shard_range_of(r->total, r->opts.shard, r->opts.shards);
    return TTAG_OK;
}

ttag_status ttag_reader_open(ttag_reader **out, const char *const *feeds, size_t n_feeds,
                             const ttag_reader_opts *opts, ttag_error *err)
{
    static const ttag_reader_opts defaults = TTAG_READER_OPTS_INIT;
    *out = NULL;
    if (!opts)
        opts = &defaults;
    if (n_feeds == 0)
        return fail(err, TTAG_INVALID, "no feed is given; expected a file, a folder or \"-\"");
    const char *trouble = opts_trouble(opts);
    if (trouble)
        return fail(err, TTAG_INVALID, "%s", trouble);
    ttag_reader *r = mem_zero(1, sizeof *r);
    if (!r)
        return fail_memory(err);
    r->opts = *opts;
    r->file.opts = &r->opts;
    r->file.listener = opts->monitor;
    r->file.memory = &r->memory;
    ttag_status status = copy_feeds(r, feeds, n_feeds, err);
    if (status == TTAG_OK && opts->shards > 0)
        status = find_shard(r, err);
    if (status != TTAG_OK) {
        ttag_reader_free(r);
        return status;
    }
    *out = r;
    return TTAG_OK;
}

ttag_status reader_open_list(ttag_reader **out, const record_list *list, const uint32_t *numbers,
                             size_t n, const ttag_reader_opts *opts, ttag_error *err)
{
    *out = mem_zero(1, sizeof **out);
    if (!*out)
        return fail_memory(err);
    (*out)->opts = *opts;
    (*out)->opts.shards = 0;
    (*out)->file.listener = opts->monitor;
    (*out)->listed = list;
    (*out)->numbers = numbers;
    (*out)->n_numbers = n;
    return TTAG_OK;
}

void ttag_reader_free(ttag_reader *r)
{
    if (!r)
        return;
    ttag_decoder_free(r->decoder);
    record_file_dispose(&r->file);
    walk_dispose(&r->list);
    arena_dispose(&r->memory);
    mem_free(r);
}

const ttag_reader_counts *ttag_reader_seen(const ttag_reader *r)
{
    return &r->counts;
}

const ttag_taxonomy *reader_taxonomy(const ttag_reader *r)
{
    return r->opts.taxonomy;
}

const ttag_monitor *reader_divert(ttag_reader *r, const ttag_monitor *monitor)
{
    r->file.listener = monitor ? monitor : r->opts.monitor;
    return r->opts.monitor;
}

void reader_add_counts(ttag_reader *r, const ttag_reader_counts *more)
{
    r->counts.records += more->records;
    r->counts.refused += more->refused;
    r->counts.bad_records += more->bad_records;
    r->counts.bad_bytes += more->bad_bytes;
}

void reader_shard(const ttag_reader *r, uint32_t *shard, uint32_t *shards, uint64_t *size)
{
    *shard = r->opts.shards > 0 ? r->opts.shard : 1;
    *shards = r->opts.shards > 0 ? r->opts.shards : 1;
    *size = r->total;
}

/* ---- Files. ---- */

/* Closes a file that was read to its end. */
static void finish_file(ttag_reader *r)
{
    if (r->file.n_records == 0 && !r->file_is_cut)
        tell(r->file.listener, TTAG_WARNING, r->file.at->path, "holds no record");
    record_file_close(&r->file);
}

/* Leaves of the open file what belongs to the shard; TTAG_END: nothing does. */
static ttag_status cut_file(ttag_reader *r, uint64_t position, ttag_error *err)
{
    const shard_range *range = &r->range;
    r->file_is_cut = r->opts.shards > 0 && !shard_covers(range, position, r->file.at);
    if (!r->file_is_cut)
        return TTAG_OK;
    if (r->file.format != TTAG_INPUT_JSONL || input_is_packed(r->file.lines.in))
        return shard_holds(range, position) ? TTAG_OK : TTAG_END;
    uint64_t from = range->begin > position ? range->begin - position : 0;
    return lines_cut(&r->file.lines, from, range->end - position, err);
}

/* TTAG_END: nothing of the file belongs to the shard. */
static ttag_status open_file(ttag_reader *r, const walk_file *file, uint64_t position,
                             ttag_error *err)
{
    ttag_status status = walk_trouble(file, err);
    if (status != TTAG_OK)
        return status;
    status = record_file_open(&r->file, file, err);
    if (status == TTAG_IO && !r->file.at && r->opts.shards > 0 && !shard_holds(&r->range, position))
        return TTAG_END; /* another shard tells that it cannot be read */
    return status == TTAG_OK ? cut_file(r, position, err) : status;
}

/* Whether the file next_file, and with it all behind it, is no longer the shard's. */
static bool shard_is_read(const ttag_reader *r)
{
    return r->opts.shards > 0 && shard_is_past(&r->range, r->position);
}

/* Passes over files before the shard. */
static void pass_files(ttag_reader *r)
{
    while (r->opts.shards > 0 && r->next_file < r->list.n && !shard_is_read(r)) {
        const walk_file *file = &r->list.files[r->next_file];
        if (shard_meets(&r->range, r->position, file))
            break;
        r->position += shard_extent(file);
        r->next_file++;
    }
}

/* Has the next file at hand, feeds unfolded as their turn comes; TTAG_END behind the last. */
static ttag_status find_file(ttag_reader *r, ttag_error *err)
{
    pass_files(r);
    while (r->next_file == r->list.n) {
        if (r->next_feed == r->n_feeds)
            return TTAG_END;
        r->next_file = r->list.n = 0;
        ttag_status status =
            walk_feed(&r->list, r->feeds[r->next_feed], &r->memory, r->file.listener, err);
        if (status != TTAG_OK) {
            r->list.n = 0;
            return status;
        }
        r->next_feed++;
    }
    return shard_is_read(r) ? TTAG_END : TTAG_OK;
}

bool reader_would_wait(ttag_reader *r, int *descriptor)
{
    *descriptor = -1;
    if (r->file.at && !record_file_at_end(&r->file)) {
        *descriptor = input_descriptor(r->file.lines.in);
        if (record_file_would_wait(&r->file))
            return true;
        if (!record_file_at_end(&r->file))
            return false;
        *descriptor = -1;
    }
    if (r->file.at)
        finish_file(r);
    return find_file(r, NULL) == TTAG_OK && r->list.files[r->next_file].kind == WALK_LIVE;
}

/* ---- Records. ---- */

/* Counts what came out, and leaves in the record of a refused one its place only; an item of a feed
   keeps its bytes, for who writes the feed again. */
static ttag_status count_record(ttag_reader *r, ttag_record *record, ttag_status status)
{
    bool refused = status == TTAG_PARSE || status == TTAG_IO;
    if (status == TTAG_OK || refused) {
        r->counts.records++;
        r->counts.refused += refused;
        r->file.n_records++;
    }
    const bool is_item =
        record->format == TTAG_INPUT_FEED || record->format == TTAG_INPUT_JSON_FEED;
    if (status != TTAG_OK && !(status == TTAG_PARSE && is_item))
        *record = (ttag_record){.path = record->path, .line = record->line};
    if (status == TTAG_IO)
        record_file_close(&r->file);
    return status;
}

static ttag_status next_listed(ttag_reader *r, ttag_record *record, ttag_error *err)
{
    if (is_cancelled(r->opts.monitor))
        return fail(err, TTAG_CANCELLED, "stopped while reading");
    if (r->next_number == r->n_numbers)
        return TTAG_END;
    *record = record_list_get(r->listed, r->numbers[r->next_number++]);
    r->counts.records++;
    return TTAG_OK;
}

ttag_status ttag_reader_next_record(ttag_reader *r, ttag_record *record, ttag_error *err)
{
    if (r->listed)
        return next_listed(r, record, err);
    for (;;) {
        *record = (ttag_record){0};
        ttag_status status = TTAG_OK;
        if (!r->file.at) {
            if (is_cancelled(r->opts.monitor))
                return fail(err, TTAG_CANCELLED, "stopped while reading");
            status = find_file(r, err);
            if (status != TTAG_OK)
                return status;
            const walk_file *file = &r->list.files[r->next_file++];
            const uint64_t position = r->position;
            r->position += shard_extent(file);
            record->path = file->path;
            status = open_file(r, file, position, err);
        }
        if (status == TTAG_OK && r->file.at)
            status = record_file_next(&r->file, record, err);
        if (status != TTAG_END)
            return count_record(r, record, status);
        if (!r->file.at)
            continue;
        const bool is_bare = r->gives_bare_feeds && record_file_bare_feed(&r->file, record);
        finish_file(r);
        if (is_bare)
            return TTAG_OK;
    }
}

void reader_give_bare_feeds(ttag_reader *r)
{
    r->gives_bare_feeds = true;
}

bool record_is_bare_feed(const ttag_record *record)
{
    const bool is_feed =
        record->format == TTAG_INPUT_FEED || record->format == TTAG_INPUT_JSON_FEED;
    return is_feed && record->bytes.bytes && record->before == record->bytes.size;
}

bool reader_next_run(ttag_reader *r, record_run *run, size_t most, size_t enough)
{
    record_file *f = &r->file;
    if (r->listed || !f->at || f->way != &record_lines)
        return false;
    run->n = lines_at_hand(&f->lines, &run->bytes, most, enough);
    run->first = (ttag_record){.path = f->at->path,
                               .name = f->at->name,
                               .format = f->format,
                               .line = f->lines.number - run->n + 1};
    r->counts.records += run->n;
    f->n_records += run->n;
    return run->n > 0;
}

void record_run_next(record_run *run, ttag_record *record)
{
    *record = run->first;
    record->bytes = lines_cut_first(&run->bytes);
    run->first.line++;
    run->n--;
}

ttag_status ttag_reader_next(ttag_reader *r, ttag_article *article, ttag_error *err)
{
    ttag_record record = {0};
    ttag_status status = TTAG_OK;
    if (!r->decoder)
        status = ttag_decoder_new(&r->decoder, r->opts.taxonomy, err);
    if (status == TTAG_OK)
        status = ttag_reader_next_record(r, &record, err);
    if (status != TTAG_OK) {
        *article = (ttag_article){.path = record.path, .line = record.line};
        return status;
    }
    status = ttag_decode(r->decoder, article, &record, err);
    if (status == TTAG_PARSE)
        r->counts.refused++;
    r->counts.bad_bytes += article->bad_bytes;
    r->counts.bad_records += article->bad_bytes > 0;
    return status;
}
