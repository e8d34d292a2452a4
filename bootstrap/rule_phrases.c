/* Phrases and lists of them, folded as they are looked for. */
#include "base/ascii.h"
#include "base/error.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/view.h"
#include "bootstrap/phrase_fold.h"
#include "bootstrap/rule_read.h"

enum {
    STEM_SHORTEST = 2,     /* bytes before a star */
    PHRASES_MOST = 1 << 20 /* in all groups, lists written out where they are named */
};

static bool ends_in_word(ttag_view text)
{
    char c = text.size ? text.bytes[text.size - 1] : ' ';
    return is_letter(c) || is_digit(c) || (unsigned char)c >= 0x80;
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
                           rule_shown(phrase), phrase.bytes);
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
                           rule_shown(phrase), phrase.bytes);
    if (*words == 0 || *words > PHRASE_WORDS_MOST)
        return rule_refuse(r, value, "\"%.*s\" has %u words; expected 1 to %d", rule_shown(phrase),
                           phrase.bytes, *words, PHRASE_WORDS_MOST);
    if (!begins)
        return TTAG_OK;
    r->folded.bytes[--r->folded.size] = '\0';
    const char *last = r->folded.bytes + r->folded.size - STEM_SHORTEST;
    if (!ends_in_word(plain) || memchr(last, ' ', STEM_SHORTEST))
        return rule_refuse(r, value, "\"%.*s\" has a star behind fewer than %d letters",
                           rule_shown(phrase), phrase.bytes, STEM_SHORTEST);
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
        return rule_refuse(r, value, "there is no list \"%.*s\" before this", rule_shown(name),
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
