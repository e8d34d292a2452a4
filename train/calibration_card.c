#include "train/calibration_card.h"

#include <string.h>

#include "base/json.h"
#include "base/view.h"
#include "train/never_given.h"

enum { DIGITS = 9 };

/* Quotes within a JSON string have a backslash before them: no text of a card holds this. */
static const char MEMBER[] = ",\"recalibration\":{";

/* The card without its closing brace, and without what an earlier calibration said. */
static ttag_view open_card(ttag_view card)
{
    const size_t size = sizeof MEMBER - 1;
    for (size_t at = 0; at + size <= card.size; at++)
        if (memcmp(card.bytes + at, MEMBER, size) == 0)
            return (ttag_view){card.bytes, at};
    while (card.size > 0 && card.bytes[card.size - 1] != '}')
        card.size--;
    return (ttag_view){card.bytes, card.size > 0 ? card.size - 1 : 0};
}

static void put_name(buffer *b, const char *name)
{
    char last = b->size > 0 ? b->bytes[b->size - 1] : '{';
    if (last != '{' && last != '[')
        buffer_char(b, ',');
    json_put_string(b, view_of(name));
    buffer_char(b, ':');
}

static void put_size(buffer *b, const char *name, size_t size)
{
    put_name(b, name);
    buffer_count(b, size);
}

static void put_number(buffer *b, const char *name, double number)
{
    put_name(b, name);
    json_put_number(b, number, DIGITS);
}

static void put_text(buffer *b, const char *name, const char *text)
{
    put_name(b, name);
    json_put_string(b, view_of(text));
}

static void put_articles(buffer *b, const calibration_facts *f)
{
    static const char *const CALIBRATIONS[] = {"auto", "platt", "isotonic"};
    put_text(b, "digest", f->digest);
    put_size(b, "articles", f->counts->used);
    put_size(b, "unlabelled", f->counts->unlabelled);
    put_size(b, "blanket", f->counts->blanket);
    put_name(b, "thresholds");
    buffer_char(b, '"');
    cut_rule_put(b, &(cut_rule){f->opts->thresholds, f->opts->bound});
    buffer_char(b, '"');
    put_text(b, "calibration", CALIBRATIONS[f->opts->calibration]);
    put_size(b, "least", f->opts->least);
    put_size(b, "folds", f->n_folds);
    put_name(b, "seed");
    buffer_printf(b, "%llu", (unsigned long long)f->opts->seed);
    put_number(b, "micro_f1_before", f->counts->micro_f1_before);
    put_number(b, "micro_f1_after", f->counts->micro_f1_after);
}

static void put_tag(buffer *b, const calibration_facts *f, size_t t)
{
    const ttag_model_tag *tag = &f->tags[t];
    put_name(b, "tag");
    json_put_string(b, tag->name);
    put_size(b, "support", f->support[t]);
    put_name(b, "changed");
    buffer_text(b, f->changed[t] ? "true" : "false");
    if (!f->changed[t])
        return;
    put_text(b, "calibration", tag->n_points > 0 ? "isotonic" : "platt");
    put_number(b, "cut", (double)tag->cut);
    put_number(b, "cut_spread", (double)tag->cut_spread);
    put_number(b, "precision", f->cuts[t].precision);
    put_number(b, "recall", f->cuts[t].recall);
    put_number(b, "f1", f->cuts[t].f1);
}

void calibration_card_write(buffer *out, ttag_view card, const calibration_facts *f)
{
    ttag_view before = open_card(card);
    buffer_view(out, before);
    buffer_text(out, before.size > 0 && before.bytes[before.size - 1] != '{' ? MEMBER : MEMBER + 1);
    put_articles(out, f);
    put_name(out, "never_given");
    buffer_char(out, '[');
    for (size_t t = 0, n = 0; t < f->n_tags; t++) {
        if (!f->changed[t] || !is_never_given(&f->tags[t]))
            continue;
        buffer_text(out, n++ > 0 ? "," : "");
        json_put_string(out, f->tags[t].name);
    }
    buffer_char(out, ']');
    put_name(out, "tags");
    buffer_char(out, '[');
    for (size_t t = 0; t < f->n_tags; t++) {
        buffer_text(out, t > 0 ? ",{" : "{");
        put_tag(out, f, t);
        buffer_char(out, '}');
    }
    buffer_text(out, "]}}");
}
