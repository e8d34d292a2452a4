/* Lines numbered by source and text, counted once an article. */
#include "audit/repeated_lines.h"

#include <stdlib.h>

#include "articles/utf8.h"
#include "base/memory.h"
#include "base/view.h"

enum { LINE_LEAST_BYTES = 4 };

typedef struct line_count {
    uint32_t source, articles;
    uint32_t last; /* article + 1 that counted last */
    ttag_view text;
} line_count;

typedef struct line_counts {
    intern sources;  /* name; the empty one: none named */
    uint32_t *sizes; /* articles of each source */
    size_t sizes_capacity;
    intern lines;      /* number of the source, then the line */
    line_count *items; /* lines.count */
    size_t capacity;
    buffer key;
} line_counts;

static ttag_status count_line(line_counts *c, uint32_t article, uint32_t source, ttag_view line)
{
    size_t before = c->lines.count;
    buffer_clear(&c->key);
    buffer_put(&c->key, &source, sizeof source);
    buffer_view(&c->key, line);
    uint32_t number =
        buffer_ok(&c->key) ? intern_add(&c->lines, buffer_as_view(&c->key)) : INTERN_NONE;
    if (number == INTERN_NONE || !mem_grow(&c->items, &c->capacity, before + 1, sizeof *c->items))
        return TTAG_NOMEM;
    line_count *item = &c->items[number];
    if (number == before)
        *item = (line_count){.source = source, .text = line};
    item->articles += item->last != article + 1;
    item->last = article + 1;
    return TTAG_OK;
}

static ttag_status count_article(line_counts *c, uint32_t number, const ttag_audited *article)
{
    size_t before = c->sources.count;
    ttag_view none = {"", 0}, text = article->text;
    uint32_t source = intern_add(&c->sources, article->source.bytes ? article->source : none);
    if (source == INTERN_NONE ||
        !mem_grow(&c->sizes, &c->sizes_capacity, before + 1, sizeof *c->sizes))
        return TTAG_NOMEM;
    if (source == before)
        c->sizes[source] = 0;
    c->sizes[source]++;
    ttag_status status = TTAG_OK;
    while (status == TTAG_OK && text.size > 0) {
        ttag_view line = utf8_trim(view_cut(&text, '\n'));
        if (line.size >= LINE_LEAST_BYTES)
            status = count_line(c, number, source, line);
    }
    return status;
}

static int by_articles(const void *a, const void *b)
{
    const ttag_audit_line *x = a, *y = b;
    if (x->articles != y->articles)
        return x->articles < y->articles ? 1 : -1;
    int order = view_compare(x->text, y->text);
    return order ? order : view_compare(x->source, y->source);
}

/* A source's name as long as its articles live. */
static ttag_view name_of(const audited_feed *feed, const line_count *item)
{
    return feed->articles[item->last - 1].source;
}

static ttag_status keep_repeated(repeated_lines *out, const line_counts *c,
                                 const audited_feed *feed)
{
    for (size_t i = 0; i < c->lines.count; i++) {
        const line_count *item = &c->items[i];
        size_t of = c->sizes[item->source];
        if (item->articles < LINE_LEAST_ARTICLES || (size_t)item->articles * LINE_SHARE < of)
            continue;
        if (!mem_grow(&out->items, &out->capacity, out->n + 1, sizeof *out->items))
            return TTAG_NOMEM;
        out->items[out->n++] =
            (ttag_audit_line){item->text, name_of(feed, item), item->articles, of};
    }
    if (out->n)
        qsort(out->items, out->n, sizeof *out->items, by_articles);
    return TTAG_OK;
}

ttag_status repeated_lines_find(repeated_lines *out, const audited_feed *feed)
{
    line_counts c = {0};
    ttag_status status = TTAG_OK;
    for (uint32_t i = 0; status == TTAG_OK && i < feed->n; i++)
        status = count_article(&c, i, &feed->articles[i]);
    if (status == TTAG_OK)
        status = keep_repeated(out, &c, feed);
    intern_dispose(&c.sources);
    intern_dispose(&c.lines);
    mem_free(c.sizes);
    mem_free(c.items);
    buffer_dispose(&c.key);
    return status;
}

void repeated_lines_dispose(repeated_lines *r)
{
    mem_free(r->items);
    *r = (repeated_lines){0};
}
