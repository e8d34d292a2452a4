/* Reading and checking of values. */
#include "bootstrap/rule_read.h"

#include <stdarg.h>
#include <stdio.h>

#include "articles/unknown_rules.h"
#include "base/error.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/view.h"
#include "bootstrap/phrase_fold.h"

enum {
    STEM_SHORTEST = 2,      /* bytes before a star */
    PHRASES_MOST = 1 << 20, /* in all groups, lists written out where they are named */
    SHOWN = 60              /* bytes of a string in a message */
};

ttag_status rule_reader_init(rule_reader *r, ttag_rules *rules, ttag_view whole, const char *path,
                             ttag_error *err)
{
    *r = (rule_reader){.rules = rules, .whole = whole, .path = path, .err = err};
    r->fits = mem_zero(ttag_taxonomy_size(rules->taxonomy), sizeof *r->fits);
    return r->fits ? TTAG_OK : fail_memory(err);
}

void rule_reader_dispose(rule_reader *r)
{
    buffer_dispose(&r->text);
    buffer_dispose(&r->folded);
    intern_dispose(&r->list_names);
    mem_free(r->seen);
    mem_free(r->items);
    mem_free(r->fits);
}

ttag_status rule_refuse(rule_reader *r, ttag_view value, const char *format, ...)
{
    char text[200];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    size_t line = 1, column = 1;
    for (const char *p = r->whole.bytes; p < value.bytes; p++) {
        column = *p == '\n' ? 1 : column + 1;
        line += *p == '\n';
    }
    return fail_at(r->err, TTAG_PARSE, r->path, line, column, "%s", text);
}

static ttag_status refuse_kind(rule_reader *r, ttag_view value, const char *wanted)
{
    return rule_refuse(r, value, "this is %s; expected %s", json_kind_name(json_kind_of(value)),
                       wanted);
}

/* How much of a text is shown: no part of a code point at its end. */
static int shown(ttag_view text)
{
    size_t size = text.size < SHOWN ? text.size : SHOWN;
    while (size < text.size && size > 0 && ((unsigned char)text.bytes[size] & 0xc0) == 0x80)
        size--;
    return (int)size;
}

/* ---- Objects and arrays. ---- */

static ttag_status check_members(rule_reader *r, const rule_member *members, size_t n,
                                 const char *what, ttag_view object)
{
    json_walk walk = json_walk_over(object, NULL);
    json_item item;
    while (json_walk_next(&walk, &item)) {
        size_t i = 0;
        while (i < n && !json_name_is(&item, members[i].name))
            i++;
        if (i == n)
            return rule_refuse(r, item.name,
                               "%s has no \"%.*s\"; docs/bootstrap.md names what it has", what,
                               shown(item.name), item.name.bytes);
        if (json_member(object, members[i].name).bytes != item.value.bytes)
            return rule_refuse(r, item.name, "\"%s\" is there twice", members[i].name);
    }
    return TTAG_OK;
}

ttag_status rule_read_object(rule_reader *r, const rule_member *members, size_t n, void *target,
                             const char *what, ttag_view object)
{
    if (json_kind_of(object) != JSON_OBJECT)
        return rule_refuse(r, object, "%s is %s; expected an object", what,
                           json_kind_name(json_kind_of(object)));
    ttag_status status = check_members(r, members, n, what, object);
    for (size_t i = 0; i < n && status == TTAG_OK; i++) {
        ttag_view value = json_member(object, members[i].name);
        if (value.bytes)
            status = members[i].read(r, target, value);
        else if (members[i].required)
            status = rule_refuse(r, object, "%s has no \"%s\"", what, members[i].name);
    }
    return status;
}

ttag_status rule_read_each(rule_reader *r, void *target, ttag_view value, rule_member_read *read)
{
    if (json_kind_of(value) != JSON_ARRAY)
        return read(r, target, value);
    ttag_status status = TTAG_OK;
    json_walk walk = json_walk_over(value, NULL);
    json_item item;
    while (status == TTAG_OK && json_walk_next(&walk, &item))
        status = read(r, target, item.value);
    return status;
}

/* ---- Single values. ---- */

ttag_status rule_read_text(rule_reader *r, ttag_view *out, ttag_view value)
{
    *out = (ttag_view){"", 0};
    if (json_kind_of(value) != JSON_STRING)
        return refuse_kind(r, value, "a string");
    buffer_clear(&r->text);
    json_put_unescaped(&r->text, value);
    *out = buffer_as_view(&r->text);
    return buffer_ok(&r->text) ? TTAG_OK : fail_memory(r->err);
}

