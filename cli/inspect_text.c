/* What ttag inspect shows to people. */
#include <math.h>
#include <string.h>

#include "cli/console.h"
#include "cli/inspect.h"
#include "cli/nearest.h"
#include "cli/strongest.h"
#include "cli/utf8_step.h"

enum { NAME_COLUMN = 28 };

static void line_name(FILE *out, const char *name)
{
    fprintf(out, "%-*s ", NAME_COLUMN, name);
}

static void line_view(FILE *out, const char *name, ttag_view text)
{
    if (text.size == 0)
        return;
    line_name(out, name);
    write_shown(out, text);
    fputc('\n', out);
}

/* ---- Tables ---- */

static int name_width(const ttag_model_parts *parts)
{
    size_t width = 3;
    for (size_t t = 0; t < parts->n_tags; t++) {
        size_t n = utf8_characters(parts->tags[t].name);
        width = n > width ? n : width;
    }
    return width < 60 ? (int)width : 60;
}

/* Right-aligned in 10 columns; "-" for NaN, "never" for a threshold that is not reached. */
static void cell(FILE *out, float value)
{
    if (isnan(value) || isinf(value))
        fprintf(out, "%10s", isnan(value) ? "-" : "never");
    else
        fprintf(out, "%10.3f", (double)value);
}

/* Whether the card says that training was stopped before this tag was done. */
static bool is_unfinished(const card_node *card_tags, size_t position)
{
    const char *finished = card_text(card_find(card_element(card_tags, position), "finished"));
    return finished && strcmp(finished, "false") == 0;
}

static void tag_row(FILE *out, const ttag_model_tag *tag, int width, bool unfinished)
{
    write_padded(out, tag->name, (size_t)width);
    fprintf(out, "%10u", (unsigned)tag->support);
    if (tag->constant) {
        fputs("    always given: every article of the training carried it\n", out);
        return;
    }
    cell(out, tag->threshold);
    cell(out, tag->oof_precision);
    cell(out, tag->oof_recall);
    cell(out, tag->oof_f1);
    fputs(unfinished ? "  unfinished\n" : "\n", out);
}

void inspect_model_text(FILE *out, const inspection *view)
{
    const ttag_model_parts *parts = view->parts;
    char size[32];
    const card_node *card_tags = NULL; /* where training was stopped */
    size_show_bytes(view->size, size, sizeof size);
    line_name(out, "model");
    fprintf(out, "%s, %s\n", view->path, size);
    line_name(out, "tags");
    fprintf(out, "%zu\n", parts->n_tags);
    line_name(out, "terms");
    fprintf(out, "%zu\n", parts->vocabulary.n_terms);
    if (parts->kernel == TTAG_KERNEL_RBF) {
        line_name(out, "kernel");
        fprintf(out, "RBF, gamma %g, %zu support vectors\n", parts->support.gamma,
                parts->support.n_vectors);
    }
    line_name(out, "probabilities");
    fputs(parts->calibrated ? "calibrated\n" : "not calibrated\n", out);
    card_write_lines(out, view->card, "");
    if (card_find(view->card, "stopped"))
        card_tags = card_find(view->card, "tags");
    inspect_tune_text(out, view->card);
    int width = name_width(parts);
    fprintf(out, "\n%-*s%10s%10s%10s%10s%10s\n", width, "tag", "support", "threshold", "precision",
            "recall", "F1");
    for (size_t t = 0; t < parts->n_tags; t++)
        tag_row(out, &parts->tags[t], width, is_unfinished(card_tags, t));
}

/* ---- One tag ---- */

static void line_number(FILE *out, const char *name, float value)
{
    if (isnan(value))
        return;
    line_name(out, name);
    if (isinf(value))
        fputs("never reached\n", out);
    else
        fprintf(out, "%.3f\n", (double)value);
}

static void tag_facts(FILE *out, const ttag_model_parts *parts, const ttag_model_tag *tag)
{
    line_view(out, "tag", tag->name);
    line_view(out, "description", tag->description);
    line_view(out, "group", tag->group);
    for (size_t i = 0; i < tag->n_implies; i++)
        line_view(out, i == 0 ? "implies" : "", parts->tags[tag->implies[i]].name);
    line_name(out, "support");
    fprintf(out, "%u\n", (unsigned)tag->support);
    if (tag->constant) {
        line_name(out, "always given");
        fputs("every article of the training carried it\n", out);
        return;
    }
    line_number(out, "threshold", tag->threshold);
    line_number(out, "score at the threshold", tag->cut);
    line_number(out, "its spread over partitions", tag->cut_spread);
    line_number(out, "precision, out of fold", tag->oof_precision);
    line_number(out, "recall, out of fold", tag->oof_recall);
    line_number(out, "F1, out of fold", tag->oof_f1);
    line_number(out, "bias", tag->bias);
}

/* A scalar of the card; nothing for null. */
static void line_scalar(FILE *out, const char *name, const card_node *scalar)
{
    const char *text = card_text(scalar);
    if (text && strcmp(text, "null") != 0)
        line_view(out, name, text_view(text));
}

/* How near the tag's solution is to its optimum: what the card says of it. */
static void tag_certificate(FILE *out, const inspection *view, size_t position)
{
    static const char *const lines[][2] = {
        {"support vectors", "support_vectors"},   {"articles the solver saw", "active"},
        {"rounds of the solver", "rounds"},       {"largest violation", "largest_violation"},
        {"relative duality gap", "relative_gap"}, {"finished", "finished"}};
    if (view->parts->tags[position].constant)
        return;
    line_scalar(out, "solver", card_find(view->card, "solver.name"));
    const card_node *tag = card_element(card_find(view->card, "tags"), position);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        line_scalar(out, lines[i][0], card_find(tag, lines[i][1]));
}

static bool term_list(FILE *out, const ttag_model_parts *parts, size_t tag, int sign, size_t n)
{
    strongest found;
    if (!strongest_find(&found, parts, tag, sign, n))
        return false;
    if (found.size > 0)
        fprintf(out, "\nstrongest terms %s%s:\n", sign > 0 ? "for it" : "against it",
                parts->kernel == TTAG_KERNEL_RBF ? ", at the start of an article" : "");
    for (size_t i = 0; i < found.size; i++) {
        fprintf(out, "%10.4f  ", (double)found.items[i].weight);
        write_shown(out, ttag_vocabulary_term(&parts->vocabulary, found.items[i].term));
        fputc('\n', out);
    }
    strongest_dispose(&found);
    return true;
}

bool inspect_tag_text(FILE *out, const inspection *view, size_t position, size_t n)
{
    const ttag_model_parts *parts = view->parts;
    tag_facts(out, parts, &parts->tags[position]);
    tag_certificate(out, view, position);
    return term_list(out, parts, position, 1, n) && term_list(out, parts, position, -1, n);
}
