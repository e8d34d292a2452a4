/* The table of formats, and what they share. */
#include "classify/classified.h"

#include <string.h>

#include "articles/unknown_rules.h"
#include "base/json.h"
#include "base/view.h"
#include "classify/shown_text.h"

static const record_format *const formats[] = {
    [TTAG_OUTPUT_TEXT] = &format_text, [TTAG_OUTPUT_JSONL] = &format_jsonl,
    [TTAG_OUTPUT_TSV] = &format_tsv,   [TTAG_OUTPUT_FEED] = &format_feed,
    [TTAG_OUTPUT_CSV] = &format_csv,   [TTAG_OUTPUT_MISP] = &format_misp,
    [TTAG_OUTPUT_STIX] = &format_stix, [TTAG_OUTPUT_DATABASE] = &format_packed,
};

const record_format *record_format_of(ttag_output_format format)
{
    return (size_t)format < sizeof formats / sizeof *formats ? formats[format] : NULL;
}

bool ttag_tag_fits(const char *pattern, ttag_view tag)
{
    return glob_fits(view_of(pattern), tag);
}

static bool gives_one_of(const classified *c, const char *const *patterns, size_t n)
{
    for (size_t i = 0; i < c->result->n_given; i++)
        for (size_t p = 0; p < n; p++)
            if (ttag_tag_fits(patterns[p], c->parts->tags[c->result->given[i].tag].name))
                return true;
    return false;
}

/* Whether the record is one of those that are asked for. */
static bool is_wanted(const classified *c)
{
    const ttag_classify_opts *opts = c->opts;
    return (opts->n_only == 0 || gives_one_of(c, opts->only, opts->n_only)) &&
           !gives_one_of(c, opts->drop, opts->n_drop);
}

bool put_classified(buffer *out, const classified *c)
{
    const record_format *format = formats[c->opts->format];
    if (!is_wanted(c)) {
        if (format->put_left_out)
            format->put_left_out(out, c->record);
        return false;
    }
    if (format->before_each)
        buffer_text(out, format->before_each);
    format->put_classified(out, c);
    return true;
}

void put_refused(buffer *out, const refused *r)
{
    formats[r->opts->format]->put_refused(out, r);
}

const ttag_decision *shown_decisions(const classified *c, size_t *n)
{
    const ttag_classification *result = c->result;
    bool listed = c->opts->all || c->opts->unsure > 0; /* not all of them may be given */
    *n = listed ? result->n_decisions : result->n_given;
    if (c->opts->top > 0 && *n > c->opts->top)
        *n = c->opts->top;
    return listed ? result->decisions : result->given;
}

const ttag_decision *given_decisions(const classified *c, size_t *n)
{
    const ttag_classification *result = c->result;
    *n = c->opts->top > 0 && result->n_given > c->opts->top ? c->opts->top : result->n_given;
    return result->given;
}

float least_probability(const ttag_decision *decisions, size_t n)
{
    float least = decisions[0].probability;
    for (size_t i = 1; i < n; i++)
        least = decisions[i].probability < least ? decisions[i].probability : least;
    return least;
}

bool has_id(const ttag_article *article)
{
    return article->id.size > 0 && !view_equal(article->id, view_of("null"));
}

/* A JSON string, given with its quotes, as one line of plain text. */
static void put_plain_string(buffer *out, ttag_view quoted)
{
    if (!memchr(quoted.bytes, '\\', quoted.size)) {
        put_clean(out, (ttag_view){quoted.bytes + 1, quoted.size - 2});
        return;
    }
    buffer plain = {0};
    json_put_unescaped(&plain, quoted);
    if (buffer_ok(&plain))
        put_clean(out, buffer_as_view(&plain));
    else
        out->failed = true;
    buffer_dispose(&plain);
}

void put_plain_id(buffer *out, const ttag_article *article)
{
    if (!has_id(article))
        put_place(out, article->path, article->line);
    else if (article->id.size >= 2 && article->id.bytes[0] == '"')
        put_plain_string(out, article->id);
    else
        put_clean(out, article->id);
}

void put_place(buffer *out, const char *path, size_t line)
{
    put_clean(out, view_of(path));
    if (line > 0) {
        buffer_char(out, ':');
        buffer_count(out, line);
    }
}
