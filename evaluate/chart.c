/* Lines, dots and columns as SVG. */
#include "evaluate/chart.h"

#include <math.h>
#include <stdlib.h>

#include "base/plain_print.h"
#include "base/view.h"
#include "evaluate/html.h"

/* Room around the plot, in pixels. */
static const double LEFT = 46, RIGHT = 14, TOP = 10, BOTTOM = 40, BARE = 6;

enum { STEPS_MOST = 5, SPARK_WIDTH = 72, SPARK_HEIGHT = 24 };

/* ---- Places. ---- */

/* first + (value - low) / (high - low) · span, of the logarithms where the axis is so */
static double place(const chart_axis *axis, double value, double first, double span)
{
    double low = axis->low, high = axis->high;
    value = fmin(fmax(value, low), high);
    if (axis->log) {
        low = log(low);
        high = log(high);
        value = log(value);
    }
    return first + (value - low) / (high - low) * span;
}

static double left_of(const chart *c)
{
    return c->y.label ? LEFT : BARE;
}

static double bottom_of(const chart *c)
{
    return c->height - (c->x.label ? BOTTOM : BARE);
}

double chart_x(const chart *c, double x)
{
    return place(&c->x, x, left_of(c), c->width - left_of(c) - RIGHT);
}

double chart_y(const chart *c, double y)
{
    return place(&c->y, y, bottom_of(c), TOP - bottom_of(c));
}

/* At most one decimal, none if that is 0. */
static void put_place(buffer *b, double at)
{
    long tenths = lround(at * 10);
    if (tenths < 0)
        buffer_char(b, '-');
    tenths = labs(tenths);
    buffer_printf(b, tenths % 10 ? "%ld.%ld" : "%ld", tenths / 10, tenths % 10);
}

static void put_pair(buffer *b, double x, double y)
{
    put_place(b, x);
    buffer_char(b, ' ');
    put_place(b, y);
}

static void put_attribute(buffer *b, const char *name, double at)
{
    buffer_printf(b, " %s=\"", name);
    put_place(b, at);
    buffer_char(b, '"');
}

/* ---- Axes. ---- */

static void put_line(buffer *b, const char *class, double x0, double y0, double x1, double y1)
{
    buffer_printf(b, "<path class=\"%s\" d=\"M", class);
    put_pair(b, x0, y0);
    buffer_char(b, 'L');
    put_pair(b, x1, y1);
    buffer_text(b, "\"/>");
}

static void put_label(buffer *b, const char *class, double x, double y, const char *anchor,
                      ttag_view text)
{
    buffer_printf(b, "<text class=\"%s\"", class);
    put_attribute(b, "x", x);
    put_attribute(b, "y", y);
    if (*anchor)
        buffer_printf(b, " text-anchor=\"%s\"", anchor);
    buffer_char(b, '>');
    html_text(b, text);
    buffer_text(b, "</text>");
}

void chart_tick(buffer *b, const chart *c, bool on_x, double at, ttag_view text)
{
    if (on_x) {
        double x = chart_x(c, at);
        put_line(b, "grid", x, TOP, x, bottom_of(c));
        put_label(b, "tick", x, bottom_of(c) + 14, "middle", text);
    } else {
        double y = chart_y(c, at);
        put_line(b, "grid", left_of(c), y, c->width - RIGHT, y);
        put_label(b, "tick", left_of(c) - 6, y + 4, "end", text);
    }
}

static void put_tick(buffer *b, const chart *c, bool on_x, double at)
{
    char text[32];
    int size = plain_print(text, sizeof text, "%.6g", at + 0.0);
    chart_tick(b, c, on_x, at, (ttag_view){text, (size_t)size});
}

/* 1, 2 or 5 times a power of ten, so that there are few of them. */
static double step_of(double span)
{
    double step = pow(10, floor(log10(span / STEPS_MOST)));
    static const double factors[] = {1, 2, 5, 10};
    for (size_t i = 0; i < 4; i++)
        if (span / (step * factors[i]) <= STEPS_MOST + 1e-9)
            return step * factors[i];
    return step * 10;
}

