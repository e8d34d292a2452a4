/* id TAB tag TAB probability TAB score [TAB given [TAB review]], a row for each tag */
#include "base/json.h"
#include "classify/classified.h"

static void put_row(buffer *out, const classified *c, const ttag_decision *decision)
{
    put_plain_id(out, c->article);
    buffer_char(out, '\t');
    buffer_view(out, c->parts->tags[decision->tag].name);
    buffer_char(out, '\t');
    json_put_float(out, decision->probability);
    buffer_char(out, '\t');
    json_put_float(out, decision->score);
    if (c->opts->all || c->opts->unsure > 0)
        buffer_text(out, decision->given ? "\t1" : "\t0");
    if (c->opts->unsure > 0)
        buffer_text(out, decision->review ? "\t1" : "\t0");
    buffer_char(out, '\n');
}

/* Behind the id of a row without a tag. */
static void put_empty_fields(buffer *out, const ttag_classify_opts *opts)
{
    buffer_text(out, "\t\t\t");
    buffer_text(out, opts->unsure > 0 ? "\t\t\n" : opts->all ? "\t\n" : "\n");
}

static void put_found(buffer *out, const classified *c)
{
    size_t n;
    const ttag_decision *decisions = shown_decisions(c, &n);
    for (size_t i = 0; i < n; i++)
        put_row(out, c, &decisions[i]);
    if (n == 0) {
        put_plain_id(out, c->article);
        put_empty_fields(out, c->opts);
    }
}

static void put_refusal(buffer *out, const refused *r)
{
    put_place(out, r->path, r->line);
    put_empty_fields(out, r->opts);
}

const record_format format_tsv = {.put_classified = put_found, .put_refused = put_refusal};
