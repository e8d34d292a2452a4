/* FEEDs to files, files to records, records to articles. */
#include "articles/reader.h"

#include <string.h>

#include "articles/charset.h"
#include "articles/csv_file.h"
#include "articles/csv_layout.h"
#include "articles/exchange_items.h"
#include "articles/feed_window.h"
#include "articles/html_meta.h"
#include "articles/json_feed.h"
#include "articles/lines.h"
#include "articles/shard.h"
#include "articles/walk.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/monitor.h"
#include "base/view.h"

enum {
    LEAST_WINDOW = 64 << 20
}; /* bytes of a feed that may be in memory, however small its items */

struct ttag_reader {
    ttag_reader_opts opts;
    const ttag_monitor *listener; /* hears what is told: that of opts, or another for a while */
    ttag_decoder *decoder;        /* NULL until it is needed */
    const char **feeds;           /* n_feeds, in `memory` */
    size_t n_feeds, next_feed;
    walk_list list; /* files of the feed before next_feed */
    size_t next_file;
    lines file;
    const walk_file *open_file;     /* NULL: none */
    ttag_input_format format;       /* of the open file */
    size_t file_records;            /* that came out of the open file */
    bool file_is_cut;               /* a part of it is another shard's */
    bool feed_is_open;              /* the open file is a feed, whose … */
    feed_window items;              /* … items are these, … */
    json_feed json_items;           /* … or, of a JSON Feed, these, … */
    exchange_items exchange;        /* … or, of STIX and MISP, these, … */
    csv_file rows;                  /* of CSV … */
    struct ttag_csv_layout *layout; /* … with these columns; NULL: its first row is yet to come */
    const char *charset;            /* … in this encoding; NULL: UTF-8 */
    uint64_t total;                 /* extent of all files, if there are shards … */
    shard_range range;              /* … and that of ours */
    uint64_t position;              /* in all files, of the file next_file */
    const record_list *listed;      /* what is read instead of feeds; NULL: feeds */
    const uint32_t *numbers;        /* n_numbers of it */
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
    r->listener = opts->monitor;
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
    (*out)->listener = opts->monitor;
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
    lines_dispose(&r->file);
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
    r->listener = monitor ? monitor : r->opts.monitor;
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

static void close_file(ttag_reader *r)
{
    lines_close(&r->file);
    r->open_file = NULL;
    r->feed_is_open = false;
}

/* Closes a file that was read to its end. */
static void finish_file(ttag_reader *r)
{
    if (r->file_records == 0 && !r->file_is_cut)
        tell(r->listener, TTAG_WARNING, r->open_file->path, "holds no record");
    close_file(r);
}

static bool is_exchange(ttag_input_format format)
{
    return format == TTAG_INPUT_STIX || format == TTAG_INPUT_MISP;
}

/* JSON Lines, or what other systems hand on, by as much as it takes to know. */
static ttag_status find_exchange_format(ttag_reader *r, ttag_error *err)
{
    ttag_view text = {NULL, 0};
    r->format = TTAG_INPUT_AUTO;
    for (size_t seen = 0; r->format == TTAG_INPUT_AUTO; seen = text.size) {
        ttag_status status = lines_peek(&r->file, &text, seen + 1, err);
        if (status != TTAG_OK)
            return status;
        r->format = text.size == seen ? TTAG_INPUT_JSONL : exchange_format(text);
    }
    return TTAG_OK;
}

/* Whether the file is what is asked, by as much of it as it takes to know. */
static ttag_status guess(ttag_reader *r, guess_function *begins, bool *is_it, ttag_error *err)
{
    format_guess found = GUESS_UNDECIDED;
    ttag_view text = {NULL, 0};
    for (size_t seen = 0; found == GUESS_UNDECIDED; seen = text.size) {
        ttag_status status = lines_peek(&r->file, &text, seen + 1, err);
        if (status != TTAG_OK)
            return status;
        if (text.size == seen)
            break;
        found = begins(text);
    }
    *is_it = found == GUESS_YES;
    return TTAG_OK;
}

/* By the first byte, and what it begins. */
static ttag_status guess_format(ttag_reader *r, int byte, ttag_error *err)
{
    bool is_it = false;
    ttag_status status = TTAG_OK;
    r->format = TTAG_INPUT_ARTICLE;
    if (byte == '{') {
        status = guess(r, json_feed_begins, &is_it, err);
        r->format = TTAG_INPUT_JSON_FEED;
        if (status == TTAG_OK && !is_it)
            return find_exchange_format(r, err);
    } else if (byte == '<') {
        status = guess(r, html_begins, &is_it, err);
        r->format = is_it ? TTAG_INPUT_HTML : TTAG_INPUT_FEED;
    }
    return status;
}

/* What AUTO means for the open file. */
static ttag_status find_format(ttag_reader *r, ttag_error *err)
{
    r->format = r->opts.format;
    if (r->format == TTAG_INPUT_AUTO && strcmp(r->open_file->path, "-") != 0)
        r->format = walk_format(r->open_file->path);
    if (r->format != TTAG_INPUT_AUTO)
        return TTAG_OK;
    int byte;
    ttag_status status = lines_first_byte(&r->file, &byte, err);
    return status == TTAG_OK ? guess_format(r, byte, err) : status;
}

/* Leaves of the open file what belongs to the shard; TTAG_END: nothing does. */
static ttag_status cut_file(ttag_reader *r, uint64_t position, ttag_error *err)
{
    const shard_range *range = &r->range;
    r->file_is_cut = r->opts.shards > 0 && !shard_covers(range, position, r->open_file);
    if (!r->file_is_cut)
        return TTAG_OK;
    if (r->format != TTAG_INPUT_JSONL || input_is_packed(r->file.in))
        return shard_holds(range, position) ? TTAG_OK : TTAG_END;
    uint64_t from = range->begin > position ? range->begin - position : 0;
    return lines_cut(&r->file, from, range->end - position, err);
}

/* TTAG_END: nothing of the file belongs to the shard. */
static ttag_status open_file(ttag_reader *r, const walk_file *file, uint64_t position,
                             ttag_error *err)
{
    if (file->kind == WALK_UNREADABLE)
        return fail_errno(err, file->path, "cannot read the folder", file->error);
    if (file->kind == WALK_NOTHING)
        return fail_at(err, TTAG_IO, file->path, 0, 0, "holds no .jsonl or .txt file");
    ttag_status status = lines_open(&r->file, file->path, r->opts.max_record, r->opts.monitor, err);
    if (status == TTAG_IO && r->opts.shards > 0 && !shard_holds(&r->range, position))
        return TTAG_END; /* another shard tells that it cannot be read */
    if (status != TTAG_OK)
        return status;
    r->open_file = file;
    r->file_records = 0;
    r->items = feed_window_over(&r->file, r->opts.max_record > LEAST_WINDOW ? r->opts.max_record
                                                                            : LEAST_WINDOW);
    status = find_format(r, err);
    r->layout = NULL;
    r->rows = csv_file_over(&r->file, r->items.most, r->format == TTAG_INPUT_TSV ? '\t' : '\0');
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
            walk_feed(&r->list, r->feeds[r->next_feed], &r->memory, r->listener, err);
        if (status != TTAG_OK) {
            r->list.n = 0;
            return status;
        }
        r->next_feed++;
    }
    return shard_is_read(r) ? TTAG_END : TTAG_OK;
}

