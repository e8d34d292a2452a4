/* What ttag diff shows to people. */
#include <math.h>
#include <string.h>

#include "cli/console.h"
#include "cli/model_diff.h"
#include "cli/nearest.h"
#include "cli/utf8_step.h"

enum { NAME_COLUMN = 28, VALUE_COLUMN = 24, NAMES_MOST = 60 };

/* ---- The models. ---- */

/* "name   value of A   value of B" */
static void line(FILE *out, ttag_view name, ttag_view a, ttag_view b)
{
    write_padded(out, name, NAME_COLUMN);
    fputc(' ', out);
    write_padded(out, a.bytes ? a : text_view("-"), VALUE_COLUMN);
    fputs("  ", out);
    write_shown(out, b.bytes ? b : text_view("-"));
    fputc('\n', out);
}

static void line_texts(FILE *out, const char *name, const char *a, const char *b)
{
    if (strcmp(a, b) != 0)
        line(out, text_view(name), text_view(a), text_view(b));
}

static void line_counts(FILE *out, const char *name, size_t a, size_t b)
{
    char texts[2][32];
    snprintf(texts[0], sizeof texts[0], "%zu", a);
    snprintf(texts[1], sizeof texts[1], "%zu", b);
    line_texts(out, name, texts[0], texts[1]);
}

static const char *kernel_name(const ttag_model_parts *parts)
{
    return parts->kernel == TTAG_KERNEL_RBF ? "RBF" : "linear";
}

static void write_models(FILE *out, const model_diff *d, const card_diff *card)
{
    const inspection *a = d->sides[0], *b = d->sides[1];
    char sizes[2][32];
    size_show_bytes(a->size, sizes[0], sizeof sizes[0]);
    size_show_bytes(b->size, sizes[1], sizeof sizes[1]);
    line(out, text_view(""), text_view("A"), text_view("B"));
    line(out, text_view("model"), text_view(a->path), text_view(b->path));
    line_texts(out, "size", sizes[0], sizes[1]);
    line_counts(out, "tags", a->parts->n_tags, b->parts->n_tags);
    line_counts(out, "terms", a->parts->vocabulary.n_terms, b->parts->vocabulary.n_terms);
    line_counts(out, "terms that the other lacks", d->n_only[0], d->n_only[1]);
    line_texts(out, "kernel", kernel_name(a->parts), kernel_name(b->parts));
    line_texts(out, "probabilities", a->parts->calibrated ? "calibrated" : "not calibrated",
               b->parts->calibrated ? "calibrated" : "not calibrated");
    for (size_t i = 0; i < card->n_changes; i++)
        line(out, card->changes[i].name, card->changes[i].values[0], card->changes[i].values[1]);
}

/* ---- Tags. ---- */

static ttag_view name_of(const tag_diff *t)
{
    return (t->tags[0] ? t->tags[0] : t->tags[1])->name;
}

static size_t name_width(const model_diff *d)
{
    size_t width = 3;
    for (size_t i = 0; i < d->n_tags; i++) {
        size_t n = utf8_characters(name_of(&d->tags[i]));
        width = n > width ? n : width;
    }
    return width < NAMES_MOST ? width : NAMES_MOST;
}

/* "-" for NaN, "never" for a threshold that is not reached. */
static void number(FILE *out, float value)
{
    if (isnan(value) || isinf(value))
        fprintf(out, "%8s", isnan(value) ? "-" : "never");
    else
        fprintf(out, "%8.3f", (double)value);
}

static void pair(FILE *out, float a, float b)
{
    fputs("  ", out);
    number(out, a);
    number(out, b);
}

static void tag_row(FILE *out, const tag_diff *t, size_t width)
{
    const ttag_model_tag *a = t->tags[0], *b = t->tags[1];
    write_padded(out, name_of(t), width);
    if (!a || !b) {
        fprintf(out, "  %s alone knows it\n", a ? "A" : "B");
        return;
    }
    fprintf(out, "  %7u%7u", (unsigned)a->support, (unsigned)b->support);
    pair(out, a->threshold, b->threshold);
    pair(out, a->oof_f1, b->oof_f1);
    if (isnan(t->likeness))
        fprintf(out, "%10s", "-");
    else
        fprintf(out, "%10.3f", t->likeness);
    fprintf(out, "%9zu", t->n_moved);
    fputs(t->words_changed ? "  other description, group or implications\n" : "\n", out);
}

static void write_tags(FILE *out, const model_diff *d)
{
    size_t width = name_width(d), same = 0;
    for (size_t i = 0; i < d->n_tags; i++)
        same += !tag_diff_any(&d->tags[i]);
    if (same < d->n_tags)
        fprintf(out, "\n%*s  %14s  %16s  %16s%10s%9s\n%-*s  %7s%7s  %8s%8s  %8s%8s%10s%9s\n",
                (int)width, "", "support", "threshold", "F1, out of fold", "weights", "terms",
                (int)width, "tag", "A", "B", "A", "B", "A", "B", "likeness", "moved");
    for (size_t i = 0; i < d->n_tags; i++)
        if (tag_diff_any(&d->tags[i]))
            tag_row(out, &d->tags[i], width);
    if (same > 0)
        fprintf(out, "\n%zu tag%s the same\n", same, same == 1 ? " is" : "s are");
}

/* ---- Terms. ---- */

/* A weight, or a dash where the vocabulary lacks the term. */
static void weight(FILE *out, uint32_t term, float value)
{
    if (term == TERM_NONE)
        fprintf(out, "%10s", "-");
    else
        fprintf(out, "%10.4f", (double)value);
}

static void write_moved(FILE *out, const model_diff *d)
{
    for (size_t i = 0; i < d->n_tags; i++) {
        const tag_diff *t = &d->tags[i];
        if (t->n_shown == 0)
            continue;
        fputs("\nweights that changed most: ", out);
        write_shown(out, name_of(t));
        fputs("\n         A         B\n", out);
        for (size_t k = 0; k < t->n_shown; k++) {
            const term_change *c = &t->moved[k];
            weight(out, c->numbers[0], c->weights[0]);
            weight(out, c->numbers[1], c->weights[1]);
            fputs("  ", out);
            write_shown(out, model_diff_term(d, c));
            fputc('\n', out);
        }
    }
}

static void write_only(FILE *out, const model_diff *d, int side)
{
    if (d->n_named[side] == 0)
        return;
    fprintf(out, "\nterms that only %c has, %zu of %zu, by their largest weight\n", "AB"[side],
            d -> n_named[side], d -> n_only[side]);
    for (size_t i = 0; i < d->n_named[side]; i++) {
        fprintf(out, "%10.4f  ", (double)d->only[side][i].weights[side]);
        write_shown(out, model_diff_term(d, &d->only[side][i]));
        fputc('\n', out);
    }
}

void diff_text(FILE *out, const model_diff *d, const card_diff *card)
{
    write_models(out, d, card);
    write_tags(out, d);
    write_moved(out, d);
    write_only(out, d, 0);
    write_only(out, d, 1);
}
