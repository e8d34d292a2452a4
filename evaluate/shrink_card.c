/* Adds a member to a card. */
#include "evaluate/shrink_card.h"

#include "base/error.h"
#include "base/hash.h"
#include "base/json_member.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The card up to its last brace, without blanks at its end; absent: it does not look like an
 * object.
 */
static ttag_view body_of(ttag_view card)
{
    while (card.size > 0 && is_blank(card.bytes[card.size - 1]))
        card.size--;
    if (card.size < 2 || card.bytes[card.size - 1] != '}')
        return (ttag_view){NULL, 0};
    card.size--;
    while (card.size > 0 && is_blank(card.bytes[card.size - 1]))
        card.size--;
    return card;
}

static bool put_digest(buffer *b, const ttag_model *model)
{
    char hex[33];
    digest *d = digest_new();
    if (!d)
        return false;
    digest_add(d, model->bytes, model->size);
    digest_hex(d, hex);
    digest_free(d);
    member_text(b, "from", hex);
    return true;
}

static void put_side(buffer *b, const char *key, const ttag_shrink_side *side, bool measured)
{
    member_open(b, key);
    member_count(b, "terms", side->terms);
    member_count(b, "weights", side->weights);
    if (measured) {
        member_number(b, "micro_f1", side->micro_f1);
        member_number(b, "macro_f1", side->macro_f1);
    }
    buffer_char(b, '}');
}

ttag_status shrink_card(buffer *out, const ttag_model *large, const ttag_shrunk *facts,
                        ttag_weight_type type, ttag_error *err)
{
    static const char *const TYPES[] = {"float32", "float16", "int8"};
    ttag_view body = body_of(large->parts.card);
    bool measured = facts->documents > 0;
    if (!body.bytes)
        return fail_at(err, TTAG_FORMAT, large->path, 0, 0, "section \"card\" is no JSON object");
    buffer_view(out, body);
    if (!buffer_ok(out))
        return fail_memory(err);
    member_open(out, "shrunk");
    if (!buffer_ok(out) || !put_digest(out, large))
        return fail_memory(err);
    member_count(out, "from_size", large->size);
    member_text(out, "weights", TYPES[type]);
    member_number(out, "prune", facts->prune);
    member_number(out, "scale", facts->scale);
    member_count(out, "articles", facts->documents);
    put_side(out, "before", &facts->before, measured);
    put_side(out, "after", &facts->after, measured);
    buffer_text(out, "}}");
    return buffer_ok(out) ? TTAG_OK : fail_memory(err);
}
