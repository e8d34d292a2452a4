/* Sizes and figures of a model, before and after. */
#include "cli/shrink_report.h"

#include <math.h>

#include "cli/json_out.h"
#include "cli/nearest.h"

/* Size of the section of that name; 0: there is none. */
static size_t section_size(const ttag_model *model, ttag_view name)
{
    ttag_view other;
    size_t size;
    for (size_t i = 0; model && ttag_model_section(model, i, &other, &size); i++)
        if (same_text(name, other))
            return size;
    return 0;
}

/* ---- For people. ---- */

static void size_row(FILE *out, ttag_view name, size_t before, size_t after, bool saved)
{
    fprintf(out, "%-16.*s%14zu", (int)name.size, name.bytes, before);
    if (saved)
        fprintf(out, "%14zu", after);
    if (saved && before > 0)
        fprintf(out, "%13.1f%%", 100 * (double)after / (double)before);
    fputc('\n', out);
}

static void section_rows(FILE *out, const shrink_report *r)
{
    ttag_view name;
    size_t size;
    for (size_t i = 0; ttag_model_section(r->before, i, &name, &size); i++)
        size_row(out, name, size, section_size(r->after, name), r->after != NULL);
    for (size_t i = 0; r->after && ttag_model_section(r->after, i, &name, &size); i++)
        if (section_size(r->before, name) == 0)
            size_row(out, name, 0, size, true);
}

static void figure_row(FILE *out, const char *name, double before, double after)
{
    if (!isnan(before))
        fprintf(out, "%-16s%14.4f%14.4f%+14.4f\n", name, before, after, after - before);
}

void shrink_report_text(FILE *out, const shrink_report *r)
{
    const ttag_shrunk *d = r->done;
    bool saved = r->after != NULL;
    fprintf(out, "%-16s%14s%14s\n", "", "before", "after");
    size_row(out, text_view("bytes"), d->before.file_size, d->after.file_size, saved);
    section_rows(out, r);
    fputc('\n', out);
    size_row(out, text_view("terms"), d->before.terms, d->after.terms, true);
    size_row(out, text_view("weights"), d->before.weights, d->after.weights, true);
    figure_row(out, "micro-F1", d->before.micro_f1, d->after.micro_f1);
    figure_row(out, "macro-F1", d->before.macro_f1, d->after.macro_f1);
    if (d->documents > 0)
        fprintf(out, "\nstandard error of the micro-F1 lost, on %zu articles: %.4f\n", d->documents,
                d->loss_error);
}

/* ---- For programs. ---- */

static void json_side(FILE *out, const char *name, const ttag_shrink_side *side, const char *path,
                      const ttag_model *model)
{
    ttag_view section;
    size_t size;
    fprintf(out, ",\"%s\":{\"model\":", name);
    json_write_string(out, text_view(path));
    fprintf(out, ",\"bytes\":%zu,\"terms\":%zu,\"weights\":%zu", side->file_size, side->terms,
            side->weights);
    fputs(",\"micro_f1\":", out);
    json_write_number(out, side->micro_f1);
    fputs(",\"macro_f1\":", out);
    json_write_number(out, side->macro_f1);
    fputs(",\"sections\":{", out);
    for (size_t i = 0; model && ttag_model_section(model, i, &section, &size); i++) {
        fputs(i > 0 ? "," : "", out);
        json_write_string(out, section);
        fprintf(out, ":%zu", size);
    }
    fputs("}}", out);
}

void shrink_report_json(FILE *out, const shrink_report *r)
{
    const ttag_shrunk *d = r->done;
    fprintf(out,
            "{\"saved\":%s,\"prune\":%.9g,\"scale\":%.9g,\"loss_error\":%.9g,\"documents\":%zu",
            d->saved ? "true" : "false", d->prune, d->scale, d->loss_error, d->documents);
    json_side(out, "before", &d->before, r->before_path, r->before);
    json_side(out, "after", &d->after, r->after_path, r->after);
    fputs("}\n", out);
}
