/* <html lang>, <title>, <meta>, <link rel=canonical>, <h1>, <time>, and dates in JSON-LD. */
#include "articles/html_meta.h"

#include <string.h>

#include "articles/html_names.h"
#include "base/ascii.h"
#include "base/view.h"

typedef enum meta_part {
    META_SOCIAL_TITLE,
    META_DATE,
    META_LATER_DATE,
    META_SITE,
    META_URL,
    META_PARTS
} meta_part;

static const struct {
    const char *name; /* of the attribute property, name or itemprop */
    meta_part part;
} metas[] = {{"og:title", META_SOCIAL_TITLE},
             {"twitter:title", META_SOCIAL_TITLE},
             {"article:published_time", META_DATE},
             {"datepublished", META_DATE},
             {"og:published_time", META_DATE},
             {"dc.date.issued", META_DATE},
             {"dcterms.created", META_DATE},
             {"dc.date", META_DATE},
             {"date", META_DATE},
             {"pubdate", META_DATE},
             {"publishdate", META_DATE},
             {"publish-date", META_DATE},
             {"article:modified_time", META_LATER_DATE},
             {"last-modified", META_LATER_DATE},
             {"og:site_name", META_SITE},
             {"application-name", META_SITE},
             {"og:url", META_URL}};

typedef struct meta_walk {
    xml_scan scan;
    html_meta found;
    ttag_view metas[META_PARTS];
    ttag_view canonical, time, in_json;
    bool is_open_heading; /* an <h1> is not closed, nor is any behind it */
} meta_walk;

static void keep_first(ttag_view *kept, ttag_view value)
{
    if (!kept->size)
        *kept = value;
}

static void take_meta(meta_walk *w, const xml_token *tag)
{
    static const char *const attributes[] = {"property", "name", "itemprop"};
    const ttag_view content = html_attribute(tag, "content");
    for (size_t a = 0; content.size && a < sizeof attributes / sizeof *attributes; a++) {
        const ttag_view name = html_attribute(tag, attributes[a]);
        for (size_t i = 0; name.size && i < sizeof metas / sizeof *metas; i++)
            if (ascii_same(name, metas[i].name))
                keep_first(&w->metas[metas[i].part], content);
    }
}

/* What stands between the tag and its closing one. */
static ttag_view inside_of(meta_walk *w, const xml_token *tag)
{
    const char *from = w->scan.rest.bytes;
    html_skip_raw(&w->scan, tag->name);
    return (ttag_view){from, (size_t)(w->scan.rest.bytes - from)};
}

/* One that is not closed might go on to the end of the page, and is none. */
static void take_heading(meta_walk *w, const xml_token *tag)
{
    const xml_scan before = w->scan;
    if (w->is_open_heading)
        return;
    const ttag_view inside = inside_of(w, tag);
    w->is_open_heading = w->scan.rest.size == 0;
    if (w->is_open_heading)
        w->scan = before;
    else
        w->found.heading = inside;
}

/* The string behind "datePublished", which is short and has no escapes worth undoing. */
static ttag_view date_in_json(ttag_view json)
{
    static const char name[] = "\"datePublished\"";
    const char *end = json.bytes + json.size, *p = json.bytes;
    while ((p = memchr(p, '"', (size_t)(end - p))) != NULL) {
        if ((size_t)(end - p) > sizeof name && memcmp(p, name, sizeof name - 1) == 0)
            break;
        p++;
    }
    for (p = p ? p + sizeof name - 1 : end; p < end && (*p == ' ' || *p == ':' || *p == '\n'); p++)
        ;
    if (p == end || *p != '"')
        return (ttag_view){NULL, 0};
    const char *close = memchr(p + 1, '"', (size_t)(end - p - 1));
    return close ? (ttag_view){p + 1, (size_t)(close - p - 1)} : (ttag_view){NULL, 0};
}

static void take_script(meta_walk *w, const xml_token *tag)
{
    const bool is_json = ascii_same(html_attribute(tag, "type"), "application/ld+json");
    const ttag_view inside = inside_of(w, tag);
    if (is_json && !w->in_json.size)
        w->in_json = date_in_json(inside);
}

