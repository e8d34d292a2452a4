/* id,title,url,date,source,tags,probabilities,scores[,given][,review],error: a row for each
   article, lists within a field joined by semicolons (RFC 4180). */
#include "base/csv.h"
#include "base/json.h"
#include "base/view.h"
#include "classify/classified.h"
#include "classify/shown_text.h"

static void put_header(buffer *out, const ttag_classify_opts *opts)
{
    buffer_text(out, "id,title,url,date,source,tags,probabilities,scores");
    if (opts->all || opts->unsure > 0)
        buffer_text(out, ",given");
    if (opts->unsure > 0)
        buffer_text(out, ",review");
    buffer_text(out, ",error\r\n");
}

/* A stranger's text as a field. A spreadsheet would run what begins like a formula, so that gets an
   apostrophe in front. */
static void put_field(buffer *out, ttag_view text)
{
    buffer field = {0};
    if (text.size > 0 && text.bytes[0] && strchr("=+-@\t\r", text.bytes[0]))
        buffer_char(&field, '\'');
    put_clean(&field, text);
    out->failed |= !buffer_ok(&field);
    csv_text(out, buffer_as_view(&field));
    buffer_dispose(&field);
}

static void put_id(buffer *out, const classified *c)
{
    buffer id = {0};
    const ttag_view as_json = c->article->id;
    const bool is_text = !has_id(c->article) || as_json.bytes[0] == '"';
    put_plain_id(&id, c->article);
    out->failed |= !buffer_ok(&id);
    if (is_text)
        put_field(out, buffer_as_view(&id));
    else
        csv_text(out, buffer_as_view(&id));
    buffer_dispose(&id);
}

/* ---- Lists. ---- */

typedef void put_one(buffer *out, const classified *c, const ttag_decision *decision);

static void put_name(buffer *out, const classified *c, const ttag_decision *decision)
{
    const ttag_view name = c->parts->tags[decision->tag].name;
    for (size_t i = 0; i < name.size; i++) {
        if (name.bytes[i] == ';' || name.bytes[i] == '\\')
            buffer_char(out, '\\');
        buffer_char(out, name.bytes[i]);
    }
}

static void put_probability(buffer *out, const classified *c, const ttag_decision *decision)
{
    (void)c;
    json_put_float(out, decision->probability);
}

static void put_score(buffer *out, const classified *c, const ttag_decision *decision)
{
    (void)c;
    json_put_float(out, decision->score);
}

static void put_given(buffer *out, const classified *c, const ttag_decision *decision)
{
    (void)c;
    buffer_char(out, decision->given ? '1' : '0');
}

static void put_review(buffer *out, const classified *c, const ttag_decision *decision)
{
    (void)c;
    buffer_char(out, decision->review ? '1' : '0');
}

/* A comma, and the field that the decisions make. */
static void put_list(buffer *out, const classified *c, put_one *put)
{
    size_t n;
    const ttag_decision *decisions = shown_decisions(c, &n);
    buffer field = {0};
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buffer_char(&field, ';');
        put(&field, c, &decisions[i]);
    }
    out->failed |= !buffer_ok(&field);
    buffer_char(out, ',');
    if (put == put_name)
        put_field(out, buffer_as_view(&field));
    else
        csv_text(out, buffer_as_view(&field));
    buffer_dispose(&field);
}

/* ---- Records. ---- */

static void put_found(buffer *out, const classified *c)
{
    const ttag_view fields[] = {c->article->title, c->article->url, c->article->date,
                                c->article->source};
    put_id(out, c);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        buffer_char(out, ',');
        put_field(out, fields[i]);
    }
    put_list(out, c, put_name);
    put_list(out, c, put_probability);
    put_list(out, c, put_score);
    if (c->opts->all || c->opts->unsure > 0)
        put_list(out, c, put_given);
    if (c->opts->unsure > 0)
        put_list(out, c, put_review);
    buffer_text(out, ",\r\n");
}

static void put_refusal(buffer *out, const refused *r)
{
    buffer place = {0};
    put_place(&place, r->path, r->line);
    out->failed |= !buffer_ok(&place);
    put_field(out, buffer_as_view(&place));
    buffer_dispose(&place);
    buffer_text(out, ",,,,,,,,");
    if (r->opts->all || r->opts->unsure > 0)
        buffer_char(out, ',');
    if (r->opts->unsure > 0)
        buffer_char(out, ',');
    put_field(out, view_of(r->reason));
    buffer_text(out, "\r\n");
}

const record_format format_csv = {
    .put_begin = put_header, .put_classified = put_found, .put_refused = put_refusal};
