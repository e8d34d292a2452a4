/* Text files into articles: a feed article with title, tag line and body, or plain text. */
#include "articles/text_file.h"

#include <string.h>

#include "articles/utf8.h"
#include "base/error.h"
#include "base/json.h"
#include "base/view.h"

enum { LONGEST_TITLE = 200 };

/* A line that is not blank. */
typedef struct text_line {
    size_t start;      /* in the text */
    size_t next;       /* start of the line behind it */
    ttag_view trimmed; /* without white space at its ends; absent: there is no such line */
    bool apart;        /* a blank line is before it */
} text_line;

/* The first line from `at` on that is not blank. */
static text_line find_line(ttag_view text, size_t at)
{
    bool apart = false;
    while (at < text.size) {
        const char *from = text.bytes + at;
        const char *feed = memchr(from, '\n', text.size - at);
        size_t size = feed ? (size_t)(feed - from) : text.size - at;
        size_t next = at + size + (feed != NULL);
        ttag_view trimmed = utf8_trim((ttag_view){from, size});
        if (trimmed.size)
            return (text_line){at, next, trimmed, apart};
        apart = true;
        at = next;
    }
    return (text_line){text.size, text.size, {NULL, 0}, apart};
}

/* ---- The tag line. ---- */

/* The longest tag, as words with any white space between them, that `words` begins with. *used is
   what it takes up; TTAG_NO_TAG: there is none. */
static uint32_t longest_tag(ttag_decoder *d, ttag_view words, size_t *used)
{
    uint32_t longest = TTAG_NO_TAG;
    size_t at = 0;
    buffer_clear(&d->scratch);
    while (at < words.size && d->scratch.size < d->longest_tag) {
        size_t start = at, length;
        while (at < words.size && !utf8_blanks((ttag_view){words.bytes + at, words.size - at})) {
            utf8_decode(words.bytes + at, words.size - at, &length);
            at += length;
        }
        if (d->scratch.size)
            buffer_char(&d->scratch, ' ');
        buffer_put(&d->scratch, words.bytes + start, at - start);
        uint32_t tag = ttag_taxonomy_find(d->taxonomy, buffer_as_view(&d->scratch));
        if (tag != TTAG_NO_TAG) {
            longest = tag;
            *used = at;
        }
        at += utf8_blanks((ttag_view){words.bytes + at, words.size - at});
    }
    return longest;
}

/* True if all of the line reads as tags, two or more; they are then in d->tags. *status becomes
   TTAG_NOMEM if that could not be found out. */
static bool read_tags(ttag_decoder *d, ttag_view line, ttag_status *status)
{
    size_t count = 0;
    names_clear(&d->tags);
    while (line.size) {
        size_t used = 0;
        uint32_t tag = longest_tag(d, line, &used);
        if (!buffer_ok(&d->scratch) ||
            (tag != TTAG_NO_TAG && !names_add(&d->tags, ttag_taxonomy_tag(d->taxonomy, tag)->name)))
            *status = TTAG_NOMEM;
        if (tag == TTAG_NO_TAG || *status != TTAG_OK)
            break;
        count++;
        line = utf8_trim((ttag_view){line.bytes + used, line.size - used});
    }
    if (line.size == 0 && count >= 2)
        return true;
    names_clear(&d->tags);
    return false;
}

/* ---- The article. ---- */

/* `next` is the line that is not blank behind it. */
static bool is_title(const text_line *first, const text_line *next)
{
    return next->trimmed.bytes && next->apart && !view_ends(first->trimmed, ".") &&
           utf8_count(first->trimmed) <= LONGEST_TITLE;
}

/* The text from `start` on, without blank lines before it and white space behind it. */
static ttag_view body_from(ttag_view text, size_t start)
{
    start = find_line(text, start).start;
    return utf8_trim_end((ttag_view){text.bytes + start, text.size - start});
}

/* The body without the tag line in its midst: moves `first`, which stands before the tag line, up
   to what follows it. */
