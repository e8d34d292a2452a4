/* The old card is left open at its end and gets one more member. */
#include "train/calibration_card.h"

#include <string.h>

#include "base/json.h"
#include "base/json_member.h"
#include "train/card.h"
#include "train/never_given.h"

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

static void put_articles(buffer *b, const calibration_facts *f)
{
    member_text(b, "digest", f->digest);
    member_count(b, "articles", f->counts->used);
    member_count(b, "unlabelled", f->counts->unlabelled);
    member_count(b, "blanket", f->counts->blanket);
    card_put_cuts(b, f->opts->thresholds, f->opts->bound, f->opts->calibration);
    member_count(b, "least", f->opts->least);
    member_count(b, "folds", f->n_folds);
    member_count(b, "seed", f->opts->seed);
    member_number(b, "micro_f1_before", f->counts->micro_f1_before);
    member_number(b, "micro_f1_after", f->counts->micro_f1_after);
}

static void put_tag(buffer *b, const calibration_facts *f, size_t t)
{
    const ttag_model_tag *tag = &f->tags[t];
    member_key(b, "tag");
    json_put_string(b, tag->name);
    member_count(b, "support", f->support[t]);
    member_bool(b, "changed", f->changed[t]);
    if (!f->changed[t])
        return;
    member_text(b, "calibration", tag->n_points > 0 ? "isotonic" : "platt");
    member_number(b, "cut", (double)tag->cut);
    member_number(b, "cut_spread", (double)tag->cut_spread);
    member_number(b, "precision", f->cuts[t].precision);
    member_number(b, "recall", f->cuts[t].recall);
    member_number(b, "f1", f->cuts[t].f1);
}

void calibration_card_write(buffer *out, ttag_view card, const calibration_facts *f)
{
    ttag_view before = open_card(card);
    buffer_view(out, before);
    buffer_text(out, before.size > 0 && before.bytes[before.size - 1] != '{' ? MEMBER : MEMBER + 1);
    put_articles(out, f);
    member_key(out, "never_given");
    buffer_char(out, '[');
    for (size_t t = 0, n = 0; t < f->n_tags; t++) {
        if (!f->changed[t] || !is_never_given(&f->tags[t]))
            continue;
        buffer_text(out, n++ > 0 ? "," : "");
        json_put_string(out, f->tags[t].name);
    }
    buffer_char(out, ']');
    member_key(out, "tags");
    buffer_char(out, '[');
    for (size_t t = 0; t < f->n_tags; t++) {
        buffer_text(out, t > 0 ? ",{" : "{");
        put_tag(out, f, t);
        buffer_char(out, '}');
    }
    buffer_text(out, "]}}");
}