static bool is_csv(const ttag_reader *r)
{
    return r->format == TTAG_INPUT_CSV || r->format == TTAG_INPUT_TSV;
}

/* Whether the open file has no further record. */
static bool file_is_read(const ttag_reader *r)
{
    if (is_csv(r))
        return r->layout && lines_at_end(&r->file);
    if (r->format == TTAG_INPUT_FEED)
        return r->feed_is_open && lines_at_end(&r->file);
    if (r->format == TTAG_INPUT_JSON_FEED)
        return r->feed_is_open && !r->json_items.has_next;
    if (is_exchange(r->format))
        return r->feed_is_open && exchange_items_at_end(&r->exchange);
    return r->format == TTAG_INPUT_JSONL ? lines_at_end(&r->file) : r->file_records > 0;
}

static bool record_would_wait(ttag_reader *r)
{
    if (is_csv(r))
        return csv_file_would_wait(&r->rows);
    if (r->format == TTAG_INPUT_FEED)
        return feed_window_would_wait(&r->items);
    if (r->feed_is_open)
        return false;
    return lines_would_wait(&r->file, r->format != TTAG_INPUT_JSONL);
}

bool reader_would_wait(ttag_reader *r, int *descriptor)
{
    *descriptor = -1;
    if (r->open_file && !file_is_read(r)) {
        *descriptor = input_descriptor(r->file.in);
        if (record_would_wait(r))
            return true;
        if (!file_is_read(r))
            return false;
        *descriptor = -1;
    }
    if (r->open_file)
        finish_file(r);
    return find_file(r, NULL) == TTAG_OK && r->list.files[r->next_file].kind == WALK_LIVE;
}

/* ---- Records. ---- */

