/* Strings, lists and conditions of a mapping. */
#include "import/mapping_read.h"

#include "base/ascii.h"
#include "base/error.h"
#include "base/json.h"
#include "base/view.h"

enum { DEEPEST = 16 };

bool is_absent(ttag_view value)
{
    return !value.bytes || json_kind_of(value) == JSON_NULL;
}

ttag_status mapping_refuse(mapping_reader *r, const char *said, ttag_view value, const char *wanted)
{
    return fail_at(r->err, TTAG_PARSE, r->path, 0, 0, "%s is %s; expected %s", said,
                   value.bytes ? json_kind_name(json_kind_of(value)) : "missing", wanted);
}

ttag_status mapping_read_string(mapping_reader *r, ttag_view *out, const char *said,
                                ttag_view value)
{
    if (!value.bytes || json_kind_of(value) != JSON_STRING)
        return mapping_refuse(r, said, value, "a string");
    *out = arena_copy(&r->mapping->memory, field_text(value, &r->text));
    return out->bytes && buffer_ok(&r->text) ? TTAG_OK : fail_memory(r->err);
}

ttag_status mapping_read_strings(mapping_reader *r, const ttag_view **out, size_t *n,
                                 const char *said, ttag_view value)
{
    if (!value.bytes)
        return mapping_refuse(r, said, value, "a string, or an array of strings");
    ttag_view *items =
        arena_new(&r->mapping->memory, json_count_one_or_many(value) + 1, sizeof *items);
    *out = items;
    *n = 0;
    if (!items)
        return fail_memory(r->err);
    if (json_kind_of(value) != JSON_ARRAY) {
        *n = 1;
        return mapping_read_string(r, items, said, value);
    }
    ttag_status status = TTAG_OK;
    json_walk walk = json_walk_over(value, NULL);
    json_item item;
    while (status == TTAG_OK && json_walk_next(&walk, &item))
        status = mapping_read_string(r, &items[(*n)++], said, item.value);
    return status;
}

/* ---- Conditions. ---- */

static ttag_status read_at(mapping_reader *r, const condition **out, ttag_view value, size_t depth);

static ttag_status read_parts(mapping_reader *r, condition *c, ttag_view value, size_t depth)
{
    const condition **parts =
        arena_new(&r->mapping->memory, json_count_one_or_many(value) + 1, sizeof *parts);
    c->parts = parts;
    if (!parts)
        return fail_memory(r->err);
    if (json_kind_of(value) != JSON_ARRAY) {
        c->n_parts = 1;
        return read_at(r, parts, value, depth + 1);
    }
    ttag_status status = TTAG_OK;
    json_walk walk = json_walk_over(value, NULL);
    json_item item;
    while (status == TTAG_OK && json_walk_next(&walk, &item))
        status = read_at(r, &parts[c->n_parts++], item.value, depth + 1);
    return status;
}

static ttag_status read_fields(mapping_reader *r, condition *c, ttag_view value)
{
    const ttag_view *texts;
    ttag_status status =
        mapping_read_strings(r, &texts, &c->n_fields, "\"field\" of a condition", value);
    if (status != TTAG_OK)
        return status;
    field_path *fields = arena_new(&r->mapping->memory, c->n_fields + 1, sizeof *fields);
    c->fields = fields;
    for (size_t i = 0; fields && i < c->n_fields; i++)
        if (!field_path_read(&fields[i], texts[i], &r->mapping->memory))
            fields = NULL;
    return fields ? TTAG_OK : fail_memory(r->err);
}

/* What a condition on a field's values is called in a mapping. */
static const struct {
    const char *name;
    condition_kind kind;
} of_values[] = {{"is", CONDITION_IS},
                 {"has", CONDITION_HAS},
                 {"before", CONDITION_BEFORE},
                 {"other_than", CONDITION_OTHER}};

static bool has_capital(ttag_view word)
{
    for (size_t i = 0; i < word.size; i++)
        if (is_capital(word.bytes[i]))
            return true;
    return false;
}

