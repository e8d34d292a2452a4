/* A comparison as one JSON object: a key a line, a tag a line, an article a line. */
#include "base/json.h"
#include "base/view.h"
#include "classify/shown_text.h"
#include "evaluate/compare_figures.h"
#include "evaluate/report_file.h"

enum { FIGURE_DIGITS = 15, THRESHOLD_DIGITS = 9 }; /* thresholds are single precision */

static void put_number(buffer *b, const char *key, double value, int digits)
{
    buffer_printf(b, ", \"%s\": ", key);
    json_put_number(b, value, digits);
}

static void put_bool(buffer *b, const char *key, bool value)
{
    buffer_printf(b, ", \"%s\": %s", key, value ? "true" : "false");
}

static void put_change(buffer *b, const char *key, const ttag_change *c)
{
    buffer_printf(b, "\"%s\": {\"a\": ", key);
    json_put_number(b, c->a, FIGURE_DIGITS);
    put_number(b, "b", c->b, FIGURE_DIGITS);
    put_number(b, "change", c->b - c->a, FIGURE_DIGITS);
    put_number(b, "low", c->change.low, FIGURE_DIGITS);
    put_number(b, "high", c->change.high, FIGURE_DIGITS);
    put_number(b, "p", c->p, FIGURE_DIGITS);
    buffer_char(b, '}');
}

static void put_three(buffer *b, const ttag_score_changes *s, const char *between)
{
    put_change(b, "precision", &s->precision);
    buffer_text(b, between);
    put_change(b, "recall", &s->recall);
    buffer_text(b, between);
    put_change(b, "f1", &s->f1);
}

static void put_mean(buffer *b, const char *key, const ttag_score_changes *s)
{
    buffer_printf(b, "  \"%s\": {\n    ", key);
    put_three(b, s, ",\n    ");
    buffer_text(b, "},\n");
}

static void put_mcnemar(buffer *b, const ttag_mcnemar *m)
{
    buffer_printf(b, "\"only_a\": %zu, \"only_b\": %zu", m->only_a, m->only_b);
    put_number(b, "p", m->p, FIGURE_DIGITS);
}

static void put_tag(buffer *b, const ttag_compared_tag *t)
{
    buffer_text(b, "    {\"tag\": ");
    json_put_string(b, t->tag);
    buffer_printf(b, ", \"support\": %zu", t->support);
    put_bool(b, "in_a", t->in_a);
    put_bool(b, "in_b", t->in_b);
    put_number(b, "threshold_a", t->threshold_a, THRESHOLD_DIGITS);
    put_number(b, "threshold_b", t->threshold_b, THRESHOLD_DIGITS);
    buffer_text(b, ", ");
    put_three(b, &t->scores, ", ");
    buffer_text(b, ", ");
    put_mcnemar(b, &t->articles);
    put_number(b, "p_of_all", t->p_of_all, FIGURE_DIGITS);
    buffer_char(b, '}');
}

static void put_text(buffer *b, const char *key, ttag_view text)
{
    buffer_printf(b, ", \"%s\": ", key);
    if (text.size > 0)
        put_clean_json(b, text);
    else
        buffer_text(b, "null");
}

/* Tags gained, or lost, with whether that is right. */
static void put_tags(buffer *b, const char *key, const ttag_comparison *c,
                     const ttag_changed_article *article, bool gained)
{
    const char *comma = "";
    buffer_printf(b, ", \"%s\": [", key);
    for (size_t i = 0; i < article->n_changes; i++) {
        const ttag_tag_change *change = &article->changes[i];
        if (change->gained != gained)
            continue;
        buffer_printf(b, "%s{\"tag\": ", comma);
        json_put_string(b, c->tags[change->tag].tag);
        put_bool(b, "right", change->right);
        buffer_char(b, '}');
        comma = ", ";
    }
    buffer_char(b, ']');
}

static void put_article(buffer *b, const ttag_comparison *c, const ttag_changed_article *article)
{
    buffer_printf(b, "    {\"number\": %zu, \"id\": ", article->number);
    if (article->id.size > 0)
        buffer_view(b, article->id);
    else
        buffer_text(b, "null");
    put_text(b, "path", view_of(article->path));
    if (article->line > 0)
        buffer_printf(b, ", \"line\": %zu", article->line);
    put_text(b, "title", article->title);
    put_tags(b, "gained", c, article, true);
    put_tags(b, "lost", c, article, false);
    buffer_char(b, '}');
}

static void put_comparison(buffer *b, const ttag_comparison *c)
{
    buffer_printf(b, "{\n  \"documents\": %zu,\n  \"replicates\": %u,\n", c->documents,
                  (unsigned)c->replicates);
    put_mean(b, "micro", &c->micro);
    put_mean(b, "macro", &c->macro);
    put_mean(b, "weighted", &c->weighted);
    put_mean(b, "samples", &c->samples);
    put_mean(b, "per_article", &c->per_article);
    buffer_text(b, "  ");
    put_change(b, "subset_accuracy", &c->subset_accuracy);
    buffer_text(b, ",\n  ");
    put_change(b, "jaccard", &c->jaccard);
    buffer_text(b, ",\n  \"articles\": {");
    put_mcnemar(b, &c->articles);
    buffer_text(b, "},\n  \"tags\": [");
    for (size_t i = 0; i < c->n_tags; i++) {
        buffer_text(b, i > 0 ? ",\n" : "\n");
        put_tag(b, &c->tags[i]);
    }
    buffer_printf(b, "%s],\n  \"changed\": [", c->n_tags > 0 ? "\n  " : "");
    for (size_t i = 0; i < c->n_changed; i++) {
        buffer_text(b, i > 0 ? ",\n" : "\n");
        put_article(b, c, &c->changed[i]);
    }
    buffer_printf(b, "%s],\n", c->n_changed > 0 ? "\n  " : "");
    buffer_printf(b, "  \"unlabelled\": %zu,\n  \"refused\": %zu\n}\n", c->unlabelled, c->refused);
}

ttag_status ttag_comparison_write_json(const ttag_comparison *comparison, FILE *out,
                                       ttag_error *err)
{
    buffer report = {0};
    put_comparison(&report, comparison);
    ttag_status status = report_send(&report, out, err);
    buffer_dispose(&report);
    return status;
}
