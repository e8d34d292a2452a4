/* The table of tags, and F1 against support. */
#include <stdlib.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/view.h"
#include "evaluate/report_page.h"

enum { SPARK_POINTS = 20, WEAK_NAMED = 3, WEAK_LISTED = 8 };

/* The curve of the chart, thinned out. */
static void put_spark(report_page *p, size_t tag)
{
    buffer *b = &p->html.body;
    const ttag_tag_scores *t = &p->e->tags[tag];
    html_cell(b, NAN);
    if (isnan(t->threshold) || t->support == 0)
        return;
    const tag_curves *c = &p->curves[tag];
    double x[SPARK_POINTS], y[SPARK_POINTS];
    size_t n = 0;
    for (size_t i = 0; i < c->n; i++) {
        bool kept =
            c->n <= SPARK_POINTS || i * SPARK_POINTS / c->n != (i + 1) * SPARK_POINTS / c->n;
        if (kept && n < SPARK_POINTS) {
            x[n] = c->recall[i];
            y[n++] = c->precision[i];
        }
    }
    bool given = t->tp + t->fp > 0;
    chart_spark(b, x, y, n, given ? t->recall : NAN, given ? t->precision : NAN,
                "precision by recall; the dot is the cut");
}

static void put_row(report_page *p, size_t tag)
{
    buffer *b = &p->html.body;
    const ttag_tag_scores *t = &p->e->tags[tag];
    const ttag_score_intervals i = page_intervals(p, tag);
    bool positive = t->support > 0, given = t->tp + t->fp > 0;
    html_row(b);
    page_put_tag(p, tag);
    html_cell_count(b, t->support);
    html_cell_share(b, given ? t->precision : NAN, given ? i.precision.low : NAN, i.precision.high);
    html_cell_share(b, positive ? t->recall : NAN, positive ? i.recall.low : NAN, i.recall.high);
    html_cell_share(b, positive || given ? t->f1 : NAN, positive || given ? i.f1.low : NAN,
                    i.f1.high);
    html_cell_number(b, positive ? t->average_precision : NAN, 3);
    html_cell_number(b, t->threshold, 3);
    html_cell_count(b, t->fp);
    html_cell_count(b, t->fn);
    put_spark(p, tag);
}

void page_put_tags(report_page *p)
{
    static const html_column columns[] = {
        {"tag", HTML_WORDS, NULL},
        {"support", HTML_NUMBER, "articles that truly carry it"},
        {"precision", HTML_NUMBER, "of the articles it was given to, the share that carry it"},
        {"recall", HTML_NUMBER, "of the articles that carry it, the share it was given to"},
        {"F1", HTML_NUMBER, "precision and recall in one"},
        {"avg. prec.", HTML_NUMBER, "average precision: how well its scores rank the articles"},
        {"threshold", HTML_NUMBER, "the probability from which on it is given"},
        {"wrong", HTML_NUMBER, "articles it was given to that do not carry it"},
        {"missed", HTML_NUMBER, "articles that carry it and did not get it"},
        {"curve", HTML_PICTURE, "precision by recall; the dot is the cut"}};
    const ttag_evaluation *e = p->e;
    size_t shown = e->n_tags < PAGE_TAGS_MOST ? e->n_tags : PAGE_TAGS_MOST;
    html_section(&p->html, "tags", "Tags");
    html_table_start(&p->html.body,
                     e->intervals ? "The figures of each tag, with 95 % intervals in small letters"
                                  : "The figures of each tag",
                     columns, sizeof columns / sizeof *columns,
                     HTML_SORTABLE | HTML_FILTER | HTML_TALL);
    for (size_t i = 0; i < shown; i++)
        put_row(p, p->by_support[i]);
    html_table_end(&p->html.body);
    page_put_cap(p, shown, e->n_tags, "tags, the most frequent,", TTAG_TABLE_TAGS);
}

/* ---- F1 against support. ---- */

static void put_dot(report_page *p, const chart *c, size_t tag, bool linked)
{
    const ttag_tag_scores *t = &p->e->tags[tag];
    buffer label = {0};
    char link[32];
    buffer_view(&label, t->tag);
    buffer_printf(&label, ": F1 %.3f, %zu articles", t->f1, t->support);
    snprintf(link, sizeof link, "#tag-%zu", tag);
    int series = t->f1 >= 0.8 ? 1 : t->f1 < 0.5 ? 2 : 4;
    if (!buffer_ok(&label))
        p->html.body.failed = true;
    chart_dot(&p->html.body, c, (double)t->support, t->f1, 4.5, series, buffer_as_view(&label),
              linked ? link : NULL);
    buffer_dispose(&label);
}