static void put_even_ticks(buffer *b, const chart *c, const chart_axis *axis, bool on_x)
{
    double step = step_of(axis->high - axis->low);
    double first = ceil(axis->low / step - 1e-9), last = floor(axis->high / step + 1e-9);
    for (double k = first; k <= last; k++)
        put_tick(b, c, on_x, k * step);
}

/* Powers of ten, with 3 times them where they are few. */
static void put_log_ticks(buffer *b, const chart *c, const chart_axis *axis, bool on_x)
{
    bool few = log10(axis->high / axis->low) < 3;
    for (double power = floor(log10(axis->low)); power <= log10(axis->high); power++) {
        double at = pow(10, power);
        if (at >= axis->low)
            put_tick(b, c, on_x, at);
        if (few && at * 3 >= axis->low && at * 3 <= axis->high)
            put_tick(b, c, on_x, at * 3);
    }
}

static void put_axis(buffer *b, const chart *c, const chart_axis *axis, bool on_x)
{
    if (!axis->label)
        return;
    if (axis->log && !axis->own_ticks)
        put_log_ticks(b, c, axis, on_x);
    else if (!axis->own_ticks)
        put_even_ticks(b, c, axis, on_x);
    if (on_x) {
        double middle = (left_of(c) + c->width - RIGHT) / 2;
        put_label(b, "axis", middle, c->height - 6, "middle", view_of(axis->label));
        return;
    }
    double middle = (TOP + bottom_of(c)) / 2;
    buffer_text(b, "<text class=\"axis\" text-anchor=\"middle\" transform=\"translate(11 ");
    put_place(b, middle);
    buffer_text(b, ") rotate(-90)\">");
    html_words(b, axis->label);
    buffer_text(b, "</text>");
}

static void open_svg(buffer *b, const char *class, const chart *c)
{
    buffer_printf(b, "<svg class=\"%s\" role=\"%s\" viewBox=\"0 0 ", class,
                  c->has_links ? "group" : "img");
    put_pair(b, c->width, c->height);
    buffer_text(b, "\" style=\"--w:");
    put_place(b, c->width);
    buffer_text(b, "px\" aria-label=\"");
    html_words(b, c->title);
    buffer_text(b, "\">");
}

void chart_start(buffer *b, const chart *c)
{
    open_svg(b, c->width > 500 ? "chart big" : "chart", c);
    put_axis(b, c, &c->x, true);
    put_axis(b, c, &c->y, false);
    double left = left_of(c), bottom = bottom_of(c);
    put_line(b, "frame", left, bottom, c->width - RIGHT, bottom);
}

void chart_end(buffer *b)
{
    buffer_text(b, "</svg>\n");
}

/* ---- What is drawn. ---- */

static void put_points(buffer *b, const chart *c, const double *x, const double *y, size_t n,
                       bool steps)
{
    bool drawing = false;
    for (size_t i = 0; i < n; i++) {
        if (isnan(x[i]) || isnan(y[i])) {
            drawing = false;
            continue;
        }
        buffer_char(b, drawing ? 'L' : 'M');
        if (drawing && steps) {
            put_pair(b, chart_x(c, x[i - 1]), chart_y(c, y[i]));
            buffer_char(b, 'L');
        }
        put_pair(b, chart_x(c, x[i]), chart_y(c, y[i]));
        drawing = true;
    }
}

void chart_line(buffer *b, const chart *c, const double *x, const double *y, size_t n, int series)
{
    buffer_printf(b, "<path class=\"line s%d\" d=\"", series);
    put_points(b, c, x, y, n, false);
    buffer_text(b, "\"/>");
}

void chart_steps(buffer *b, const chart *c, const double *x, const double *y, size_t n, int series)
{
    buffer_printf(b, "<path class=\"line s%d\" d=\"", series);
    put_points(b, c, x, y, n, true);
    buffer_text(b, "\"/>");
}