static ttag_view join(ttag_decoder *d, const text_line *first, const text_line *tag_line)
{
    ttag_view rest = body_from(d->text, tag_line->next);
    if (!rest.size)
        return first->trimmed;
    size_t at = (size_t)(rest.bytes - d->cleaned.bytes), size = first->trimmed.size;
    memcpy(d->cleaned.bytes + at - 2, "\n\n", 2);
    memmove(d->cleaned.bytes + at - 2 - size, first->trimmed.bytes, size);
    return (ttag_view){d->cleaned.bytes + at - 2 - size, rest.size + 2 + size};
}

ttag_status file_id_put(ttag_decoder *d, ttag_article *article, ttag_view name, ttag_error *err)
{
    if (!name.bytes)
        return TTAG_OK;
    buffer_clear(&d->scratch);
    utf8_clean(&d->scratch, name);
    json_put_string(&d->id, buffer_as_view(&d->scratch));
    article->id = buffer_as_view(&d->id);
    return buffer_ok(&d->scratch) && buffer_ok(&d->id) ? TTAG_OK : fail_memory(err);
}

static ttag_status refuse_empty(const ttag_record *record, ttag_error *err)
{
    return fail_at(err, TTAG_PARSE, record->path, record->line, 0,
                   "the file is empty; expected the text of an article");
}

/* An array of objects, `[{"`; a text may well begin with a bracket. */
static bool begins_array(ttag_view text)
{
    static const char marks[] = "[{\"";
    size_t at = 0;
    for (const char *mark = marks; *mark; mark++) {
        while (at < text.size && strchr(" \t\r\n", text.bytes[at]))
            at++;
        if (at == text.size || text.bytes[at++] != *mark)
            return false;
    }
    return true;
}

/* What is no text, and would be tagged by chance. */
static ttag_status refuse_no_text(ttag_view text, const ttag_record *record, ttag_error *err)
{
    const char *why = NULL;
    if (view_begins(text, "%PDF-"))
        why = "a PDF; expected text, as pdftotext makes of one";
    else if (view_begins(text, "PK\x03\x04"))
        why = "a ZIP archive or an office document; expected text";
    else if (view_begins(record->bytes, "\x89TTAG\r\n\x1a"))
        why = "a model; expected articles, and a model behind -m";
    else if (begins_array(text))
        why = "a JSON array; expected JSON Lines, an object a line, as jq -c '.[]' makes of one";
    return why ? fail_at(err, TTAG_PARSE, record->path, record->line, 0, "the file is %s", why)
               : TTAG_OK;
}

ttag_status article_file_decode(ttag_decoder *d, ttag_article *article, const ttag_record *record,
                                ttag_error *err)
{
    ttag_view text = d->text;
    text_line first = find_line(text, 0);
    if (!first.trimmed.bytes)
        return refuse_empty(record, err);
    ttag_status status = refuse_no_text(text, record, err);
    if (status != TTAG_OK)
        return status;
    text_line second = find_line(text, first.next);
    bool titled = is_title(&first, &second);
    if (titled)
        article->title = first.trimmed;
    if (second.trimmed.bytes && read_tags(d, second.trimmed, &status)) {
        article->text = titled ? body_from(text, second.next) : join(d, &first, &second);
    } else if (status == TTAG_OK && read_tags(d, first.trimmed, &status)) {
        article->title = (ttag_view){NULL, 0};
        article->text = body_from(text, first.next);
    } else {
        article->text = body_from(text, titled ? second.start : first.start);
    }
    article->labelled = d->tags.n > 0;
    return status == TTAG_OK ? file_id_put(d, article, record->name, err) : fail_memory(err);
}

ttag_status text_file_decode(ttag_decoder *d, ttag_article *article, const ttag_record *record,
                             ttag_error *err)
{
    article->text = d->text;
    if (!utf8_trim(article->text).size)
        return refuse_empty(record, err);
    ttag_status status = refuse_no_text(d->text, record, err);
    return status == TTAG_OK ? file_id_put(d, article, record->name, err) : status;
}
