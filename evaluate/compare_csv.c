/* A comparison as one table: a row for each figure of all articles and of each tag. */
#include <string.h>

#include "base/csv.h"
#include "base/view.h"
#include "evaluate/compare_figures.h"
#include "evaluate/report_file.h"

static void put_change(buffer *b, const ttag_change *c)
{
    csv_next_number(b, c->a);
    csv_next_number(b, c->b);
    csv_next_number(b, c->b - c->a);
    csv_next_number(b, c->change.low);
    csv_next_number(b, c->change.high);
    csv_next_number(b, c->p);
}

static void put_mcnemar(buffer *b, const ttag_mcnemar *m)
{
    csv_next_count(b, m->only_a);
    csv_next_count(b, m->only_b);
    csv_next_number(b, m->p);
}

/* "mean,micro,f1", or "figure,jaccard," */
static void put_figure(buffer *b, const compared_figure *figure)
{
    const char *dot = strchr(figure->name, '.');
    int size = dot ? (int)(dot - figure->name) : (int)strlen(figure->name);
    buffer_printf(b, "%s,%.*s,%s", dot ? "mean" : "figure", size, figure->name, dot ? dot + 1 : "");
    put_change(b, figure->change);
    buffer_text(b, ",,,,,\n");
}

static void put_tag_figure(buffer *b, const ttag_compared_tag *t, const char *name,
                           const ttag_change *c)
{
    buffer_text(b, "tag,");
    csv_text(b, t->tag);
    buffer_printf(b, ",%s", name);
    put_change(b, c);
    csv_next_count(b, t->support);
    put_mcnemar(b, &t->articles);
    csv_next_number(b, t->p_of_all);
    buffer_char(b, '\n');
}

static void put_comparison(buffer *b, const ttag_comparison *c)
{
    compared_figure figures[COMPARED_FIGURES];
    compared_figures(figures, c);
    buffer_text(b, "kind,name,figure,a,b,change,change_low,change_high,p,"
                   "support,only_a,only_b,p_mcnemar,p_of_all\n");
    for (size_t i = 0; i < COMPARED_FIGURES; i++)
        put_figure(b, &figures[i]);
    buffer_text(b, "articles,all,,,,,,,");
    csv_next_count(b, c->documents);
    put_mcnemar(b, &c->articles);
    buffer_text(b, ",\n");
    for (size_t i = 0; i < c->n_tags; i++) {
        const ttag_compared_tag *t = &c->tags[i];
        put_tag_figure(b, t, "f1", &t->scores.f1);
        put_tag_figure(b, t, "precision", &t->scores.precision);
        put_tag_figure(b, t, "recall", &t->scores.recall);
    }
}

ttag_status ttag_comparison_write_csv(const ttag_comparison *comparison, FILE *out, ttag_error *err)
{
    buffer report = {0};
    put_comparison(&report, comparison);
    ttag_status status = report_send(&report, out, err);
    buffer_dispose(&report);
    return status;
}
