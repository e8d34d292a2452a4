/* The curves of each tag, and how far probabilities can be trusted. */
#include "base/plain_print.h"
#include "base/view.h"
#include "evaluate/report_page.h"

enum {
    MIN_SUPPORT_ECE = 20,
    STEADY_BIN = 10 /* where a bin has fewer pairs, a line would promise too much */
};

/* ---- One tag. ---- */

static void put_precision_recall(report_page *p, size_t tag)
{
    const ttag_tag_scores *t = &p->e->tags[tag];
    const tag_curves *c = &p->curves[tag];
    const chart area = {.width = 300,
                        .height = 200,
                        .x = {0, 1, false, "recall", false},
                        .y = {0, 1, false, "precision", false},
                        .title = "precision by recall"};
    buffer *b = &p->html.body;
    chart_start(b, &area);
    chart_steps(b, &area, c->recall, c->precision, c->n, 1);
    if (t->tp + t->fp > 0)
        chart_dot(b, &area, t->recall, t->precision, 5, 2, view_of("the cut in use"), NULL);
    chart_end(b);
}

static void put_sweep(report_page *p, size_t tag)
{
    const ttag_tag_scores *t = &p->e->tags[tag];
    const tag_curves *c = &p->curves[tag];
    const chart area = {.width = 300,
                        .height = 200,
                        .x = {0, 1, false, "threshold", false},
                        .y = {0, 1, false, "", false},
                        .title = "precision, recall and F1 by threshold"};
    double x[SWEEP_POINTS], y[3][SWEEP_POINTS];
    for (size_t k = 0; k < SWEEP_POINTS; k++) {
        x[k] = c->sweep[k].threshold;
        y[0][k] = c->sweep[k].precision;
        y[1][k] = c->sweep[k].recall;
        y[2][k] = c->sweep[k].f1;
    }
    buffer *b = &p->html.body;
    chart_start(b, &area);
    for (int series = 1; series <= 3; series++)
        chart_line(b, &area, x, y[series - 1], SWEEP_POINTS, series);
    if (t->threshold <= 1)
        chart_segment(b, &area, t->threshold, 0, t->threshold, 1, "cut");
    chart_end(b);
}

static void put_card(report_page *p, size_t tag)
{
    const ttag_tag_scores *t = &p->e->tags[tag];
    const tag_curves *c = &p->curves[tag];
    buffer *b = &p->html.body;
    buffer_printf(b, "<article class=\"card\" id=\"tag-%zu\"><h3 dir=\"auto\">", tag);
    html_text(b, t->tag);
    buffer_text(b, "</h3>\n<p class=\"note\">");
    html_count(b, t->support);
    html_printf(b, " article%s", t->support == 1 ? "" : "s");
    if (isfinite(t->threshold))
        html_printf(b, "; given from %.3f on: F1 %.3f", t->threshold, t->f1);
    else
        html_printf(b, "; never given");
    if (t->support > 0 && !isnan(c->best_threshold) && c->best_f1 > t->f1 + 0.0005)
        html_printf(b, "; in hindsight %.3f would have been best (%.3f)", c->best_threshold,
                    c->best_f1);
    if (t->support > 0)
        html_printf(b, "; average precision %.3f, calibration error %.3f", t->average_precision,
                    c->calibration_error);
    buffer_text(b, "</p>\n<div class=\"pair\">");
    put_precision_recall(p, tag);
    put_sweep(p, tag);
    buffer_text(b, "</div></article>\n");
}

void page_put_curves(report_page *p)
{
    static const char *const names[] = {"precision", "recall", "F1"};
    const ttag_evaluation *e = p->e;
    buffer *b = &p->html.body;
    size_t limit = e->n_tags < PAGE_CURVES_MOST ? e->n_tags : PAGE_CURVES_MOST;
    html_section(&p->html, "curves", "Curves");
    html_note(b, "Of each tag: precision by recall, the dot being the cut in use; and precision, "
                 "recall and F1 at other thresholds, the upright line being the one in use.");
    chart_legend(b, names, 3);
    buffer_text(b, "<div class=\"cards wide\">\n");
    for (size_t i = 0; i < limit; i++)
        if (!isnan(e->tags[p->by_support[i]].threshold) && e->tags[p->by_support[i]].support > 0)
            put_card(p, p->by_support[i]);
    buffer_text(b, "</div>\n");
    page_put_cap(p, limit, e->n_tags, "tags, the most frequent,", TTAG_TABLE_CURVES);
}

/* ---- Calibration. ---- */

typedef struct calibration {
    size_t n_tags, bins[CALIBRATION_BINS], hits[CALIBRATION_BINS];
    double sums[CALIBRATION_BINS];
} calibration;