ttag_status rule_read_string(rule_reader *r, ttag_view *out, ttag_view value)
{
    ttag_status status = rule_read_text(r, out, value);
    if (status == TTAG_OK)
        *out = arena_copy(&r->rules->memory, *out);
    return status != TTAG_OK || out->bytes ? status : fail_memory(r->err);
}

ttag_status rule_read_bool(rule_reader *r, bool *out, ttag_view value)
{
    json_kind kind = json_kind_of(value);
    if (kind != JSON_TRUE && kind != JSON_FALSE)
        return refuse_kind(r, value, "true or false");
    *out = kind == JSON_TRUE;
    return TTAG_OK;
}

ttag_status rule_read_number(rule_reader *r, double *out, ttag_view value, double least,
                             double most)
{
    if (json_kind_of(value) != JSON_NUMBER)
        return refuse_kind(r, value, "a number");
    *out = json_number(value);
    if (*out >= least && *out <= most)
        return TTAG_OK;
    return rule_refuse(r, value, "%.9g is out of range; expected %.9g to %.9g", *out, least, most);
}

/* ---- Phrases. ---- */

static bool ends_in_word(ttag_view text)
{
    unsigned char c = text.size ? (unsigned char)text.bytes[text.size - 1] : ' ';
    unsigned char lower = (unsigned char)(c | 0x20);
    return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || c >= 0x80;
}

/* Makes r->folded of the phrase; *words is how many it has. */
static ttag_status fold_phrase(rule_reader *r, ttag_view phrase, ttag_view value, uint32_t *words)
{
    bool begins = phrase.size > 0 && phrase.bytes[phrase.size - 1] == '*';
    ttag_view plain = {phrase.bytes, phrase.size - begins};
    if (plain.size && memchr(plain.bytes, '*', plain.size))
        return rule_refuse(r, value,
                           "\"%.*s\" has a star before its end; expected one at the end of a word, "
                           "and of the phrase, or none",
                           shown(phrase), phrase.bytes);
    buffer_clear(&r->folded);
    phrase_fold(&r->folded, plain, false);
    if (!buffer_ok(&r->folded))
        return fail_memory(r->err);
    ttag_view folded = buffer_as_view(&r->folded);
    *words = 0;
    for (size_t i = 1; i < folded.size; i++)
        *words += folded.bytes[i] == ' ';
    if (memchr(folded.bytes, ',', folded.size) || memchr(folded.bytes, '.', folded.size))
        return rule_refuse(r, value,
                           "\"%.*s\" has a mark that ends a clause or a sentence; expected words",
                           shown(phrase), phrase.bytes);
    if (*words == 0 || *words > PHRASE_WORDS_MOST)
        return rule_refuse(r, value, "\"%.*s\" has %u words; expected 1 to %d", shown(phrase),
                           phrase.bytes, *words, PHRASE_WORDS_MOST);
    if (!begins)
        return TTAG_OK;
    r->folded.bytes[--r->folded.size] = '\0';
    const char *last = r->folded.bytes + r->folded.size - STEM_SHORTEST;
    if (!ends_in_word(plain) || memchr(last, ' ', STEM_SHORTEST))
        return rule_refuse(r, value, "\"%.*s\" has a star behind fewer than %d letters",
                           shown(phrase), phrase.bytes, STEM_SHORTEST);
    return TTAG_OK;
}

/* The number of a phrase; it is new if the texts become more. */
static ttag_status number_phrase(rule_reader *r, uint32_t *number, uint32_t words)
{
    ttag_rules *rules = r->rules;
    size_t before = rules->texts.count;
    *number = intern_add(&rules->texts, buffer_as_view(&r->folded));
    if (*number == INTERN_NONE ||
        !mem_grow(&rules->phrases, &rules->phrases_capacity, before + 1, sizeof *rules->phrases) ||
        !mem_grow(&r->seen, &r->seen_capacity, before + 1, sizeof *r->seen))
        return fail_memory(r->err);
    if (*number == before) {
        rules->phrases[before] = (rule_phrase){.words = words};
        r->seen[before] = 0;
    }
    return TTAG_OK;
}

static ttag_status add_item(rule_reader *r, uint32_t phrase, double weight, ttag_view value)
{
    if (r->seen[phrase] == r->group)
        return TTAG_OK;
    if (++r->expanded > PHRASES_MOST)
        return rule_refuse(r, value, "all rules and lists together have over %d phrases",
                           PHRASES_MOST);
    if (!mem_grow(&r->items, &r->items_capacity, r->n_items + 1, sizeof *r->items))
        return fail_memory(r->err);
    r->seen[phrase] = r->group;
    r->items[r->n_items++] = (weighted_phrase){phrase, weight};
    return TTAG_OK;
}