static void take_tag(meta_walk *w, const xml_token *tag)
{
    html_meta *m = &w->found;
    if (ascii_same(tag->name, "meta"))
        take_meta(w, tag);
    else if (ascii_same(tag->name, "html"))
        keep_first(&m->language, html_attribute(tag, "lang"));
    else if (ascii_same(tag->name, "link") && ascii_same(html_attribute(tag, "rel"), "canonical"))
        keep_first(&w->canonical, html_attribute(tag, "href"));
    else if (ascii_same(tag->name, "time"))
        keep_first(&w->time, html_attribute(tag, "datetime"));
    else if (tag->kind == XML_OPEN && ascii_same(tag->name, "script"))
        take_script(w, tag);
    else if (tag->kind == XML_OPEN && ascii_same(tag->name, "style"))
        html_skip_raw(&w->scan, tag->name);
    else if (tag->kind == XML_OPEN && ascii_same(tag->name, "title") && !m->title.size)
        m->title = inside_of(w, tag);
    else if (tag->kind == XML_OPEN && ascii_same(tag->name, "h1") && !m->heading.size)
        take_heading(w, tag);
}

html_meta html_read_meta(ttag_view page)
{
    meta_walk w = {.scan = html_scan_over(page)};
    xml_token token;
    while (xml_next(&w.scan, &token))
        if (token.kind == XML_OPEN || token.kind == XML_EMPTY)
            take_tag(&w, &token);
    const ttag_view dates[] = {w.metas[META_DATE], w.in_json, w.time, w.metas[META_LATER_DATE]};
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
        keep_first(&w.found.date, dates[i]);
    w.found.social_title = w.metas[META_SOCIAL_TITLE];
    w.found.site = w.metas[META_SITE];
    w.found.url = w.canonical.size ? w.canonical : w.metas[META_URL];
    return w.found;
}

/* The name behind "charset=", quoted or not. */
static ttag_view charset_in(ttag_view text)
{
    static const char mark[] = "charset=";
    for (size_t i = 0; i + sizeof mark <= text.size; i++) {
        if (!ascii_same((ttag_view){text.bytes + i, sizeof mark - 1}, mark))
            continue;
        size_t from = i + sizeof mark - 1;
        from += text.bytes[from] == '"' || text.bytes[from] == '\'';
        size_t size = 0;
        while (from + size < text.size && !strchr("\"' ;/>\r\n\t", text.bytes[from + size]))
            size++;
        return (ttag_view){text.bytes + from, size};
    }
    return (ttag_view){NULL, 0};
}

ttag_view html_charset(ttag_view page)
{
    enum { FURTHEST = 1024 };
    xml_scan scan =
        html_scan_over((ttag_view){page.bytes, page.size < FURTHEST ? page.size : FURTHEST});
    xml_token token;
    while (xml_next(&scan, &token))
        if ((token.kind == XML_OPEN || token.kind == XML_EMPTY) && ascii_same(token.name, "meta")) {
            ttag_view found = charset_in(token.whole);
            if (found.size)
                return found;
        }
    return (ttag_view){NULL, 0};
}

format_guess html_begins(ttag_view text)
{
    static const char *const firsts[] = {"html", "head", "body", "meta", NULL};
    static const char doctype[] = "<!doctype html";
    enum { FURTHEST = 4096 };
    xml_scan scan = html_scan_over(text);
    xml_token token;
    while (xml_next(&scan, &token)) {
        if (token.kind == XML_OPEN || token.kind == XML_EMPTY)
            return html_is_one_of(token.name, firsts) ? GUESS_YES : GUESS_NO;
        if (token.kind == XML_OTHER && token.whole.size >= sizeof doctype &&
            ascii_same((ttag_view){token.whole.bytes, sizeof doctype - 1}, doctype))
            return GUESS_YES;
    }
    return text.size < FURTHEST ? GUESS_UNDECIDED : GUESS_NO;
}
