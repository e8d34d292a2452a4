/* What ttag diff writes for other programs. */
#include "cli/json_out.h"
#include "cli/model_diff.h"

static void member(FILE *out, const char *name)
{
    fprintf(out, ",\"%s\":", name);
}

static void text(FILE *out, ttag_view value)
{
    if (value.bytes)
        json_write_string(out, value);
    else
        fputs("null", out);
}

/* ---- The models. ---- */

static void write_side(FILE *out, const model_diff *d, int side)
{
    const inspection *view = d->sides[side];
    const ttag_model_parts *parts = view->parts;
    fprintf(out, "\"%c\":{\"bytes\":%zu,\"tags\":%zu,\"terms\":%zu,\"terms_alone\":%zu", "ab"[side],
            view -> size, parts -> n_tags, parts -> vocabulary.n_terms, d->n_only[side]);
    fprintf(out, ",\"kernel\":\"%s\",\"calibrated\":%s}",
            parts->kernel == TTAG_KERNEL_RBF ? "rbf" : "linear",
            parts->calibrated ? "true" : "false");
}

static void write_card(FILE *out, const card_diff *card)
{
    fputs(",\"card\":[", out);
    for (size_t i = 0; i < card->n_changes; i++) {
        const card_change *c = &card->changes[i];
        fputs(i > 0 ? ",{\"name\":" : "{\"name\":", out);
        json_write_string(out, c->name);
        member(out, "a");
        text(out, c->values[0]);
        member(out, "b");
        text(out, c->values[1]);
        fputc('}', out);
    }
    fputc(']', out);
}

/* ---- Tags. ---- */

static void numbers(FILE *out, const char *name, double a, double b)
{
    fprintf(out, ",\"%s\":[", name);
    json_write_number(out, a);
    fputc(',', out);
    json_write_number(out, b);
    fputc(']', out);
}

static void write_facts(FILE *out, const ttag_model_tag *a, const ttag_model_tag *b)
{
    fprintf(out, ",\"support\":[%u,%u]", (unsigned)a->support, (unsigned)b->support);
    numbers(out, "threshold", (double)a->threshold, (double)b->threshold);
    numbers(out, "cut", (double)a->cut, (double)b->cut);
    numbers(out, "bias", (double)a->bias, (double)b->bias);
    numbers(out, "slope", a->slope, b->slope);
    numbers(out, "offset", a->offset, b->offset);
    fprintf(out, ",\"points\":[%zu,%zu]", a->n_points, b->n_points);
    numbers(out, "precision", (double)a->oof_precision, (double)b->oof_precision);
    numbers(out, "recall", (double)a->oof_recall, (double)b->oof_recall);
    numbers(out, "f1", (double)a->oof_f1, (double)b->oof_f1);
}

static void weight(FILE *out, uint32_t term, float value)
{
    if (term == TERM_NONE)
        fputs("null", out);
    else
        json_write_number(out, (double)value);
}

static void write_terms(FILE *out, const model_diff *d, const term_change *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        fputs(i > 0 ? ",{\"term\":" : "{\"term\":", out);
        json_write_string(out, model_diff_term(d, &list[i]));
        member(out, "a");
        weight(out, list[i].numbers[0], list[i].weights[0]);
        member(out, "b");
        weight(out, list[i].numbers[1], list[i].weights[1]);
        fputc('}', out);
    }
}

static void write_tag(FILE *out, const model_diff *d, const tag_diff *t)
{
    const ttag_model_tag *a = t->tags[0], *b = t->tags[1];
    fputs("{\"tag\":", out);
    json_write_string(out, (a ? a : b)->name);
    fprintf(out, ",\"in_a\":%s,\"in_b\":%s,\"changed\":%s", a ? "true" : "false",
            b ? "true" : "false", tag_diff_any(t) ? "true" : "false");
    if (a && b) {
        fprintf(out, ",\"words_changed\":%s", t->words_changed ? "true" : "false");
        write_facts(out, a, b);
        member(out, "likeness");
        json_write_number(out, t->likeness);
        fprintf(out, ",\"terms_moved\":%zu,\"moved\":[", t->n_moved);
        write_terms(out, d, t->moved, t->n_shown);
        fputc(']', out);
    }
    fputc('}', out);
}

void diff_json(FILE *out, const model_diff *d, const card_diff *card)
{
    fputc('{', out);
    write_side(out, d, 0);
    fputc(',', out);
    write_side(out, d, 1);
    fprintf(out, ",\"terms_common\":%zu", d->n_common);
    write_card(out, card);
    fputs(",\"tags\":[", out);
    for (size_t i = 0; i < d->n_tags; i++) {
        fputs(i > 0 ? ",\n" : "\n", out);
        write_tag(out, d, &d->tags[i]);
    }
    fputs("]", out);
    for (int side = 0; side < 2; side++) {
        fprintf(out, ",\n\"terms_only_%c\":[", "ab"[side]);
        write_terms(out, d, d->only[side], d->n_named[side]);
        fputc(']', out);
    }
    fputs("}\n", out);
}
