/* Conditions over the values of fields. */
#include "import/condition.h"

#include "articles/unknown_rules.h"
#include "base/ascii.h"
#include "base/view.h"

typedef struct test {
    const condition *condition;
    buffer text;
    bool held;
} test;

static bool is_word(const condition *c, ttag_view text)
{
    for (size_t i = 0; i < c->n_words; i++)
        if (view_equal(c->words[i], text))
            return true;
    return false;
}

static bool has_within(ttag_view text, ttag_view word)
{
    for (size_t at = 0; at + word.size <= text.size; at++)
        if (memcmp(text.bytes + at, word.bytes, word.size) == 0)
            return true;
    return false;
}

static bool has_word(const condition *c, buffer *text)
{
    for (size_t i = 0; i < text->size; i++)
        text->bytes[i] = small_letter(text->bytes[i]);
    for (size_t i = 0; i < c->n_words; i++)
        if (has_within(buffer_as_view(text), c->words[i]))
            return true;
    return false;
}

/* Is asked value by value; false once the condition holds. */
static bool try_value(void *context, ttag_view value)
{
    test *t = context;
    if (t->condition->kind == CONDITION_PRESENT) {
        t->held = true;
        return false;
    }
    ttag_view text = field_text(value, &t->text);
    switch (t->condition->kind) {
    case CONDITION_IS:
        t->held = is_word(t->condition, text);
        break;
    case CONDITION_OTHER:
        t->held = !is_word(t->condition, text);
        break;
    case CONDITION_BEFORE:
        t->held = view_compare(text, t->condition->words[0]) < 0;
        break;
    default:
        t->held = has_word(t->condition, &t->text);
    }
    return !t->held;
}

static bool holds_of_fields(const condition *c, const source_record *record)
{
    test t = {.condition = c};
    for (size_t i = 0; i < c->n_fields && !t.held; i++)
        field_each(record, &c->fields[i], try_value, &t);
    buffer_dispose(&t.text);
    return t.held;
}

static bool holds_of_tags(const condition *c, const names *tags)
{
    for (size_t t = 0; tags && t < tags->n; t++)
        for (size_t i = 0; i < c->n_words; i++)
            if (glob_fits(c->words[i], tags->items[t]))
                return true;
    return false;
}

bool condition_holds(const condition *c, const condition_input *input)
{
    switch (c->kind) {
    case CONDITION_TAGGED:
        return holds_of_tags(c, input->tags);
    case CONDITION_NOT:
        return !condition_holds(c->parts[0], input);
    case CONDITION_ALL:
    case CONDITION_ANY:
        for (size_t i = 0; i < c->n_parts; i++)
            if (condition_holds(c->parts[i], input) == (c->kind == CONDITION_ANY))
                return c->kind == CONDITION_ANY;
        return c->kind == CONDITION_ALL;
    default:
        return holds_of_fields(c, input->record);
    }
}
