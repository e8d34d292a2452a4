/* A learning curve as a page. */
#include <math.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/plain_print.h"
#include "base/view.h"
#include "evaluate/chart.h"
#include "evaluate/curve_words.h"
#include "evaluate/html.h"
#include "evaluate/report_file.h"

enum { CHART_WIDTH = 640, CHART_HEIGHT = 320 };

/* ---- The curve. ---- */

/* One of the two means as arrays by point. */
typedef struct drawn {
    double f1[TTAG_CURVE_POINTS_MOST], low[TTAG_CURVE_POINTS_MOST], high[TTAG_CURVE_POINTS_MOST];
} drawn;

static void take(drawn *d, size_t i, const ttag_curve_figure *f)
{
    d->f1[i] = f->f1;
    d->low[i] = f->interval.low;
    d->high[i] = f->interval.high;
}

static void draw(buffer *b, const chart *c, const double *x, const drawn *d, size_t n, int series)
{
    char label[80];
    chart_band(b, c, x, d->low, d->high, n, series);
    chart_line(b, c, x, d->f1, n, series);
    for (size_t i = 0; i < n; i++) {
        int size = plain_print(label, sizeof label, "%.0f articles: %.3f (%.3f to %.3f)", x[i],
                               d->f1[i], d->low[i], d->high[i]);
        chart_dot(b, c, x[i], d->f1[i], 3, series, (ttag_view){label, (size_t)size}, NULL);
    }
}

static void put_chart(buffer *b, const ttag_curve *c)
{
    static const char *const NAMES[] = {"micro-F1, with its 95 % interval", "macro-F1, likewise"};
    double x[TTAG_CURVE_POINTS_MOST];
    drawn micro, macro;
    for (size_t i = 0; i < c->n_points; i++) {
        x[i] = c->points[i].articles;
        take(&micro, i, &c->points[i].micro);
        take(&macro, i, &c->points[i].macro);
    }
    const chart shown = {.width = CHART_WIDTH,
                         .height = CHART_HEIGHT,
                         .x = {x[0], x[c->n_points - 1], true, "labelled articles"},
                         .y = {0, 1, false, "F1"},
                         .title = "F1 by the number of labelled articles"};
    chart_start(b, &shown);
    draw(b, &shown, x, &micro, c->n_points, 1);
    draw(b, &shown, x, &macro, c->n_points, 2);
    chart_end(b);
    chart_legend(b, NAMES, 2);
}

static void cell_gain(buffer *b, const ttag_change *gain)
{
    html_cell(b, gain->b - gain->a);
    if (!(gain->a >= 0)) {
        html_words(b, "–");
        return;
    }
    html_printf(b, "%+.3f (%+.3f to %+.3f)", gain->b - gain->a, gain->change.low,
                gain->change.high);
}

static void put_points(buffer *b, const ttag_curve *c)
{
    static const html_column COLUMNS[] = {
        {"articles", HTML_NUMBER, "labelled, of which a model was trained"},
        {"micro-F1", HTML_NUMBER, "over all pairs of article and tag"},
        {"gain", HTML_NUMBER, "over the row before, with its 95 % interval"},
        {"macro-F1", HTML_NUMBER, "mean over tags"},
        {"gain", HTML_NUMBER, "over the row before, with its 95 % interval"}};
    html_table_start(b, "F1 by the number of labelled articles", COLUMNS, 5, HTML_PLAIN);
    for (size_t i = 0; i < c->n_points; i++) {
        const ttag_curve_point *p = &c->points[i];
        html_row(b);
        html_cell_number(b, p->articles, 0);
        html_cell_share(b, p->micro.f1, p->micro.interval.low, p->micro.interval.high);
        cell_gain(b, &p->micro_gain);
        html_cell_share(b, p->macro.f1, p->macro.interval.low, p->macro.interval.high);
        cell_gain(b, &p->macro_gain);
    }
    html_table_end(b);
}

/* ---- Tags. ---- */

static void put_spark(buffer *b, const ttag_curve *c, const ttag_curve_tag *tag)
{
    double x[TTAG_CURVE_POINTS_MOST], y[TTAG_CURVE_POINTS_MOST];
    for (size_t i = 0; i < c->n_points; i++) {
        x[i] = (double)i / (double)(c->n_points - 1);
        y[i] = tag->points[i].f1;
    }
    html_cell(b, NAN);
    chart_spark(b, x, y, c->n_points, 1, y[c->n_points - 1], "F1 by the number of articles");
}

static void put_tags(buffer *b, const ttag_curve *c)
{
    static const html_column COLUMNS[] = {
        {"tag", HTML_WORDS, NULL},
        {"support", HTML_NUMBER, "articles that carry it"},
        {"curve", HTML_PICTURE, "F1 from 0 to 1, each step twice the articles"},
        {"F1", HTML_NUMBER, "of models of all articles, with its 95 % interval"},
        {"last gain", HTML_NUMBER, "by twice the articles, with its 95 % interval"}};
    html_table_start(b, "F1 of each tag", COLUMNS, 5, HTML_SORTABLE | HTML_FILTER);
    for (size_t t = 0; t < c->n_tags; t++) {
        const ttag_curve_tag *tag = &c->tags[t];
        const ttag_curve_figure *last = &tag->points[c->n_points - 1];
        html_row(b);
        html_cell_text(b, tag->tag);
        html_cell_count(b, tag->support);
        put_spark(b, c, tag);
        html_cell_share(b, last->f1, last->interval.low, last->interval.high);
        cell_gain(b, &tag->gain);
    }
    html_table_end(b);
}

static ttag_status put_risers(buffer *b, const ttag_curve *c, ttag_error *err)
{
    size_t *order = mem_new(c->n_tags, sizeof *order);
    if (!order)
        return fail_memory(err);
    size_t n = curve_rank_risers(order, c);
    if (n == 0)
        html_note(b, "Of no single tag can it be said that it still learns.");
    else
        buffer_text(b,
                    "<p>Tags that still learn, the largest gain first:</p>\n<p class=\"chips\">");
    for (size_t i = 0; i < n; i++)
        html_element(b, "span", "chip", c->tags[order[i]].tag);
    buffer_text(b, n > 0 ? "</p>\n" : "");
    mem_free(order);
    return TTAG_OK;
}

ttag_status ttag_curve_write_html(const ttag_curve *c, FILE *out, const char *subject,
                                  ttag_error *err)
{
    html_page page = {0};
    buffer whole = {0}, words = {0};
    html_section(&page, "verdict", "Does labelling more help?");
    curve_put_verdict(&words, c);
    html_element(&page.body, "p", "lead", buffer_as_view(&words));
    ttag_status status = put_risers(&page.body, c, err);
    html_section(&page, "curve", "Learning curve");
    put_chart(&page.body, c);
    put_points(&page.body, c);
    html_note(
        &page.body,
        "%u models for each size, each measured on articles withheld from it, %zu in all; 95 %% "
        "intervals from %u bootstrap replicates over these.",
        (unsigned)c->folds, c->documents, (unsigned)c->replicates);
    html_section(&page, "tags", "Tags");
    put_tags(&page.body, c);
    page.body.failed |= words.failed;
    html_page_finish(&whole, &page, "Learning curve", view_of(subject));
    if (status == TTAG_OK)
        status = report_send(&whole, out, err);
    html_page_dispose(&page);
    buffer_dispose(&words);
    buffer_dispose(&whole);
    return status;
}