/* Names the weakest of those with articles enough. */
static void name_weakest(report_page *p, const chart *c)
{
    const ttag_evaluation *e = p->e;
    size_t named[WEAK_NAMED];
    for (size_t n = 0; n < WEAK_NAMED; n++) {
        size_t weakest = e->n_tags;
        for (size_t t = 0; t < e->n_tags; t++) {
            bool taken = e->tags[t].support < PAGE_MIN_SUPPORT || isnan(e->tags[t].threshold);
            for (size_t k = 0; k < n; k++)
                taken = taken || named[k] == t;
            if (!taken && (weakest == e->n_tags || e->tags[t].f1 < e->tags[weakest].f1))
                weakest = t;
        }
        if (weakest == e->n_tags || e->tags[weakest].f1 >= 0.8)
            return;
        named[n] = weakest;
        const ttag_tag_scores *t = &e->tags[weakest];
        bool on_right = chart_x(c, (double)t->support) < c->width * 0.6;
        double x = (double)t->support * (on_right ? 1.06 : 1 / 1.06);
        if (t->tag.size <= 40)
            chart_words(&p->html.body, c, x, t->f1 - 0.012, on_right ? "start" : "end", t->tag);
    }
}

/* Beside the chart: the weakest tags that have articles enough. */
static int by_f1(const void *a, const void *b)
{
    const ttag_tag_scores *x = *(const ttag_tag_scores *const *)a;
    const ttag_tag_scores *y = *(const ttag_tag_scores *const *)b;
    if (x->f1 < y->f1 || x->f1 > y->f1)
        return x->f1 < y->f1 ? -1 : 1;
    return x < y ? -1 : x > y;
}

static ttag_status put_weakest(report_page *p, ttag_error *err)
{
    static const html_column columns[] = {{"weakest tags", HTML_WORDS, NULL},
                                          {"F1", HTML_NUMBER, NULL},
                                          {"missed", HTML_NUMBER, NULL},
                                          {"wrong", HTML_NUMBER, NULL}};
    const ttag_evaluation *e = p->e;
    buffer *b = &p->html.body;
    const ttag_tag_scores **weak = mem_new(e->n_tags, sizeof *weak);
    size_t n = 0;
    if (!weak)
        return fail_memory(err);
    for (size_t t = 0; t < e->n_tags; t++)
        if (e->tags[t].support >= PAGE_MIN_SUPPORT && !isnan(e->tags[t].threshold))
            weak[n++] = &e->tags[t];
    qsort(weak, n, sizeof *weak, by_f1);
    html_table_start(b, "Where to look first: of tags with 5 articles or more", columns, 4,
                     HTML_PLAIN);
    for (size_t i = 0; i < n && i < WEAK_LISTED; i++) {
        html_row(b);
        page_put_tag(p, (size_t)(weak[i] - e->tags));
        html_cell_share(b, weak[i]->f1, NAN, NAN);
        html_cell_count(b, weak[i]->fn);
        html_cell_count(b, weak[i]->fp);
    }
    html_table_end(b);
    mem_free(weak);
    return TTAG_OK;
}

ttag_status page_put_support(report_page *p, ttag_error *err)
{
    const ttag_evaluation *e = p->e;
    size_t most = e->n_tags > 0 ? e->tags[p->by_support[0]].support : 0;
    if (most < 2)
        return TTAG_OK;
    html_section(&p->html, "support", "F1 against support");
    buffer *b = &p->html.body;
    html_note(b, "Each dot is a tag: how many articles carry it, and how well it is found. Few "
                 "articles and a low F1 ask for more labels; many articles and a low F1 for a "
                 "clearer definition.");
    const chart c = {.width = 640,
                     .height = 360,
                     .x = {1, (double)most * 1.15, true, "articles that carry the tag", false},
                     .y = {0, 1, false, "F1", false},
                     .title = "F1 of each tag by its number of articles; the table of tags has the "
                              "numbers",
                     .has_links = true};
    buffer_text(b, "<div class=\"side\"><div class=\"card scroll\" tabindex=\"0\" role=\"region\" "
                   "aria-label=\"F1 against support\">");
    chart_start(b, &c);
    for (size_t i = e->n_tags; i-- > 0;)
        if (e->tags[p->by_support[i]].support > 0)
            put_dot(p, &c, p->by_support[i],
                    i < PAGE_CURVES_MOST && !isnan(e->tags[p->by_support[i]].threshold));
    name_weakest(p, &c);
    chart_end(b);
    buffer_text(b, "</div>\n");
    ttag_status status = put_weakest(p, err);
    buffer_text(b, "</div>\n");
    return status;
}
