/* An audit as one JSON object: a key a line, a finding a line. */
#include "base/json.h"
#include "evaluate/report_file.h"
#include "ttag/audit.h"

enum { DIGITS = 9 };

/* ---- Pieces. ---- */

static void put_count(buffer *b, const char *key, size_t count)
{
    buffer_printf(b, "  \"%s\": %zu,\n", key, count);
}

static void list_start(buffer *b, const char *key)
{
    buffer_printf(b, "  \"%s\": [", key);
}

static void list_item(buffer *b, size_t number)
{
    buffer_text(b, number ? ",\n    " : "\n    ");
}

static void list_end(buffer *b, size_t n)
{
    buffer_text(b, n ? "\n  ],\n" : "],\n");
}

static void put_tag(buffer *b, const ttag_audit *a, uint32_t tag)
{
    json_put_string(b, a->tags[tag].name);
}

static void put_tags(buffer *b, const ttag_audit *a, const uint32_t *tags, size_t n)
{
    buffer_char(b, '[');
    for (size_t k = 0; k < n; k++) {
        buffer_text(b, k ? ", " : "");
        put_tag(b, a, tags[k]);
    }
    buffer_char(b, ']');
}

/* "id": …, "file": …, "line": … */
static void put_article(buffer *b, const ttag_audited *article)
{
    buffer_text(b, "\"id\": ");
    if (article->id.bytes)
        buffer_view(b, article->id);
    else
        buffer_text(b, "null");
    buffer_text(b, ", \"file\": ");
    json_put_string(b, (ttag_view){article->path, strlen(article->path)});
    buffer_printf(b, ", \"line\": %zu", article->line);
}

static void put_articles(buffer *b, const ttag_audit *a, const uint32_t *articles, size_t n)
{
    buffer_char(b, '[');
    for (size_t k = 0; k < n; k++) {
        buffer_text(b, k ? ", {" : "{");
        put_article(b, &a->articles[articles[k]]);
        buffer_char(b, '}');
    }
    buffer_char(b, ']');
}

static void put_source(buffer *b, ttag_view source)
{
    buffer_text(b, "\"source\": ");
    if (source.bytes)
        json_put_string(b, source);
    else
        buffer_text(b, "null");
}

/* ---- Findings. ---- */

static void put_leaks(buffer *b, const ttag_audit *a)
{
    list_start(b, "leaks");
    for (size_t k = 0; k < a->n_leaks; k++) {
        list_item(b, k);
        buffer_char(b, '{');
        put_article(b, &a->articles[a->leaks[k].article]);
        buffer_text(b, ", \"similarity\": ");
        json_put_number(b, a->leaks[k].similarity, DIGITS);
        buffer_text(b, ", \"other\": {");
        put_article(b, &a->against[a->leaks[k].other]);
        buffer_text(b, "}}");
    }
    list_end(b, a->n_leaks);
}

static void put_blanket(buffer *b, const ttag_audit *a)
{
    list_start(b, "blanket_tagged");
    for (size_t k = 0; k < a->n_blanket; k++) {
        const ttag_audited *article = &a->articles[a->blanket[k]];
        list_item(b, k);
        buffer_char(b, '{');
        put_article(b, article);
        buffer_printf(b, ", \"tags\": %zu}", article->n_tags);
    }
    list_end(b, a->n_blanket);
}

static void put_clusters(buffer *b, const ttag_audit *a)
{
    list_start(b, "duplicates");
    for (size_t k = 0; k < a->n_clusters; k++) {
        const ttag_audit_cluster *c = &a->clusters[k];
        list_item(b, k);
        buffer_text(b, "{\"similarity\": ");
        json_put_number(b, c->least, DIGITS);
        buffer_text(b, ", \"disagree\": ");
        put_tags(b, a, c->disagreed, c->n_disagreed);
        buffer_text(b, ", \"articles\": ");
        put_articles(b, a, c->articles, c->n);
        buffer_char(b, '}');
    }
    list_end(b, a->n_clusters);
}

static void put_label(buffer *b, const ttag_audit *a, const ttag_audit_label *label)
{
    buffer_char(b, '{');
    put_article(b, &a->articles[label->article]);
    buffer_text(b, ", \"tag\": ");
    put_tag(b, a, label->tag);
    buffer_printf(b,
                  ", \"likely\": \"%s\", \"probability\": ", label->missing ? "missing" : "wrong");
    json_put_number(b, label->probability, DIGITS);
    buffer_text(b, ", \"because\": [");
    for (size_t k = 0; k < label->n_terms; k++) {
        buffer_text(b, k ? ", {\"term\": " : "{\"term\": ");
        json_put_string(b, label->terms[k].term);
        buffer_text(b, ", \"weight\": ");
        json_put_number(b, label->terms[k].weight, DIGITS);
        buffer_char(b, '}');
    }
    buffer_text(b, "]}");
}

static void put_labels(buffer *b, const ttag_audit *a)
{
    buffer_printf(b, "  \"labels_searched\": %s,\n", a->labels_searched ? "true" : "false");
    if (a->labels_searched) {
        buffer_text(b, "  \"micro_f1\": ");
        json_put_number(b, a->micro_f1, DIGITS);
    } else {
        buffer_text(b, "  \"why_not\": ");
        json_put_string(b, (ttag_view){a->why_not, strlen(a->why_not)});
    }
    buffer_text(b, ",\n");
    list_start(b, "labels");
    for (size_t k = 0; k < a->n_labels; k++) {
        list_item(b, k);
        put_label(b, a, &a->labels[k]);
    }
    list_end(b, a->n_labels);
}

