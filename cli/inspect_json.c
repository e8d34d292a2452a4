/* What ttag inspect writes for other programs. */
#include "cli/inspect.h"
#include "cli/json_out.h"
#include "cli/strongest.h"

static void member(FILE *out, const char *name)
{
    fprintf(out, ",\"%s\":", name);
}

static void member_number(FILE *out, const char *name, double value)
{
    member(out, name);
    json_write_number(out, value);
}

/* The members of a tag, without the braces. */
static void tag_members(FILE *out, const ttag_model_parts *parts, const ttag_model_tag *tag)
{
    fputs("\"tag\":", out);
    json_write_string(out, tag->name);
    member(out, "description");
    json_write_string(out, tag->description);
    member(out, "group");
    json_write_string(out, tag->group);
    member(out, "implies");
    fputc('[', out);
    for (size_t i = 0; i < tag->n_implies; i++) {
        fputs(i > 0 ? "," : "", out);
        json_write_string(out, parts->tags[tag->implies[i]].name);
    }
    fprintf(out, "],\"support\":%u,\"constant\":%s", (unsigned)tag->support,
            tag->constant ? "true" : "false");
    member_number(out, "threshold", (double)tag->threshold);
    member_number(out, "cut", (double)tag->cut);
    member_number(out, "cut_spread", (double)tag->cut_spread);
    member_number(out, "precision", (double)tag->oof_precision);
    member_number(out, "recall", (double)tag->oof_recall);
    member_number(out, "f1", (double)tag->oof_f1);
    member_number(out, "bias", (double)tag->bias);
}

bool inspect_model_json(FILE *out, const inspection *view)
{
    const ttag_model_parts *parts = view->parts;
    fprintf(out, "{\"bytes\":%zu,\"terms\":%zu,\"calibrated\":%s,\"kernel\":\"%s\"", view->size,
            parts->vocabulary.n_terms, parts->calibrated ? "true" : "false",
            parts->kernel == TTAG_KERNEL_RBF ? "rbf" : "linear");
    if (parts->kernel == TTAG_KERNEL_RBF) {
        member_number(out, "gamma", parts->support.gamma);
        fprintf(out, ",\"support_vectors\":%zu", parts->support.n_vectors);
    }
    member(out, "card");
    bool ok = card_write_compact(out, view->card);
    fputs(",\"tags\":[", out);
    for (size_t t = 0; t < parts->n_tags; t++) {
        fputs(t > 0 ? ",{" : "{", out);
        tag_members(out, parts, &parts->tags[t]);
        fputc('}', out);
    }
    fputs("]}\n", out);
    return ok;
}

static bool term_array(FILE *out, const ttag_model_parts *parts, size_t tag, int sign, size_t n)
{
    strongest found;
    if (!strongest_find(&found, parts, tag, sign, n))
        return false;
    member(out, sign > 0 ? "for" : "against");
    for (size_t i = 0; i < found.size; i++) {
        fputs(i > 0 ? ",{\"term\":" : "[{\"term\":", out);
        json_write_string(out, ttag_vocabulary_term(&parts->vocabulary, found.items[i].term));
        member_number(out, "weight", (double)found.items[i].weight);
        fputc('}', out);
    }
    fputs(found.size > 0 ? "]" : "[]", out);
    strongest_dispose(&found);
    return true;
}

bool inspect_tag_json(FILE *out, const inspection *view, size_t position, size_t n)
{
    const ttag_model_parts *parts = view->parts;
    fputc('{', out);
    tag_members(out, parts, &parts->tags[position]);
    bool ok = term_array(out, parts, position, 1, n) && term_array(out, parts, position, -1, n);
    fputs("}\n", out);
    return ok;
}
