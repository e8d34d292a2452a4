/* An item of RSS or an entry of Atom into an article. */
#include <string.h>

#include "articles/decoder.h"
#include "articles/entities.h"
#include "articles/feed_date.h"
#include "articles/markup.h"
#include "articles/utf8.h"
#include "articles/xml_scan.h"
#include "base/error.h"
#include "base/json.h"
#include "base/view.h"

/* What an element of an item is to us. Of several for the same purpose the first one counts that
   comes first here. */
typedef enum part {
    PART_CONTENT, /* the whole text */
    PART_SUMMARY,
    PART_TITLE,
    PART_ID,
    PART_LINK,
    PART_DATE,
    PART_SOURCE,
    PARTS,
    PART_CATEGORY, /* as many as there are */
    PART_NONE
} part;

static const struct {
    const char *name; /* with the prefix that everybody uses */
    part part;
} elements[] = {{"content:encoded", PART_CONTENT},
                {"content", PART_CONTENT},
                {"description", PART_SUMMARY},
                {"summary", PART_SUMMARY},
                {"title", PART_TITLE},
                {"guid", PART_ID},
                {"id", PART_ID},
                {"link", PART_LINK},
                {"pubDate", PART_DATE},
                {"published", PART_DATE},
                {"dc:date", PART_DATE},
                {"updated", PART_DATE},
                {"source", PART_SOURCE},
                {"category", PART_CATEGORY},
                {"dc:subject", PART_CATEGORY}};

static part part_of(ttag_view name, ttag_view prefix)
{
    if (prefix.size && name.size > prefix.size &&
        view_equal((ttag_view){name.bytes, prefix.size}, prefix))
        name = (ttag_view){name.bytes + prefix.size, name.size - prefix.size};
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
        if (view_equal(name, view_of(elements[i].name)))
            return elements[i].part;
    return PART_NONE;
}

/* A run of the decoder's strings; they move as they grow. */
typedef struct run {
    size_t at, size;
} run;

/* No publisher's text is nested like that; unclosed <br> count as well. */
enum { DEEPEST = 10000 };

typedef struct item_parse {
    ttag_decoder *decoder;
    xml_scan scan;
    ttag_view own;       /* name of the item's tag */
    ttag_view prefix;    /* of it, with its colon: what its children have as well */
    run parts[PARTS];    /* size 0: not there yet */
    size_t n_categories; /* runs, in the decoder's */
    bool is_broken;      /* an element was not closed */
    bool is_deep;        /* elements within elements beyond DEEPEST */
} item_parse;

/* ---- One element. ---- */

/* Where an element that is never closed ends, if another one of the item begins within it. */
typedef struct way_back {
    xml_scan scan; /* before that one */
    size_t size;   /* of what the element holds until there */
    bool known;
} way_back;

/* How deep the next token is. */
static size_t depth_behind(const xml_token *token, size_t depth)
{
    if (token->kind == XML_CLOSE)
        return depth - (depth > 0);
    return depth + (token->kind == XML_OPEN);
}

static void put_inside(buffer *out, const xml_token *token)
{
    if (token->kind == XML_TEXT)
        put_without_entities(out, token->inside);
    else if (token->kind != XML_OTHER)
        buffer_view(out, token->kind == XML_CDATA ? token->inside : token->whole);
}

static void go_back(item_parse *p, const way_back *way, buffer *out)
{
    if (!way->known || !buffer_ok(out) || !out->bytes)
        return;
    p->scan = way->scan;
    out->size = way->size;
    out->bytes[out->size] = '\0';
    p->is_broken = true;
}

/* Whether an element that is not closed ends here. */
static bool ends_element(const item_parse *p, const xml_token *token)
{
    return token->kind == XML_CLOSE
               ? view_equal(token->name, p->own)
               : token->kind == XML_OPEN && part_of(token->name, p->prefix) != PART_NONE;
}

/* What an element holds, entities undone, tags of elements within it as they stand. Once one was
   not closed, those behind it end where the next one begins: no item is looked through twice. */
static void take_inside(item_parse *p, const xml_token *open, buffer *out)
{
    way_back way = {.known = false};
    xml_token token;
    size_t depth = 1, all = 1;
    buffer_clear(out);
    if (open->kind != XML_OPEN)
        return;
    while (!p->is_deep) {
        const xml_scan before = p->scan;
        if (!xml_next(&p->scan, &token))
            break;
        const bool same = view_equal(token.name, open->name);
        depth += same && token.kind == XML_OPEN;
        depth -= same && token.kind == XML_CLOSE;
        if (depth == 0)
            return;
        all = depth_behind(&token, all);
        p->is_deep = all > DEEPEST;
        if (!way.known && ends_element(p, &token)) {
            way = (way_back){before, out->size, true};
            if (p->is_broken)
                break;
        }
        put_inside(out, &token);
    }
    go_back(p, &way, out);
}

static run put_string(ttag_decoder *d, size_t at)
{
    ttag_view text = {d->strings.bytes ? d->strings.bytes + at : "", d->strings.size - at};
    ttag_view trimmed = utf8_trim(text);
    return (run){at + (size_t)(trimmed.bytes - text.bytes), trimmed.size};
}

static run put_markup(ttag_decoder *d, ttag_view markup)
{
    size_t at = d->strings.size;
    put_text_of_markup(&d->strings, markup);
    return put_string(d, at);
}