static void put_passages(buffer *b, const ttag_audit *a)
{
    list_start(b, "passages");
    for (size_t k = 0; k < a->n_passages; k++) {
        const ttag_audit_passage *p = &a->passages[k];
        list_item(b, k);
        buffer_printf(b, "{\"words\": %zu, \"text\": ", p->words);
        json_put_string(b, p->text);
        buffer_text(b, ", \"places\": [");
        for (size_t i = 0; i < p->n; i++) {
            buffer_text(b, i ? ", {" : "{");
            put_article(b, &a->articles[p->places[i].article]);
            buffer_printf(b, ", \"start\": %zu, \"end\": %zu, \"words\": %zu}", p->places[i].start,
                          p->places[i].end, p->places[i].words);
        }
        buffer_text(b, "]}");
    }
    list_end(b, a->n_passages);
}

static void put_giveaways(buffer *b, const ttag_audit *a)
{
    list_start(b, "giveaways");
    for (size_t k = 0; k < a->n_giveaways; k++) {
        const ttag_audit_giveaway *g = &a->giveaways[k];
        list_item(b, k);
        buffer_char(b, '{');
        put_source(b, g->source);
        buffer_text(b, ", \"tag\": ");
        put_tag(b, a, g->tag);
        if (g->term.bytes) {
            buffer_text(b, ", \"term\": ");
            json_put_string(b, g->term);
            buffer_text(b, ", \"weight\": ");
            json_put_number(b, g->weight, DIGITS);
        }
        buffer_printf(b, ", \"articles\": %zu, \"elsewhere\": %zu}", g->articles, g->elsewhere);
    }
    list_end(b, a->n_giveaways);
}

static void put_lines(buffer *b, const ttag_audit *a)
{
    list_start(b, "repeated_lines");
    for (size_t k = 0; k < a->n_lines; k++) {
        const ttag_audit_line *line = &a->lines[k];
        list_item(b, k);
        buffer_char(b, '{');
        put_source(b, line->source);
        buffer_printf(b, ", \"articles\": %zu, \"of\": %zu, \"text\": ", line->articles, line->of);
        json_put_string(b, line->text);
        buffer_char(b, '}');
    }
    list_end(b, a->n_lines);
}

static void put_tag_habits(buffer *b, const ttag_audit *a)
{
    list_start(b, "rare_tags");
    for (size_t k = 0; k < a->n_rare; k++) {
        list_item(b, k);
        buffer_text(b, "{\"tag\": ");
        put_tag(b, a, a->rare[k]);
        buffer_printf(b, ", \"support\": %zu}", a->tags[a->rare[k]].support);
    }
    list_end(b, a->n_rare);
    list_start(b, "tags_together");
    for (size_t k = 0; k < a->n_pairs; k++) {
        list_item(b, k);
        buffer_text(b, "{\"tag\": ");
        put_tag(b, a, a->pairs[k].tag);
        buffer_text(b, ", \"with\": ");
        put_tag(b, a, a->pairs[k].with);
        buffer_printf(b, ", \"both\": %s}", a->pairs[k].both ? "true" : "false");
    }
    list_end(b, a->n_pairs);
}

static void put_texts(buffer *b, const ttag_audit *a)
{
    static const char *const names[] = {"least", "lower", "median", "upper", "most"};
    buffer_text(b, "  \"words\": {");
    for (size_t q = 0; q < 5; q++)
        buffer_printf(b, "%s\"%s\": %zu", q ? ", " : "", names[q], a->quartiles[q]);
    buffer_text(b, "},\n  \"short\": ");
    put_articles(b, a, a->short_ones, a->n_short);
    buffer_text(b, ",\n  \"languages\": {");
    for (size_t k = 0; k < a->n_languages; k++)
        buffer_printf(b, "%s\"%s\": %zu", k ? ", " : "", a->languages[k].name,
                      a->languages[k].articles);
    buffer_text(b, "}\n");
}

ttag_status ttag_audit_write_json(const ttag_audit *audit, FILE *out, ttag_error *err)
{
    buffer b = {0};
    buffer_text(&b, "{\n");
    put_count(&b, "articles", audit->n_articles);
    put_count(&b, "labelled", audit->labelled);
    put_count(&b, "unlabelled", audit->unlabelled);
    put_count(&b, "refused", audit->refused);
    put_count(&b, "against", audit->n_against);
    put_count(&b, "tags", audit->n_tags);
    put_count(&b, "copies", audit->copies);
    put_count(&b, "disagreements", audit->disagreements);
    put_leaks(&b, audit);
    put_blanket(&b, audit);
    put_clusters(&b, audit);
    put_labels(&b, audit);
    put_giveaways(&b, audit);
    put_passages(&b, audit);
    put_lines(&b, audit);
    put_tag_habits(&b, audit);
    put_texts(&b, audit);
    buffer_text(&b, "}\n");
    ttag_status status = report_send(&b, out, err);
    buffer_dispose(&b);
    return status;
}
