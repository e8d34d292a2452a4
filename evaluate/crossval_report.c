/* Reports of a cross-validation: JSON, and tables for people. */
#include <math.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/json.h"
#include "base/view.h"
#include "evaluate/cells.h"
#include "evaluate/report_file.h"
#include "ttag/crossval.h"

enum { FIGURE_DIGITS = 15, NAME_WIDTH = 24, CELL_WIDTH = 9 };

/* ---- What there is to tell. ---- */

static const char *const MEANS[] = {"micro", "macro", "weighted", "samples", "per_article"};
static const char *const PARTS[] = {"precision", "recall", "f1"};
static const char *const SINGLES[] = {"subset_accuracy", "hamming_loss", "jaccard", "map", "ece"};
static const char *const OF_TAGS[] = {"precision", "recall", "f1", "average_precision"};

enum { N_MEANS = 5, N_PARTS = 3, N_SINGLES = 5, N_OF_TAGS = 4 };

typedef struct figure {
    double mean, spread;
} figure;

/* first and second joined by a dot. NaN: no fold has it. */
static figure look_up(const ttag_crossval *c, ttag_view first, const char *second, buffer *name)
{
    figure f = {NAN, NAN};
    buffer_clear(name);
    buffer_view(name, first);
    if (second)
        buffer_printf(name, ".%s", second);
    if (buffer_ok(name))
        ttag_crossval_figure(c, name->bytes, &f.mean, &f.spread);
    return f;
}

/* ---- JSON. ---- */

static void put_number(buffer *b, const char *key, double value, bool first)
{
    buffer_printf(b, "%s\"%s\": ", first ? "" : ", ", key);
    json_put_number(b, value, FIGURE_DIGITS);
}

/* Means of all figures, or with `spread` their spreads. */
static void put_figures(buffer *b, const ttag_crossval *c, bool spread, buffer *name)
{
    for (size_t m = 0; m < N_MEANS; m++) {
        buffer_printf(b, "%s    \"%s\": {", m ? ",\n" : "", MEANS[m]);
        for (size_t p = 0; p < N_PARTS; p++) {
            figure f = look_up(c, view_of(MEANS[m]), PARTS[p], name);
            put_number(b, PARTS[p], spread ? f.spread : f.mean, p == 0);
        }
        buffer_char(b, '}');
    }
    for (size_t s = 0; s < N_SINGLES; s++) {
        figure f = look_up(c, view_of(SINGLES[s]), NULL, name);
        buffer_text(b, ",\n    ");
        put_number(b, SINGLES[s], spread ? f.spread : f.mean, true);
    }
    buffer_text(b, ",\n    \"tags\": [");
    for (size_t t = 0; t < c->pooled->n_tags; t++) {
        ttag_view tag = c->pooled->tags[t].tag;
        buffer_printf(b, "%s      {\"tag\": ", t ? ",\n" : "\n");
        json_put_string(b, tag);
        for (size_t p = 0; p < N_OF_TAGS; p++) {
            figure f = look_up(c, tag, OF_TAGS[p], name);
            put_number(b, OF_TAGS[p], spread ? f.spread : f.mean, false);
        }
        buffer_char(b, '}');
    }
    buffer_text(b, "\n    ]");
}

/* The evaluation as its own report has it. */
static ttag_status put_evaluation(buffer *b, const ttag_evaluation *e, ttag_error *err)
{
    char *bytes = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&bytes, &size);
    if (!stream)
        return fail_memory(err);
    ttag_status status = ttag_evaluation_write_json(e, stream, err);
    if (fclose(stream) != 0 && status == TTAG_OK)
        status = fail_memory(err);
    while (size > 0 && bytes[size - 1] == '\n')
        size--;
    if (status == TTAG_OK)
        buffer_put(b, bytes, size);
    free(bytes);
    return status;
}

ttag_status ttag_crossval_write_json(const ttag_crossval *c, FILE *out, ttag_error *err)
{
    buffer report = {0}, name = {0};
    buffer_printf(&report, "{\n  \"folds\": %zu,\n  \"documents\": %zu,\n", c->n_folds,
                  c->pooled->documents);
    buffer_printf(&report, "  \"undated\": %zu,\n  \"unlabelled\": %zu,\n  \"refused\": %zu,\n",
                  c->undated, c->unlabelled, c->refused);
    buffer_text(&report, "  \"mean\": {\n");
    put_figures(&report, c, false, &name);
    buffer_text(&report, "\n  },\n  \"spread\": {\n");
    put_figures(&report, c, true, &name);
    buffer_text(&report, "\n  },\n  \"pooled\": ");
    ttag_status status = put_evaluation(&report, c->pooled, err);
    buffer_text(&report, "\n}\n");
    if (status == TTAG_OK)
        status = report_send(&report, out, err);
    buffer_dispose(&name);
    buffer_dispose(&report);
    return status;
}

/* ---- Text. ---- */

static void put_row(buffer *b, const ttag_crossval *c, ttag_view first, const char *second,
                    buffer *name)
{
    double pooled = NAN;
    figure f = look_up(c, first, second, name);
    if (buffer_ok(name))
        ttag_evaluation_figure(c->pooled, name->bytes, &pooled);
    cell_put_text(b, second ? buffer_as_view(name) : first, NAME_WIDTH);
    cell_put_share(b, f.mean, CELL_WIDTH);
    cell_put_share(b, f.spread, CELL_WIDTH);
    cell_put_share(b, pooled, CELL_WIDTH);
    buffer_char(b, '\n');
}

static void put_heading(buffer *b, const char *what)
{
    cell_put_text(b, view_of(what), NAME_WIDTH);
    buffer_text(b, "     mean   spread   pooled\n");
}

ttag_status ttag_crossval_write_text(const ttag_crossval *c, FILE *out, ttag_error *err)
{
    buffer report = {0}, name = {0};
    buffer_printf(&report, "%zu models, %zu articles withheld\n\n", c->n_folds,
                  c->pooled->documents);
    put_heading(&report, "");
    for (size_t m = 0; m < N_MEANS; m++)
        for (size_t p = 0; p < N_PARTS; p++)
            put_row(&report, c, view_of(MEANS[m]), PARTS[p], &name);
    for (size_t s = 0; s < N_SINGLES; s++)
        put_row(&report, c, view_of(SINGLES[s]), NULL, &name);
    buffer_char(&report, '\n');
    put_heading(&report, "F1 of each tag");
    for (size_t t = 0; t < c->pooled->n_tags; t++) {
        figure f = look_up(c, c->pooled->tags[t].tag, "f1", &name);
        cell_put_text(&report, c->pooled->tags[t].tag, NAME_WIDTH);
        cell_put_share(&report, f.mean, CELL_WIDTH);
        cell_put_share(&report, f.spread, CELL_WIDTH);
        cell_put_share(&report, c->pooled->tags[t].f1, CELL_WIDTH);
        buffer_char(&report, '\n');
    }
    ttag_status status = report_send(&report, out, err);
    buffer_dispose(&name);
    buffer_dispose(&report);
    return status;
}