void chart_band(buffer *b, const chart *c, const double *x, const double *low, const double *high,
                size_t n, int series)
{
    buffer_printf(b, "<path class=\"band s%d\" d=\"", series);
    bool drawing = false;
    for (size_t pass = 0; pass < 2; pass++) {
        for (size_t k = 0; k < n; k++) {
            size_t i = pass == 0 ? k : n - 1 - k;
            if (isnan(x[i]) || isnan(low[i]) || isnan(high[i]))
                continue;
            buffer_char(b, drawing ? 'L' : 'M');
            put_pair(b, chart_x(c, x[i]), chart_y(c, pass == 0 ? high[i] : low[i]));
            drawing = true;
        }
    }
    buffer_text(b, drawing ? "Z\"/>" : "\"/>");
}

/* The words that show up when it is pointed at, and close the element. */
static void put_hint(buffer *b, ttag_view label, const char *element)
{
    buffer_text(b, "><title>");
    html_text(b, label);
    buffer_printf(b, "</title></%s>", element);
}

void chart_dot(buffer *b, const chart *c, double x, double y, double radius, int series,
               ttag_view label, const char *link)
{
    if (isnan(x) || isnan(y))
        return;
    if (link) {
        buffer_text(b, "<a href=\"");
        html_words(b, link);
        buffer_text(b, "\">");
    }
    buffer_printf(b, "<circle class=\"dot s%d\"", series);
    put_attribute(b, "cx", chart_x(c, x));
    put_attribute(b, "cy", chart_y(c, y));
    put_attribute(b, "r", radius);
    put_hint(b, label, "circle");
    buffer_text(b, link ? "</a>" : "");
}

void chart_segment(buffer *b, const chart *c, double x0, double y0, double x1, double y1,
                   const char *class)
{
    if (!isnan(x0) && !isnan(y0) && !isnan(x1) && !isnan(y1))
        put_line(b, class, chart_x(c, x0), chart_y(c, y0), chart_x(c, x1), chart_y(c, y1));
}

void chart_column(buffer *b, const chart *c, double x0, double x1, double y, int series,
                  ttag_view label)
{
    if (isnan(y))
        return;
    double left = chart_x(c, x0), right = chart_x(c, x1), top = chart_y(c, y);
    buffer_printf(b, "<rect class=\"column s%d\"", series);
    put_attribute(b, "x", left);
    put_attribute(b, "y", top);
    put_attribute(b, "width", fmax(right - left, 0));
    put_attribute(b, "height", fmax(bottom_of(c) - top, 0));
    put_hint(b, label, "rect");
}

void chart_words(buffer *b, const chart *c, double x, double y, const char *anchor, ttag_view text)
{
    put_label(b, "words", chart_x(c, x), chart_y(c, y), anchor, text);
}

void chart_legend(buffer *b, const char *const *names, size_t n)
{
    buffer_text(b, "<ul class=\"legend\">");
    for (size_t i = 0; i < n; i++) {
        if (!names[i])
            continue;
        buffer_printf(b,
                      "<li><svg viewBox=\"0 0 28 8\" width=\"28\" height=\"8\" "
                      "aria-hidden=\"true\"><path class=\"line s%zu\" d=\"M0 4L28 4\"/></svg>",
                      i + 1);
        html_words(b, names[i]);
        buffer_text(b, "</li>");
    }
    buffer_text(b, "</ul>\n");
}

void chart_spark(buffer *b, const double *x, const double *y, size_t n, double mark_x,
                 double mark_y, const char *title)
{
    const chart c = {.width = SPARK_WIDTH + BARE + RIGHT,
                     .height = SPARK_HEIGHT + BARE + TOP,
                     .x = {.low = 0, .high = 1},
                     .y = {.low = 0, .high = 1},
                     .title = title};
    open_svg(b, "spark", &c);
    put_line(b, "frame", chart_x(&c, 0), chart_y(&c, 0), chart_x(&c, 1), chart_y(&c, 0));
    chart_line(b, &c, x, y, n, 1);
    if (!isnan(mark_x) && !isnan(mark_y)) {
        buffer_text(b, "<circle class=\"dot s2\"");
        put_attribute(b, "cx", chart_x(&c, mark_x));
        put_attribute(b, "cy", chart_y(&c, mark_y));
        buffer_text(b, " r=\"3\"/>");
    }
    buffer_text(b, "</svg>");
}