static ttag_status next_line(ttag_reader *r, ttag_record *record, ttag_error *err)
{
    ttag_status status;
    do
        status = lines_next(&r->file, &record->bytes, err);
    while (status == TTAG_OK && line_is_blank(record->bytes));
    record->line = r->file.number;
    if (status == TTAG_LIMIT)
        return fail_at(err, TTAG_PARSE, record->path, record->line, 0,
                       "the line has %zu bytes; expected a record of at most %zu",
                       record->bytes.size, r->opts.max_record);
    return status;
}

static ttag_status whole_file(ttag_reader *r, ttag_record *record, ttag_error *err)
{
    if (r->file_records > 0)
        return TTAG_END;
    record->line = 1;
    ttag_status status = lines_whole(&r->file, &record->bytes, err);
    if (status == TTAG_LIMIT)
        return fail_at(err, TTAG_PARSE, record->path, 0, 0,
                       "the file has %zu bytes; expected an article of at most %zu",
                       record->bytes.size, r->opts.max_record);
    return status;
}

/* What is said of a feed as a whole: its encoding. */
static ttag_status find_charset(ttag_reader *r, ttag_view text, const char *path, ttag_error *err)
{
    ttag_view name = feed_charset(text);
    r->charset = NULL;
    if (text.size >= 2 &&
        (memcmp(text.bytes, "\xff\xfe", 2) == 0 || memcmp(text.bytes, "\xfe\xff", 2) == 0 ||
         text.bytes[0] == '\0' || text.bytes[1] == '\0'))
        return fail_at(err, TTAG_IO, path, 0, 0,
                       "is in UTF-16; expected a feed in UTF-8 or in an encoding that holds ASCII");
    if (!name.bytes || charset_is_utf8(name))
        return TTAG_OK;
    r->charset = arena_copy(&r->memory, name).bytes;
    if (!r->charset)
        return fail_memory(err);
    if (charset_holds_ascii(r->charset))
        return TTAG_OK;
    tell(r->listener, TTAG_WARNING, path, "the encoding \"%.40s\" is not known; read as UTF-8",
         r->charset);
    r->charset = NULL;
    return TTAG_OK;
}

/* The next item, of the first one also what it says of the feed: all that is before it. */
static ttag_status take_item(ttag_reader *r, feed_item *item, const char *path, ttag_error *err)
{
    ttag_view text;
    ttag_status status = feed_window_next(&r->items, item, err);
    if (status == TTAG_LIMIT)
        return fail_at(err, TTAG_IO, path, r->items.line, 0,
                       "no item ends within %zu bytes; expected items of less", r->items.most);
    if (r->feed_is_open || (status != TTAG_OK && status != TTAG_END))
        return status;
    ttag_status end = lines_peek(&r->file, &text, 0, err);
    if (status == TTAG_OK)
        text = item->bytes;
    if (end == TTAG_OK)
        end = find_charset(r, text, path, err);
    if (end == TTAG_OK && !is_feed(text))
        end = fail_at(err, TTAG_IO, path, 0, 0, "is no feed; expected RSS or Atom");
    if (end == TTAG_OK && feed_nests_entities((ttag_view){text.bytes, item->before}))
        end = fail_at(err, TTAG_IO, path, 0, 0,
                      "declares entities made of entities; expected a feed without");
    r->feed_is_open = end == TTAG_OK;
    return end == TTAG_OK ? status : end;
}

/* A document of JSON as a whole. */
static ttag_status open_json_items(ttag_reader *r, const char *path, ttag_error *err)
{
    const char *const what = r->format == TTAG_INPUT_STIX   ? "a STIX bundle"
                             : r->format == TTAG_INPUT_MISP ? "MISP events"
                                                            : "a JSON Feed";
    ttag_view text;
    size_t position;
    ttag_status status = lines_whole(&r->file, &text, err);
    if (status == TTAG_LIMIT)
        return fail_at(err, TTAG_IO, path, 0, 0, "has %zu bytes; expected %s of at most %zu",
                       text.size, what, r->opts.max_record);
    if (status != TTAG_OK)
        return status;
    const char *reason = is_exchange(r->format)
                             ? exchange_items_open(&r->exchange, text, r->format, &position)
                             : json_feed_open(&r->json_items, text, &position);
    if (reason)
        return fail_at(err, TTAG_IO, path, 0, 0, "at byte %zu %s; expected %s", position, reason,
                       what);
    r->feed_is_open = true;
    return TTAG_OK;
}

static ttag_status take_json_item(ttag_reader *r, feed_item *item, const char *path,
                                  ttag_error *err)
{
    ttag_status status = r->feed_is_open ? TTAG_OK : open_json_items(r, path, err);
    if (status != TTAG_OK)
        return status;
    const bool more = is_exchange(r->format) ? exchange_items_next(&r->exchange, item)
                                             : json_feed_next(&r->json_items, item);
    return more ? TTAG_OK : TTAG_END;
}

