/* Feeds cut into items: of XML as they come, of JSON once the document is whole. */
#include <string.h>

#include "articles/charset.h"
#include "articles/record_file.h"
#include "base/error.h"
#include "base/monitor.h"

/* An item as the file's record; charset: NULL: UTF-8. */
static ttag_status put_item(const record_file *f, const feed_item *item, const char *charset,
                            ttag_record *record, ttag_error *err)
{
    record->bytes = item->bytes;
    record->before = item->before;
    record->after = item->after;
    record->line = item->line;
    record->charset = charset;
    record->marked = f->n_records == 0 && lines_had_mark(&f->lines);
    size_t size = item->bytes.size - item->before - item->after;
    if (size > f->opts->max_record)
        return fail_at(err, TTAG_PARSE, record->path, record->line, 0,
                       "the item has %zu bytes; expected an article of at most %zu", size,
                       f->opts->max_record);
    return TTAG_OK;
}

/* ---- RSS and Atom. ---- */

/* What is said of a feed as a whole: its encoding. */
static ttag_status find_charset(record_file *f, ttag_view text, const char *path, ttag_error *err)
{
    ttag_view name = feed_charset(text);
    f->charset = NULL;
    if (text.size >= 2 &&
        (memcmp(text.bytes, "\xff\xfe", 2) == 0 || memcmp(text.bytes, "\xfe\xff", 2) == 0 ||
         text.bytes[0] == '\0' || text.bytes[1] == '\0'))
        return fail_at(err, TTAG_IO, path, 0, 0,
                       "is in UTF-16; expected a feed in UTF-8 or in an encoding that holds ASCII");
    if (!name.bytes || charset_is_utf8(name))
        return TTAG_OK;
    f->charset = arena_copy(f->memory, name).bytes;
    if (!f->charset)
        return fail_memory(err);
    if (charset_holds_ascii(f->charset))
        return TTAG_OK;
    tell(f->listener, TTAG_WARNING, path, "the encoding \"%.40s\" is not known; read as UTF-8",
         f->charset);
    f->charset = NULL;
    return TTAG_OK;
}

/* The next item, of the first one also what it says of the feed: all that is before it. */
static ttag_status take_item(record_file *f, feed_item *item, const char *path, ttag_error *err)
{
    ttag_view text;
    ttag_status status = feed_window_next(&f->window, item, err);
    if (status == TTAG_LIMIT)
        return fail_at(err, TTAG_IO, path, f->window.line, 0,
                       "no item ends within %zu bytes; expected items of less", f->window.most);
    if (f->begun || (status != TTAG_OK && status != TTAG_END))
        return status;
    ttag_status end = lines_peek(&f->lines, &text, 0, err);
    if (status == TTAG_OK)
        text = item->bytes;
    if (end == TTAG_OK)
        end = find_charset(f, text, path, err);
    if (end == TTAG_OK && !is_feed(text))
        end = fail_at(err, TTAG_IO, path, 0, 0, "is no feed; expected RSS or Atom");
    if (end == TTAG_OK && feed_nests_entities((ttag_view){text.bytes, item->before}))
        end = fail_at(err, TTAG_IO, path, 0, 0,
                      "declares entities made of entities; expected a feed without");
    f->begun = end == TTAG_OK;
    return end == TTAG_OK ? status : end;
}

static ttag_status next_item(record_file *f, ttag_record *record, ttag_error *err)
{
    feed_item item = {.before = 0};
    ttag_status status = take_item(f, &item, record->path, err);
    return status == TTAG_OK ? put_item(f, &item, f->charset, record, err) : status;
}

static bool items_are_read(const record_file *f)
{
    return f->begun && lines_at_end(&f->lines);
}

static bool item_would_wait(record_file *f)
{
    return feed_window_would_wait(&f->window);
}

const record_way record_items = {next_item, items_are_read, item_would_wait};

/* ---- JSON Feed, STIX, MISP. ---- */

/* A document of JSON as a whole. */
static ttag_status open_json_items(record_file *f, const char *path, ttag_error *err)
{
    const char *const what = f->format == TTAG_INPUT_STIX   ? "a STIX bundle"
                             : f->format == TTAG_INPUT_MISP ? "MISP events"
                                                            : "a JSON Feed";
    ttag_view text;
    size_t position;
    ttag_status status = lines_whole(&f->lines, &text, err);
    if (status == TTAG_LIMIT)
        return fail_at(err, TTAG_IO, path, 0, 0, "has %zu bytes; expected %s of at most %zu",
                       text.size, what, f->opts->max_record);
    if (status != TTAG_OK)
        return status;
    const char *reason = is_exchange_format(f->format)
                             ? exchange_items_open(&f->exchange, text, f->format, &position)
                             : json_feed_open(&f->json, text, &position);
    if (reason)
        return fail_at(err, TTAG_IO, path, 0, 0, "at byte %zu %s; expected %s", position, reason,
                       what);
    f->begun = true;
    return TTAG_OK;
}

static ttag_status next_json_item(record_file *f, ttag_record *record, ttag_error *err)
{
    feed_item item = {.before = 0};
    ttag_status status = f->begun ? TTAG_OK : open_json_items(f, record->path, err);
    if (status != TTAG_OK)
        return status;
    const bool more = is_exchange_format(f->format) ? exchange_items_next(&f->exchange, &item)
                                                    : json_feed_next(&f->json, &item);
    return more ? put_item(f, &item, NULL, record, err) : TTAG_END;
}

static bool json_items_are_read(const record_file *f)
{
    if (!f->begun)
        return false;
    return is_exchange_format(f->format) ? exchange_items_at_end(&f->exchange) : !f->json.has_next;
}

static bool json_items_would_wait(record_file *f)
{
    return !f->begun && lines_would_wait(&f->lines, true);
}

const record_way record_json_items = {next_json_item, json_items_are_read, json_items_would_wait};

/* ---- Feeds without items. ---- */

bool record_file_bare_feed(record_file *f, ttag_record *record)
{
    ttag_view text = f->json.text;
    if (f->n_records > 0 || !f->begun ||
        (f->format != TTAG_INPUT_FEED && f->format != TTAG_INPUT_JSON_FEED))
        return false;
    if (f->format == TTAG_INPUT_FEED && lines_peek(&f->lines, &text, 0, NULL) != TTAG_OK)
        return false;
    *record = (ttag_record){.bytes = text,
                            .format = f->format,
                            .name = f->at->name,
                            .path = f->at->path,
                            .before = text.size,
                            .marked = lines_had_mark(&f->lines)};
    return true;
}