/* What only can be said of the words once all are read. */
static ttag_status check_words(mapping_reader *r, const condition *c)
{
    if (c->kind == CONDITION_BEFORE && c->n_words != 1)
        return fail_at(r->err, TTAG_PARSE, r->path, 0, 0, "\"before\" has %zu values; expected one",
                       c->n_words);
    for (size_t i = 0; c->kind == CONDITION_HAS && i < c->n_words; i++)
        if (has_capital(c->words[i]) || c->words[i].size == 0)
            return fail_at(r->err, TTAG_PARSE, r->path, 0, 0,
                           "\"has\" looks for \"%.60s\"; expected text in lower case",
                           c->words[i].bytes);
    return TTAG_OK;
}

static ttag_status read_values(mapping_reader *r, condition *c, ttag_view value)
{
    c->kind = CONDITION_PRESENT;
    ttag_status status = read_fields(r, c, json_member(value, "field"));
    for (size_t i = 0; i < sizeof of_values / sizeof *of_values && status == TTAG_OK; i++) {
        ttag_view words = json_member(value, of_values[i].name);
        if (is_absent(words))
            continue;
        c->kind = of_values[i].kind;
        status = mapping_read_strings(r, &c->words, &c->n_words, "what a condition compares with",
                                      words);
    }
    return status == TTAG_OK ? check_words(r, c) : status;
}

static ttag_status find_named(mapping_reader *r, const condition **out, ttag_view value)
{
    ttag_view name;
    ttag_status status = mapping_read_string(r, &name, "\"use\" of a condition", value);
    for (size_t i = 0; status == TTAG_OK && i < r->mapping->n_named; i++)
        if (view_equal(r->mapping->named[i].name, name)) {
            *out = r->mapping->named[i].condition;
            return TTAG_OK;
        }
    if (status != TTAG_OK)
        return status;
    return fail_at(r->err, TTAG_PARSE, r->path, 0, 0,
                   "a condition uses \"%.60s\", which is not defined before it", name.bytes);
}

static ttag_status read_one(mapping_reader *r, condition *c, ttag_view value, size_t depth)
{
    static const struct {
        const char *name;
        condition_kind kind;
    } of_parts[] = {{"all", CONDITION_ALL}, {"any", CONDITION_ANY}, {"not", CONDITION_NOT}};
    for (size_t i = 0; i < sizeof of_parts / sizeof *of_parts; i++) {
        ttag_view parts = json_member(value, of_parts[i].name);
        if (is_absent(parts))
            continue;
        c->kind = of_parts[i].kind;
        ttag_status status = read_parts(r, c, parts, depth);
        if (status == TTAG_OK && c->kind == CONDITION_NOT && c->n_parts != 1)
            status = fail_at(r->err, TTAG_PARSE, r->path, 0, 0,
                             "\"not\" has %zu conditions; expected one", c->n_parts);
        return status;
    }
    ttag_view tagged = json_member(value, "tagged");
    if (is_absent(tagged))
        return read_values(r, c, value);
    c->kind = CONDITION_TAGGED;
    return mapping_read_strings(r, &c->words, &c->n_words, "\"tagged\" of a condition", tagged);
}

static ttag_status read_at(mapping_reader *r, const condition **out, ttag_view value, size_t depth)
{
    if (json_kind_of(value) != JSON_OBJECT)
        return mapping_refuse(r, "a condition", value, "an object");
    if (depth == DEEPEST)
        return fail_at(r->err, TTAG_PARSE, r->path, 0, 0,
                       "conditions within conditions, more than %d deep", DEEPEST);
    ttag_view use = json_member(value, "use");
    if (!is_absent(use))
        return find_named(r, out, use);
    condition *c = arena_new(&r->mapping->memory, 1, sizeof *c);
    if (!c)
        return fail_memory(r->err);
    *c = (condition){0};
    *out = c;
    return read_one(r, c, value, depth);
}

ttag_status mapping_read_condition(mapping_reader *r, const condition **out, ttag_view value)
{
    *out = NULL;
    return is_absent(value) ? TTAG_OK : read_at(r, out, value, 0);
}
