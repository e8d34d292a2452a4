/* A learning curve as JSON, and as tables for people. */
#include "base/error.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/view.h"
#include "evaluate/cells.h"
#include "evaluate/curve_words.h"
#include "evaluate/report_file.h"

enum { FIGURE_DIGITS = 15, NAME_WIDTH = 24, CELL_WIDTH = 9, BAR_WIDTH = 10, RISERS_SHOWN = 5 };

/* ---- JSON. ---- */

static void put_number(buffer *b, const char *key, double value, bool first)
{
    buffer_printf(b, "%s\"%s\": ", first ? "" : ", ", key);
    json_put_number(b, value, FIGURE_DIGITS);
}

static void put_figure(buffer *b, const ttag_curve_figure *f)
{
    buffer_char(b, '{');
    put_number(b, "f1", f->f1, true);
    put_number(b, "low", f->interval.low, false);
    put_number(b, "high", f->interval.high, false);
    buffer_char(b, '}');
}

static void put_change(buffer *b, const ttag_change *c)
{
    buffer_char(b, '{');
    put_number(b, "gain", c->b - c->a, true);
    put_number(b, "low", c->change.low, false);
    put_number(b, "high", c->change.high, false);
    put_number(b, "p", c->p, false);
    buffer_char(b, '}');
}

static void put_point(buffer *b, const ttag_curve_point *p)
{
    buffer_char(b, '{');
    put_number(b, "share", p->share, true);
    put_number(b, "articles", p->articles, false);
    buffer_text(b, ", \"micro\": ");
    put_figure(b, &p->micro);
    buffer_text(b, ", \"macro\": ");
    put_figure(b, &p->macro);
    buffer_text(b, ",\n     \"micro_gain\": ");
    put_change(b, &p->micro_gain);
    buffer_text(b, ", \"macro_gain\": ");
    put_change(b, &p->macro_gain);
    buffer_char(b, '}');
}

static void put_tag(buffer *b, const ttag_curve_tag *tag, size_t n_points)
{
    buffer_text(b, "{\"tag\": ");
    json_put_string(b, tag->tag);
    buffer_printf(b, ", \"support\": %zu, \"gain\": ", tag->support);
    put_change(b, &tag->gain);
    buffer_text(b, ", \"points\": [");
    for (size_t i = 0; i < n_points; i++) {
        buffer_text(b, i ? ", " : "");
        put_figure(b, &tag->points[i]);
    }
    buffer_text(b, "]}");
}

ttag_status ttag_curve_write_json(const ttag_curve *c, FILE *out, ttag_error *err)
{
    static const char *const VERDICTS[] = {"rises", "flat", "open"};
    buffer b = {0};
    buffer_printf(&b, "{\n  \"documents\": %zu,\n  \"unlabelled\": %zu,\n  \"refused\": %zu,\n",
                  c->documents, c->unlabelled, c->refused);
    buffer_printf(&b, "  \"folds\": %u,\n  \"replicates\": %u,\n  \"verdict\": \"%s\",\n",
                  (unsigned)c->folds, (unsigned)c->replicates, VERDICTS[c->verdict]);
    buffer_text(&b, "  \"points\": [");
    for (size_t i = 0; i < c->n_points; i++) {
        buffer_text(&b, i ? ",\n    " : "\n    ");
        put_point(&b, &c->points[i]);
    }
    buffer_text(&b, "\n  ],\n  \"tags\": [");
    for (size_t t = 0; t < c->n_tags; t++) {
        buffer_text(&b, t ? ",\n    " : "\n    ");
        put_tag(&b, &c->tags[t], c->n_points);
    }
    buffer_text(&b, "\n  ]\n}\n");
    ttag_status status = report_send(&b, out, err);
    buffer_dispose(&b);
    return status;
}

/* ---- Text. ---- */

static void put_gain(buffer *b, const ttag_change *gain)
{
    if (gain->a >= 0) /* false for NaN */
        buffer_printf(b, "  %+.3f (%+.3f to %+.3f)", gain->b - gain->a, gain->change.low,
                      gain->change.high);
}

static void put_interval(buffer *b, const ttag_curve_figure *f)
{
    cell_put_share(b, f->f1, CELL_WIDTH);
    buffer_printf(b, " (%.3f-%.3f)", f->interval.low, f->interval.high);
}

static void put_points(buffer *b, const ttag_curve *c)
{
    buffer_text(b, "articles     micro   (95 %)         macro   (95 %)                     gain in "
                   "micro-F1\n");
    for (size_t i = 0; i < c->n_points; i++) {
        const ttag_curve_point *p = &c->points[i];
        buffer_printf(b, "%8.0f", p->articles);
        put_interval(b, &p->micro);
        put_interval(b, &p->macro);
        buffer_text(b, "  ");
        cell_put_bar(b, p->micro.f1, BAR_WIDTH);
        put_gain(b, &p->micro_gain);
        buffer_char(b, '\n');
    }
}

static void put_risers(buffer *b, const ttag_curve *c, const size_t *order, size_t n)
{
    if (n == 0) {
        buffer_text(b, "Of no single tag can it be said that it still learns.\n");
        return;
    }
    buffer_text(b, "Tags that still learn: ");
    for (size_t i = 0; i < n && i < RISERS_SHOWN; i++) {
        const ttag_curve_tag *tag = &c->tags[order[i]];
        buffer_printf(b, "%s%.*s (%+.3f)", i ? ", " : "", (int)tag->tag.size, tag->tag.bytes,
                      tag->gain.b - tag->gain.a);
    }
    if (n > RISERS_SHOWN)
        buffer_printf(b, " and %zu more", n - RISERS_SHOWN);
    buffer_text(b, ".\n");
}

static void put_tags(buffer *b, const ttag_curve *c)
{
    cell_put_text(b, view_of("tag"), NAME_WIDTH);
    buffer_text(b, "  support");
    for (size_t i = 0; i < c->n_points; i++)
        buffer_printf(b, "%9.0f", c->points[i].articles);
    buffer_text(b, "  last gain\n");
    for (size_t t = 0; t < c->n_tags; t++) {
        const ttag_curve_tag *tag = &c->tags[t];
        cell_put_text(b, tag->tag, NAME_WIDTH);
        buffer_printf(b, "%9zu", tag->support);
        for (size_t i = 0; i < c->n_points; i++)
            cell_put_share(b, tag->points[i].f1, CELL_WIDTH);
        put_gain(b, &tag->gain);
        buffer_char(b, '\n');
    }
}

ttag_status ttag_curve_write_text(const ttag_curve *c, FILE *out, ttag_error *err)
{
    buffer b = {0};
    size_t *order = mem_new(c->n_tags, sizeof *order);
    if (!order)
        return fail_memory(err);
    curve_put_verdict(&b, c);
    buffer_char(&b, '\n');
    put_risers(&b, c, order, curve_rank_risers(order, c));
    buffer_char(&b, '\n');
    put_points(&b, c);
    buffer_char(&b, '\n');
    put_tags(&b, c);
    ttag_status status = report_send(&b, out, err);
    mem_free(order);
    buffer_dispose(&b);
    return status;
}
