/* Walking through the page: which block, in which elements, how much of it in links. */
#include "articles/html_blocks.h"

#include "articles/entities.h"
#include "articles/html_names.h"
#include "base/ascii.h"
#include "base/view.h"

/* An element that is open, found again by counting those of its name. */
typedef struct open_element {
    ttag_view name; /* absent: none */
    size_t depth;
    size_t outer; /* that of the page where it was opened */
} open_element;

typedef struct html_walk {
    xml_scan scan;
    buffer *text, *blocks;
    html_block block; /* the one at hand */
    size_t n;
    open_element apart, aside, article, main;
    uint32_t n_articles;
    size_t depth;
    bool in_link, in_pre;
} html_walk;

/* ---- Elements. ---- */

/* What holds no text that is read as such. */
static const char *const silent[] = {"script", "style",  "template", "noscript", "svg",
                                     "iframe", "object", "textarea", "select",   "button",
                                     "canvas", "title",  NULL};
static const char *const apart[] = {"nav", "footer", "aside", "menu", "dialog", NULL};
static const char *const apart_roles[] = {"navigation", "banner", "contentinfo", "complementary",
                                          "search",     "dialog", "menu",        NULL};
/* Words of a class or id. */
static const char *const aside_words[] = {
    "nav",      "navbar",      "navigation", "menu",       "sidebar",     "footer",  "comment",
    "comments", "respond",     "share",      "sharing",    "social",      "related", "cookie",
    "cookies",  "consent",     "breadcrumb", "newsletter", "breadcrumbs", "advert",  "ads",
    "promo",    "popup",       "modal",      "pagination", "pager",       "widget",  "subscribe",
    "banner",   "recommended", "disqus",     NULL};
/* What holds nothing. */
static const char *const voids[] = {"br",    "img",   "hr",     "meta",  "link",
                                    "input", "area",  "embed",  "base",  "col",
                                    "wbr",   "param", "source", "track", NULL};
/* What the next one of its kind ends, or the end of what it is in. */
static const char *const open_ended[] = {"li", "td", "tr", "th", "dt", "dd", "option", NULL};
/* The word before one of these makes it something else: "no-sidebar". */
static const char *const denials[] = {"no", "has", "with", "without", NULL};

static bool is_word_byte(char c)
{
    return is_letter(c) || is_digit(c);
}

static bool has_aside_word(ttag_view names)
{
    ttag_view before = {"", 0};
    for (size_t at = 0; at < names.size;) {
        size_t size = 0;
        while (at + size < names.size && is_word_byte(names.bytes[at + size]))
            size++;
        const ttag_view word = {names.bytes + at, size};
        if (size && html_is_one_of(word, aside_words) && !html_is_one_of(before, denials))
            return true;
        before = size ? word : names.bytes[at] == ' ' ? (ttag_view){"", 0} : before;
        at += size ? size : 1;
    }
    return false;
}

static bool is_apart(const html_walk *w, const xml_token *tag)
{
    const bool is_page_header =
        ascii_same(tag->name, "header") && !w->article.name.bytes && !w->main.name.bytes;
    return is_page_header || html_is_one_of(tag->name, apart) ||
           html_is_one_of(html_attribute(tag, "role"), apart_roles);
}

static bool is_aside(const xml_token *tag)
{
    static const char *const never[] = {"html", "body", "main", "article", NULL};
    return html_is_block(tag->name) && !html_is_one_of(tag->name, never) &&
           (has_aside_word(html_attribute(tag, "class")) ||
            has_aside_word(html_attribute(tag, "id")));
}

static bool same_element(const open_element *element, ttag_view name)
{
    return element->name.bytes && element->name.size == name.size &&
           view_equal(element->name, name);
}

static void enter(open_element *element, const xml_token *tag, bool begins, size_t outer)
{
    if (same_element(element, tag->name))
        element->depth++;
    else if (!element->name.bytes && begins)
        *element = (open_element){tag->name, 1, outer};
}

static void forget(open_element *element)
{
    element->name = (ttag_view){NULL, 0};
}

static void leave(open_element *element, ttag_view name)
{
    if (same_element(element, name) && --element->depth == 0)
        forget(element);
}

/* Where the element's own end tag was left out: an element that opens at that depth ends it. */
static void end_before(open_element *element, ttag_view name, size_t depth)
{
    const bool is_row = ascii_same(element->name, "tr");
    const bool is_cell = ascii_same(name, "td") || ascii_same(name, "th");
    if (ascii_same(element->name, "p")
            ? html_is_block(name)
            : depth <= element->outer && !(is_row && is_cell) &&
                  html_is_one_of(element->name, open_ended) && html_is_one_of(name, open_ended))
        forget(element);
}