static run put_plain(ttag_decoder *d, ttag_view text)
{
    size_t at = d->strings.size;
    buffer_view(&d->strings, text);
    return put_string(d, at);
}

/* "html" if it says nothing: RSS has no types. */
static bool is_markup(const xml_token *open)
{
    ttag_view type = xml_attribute(open, "type");
    return !view_equal(type, view_of("text")) && !view_equal(type, view_of("text/plain"));
}

static bool add_category(item_parse *p, const xml_token *open, ttag_view inside)
{
    ttag_decoder *d = p->decoder;
    ttag_view term = xml_attribute(open, "term");
    size_t at = d->strings.size;
    if (term.bytes)
        put_without_entities(&d->strings, term);
    else
        put_text_of_markup(&d->strings, inside);
    run name = put_string(d, at);
    if (name.size == 0)
        return true;
    buffer_put(&d->runs, &name, sizeof name);
    p->n_categories++;
    return buffer_ok(&d->runs);
}

/* An Atom link is where its href says; of several the one that is the article's own. */
static run link_of(item_parse *p, const xml_token *open, ttag_view inside)
{
    ttag_view href = xml_attribute(open, "href"), rel = xml_attribute(open, "rel");
    if (!href.bytes)
        return put_plain(p->decoder, inside);
    if (rel.bytes && !view_equal(rel, view_of("alternate")))
        return (run){0, 0};
    size_t at = p->decoder->strings.size;
    put_without_entities(&p->decoder->strings, href);
    return put_string(p->decoder, at);
}

static void take_element(item_parse *p, const xml_token *open)
{
    ttag_decoder *d = p->decoder;
    part which = part_of(open->name, p->prefix);
    take_inside(p, open, &d->scratch);
    ttag_view inside = buffer_as_view(&d->scratch);
    if (which == PART_CATEGORY)
        add_category(p, open, inside);
    if (which >= PARTS || p->parts[which].size > 0)
        return;
    run *out = &p->parts[which];
    size_t at = d->strings.size;
    if (which == PART_LINK) {
        *out = link_of(p, open, inside);
    } else if (which == PART_DATE) {
        put_feed_date(&d->strings, inside);
        *out = put_string(d, at);
    } else if (which == PART_ID || !is_markup(open)) {
        *out = put_plain(d, inside);
    } else {
        *out = put_markup(d, inside);
    }
}

/* ---- The item. ---- */

static ttag_view string_of(const ttag_decoder *d, run r)
{
    return r.size ? (ttag_view){d->strings.bytes + r.at, r.size} : (ttag_view){NULL, 0};
}

static ttag_status put_categories(item_parse *p, ttag_error *err)
{
    ttag_decoder *d = p->decoder;
    for (size_t i = 0; i < p->n_categories; i++) {
        run r;
        memcpy(&r, d->runs.bytes + i * sizeof r, sizeof r);
        if (!names_add(&d->tags, string_of(d, r)))
            return fail_memory(err);
    }
    return TTAG_OK;
}

static ttag_status fill_article(item_parse *p, ttag_article *article, ttag_error *err)
{
    ttag_decoder *d = p->decoder;
    const run *parts = p->parts;
    if (!buffer_ok(&d->strings) || !buffer_ok(&d->scratch) || !buffer_ok(&d->runs))
        return fail_memory(err);
    article->text = string_of(d, parts[parts[PART_CONTENT].size ? PART_CONTENT : PART_SUMMARY]);
    if (!article->text.bytes)
        article->text = (ttag_view){"", 0};
    article->title = string_of(d, parts[PART_TITLE]);
    article->date = string_of(d, parts[PART_DATE]);
    article->url = string_of(d, parts[PART_LINK]);
    article->source = string_of(d, parts[PART_SOURCE]);
    run id = parts[parts[PART_ID].size ? PART_ID : PART_LINK];
    if (id.size) {
        json_put_string(&d->id, string_of(d, id));
        article->id = buffer_as_view(&d->id);
    }
    article->labelled = p->n_categories > 0;
    if (!buffer_ok(&d->id))
        return fail_memory(err);
    return put_categories(p, err);
}

ttag_status feed_item_decode(ttag_decoder *d, ttag_article *article, const ttag_record *record,
                             ttag_error *err)
{
    item_parse p = {.decoder = d, .scan = xml_scan_over(d->text)};
    xml_token token;
    buffer_clear(&d->runs);
    if (!xml_next(&p.scan, &token) || token.kind == XML_EMPTY)
        return fail_at(err, TTAG_PARSE, record->path, record->line, 0,
                       "the item is empty; expected a title or a text");
    size_t local = xml_local(token.name).size;
    p.own = token.name;
    p.prefix = (ttag_view){token.name.bytes, token.name.size - local};
    while (!p.is_deep && xml_next(&p.scan, &token))
        if (token.kind == XML_OPEN || token.kind == XML_EMPTY)
            take_element(&p, &token);
    if (p.is_deep)
        return fail_at(err, TTAG_PARSE, record->path, record->line, 0,
                       "the item nests elements over %d deep; expected fewer", DEEPEST);
    ttag_status status = fill_article(&p, article, err);
    if (status == TTAG_OK && !article->text.size && !article->title.size)
        return fail_at(err, TTAG_PARSE, record->path, record->line, 0,
                       "the item has neither title nor text; expected one of them");
    return status;
}
