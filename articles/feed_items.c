/* Looking for items, tag by tag. */
#include "articles/feed_items.h"

#include <string.h>

#include "base/view.h"

feed_items feed_items_of(ttag_view text)
{
    return (feed_items){
        .text = text, .scan = xml_scan_over(text), .from = text.bytes, .lines = {text.bytes, 1}};
}

static bool is_item(ttag_view name)
{
    ttag_view local = xml_local(name);
    return view_equal(local, view_of("item")) || view_equal(local, view_of("entry"));
}

/* What holds items; where it ends, so does an item that was left open. */
static bool is_frame(ttag_view name)
{
    static const char *const frames[] = {"channel", "feed", "rss", "RDF"};
    ttag_view local = xml_local(name);
    for (size_t i = 0; i < sizeof frames / sizeof *frames; i++)
        if (view_equal(local, view_of(frames[i])))
            return true;
    return false;
}

static bool is_tag(const xml_token *token)
{
    return token->kind == XML_OPEN || token->kind == XML_EMPTY || token->kind == XML_CLOSE;
}

/* The next tag, the one that was put back first. */
static bool next_tag(feed_items *items, xml_token *token)
{
    if (items->has_token) {
        items->has_token = false;
        *token = items->token;
        return true;
    }
    while (xml_next(&items->scan, token))
        if (is_tag(token))
            return true;
    return false;
}

static void put_back(feed_items *items, const xml_token *token)
{
    items->token = *token;
    items->has_token = true;
}

static const char *text_end(const feed_items *items)
{
    return items->text.bytes + items->text.size;
}

/* Where the item that this tag opens ends. */
static const char *find_close(feed_items *items, const xml_token *open)
{
    xml_token token;
    if (open->kind == XML_EMPTY)
        return open->whole.bytes + open->whole.size;
    while (next_tag(items, &token)) {
        const bool same = view_equal(token.name, open->name);
        if (same && token.kind == XML_CLOSE)
            return token.whole.bytes + token.whole.size;
        if (same || (token.kind == XML_CLOSE && is_frame(token.name))) {
            put_back(items, &token);
            return token.whole.bytes;
        }
    }
    return text_end(items);
}

static bool find_open(feed_items *items, xml_token *token)
{
    while (next_tag(items, token))
        if (token->kind != XML_CLOSE && is_item(token->name))
            return true;
    return false;
}

bool feed_items_next(feed_items *items, feed_item *out)
{
    xml_token open, next;
    if (!find_open(items, &open))
        return false;
    const char *end = find_close(items, &open);
    const char *stop = end;
    if (find_open(items, &next))
        put_back(items, &next);
    else
        stop = text_end(items);
    *out = (feed_item){.bytes = {items->from, (size_t)(stop - items->from)},
                       .before = (size_t)(open.whole.bytes - items->from),
                       .after = (size_t)(stop - end),
                       .line = line_count_at(&items->lines, open.whole.bytes)};
    items->from = stop;
    return true;
}

size_t feed_items_line(feed_items *items)
{
    return line_count_at(&items->lines, items->from);
}

ttag_view feed_charset(ttag_view text)
{
    static const char mark[] = "encoding=";
    enum { FURTHEST = 256 };
    size_t size = text.size < FURTHEST ? text.size : FURTHEST;
    const char *end =
        size > 5 && memcmp(text.bytes, "<?xml", 5) == 0 ? memchr(text.bytes, '>', size) : NULL;
    for (const char *p = text.bytes; end && p + sizeof mark < end; p++) {
        if (memcmp(p, mark, sizeof mark - 1) != 0)
            continue;
        const char *from = p + sizeof mark, quote = p[sizeof mark - 1];
        const char *close = memchr(from, quote, (size_t)(end - from));
        if ((quote == '"' || quote == '\'') && close)
            return (ttag_view){from, (size_t)(close - from)};
    }
    return (ttag_view){NULL, 0};
}

/* The next place of `what`, or NULL. */
static const char *find(const char *from, const char *end, const char *what)
{
    const size_t size = strlen(what);
    while (from < end && (from = memchr(from, what[0], (size_t)(end - from))) != NULL) {
        if ((size_t)(end - from) >= size && memcmp(from, what, size) == 0)
            return from;
        from++;
    }
    return NULL;
}

/* Whether there is a reference by name, not by number. */
static bool names_entity(const char *from, const char *end)
{
    static const char *const known[] = {"amp;", "lt;", "gt;", "quot;", "apos;", "#"};
    while ((from = memchr(from, '&', (size_t)(end - from))) != NULL) {
        bool is_known = false;
        from++;
        for (size_t i = 0; i < sizeof known / sizeof *known; i++)
            is_known |= view_begins((ttag_view){from, (size_t)(end - from)}, known[i]);
        if (!is_known)
            return true;
    }
    return false;
}

bool feed_nests_entities(ttag_view head)
{
    const char *end = head.bytes + head.size;
    const char *at = find(head.bytes, end, "<!ENTITY");
    while (at) {
        const char *close = memchr(at, '>', (size_t)(end - at));
        if (names_entity(at, close ? close : end))
            return true;
        at = close ? find(close, end, "<!ENTITY") : NULL;
    }
    return false;
}

bool is_feed(ttag_view text)
{
    enum { FURTHEST = 4096 };
    xml_scan scan =
        xml_scan_over((ttag_view){text.bytes, text.size < FURTHEST ? text.size : FURTHEST});
    xml_token token;
    while (xml_next(&scan, &token))
        if (token.kind == XML_OPEN || token.kind == XML_EMPTY)
            return is_frame(token.name);
    return false;
}