static ttag_status add_list(rule_reader *r, ttag_view name, double weight, ttag_view value)
{
    uint32_t number = intern_find(&r->list_names, name);
    if (number == INTERN_NONE || number >= r->rules->n_lists)
        return rule_refuse(r, value, "there is no list \"%.*s\" before this", shown(name),
                           name.bytes);
    phrase_group list = r->rules->lists[number];
    ttag_status status = TTAG_OK;
    for (size_t i = 0; i < list.n && status == TTAG_OK; i++)
        status = add_item(r, list.items[i].phrase, weight, value);
    return status;
}

static ttag_status add_text(rule_reader *r, double weight, ttag_view value)
{
    ttag_view text;
    uint32_t words = 0, phrase = 0;
    ttag_status status = rule_read_text(r, &text, value);
    if (status != TTAG_OK)
        return status;
    if (text.size && text.bytes[0] == '@')
        return add_list(r, (ttag_view){text.bytes + 1, text.size - 1}, weight, value);
    status = fold_phrase(r, text, value, &words);
    if (status == TTAG_OK)
        status = number_phrase(r, &phrase, words);
    return status == TTAG_OK ? add_item(r, phrase, weight, value) : status;
}

static ttag_status read_weight(rule_reader *r, void *target, ttag_view value)
{
    return rule_read_number(r, target, value, -1e6, 1e6);
}

static ttag_status pass_over(rule_reader *r, void *target, ttag_view value)
{
    (void)r, (void)target, (void)value;
    return TTAG_OK;
}

static ttag_status add_weighted(rule_reader *r, ttag_view value)
{
    static const rule_member members[] = {{"phrase", pass_over, true},
                                          {"weight", read_weight, true}};
    double weight = 0;
    ttag_status status = rule_read_object(r, members, 2, &weight, "a weighted phrase", value);
    return status == TTAG_OK ? add_text(r, weight, json_member(value, "phrase")) : status;
}

static ttag_status read_phrase(rule_reader *r, void *target, ttag_view value)
{
    const bool *weighted = target;
    if (*weighted && json_kind_of(value) == JSON_OBJECT)
        return add_weighted(r, value);
    return add_text(r, 1, value);
}

ttag_status rule_read_group(rule_reader *r, phrase_group *out, bool weighted, ttag_view value)
{
    r->group++;
    r->n_items = 0;
    ttag_status status = rule_read_each(r, &weighted, value, read_phrase);
    if (status != TTAG_OK)
        return status;
    weighted_phrase *items = arena_new(&r->rules->memory, r->n_items + 1, sizeof *items);
    if (!items)
        return fail_memory(r->err);
    if (r->n_items)
        memcpy(items, r->items, r->n_items * sizeof *items);
    *out = (phrase_group){items, r->n_items};
    return TTAG_OK;
}

/* ---- Tags. ---- */

static ttag_status read_tag(rule_reader *r, void *target, ttag_view value)
{
    const ttag_taxonomy *taxonomy = r->rules->taxonomy;
    size_t *n = target;
    bool fitted = false;
    ttag_view pattern;
    ttag_status status = rule_read_text(r, &pattern, value);
    if (status != TTAG_OK)
        return status;
    for (size_t t = 0; t < ttag_taxonomy_size(taxonomy); t++) {
        if (!glob_fits(pattern, ttag_taxonomy_tag(taxonomy, t)->name))
            continue;
        fitted = true;
        *n += !r->fits[t];
        r->fits[t] = true;
    }
    return fitted ? TTAG_OK
                  : rule_refuse(r, value, "no tag of the taxonomy fits \"%.*s\"", shown(pattern),
                                pattern.bytes);
}

ttag_status rule_read_tags(rule_reader *r, tag_set *out, ttag_view value)
{
    size_t tags = ttag_taxonomy_size(r->rules->taxonomy), n = 0;
    memset(r->fits, 0, tags * sizeof *r->fits);
    ttag_status status = rule_read_each(r, &n, value, read_tag);
    if (status != TTAG_OK)
        return status;
    uint32_t *items = arena_new(&r->rules->memory, n + 1, sizeof *items);
    if (!items)
        return fail_memory(r->err);
    *out = (tag_set){items, 0};
    for (size_t t = 0; t < tags; t++)
        if (r->fits[t])
            items[out->n++] = (uint32_t)t;
    return TTAG_OK;
}
