/* Charts as SVG, drawn from the page's own colours: lines differ by their dashes as well, and each
   chart has a sentence for those who do not see it.

       chart c = {.width = 360, .height = 220, .x = {.low = 0, .high = 1, .label = "recall"},
                  .y = {.low = 0, .high = 1, .label = "precision"}, .title = "Precision and recall
   of Malware"}; chart_start(b, &c); chart_line(b, &c, recalls, precisions, n, 1); chart_dot(b, &c,
   recall, precision, 5, 1, view_of("chosen cut: 0.34"), NULL); chart_end(b);

   Coordinates have at most one decimal: same numbers, same bytes. Points beyond the axes are put on
   their ends; what is not a number is left out, and parts a line. */
#ifndef EVALUATE_CHART_H
#define EVALUATE_CHART_H

#include "base/buffer.h"

typedef struct chart_axis {
    double low, high; /* low < high; with `log`, low > 0 */
    bool log;
    const char *label; /* NULL: no ticks, no label, and no room for them */
    bool own_ticks;    /* those of chart_tick only */
} chart_axis;

typedef struct chart {
    double width, height; /* in pixels, as wide as it gets; narrower screens shrink it, or, where it
                             is wide and within an element of class `scroll`, let it be scrolled */
    chart_axis x, y;
    const char *title; /* what it shows, in a sentence; escaped */
    bool has_links;    /* among its dots: an image, which it is to a screen reader else, has none */
} chart;

/* Opens the chart; draws its axes, ticks and grid. */
void chart_start(buffer *b, const chart *c);
void chart_end(buffer *b);

/* `series` from 1 to 4: colour and dashes. */
void chart_line(buffer *b, const chart *c, const double *x, const double *y, size_t n, int series);
/* Constant from a point to the next: y[i] from x[i - 1] to x[i]. */
void chart_steps(buffer *b, const chart *c, const double *x, const double *y, size_t n, int series);
/* The area between two lines over the same x: an interval. */
void chart_band(buffer *b, const chart *c, const double *x, const double *low, const double *high,
                size_t n, int series);
/* A dot that says `label` when pointed at; with `link` it leads there. */
void chart_dot(buffer *b, const chart *c, double x, double y, double radius, int series,
               ttag_view label, const char *link);
/* A straight line of class `class` ("guide", "cut", "whisker"). */
void chart_segment(buffer *b, const chart *c, double x0, double y0, double x1, double y1,
                   const char *class);
/* A bar from the bottom to y. */
void chart_column(buffer *b, const chart *c, double x0, double x1, double y, int series,
                  ttag_view label);
/* Words at a point; `anchor` is start, middle or end. */
void chart_words(buffer *b, const chart *c, double x, double y, const char *anchor, ttag_view text);
/* A tick with words, on an axis with `own_ticks`. */
void chart_tick(buffer *b, const chart *c, bool on_x, double at, ttag_view text);

/* What each series is: names for 1 … n, NULL where one is not there. */
void chart_legend(buffer *b, const char *const *names, size_t n);

/* A line without axes, as high as a line of text, both axes from 0 to 1. */
void chart_spark(buffer *b, const double *x, const double *y, size_t n, double mark_x,
                 double mark_y, const char *title);

/* Where in 0 … width the value lies; for pictures of one's own. */
double chart_x(const chart *c, double x);
double chart_y(const chart *c, double y);

#endif