static ttag_status next_item(ttag_reader *r, ttag_record *record, ttag_error *err)
{
    const bool is_json = r->format == TTAG_INPUT_JSON_FEED || is_exchange(r->format);
    feed_item item = {.before = 0};
    ttag_status status = (is_json ? take_json_item : take_item)(r, &item, record->path, err);
    if (status != TTAG_OK)
        return status;
    record->bytes = item.bytes;
    record->before = item.before;
    record->after = item.after;
    record->line = item.line;
    record->charset = is_json ? NULL : r->charset;
    record->marked = r->file_records == 0 && lines_had_mark(&r->file);
    size_t size = item.bytes.size - item.before - item.after;
    if (size > r->opts.max_record)
        return fail_at(err, TTAG_PARSE, record->path, record->line, 0,
                       "the item has %zu bytes; expected an article of at most %zu", size,
                       r->opts.max_record);
    return TTAG_OK;
}

/* ---- Rows of CSV. ---- */

static ttag_status take_row(ttag_reader *r, ttag_view *row, const char *path, ttag_error *err)
{
    ttag_status status = csv_file_next(&r->rows, row, err);
    if (status == TTAG_PARSE)
        return fail_at(err, TTAG_PARSE, path, r->rows.line, 0,
                       "a quote is not closed; expected CSV with \" at both ends of a field");
    if (status == TTAG_LIMIT)
        return fail_at(err, TTAG_IO, path, r->rows.line, 0,
                       "no row ends within %zu bytes; expected rows of less", r->rows.most);
    return status;
}

/* The row of names. */
static ttag_status open_rows(ttag_reader *r, const char *path, ttag_error *err)
{
    ttag_view row;
    struct ttag_csv_layout *layout = arena_new(&r->memory, 1, sizeof *layout);
    if (!layout)
        return fail_memory(err);
    ttag_status status = take_row(r, &row, path, err);
    if (status != TTAG_OK)
        return status;
    csv_scan header = {row, r->rows.separator};
    status = csv_layout_read(layout, &header, r->opts.columns, path, err);
    layout->tag_separators = r->opts.tag_separators ? r->opts.tag_separators : ";";
    r->layout = status == TTAG_OK ? layout : NULL;
    return status;
}

static ttag_status next_row(ttag_reader *r, ttag_record *record, ttag_error *err)
{
    ttag_status status = r->layout ? TTAG_OK : open_rows(r, record->path, err);
    if (status == TTAG_PARSE)
        return fail_at(err, TTAG_IO, record->path, 1, 0,
                       "a quote of the row of names is not closed; expected CSV");
    if (status == TTAG_OK)
        status = take_row(r, &record->bytes, record->path, err);
    record->line = r->rows.line;
    record->layout = r->layout;
    if (status == TTAG_OK && record->bytes.size > r->opts.max_record)
        return fail_at(err, TTAG_PARSE, record->path, record->line, 0,
                       "the row has %zu bytes; expected a record of at most %zu",
                       record->bytes.size, r->opts.max_record);
    return status;
}

/* The next record of the open file, or TTAG_END. */
static ttag_status record_of_file(ttag_reader *r, const walk_file *file, ttag_record *record,
                                  ttag_error *err)
{
    record->path = file->path;
    record->name = file->name;
    record->format = r->format;
    if (is_csv(r))
        return next_row(r, record, err);
    if (r->format == TTAG_INPUT_FEED || r->format == TTAG_INPUT_JSON_FEED || is_exchange(r->format))
        return next_item(r, record, err);
    return r->format == TTAG_INPUT_JSONL ? next_line(r, record, err) : whole_file(r, record, err);
}

/* Counts what came out, and leaves in the record of a refused one its place only; an item of a feed
   keeps its bytes, for who writes the feed again. */
static ttag_status count_record(ttag_reader *r, ttag_record *record, ttag_status status)
{
    bool refused = status == TTAG_PARSE || status == TTAG_IO;
    if (status == TTAG_OK || refused) {
        r->counts.records++;
        r->counts.refused += refused;
        r->file_records++;
    }
    const bool is_item =
        record->format == TTAG_INPUT_FEED || record->format == TTAG_INPUT_JSON_FEED;
    if (status != TTAG_OK && !(status == TTAG_PARSE && is_item))
        *record = (ttag_record){.path = record->path, .line = record->line};
    if (status == TTAG_IO)
        close_file(r);
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
        if (!r->open_file) {
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
        if (status == TTAG_OK && r->open_file)
            status = record_of_file(r, r->open_file, record, err);
        if (status != TTAG_END)
            return count_record(r, record, status);
        if (r->open_file)
            finish_file(r);
    }
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