/* … or the end of what it is in. */
static void end_with(open_element *element, size_t depth)
{
    if (depth < element->outer &&
        (ascii_same(element->name, "p") || html_is_one_of(element->name, open_ended)))
        forget(element);
}

/* ---- Text. ---- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static void end_block(html_walk *w)
{
    html_block *b = &w->block;
    while (w->text->size > b->at && is_blank(w->text->bytes[w->text->size - 1]))
        w->text->bytes[--w->text->size] = '\0';
    b->size = w->text->size - b->at;
    if (b->size > 0) {
        b->link_size = b->link_size < b->size ? b->link_size : b->size;
        buffer_put(w->blocks, b, sizeof *b);
        w->n++;
    }
    *b = (html_block){.at = w->text->size,
                      .article = w->article.name.bytes ? w->n_articles : 0,
                      .in_main = w->main.name.bytes != NULL,
                      .is_apart = w->apart.name.bytes != NULL,
                      .is_aside = w->aside.name.bytes != NULL};
}

/* Draws white space together in what was appended from `from` on. */
static void draw_together(const html_walk *w, size_t from)
{
    buffer *text = w->text;
    size_t to = from;
    for (size_t i = from; i < text->size; i++) {
        const char c = text->bytes[i];
        if (!is_blank(c))
            text->bytes[to++] = c;
        else if (to > w->block.at && text->bytes[to - 1] != ' ')
            text->bytes[to++] = ' ';
    }
    if (to < text->size)
        text->bytes[text->size = to] = '\0';
}

static void add_text(html_walk *w, const xml_token *token)
{
    const size_t from = w->text->size;
    put_without_entities(w->text, token->inside);
    if (!w->in_pre && buffer_ok(w->text))
        draw_together(w, from);
    if (w->in_link && w->text->size > from)
        w->block.link_size += w->text->size - from;
}

/* ---- The walk. ---- */

static bool has_to_be_closed(ttag_view name)
{
    return !ascii_same(name, "p") && !html_is_one_of(name, open_ended) &&
           !html_is_one_of(name, voids);
}

/* Which of the elements that matter the tag begins. */
static void enter_elements(html_walk *w, const xml_token *tag)
{
    const bool begins_article = ascii_same(tag->name, "article") && !w->article.name.bytes;
    w->n_articles += begins_article;
    end_before(&w->apart, tag->name, w->depth);
    end_before(&w->aside, tag->name, w->depth);
    enter(&w->article, tag, begins_article, w->depth);
    enter(&w->main, tag, ascii_same(tag->name, "main"), w->depth);
    enter(&w->apart, tag, is_apart(w, tag), w->depth);
    enter(&w->aside, tag, is_aside(tag), w->depth);
    w->depth += has_to_be_closed(tag->name);
}

static void open_tag(html_walk *w, const xml_token *tag)
{
    static const char *const headings[] = {"h1", "h2", "h3", "h4", "h5", "h6", NULL};
    if (!html_is_one_of(tag->name, voids))
        enter_elements(w, tag);
    if (ascii_same(tag->name, "a"))
        w->in_link = html_attribute(tag, "href").bytes != NULL;
    w->in_pre |= ascii_same(tag->name, "pre");
    if (html_is_block(tag->name))
        end_block(w);
    w->block.is_heading |= html_is_one_of(tag->name, headings);
}

static void close_tag(html_walk *w, const xml_token *tag)
{
    w->depth -= w->depth > 0 && has_to_be_closed(tag->name);
    leave(&w->article, tag->name);
    leave(&w->main, tag->name);
    leave(&w->apart, tag->name);
    leave(&w->aside, tag->name);
    end_with(&w->apart, w->depth);
    end_with(&w->aside, w->depth);
    if (ascii_same(tag->name, "a"))
        w->in_link = false;
    if (ascii_same(tag->name, "pre"))
        w->in_pre = false;
    if (html_is_block(tag->name))
        end_block(w);
}

size_t html_cut_blocks(ttag_view page, buffer *text, buffer *blocks, bool *is_deep)
{
    html_walk w = {.scan = html_scan_over(page), .text = text, .blocks = blocks};
    xml_token token;
    w.block.at = text->size;
    while (w.depth <= HTML_DEEPEST && xml_next(&w.scan, &token)) {
        if (token.kind == XML_TEXT)
            add_text(&w, &token);
        else if (token.kind == XML_OPEN && html_is_one_of(token.name, silent))
            html_skip_raw(&w.scan, token.name);
        else if (token.kind == XML_OPEN)
            open_tag(&w, &token);
        else if (token.kind == XML_CLOSE)
            close_tag(&w, &token);
        else if (token.kind == XML_EMPTY && html_is_block(token.name))
            end_block(&w);
    }
    end_block(&w);
    *is_deep = w.depth > HTML_DEEPEST;
    return w.n;
}