static calibration add_bins(const report_page *p, size_t min_support)
{
    calibration sum = {0};
    for (size_t t = 0; t < p->e->n_tags; t++) {
        if (isnan(p->e->tags[t].threshold) || p->e->tags[t].support < min_support)
            continue;
        sum.n_tags++;
        for (size_t k = 0; k < CALIBRATION_BINS; k++) {
            sum.bins[k] += p->curves[t].bins[k];
            sum.hits[k] += p->curves[t].hits[k];
            sum.sums[k] += p->curves[t].sums[k];
        }
    }
    return sum;
}

/* Wilson's interval of a share, with z = 1.96:
   (share + z²/2n ± z sqrt(share (1 - share)/n + z²/4n²)) / (1 + z²/n) */
static ttag_interval wilson(size_t hits, size_t count)
{
    const double z = 1.959963984540054, n = (double)count, share = (double)hits / n;
    double middle = share + z * z / (2 * n);
    double half = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n));
    double whole = 1 + z * z / n;
    return (ttag_interval){(middle - half) / whole, (middle + half) / whole};
}

static void draw_calibration(report_page *p, const calibration *sum)
{
    const chart c = {.width = 420,
                     .height = 380,
                     .x = {0, 1, false, "probability that was said", false},
                     .y = {0, 1, false, "share that came true", false},
                     .title = "Reliability: share that came true by probability; the table has the "
                              "numbers"};
    buffer *b = &p->html.body;
    double x[CALIBRATION_BINS], y[CALIBRATION_BINS];
    bool steady = true;
    chart_start(b, &c);
    chart_segment(b, &c, 0, 0, 1, 1, "guide");
    for (size_t k = 0; k < CALIBRATION_BINS; k++) {
        size_t n = sum->bins[k];
        x[k] = n > 0 ? sum->sums[k] / (double)n : NAN;
        y[k] = n > 0 ? (double)sum->hits[k] / (double)n : NAN;
        if (n == 0)
            continue;
        steady = steady && n >= STEADY_BIN;
        ttag_interval i = wilson(sum->hits[k], n);
        chart_segment(b, &c, x[k], i.low, x[k], i.high, "whisker");
    }
    if (steady)
        chart_line(b, &c, x, y, CALIBRATION_BINS, 1);
    for (size_t k = 0; k < CALIBRATION_BINS; k++) {
        char label[80];
        plain_print(label, sizeof label, "said %.3f, came true %.3f, %zu pairs", x[k], y[k],
                    sum->bins[k]);
        chart_dot(b, &c, x[k], y[k], 3 + log10(1 + (double)sum->bins[k]), 1, view_of(label), NULL);
    }
    chart_end(b);
}

static void put_bins(report_page *p, const calibration *sum)
{
    static const html_column columns[] = {{"probability", HTML_WORDS, NULL},
                                          {"pairs", HTML_NUMBER, NULL},
                                          {"mean", HTML_NUMBER, "mean of what was said"},
                                          {"came true", HTML_NUMBER, NULL}};
    buffer *b = &p->html.body;
    html_table_start(b, "What was said, and what came true", columns, 4, HTML_PLAIN);
    for (size_t k = 0; k < CALIBRATION_BINS; k++) {
        char label[32];
        size_t n = sum->bins[k];
        plain_print(label, sizeof label, "%.1f–%.1f", (double)k / CALIBRATION_BINS,
                    (double)(k + 1) / CALIBRATION_BINS);
        html_row(b);
        html_cell_text(b, view_of(label));
        html_cell_count(b, n);
        html_cell_number(b, n > 0 ? sum->sums[k] / (double)n : NAN, 3);
        html_cell_number(b, n > 0 ? (double)sum->hits[k] / (double)n : NAN, 3);
    }
    html_table_end(b);
}

void page_put_calibration(report_page *p)
{
    buffer *b = &p->html.body;
    bool enough = add_bins(p, MIN_SUPPORT_ECE).n_tags > 0;
    calibration sum = add_bins(p, enough ? MIN_SUPPORT_ECE : 1);
    if (sum.n_tags == 0)
        return;
    html_section(&p->html, "calibration", "Calibration");
    buffer_text(b, "<p>Does a probability of 0.8 come true 8 times in 10? On the dotted line it "
                   "does. Expected calibration error: ");
    html_data(b, p->e->ece, 3);
    html_printf(b,
                enough ? " (mean over the %zu tags with %d articles or more)."
                       : " (no tag has articles enough to say; shown are all %zu).",
                sum.n_tags, MIN_SUPPORT_ECE);
    buffer_text(b, "</p>\n<div class=\"side\"><div class=\"card\">");
    draw_calibration(p, &sum);
    buffer_text(b, "</div>");
    put_bins(p, &sum);
    buffer_text(b, "</div>\n");
}
