/* Adds a member to a card. */
#include "evaluate/shrink_card.h"

#include <math.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/view.h"

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

static void put_key(buffer *b, const char *key)
{
    if (b->bytes[b->size - 1] != '{')
        buffer_char(b, ',');
    json_put_string(b, view_of(key));
    buffer_char(b, ':');
}

static void put_count(buffer *b, const char *key, size_t count)
{
    put_key(b, key);
    buffer_count(b, count);
}

static void put_number(buffer *b, const char *key, double number)
{
    put_key(b, key);
    json_put_number(b, number, 9);
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
    put_key(b, "from");
    json_put_string(b, view_of(hex));
    return true;
}

static void put_side(buffer *b, const char *key, const ttag_shrink_side *side, bool measured)
{
    put_key(b, key);
    buffer_char(b, '{');
    put_count(b, "terms", side->terms);
    put_count(b, "weights", side->weights);
    if (measured) {
        put_number(b, "micro_f1", side->micro_f1);
        put_number(b, "macro_f1", side->macro_f1);
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
    put_key(out, "shrunk");
    buffer_char(out, '{');
    if (!buffer_ok(out) || !put_digest(out, large))
        return fail_memory(err);
    put_count(out, "from_size", large->size);
    put_key(out, "weights");
    json_put_string(out, view_of(TYPES[type]));
    put_number(out, "prune", facts->prune);
    put_number(out, "scale", facts->scale);
    put_count(out, "articles", facts->documents);
    put_side(out, "before", &facts->before, measured);
    put_side(out, "after", &facts->after, measured);
    buffer_text(out, "}}");
    return buffer_ok(out) ? TTAG_OK : fail_memory(err);
}
