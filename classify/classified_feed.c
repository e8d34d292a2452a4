/* The feed that was read, with a category for each given tag. */
#include <string.h>

#include "articles/utf8.h"
#include "articles/xml_scan.h"
#include "base/view.h"
#include "classify/classified.h"
#include "classify/classified_json_feed.h"
#include "classify/json_feed_seam.h"

bool is_feed_item(const ttag_record *r)
{
    return r->format == TTAG_INPUT_FEED || r->format == TTAG_INPUT_JSON_FEED;
}

/* ---- The record's parts. ---- */

static void put_before(buffer *out, const ttag_record *r)
{
    if (r->marked)
        buffer_text(out, "\xef\xbb\xbf");
    buffer_put(out, r->bytes.bytes, r->before);
}

static ttag_view item_of(const ttag_record *r)
{
    return (ttag_view){r->bytes.bytes + r->before, r->bytes.size - r->before - r->after};
}

static ttag_view behind_item(const ttag_record *r)
{
    return (ttag_view){r->bytes.bytes + r->bytes.size - r->after, r->after};
}

/* ---- Where and how a category is put. ---- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The item's own tag; false: it cannot have anything in it. */
static bool open_tag(ttag_view item, xml_token *tag)
{
    xml_scan scan = xml_scan_over(item);
    return xml_next(&scan, tag) && tag->kind == XML_OPEN;
}

/* White space before the first element of the item: what categories are set apart by. */
static ttag_view indent_of(ttag_view item, const xml_token *open)
{
    size_t from = open->whole.size, size = 0;
    while (from + size < item.size && is_blank(item.bytes[from + size]))
        size++;
    bool is_indent = from + size < item.size && item.bytes[from + size] == '<';
    return (ttag_view){item.bytes + from, is_indent ? size : 0};
}

/* Bytes of the item before the white space at its end and its closing tag, if it is closed. */
static size_t end_of_content(ttag_view item, const xml_token *open)
{
    size_t end = item.size;
    const size_t close = open->name.size + 2; /* "</item" */
    for (size_t at = item.size; at-- > open->whole.size && item.size - at < close + 256;) {
        if (item.bytes[at] != '<')
            continue;
        if (at + close <= item.size && item.bytes[at + 1] == '/' &&
            memcmp(item.bytes + at + 2, open->name.bytes, open->name.size) == 0)
            end = at;
        break;
    }
    while (end > open->whole.size && is_blank(item.bytes[end - 1]))
        end--;
    return end;
}

/* As markup that holds in every encoding with ASCII. */
static void put_name(buffer *out, ttag_view name)
{
    while (name.size) {
        size_t length;
        uint32_t c = utf8_decode(name.bytes, name.size, &length);
        if (c == '&' || c == '<' || c == '>' || c == '"' || c >= 0x80)
            buffer_printf(out, "&#%u;", (unsigned)c);
        else
            buffer_char(out, (char)c);
        name = (ttag_view){name.bytes + length, name.size - length};
    }
}

static void put_category(buffer *out, const xml_token *open, ttag_view tag)
{
    ttag_view local = xml_local(open->name);
    const int prefix = (int)(open->name.size - local.size);
    const char *bytes = open->name.bytes;
    const bool is_atom = view_equal(local, view_of("entry"));
    buffer_printf(out, is_atom ? "<%.*scategory term=\"" : "<%.*scategory>", prefix, bytes);
    put_name(out, tag);
    if (is_atom)
        buffer_text(out, "\"/>");
    else
        buffer_printf(out, "</%.*scategory>", prefix, bytes);
}

static bool carries(const ttag_article *article, ttag_view tag)
{
    for (size_t i = 0; i < article->n_tags; i++)
        if (view_equal(article->tags[i], tag))
            return true;
    return false;
}

/* Tags that are given and that the item does not carry, as far as --top goes; false: no memory, and
   none. */
static bool list_new(const classified *c, buffer *names, size_t *n)
{
    size_t n_given;
    const ttag_decision *given = given_decisions(c, &n_given);
    for (size_t i = 0; i < n_given; i++) {
        ttag_view tag = c->parts->tags[given[i].tag].name;
        if (carries(c->article, tag))
            continue;
        buffer_put(names, &tag, sizeof tag);
    }
    *n = buffer_ok(names) ? names->size / sizeof(ttag_view) : 0;
    return buffer_ok(names);
}

/* ---- Records. ---- */

static void put_xml_item(buffer *out, ttag_view item, const ttag_view *tags, size_t n)
{
    xml_token open;
    if (!open_tag(item, &open)) {
        buffer_view(out, item);
        return;
    }
    const ttag_view indent = indent_of(item, &open);
    const size_t end = end_of_content(item, &open);
    buffer_put(out, item.bytes, end);
    for (size_t i = 0; i < n; i++) {
        buffer_view(out, indent);
        put_category(out, &open, tags[i]);
    }
    buffer_put(out, item.bytes + end, item.size - end);
}

static void put_found(buffer *out, const classified *c)
{
    const ttag_view item = item_of(c->record);
    const bool is_json = c->record->format == TTAG_INPUT_JSON_FEED;
    buffer names = {0};
    size_t n;
    if (!list_new(c, &names, &n))
        out->failed = true;
    put_before(out, c->record);
    (is_json ? put_tagged_json_item : put_xml_item)(out, item,
                                                    (const ttag_view *)(void *)names.bytes, n);
    buffer_view(out, behind_item(c->record));
    buffer_dispose(&names);
}

/* What cannot be read stays as it was. */
static void put_refusal(buffer *out, const refused *r)
{
    if (!r->record->bytes.bytes || !is_feed_item(r->record))
        return;
    put_before(out, r->record);
    buffer_view(out, item_of(r->record));
    buffer_view(out, behind_item(r->record));
}

/* Around an item of a JSON Feed stands what belongs to it alone, unless it is the first one. */
static void put_frame(buffer *out, const ttag_record *record)
{
    if (record->format != TTAG_INPUT_JSON_FEED || json_feed_begins_at(record))
        put_before(out, record);
    buffer_view(out, behind_item(record));
}

const record_format format_feed = {.put_classified = put_found,
                                   .put_refused = put_refusal,
                                   .put_left_out = put_frame,
                                   .takes_feeds_only = true};
