/* A page into an article: what it says about itself, and its main text. */
#include <string.h>

#include "articles/decoder.h"
#include "articles/feed_date.h"
#include "articles/html_blocks.h"
#include "articles/html_meta.h"
#include "articles/markup.h"
#include "articles/text_file.h"
#include "articles/utf8.h"
#include "base/error.h"
#include "base/view.h"

/* A run of the decoder's strings, which move as they grow. */
typedef struct page_string {
    size_t at, size;
} page_string;

static page_string trimmed(const ttag_decoder *d, size_t at)
{
    ttag_view text = {d->strings.bytes ? d->strings.bytes + at : "", d->strings.size - at};
    ttag_view inner = utf8_trim(text);
    return (page_string){at + (size_t)(inner.bytes - text.bytes), inner.size};
}

static ttag_view view_of_string(const ttag_decoder *d, page_string s)
{
    return s.size ? (ttag_view){d->strings.bytes + s.at, s.size} : (ttag_view){NULL, 0};
}

/* White space drawn together. */
static page_string put_line(ttag_decoder *d, ttag_view markup)
{
    const size_t at = d->strings.size;
    put_text_of_markup(&d->strings, markup);
    if (!buffer_ok(&d->strings) || !d->strings.bytes)
        return (page_string){at, 0};
    size_t to = at;
    for (size_t i = at; i < d->strings.size; i++) {
        const char c = d->strings.bytes[i];
        const bool is_blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
        if (!is_blank)
            d->strings.bytes[to++] = c;
        else if (to > at && d->strings.bytes[to - 1] != ' ')
            d->strings.bytes[to++] = ' ';
    }
    d->strings.bytes[d->strings.size = to] = '\0';
    return trimmed(d, at);
}

/* A title without the name of the site behind it: "A worm | Harbour Watch". */
static page_string without_site(const ttag_decoder *d, page_string title, page_string site)
{
    static const char *const marks[] = {" | ", " - ", " \u2013 ", " \u2014 ", " :: ", " \u00bb "};
    const ttag_view text = view_of_string(d, title), name = view_of_string(d, site);
    for (size_t i = 0; name.size && i < sizeof marks / sizeof *marks; i++) {
        const size_t mark = strlen(marks[i]);
        if (text.size <= name.size + mark)
            continue;
        const char *end = text.bytes + text.size - name.size;
        if (memcmp(end, name.bytes, name.size) == 0 && memcmp(end - mark, marks[i], mark) == 0)
            title.size = text.size - name.size - mark;
    }
    return title;
}

static page_string put_title(ttag_decoder *d, const html_meta *meta, page_string site)
{
    const ttag_view titles[] = {meta->social_title, meta->heading, meta->title};
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        page_string title = put_line(d, titles[i]);
        if (title.size)
            return without_site(d, title, site);
    }
    return (page_string){0, 0};
}

static page_string put_date(ttag_decoder *d, ttag_view date)
{
    const size_t at = d->strings.size;
    put_feed_date(&d->strings, date);
    return trimmed(d, at);
}

/* The blocks that were chosen, a line each; a heading that is the title is there already. */
static page_string put_content(ttag_decoder *d, page_string title)
{
    html_block *blocks = (html_block *)(void *)d->runs.bytes;
    const size_t n = d->runs.size / sizeof *blocks, at = d->strings.size;
    for (size_t i = 0; i < n; i++) {
        const ttag_view text = {d->scratch.bytes + blocks[i].at, blocks[i].size};
        if (!blocks[i].is_content ||
            (blocks[i].is_heading && view_equal(text, view_of_string(d, title))))
            continue;
        if (d->strings.size > at)
            buffer_char(&d->strings, '\n');
        buffer_view(&d->strings, text);
    }
    return trimmed(d, at);
}

ttag_status html_page_decode(ttag_decoder *d, ttag_article *article, const ttag_record *record,
                             ttag_error *err)
{
    const html_meta meta = html_read_meta(d->text);
    buffer_clear(&d->scratch);
    buffer_clear(&d->runs);
    bool is_deep;
    const size_t n = html_cut_blocks(d->text, &d->scratch, &d->runs, &is_deep);
    if (is_deep)
        return fail_at(err, TTAG_PARSE, record->path, record->line, 0,
                       "the page nests elements over %d deep; expected fewer", HTML_DEEPEST);
    if (!buffer_ok(&d->scratch) || !buffer_ok(&d->runs))
        return fail_memory(err);
    html_choose_content((html_block *)(void *)d->runs.bytes, n);
    const page_string site = put_line(d, meta.site), title = put_title(d, &meta, site);
    const page_string date = put_date(d, meta.date), url = put_line(d, meta.url);
    const page_string language = put_line(d, meta.language), text = put_content(d, title);
    if (!buffer_ok(&d->strings))
        return fail_memory(err);
    if (!text.size && !title.size)
        return fail_at(err, TTAG_PARSE, record->path, record->line, 0,
                       "the page has neither title nor text; expected one of them");
    article->title = view_of_string(d, title);
    article->source = view_of_string(d, site);
    article->date = view_of_string(d, date);
    article->url = view_of_string(d, url);
    article->language = view_of_string(d, language);
    article->text = text.size ? view_of_string(d, text) : (ttag_view){"", 0};
    return file_id_put(d, article, record->name, err);
}
