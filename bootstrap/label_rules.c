/* A file of rules, from its bytes to the automaton of all its phrases. */
#include "bootstrap/label_rules.h"

#include "articles/lines.h"
#include "articles/utf8.h"
#include "base/error.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/view.h"
#include "bootstrap/rule_members.h"
#include "bootstrap/rules_builtin.h"

static ttag_status read_comment(rule_reader *r, void *rules, ttag_view value)
{
    ttag_view text;
    (void)rules;
    return rule_read_text(r, &text, value);
}

static ttag_status read_list(rule_reader *r, const json_item *item)
{
    ttag_rules *rules = r->rules;
    if (item->name_escaped || item->name.size == 0)
        return rule_refuse(r, item->name, "expected the name of a list, without backslashes");
    uint32_t number = intern_add(&r->list_names, item->name);
    if (number == INTERN_NONE)
        return fail_memory(r->err);
    if (number < rules->n_lists)
        return rule_refuse(r, item->name, "this list is there twice");
    ttag_status status = rule_read_group(r, &rules->lists[rules->n_lists], false, item->value);
    rules->n_lists++;
    return status;
}

static ttag_status read_lists(rule_reader *r, void *target, ttag_view value)
{
    ttag_rules *rules = target;
    json_walk walk = json_walk_over(value, NULL);
    json_item item;
    size_t n = 0;
    if (json_kind_of(value) != JSON_OBJECT)
        return rule_refuse(r, value, "\"lists\" is %s; expected an object of arrays",
                           json_kind_name(json_kind_of(value)));
    while (json_walk_next(&walk, &item))
        n++;
    rules->lists = arena_new(&rules->memory, n + 1, sizeof *rules->lists);
    if (!rules->lists)
        return fail_memory(r->err);
    ttag_status status = TTAG_OK;
    walk = json_walk_over(value, NULL);
    while (status == TTAG_OK && json_walk_next(&walk, &item))
        status = read_list(r, &item);
    return status;
}

static ttag_status read_before(rule_reader *r, void *rules, ttag_view value)
{
    phrase_group group = {NULL, 0};
    ttag_status status = rule_read_group(r, &group, false, value);
    for (size_t i = 0; i < group.n; i++)
        ((ttag_rules *)rules)->phrases[group.items[i].phrase].negates_behind = true;
    return status;
}

static ttag_status read_behind(rule_reader *r, void *rules, ttag_view value)
{
    phrase_group group = {NULL, 0};
    ttag_status status = rule_read_group(r, &group, false, value);
    for (size_t i = 0; i < group.n; i++)
        ((ttag_rules *)rules)->phrases[group.items[i].phrase].negates_before = true;
    return status;
}

static ttag_status read_window(rule_reader *r, void *rules, ttag_view value)
{
    double words = 0;
    ttag_status status = rule_read_number(r, &words, value, 0, WINDOW_MOST);
    ((ttag_rules *)rules)->window = (uint32_t)words;
    return status;
}

static ttag_status read_negation(rule_reader *r, void *rules, ttag_view value)
{
    static const rule_member members[] = {{"before", read_before, false},
                                          {"behind", read_behind, false},
                                          {"within", read_window, false}};
    return rule_read_object(r, members, sizeof members / sizeof *members, rules, "\"negation\"",
                            value);
}

static ttag_status read_rule(rule_reader *r, void *target, ttag_view value)
{
    ttag_rules *rules = target;
    return rule_read_members(r, &rules->rules[rules->n_rules++], value);
}

static ttag_status read_rules(rule_reader *r, void *target, ttag_view value)
{
    ttag_rules *rules = target;
    if (json_kind_of(value) != JSON_ARRAY)
        return rule_refuse(r, value, "\"rules\" is %s; expected an array",
                           json_kind_name(json_kind_of(value)));
    rules->rules =
        arena_new(&rules->memory, json_count_one_or_many(value) + 1, sizeof *rules->rules);
    return rules->rules ? rule_read_each(r, rules, value, read_rule) : fail_memory(r->err);
}

static ttag_status read_whole(rule_reader *r)
{
    static const rule_member members[] = {{"about", read_comment, false},
                                          {"lists", read_lists, false},
                                          {"negation", read_negation, false},
                                          {"rules", read_rules, true}};
    size_t position;
    const char *reason;
    json_item item;
    if (utf8_good(r->whole) < r->whole.size)
        return fail_at(r->err, TTAG_PARSE, r->path, 0, 0,
                       "a byte that is not UTF-8 text; expected rules in UTF-8");
    if (!json_check(r->whole, &position, &reason))
        return rule_refuse(r, (ttag_view){r->whole.bytes + position, 0}, "not valid JSON: %s",
                           reason);
    json_walk walk = json_walk_over(r->whole, NULL);
    json_walk_next(&walk, &item);
    if (walk.kind != JSON_OBJECT)
        return fail_at(r->err, TTAG_PARSE, r->path, 0, 0, "is %s; expected an object",
                       json_kind_name(walk.kind));
    const char *begin = memchr(r->whole.bytes, '{', r->whole.size);
    ttag_view object = {begin, (size_t)(r->whole.bytes + r->whole.size - begin)};
    return rule_read_object(r, members, sizeof members / sizeof *members, r->rules,
                            "a file of rules", object);
}

/* The automaton of all phrases. */
static ttag_status build_machine(ttag_rules *rules, const char *path, ttag_error *err)
{
    size_t n = rules->texts.count;
    ttag_error own;
    ttag_view *phrases = mem_new(n, sizeof *phrases);
    if (!phrases)
        return fail_memory(err);
    for (size_t i = 0; i < n; i++)
        phrases[i] = intern_view(&rules->texts, (uint32_t)i);
    ttag_status status = phrase_machine_build(&rules->machine, phrases, n, &own);
    mem_free(phrases);
    if (status == TTAG_LIMIT)
        return fail_at(err, TTAG_PARSE, path, 0, 0, "%s", own.text);
    return status == TTAG_OK ? TTAG_OK : fail_memory(err);
}

ttag_status label_rules_parse(ttag_rules **out, ttag_view text, const char *path,
                              const ttag_taxonomy *taxonomy, ttag_error *err)
{
    enum { WINDOW = 3 };
    rule_reader reader = {0};
    *out = NULL;
    ttag_rules *rules = mem_zero(1, sizeof *rules);
    if (!rules)
        return fail_memory(err);
    ttag_status status = TTAG_OK;
    rules->window = WINDOW;
    if (!taxonomy)
        status = ttag_taxonomy_new_builtin(&rules->own_taxonomy, err);
    rules->taxonomy = taxonomy ? taxonomy : rules->own_taxonomy;
    if (status == TTAG_OK)
        status = rule_reader_init(&reader, rules, text, path, err);
    if (status == TTAG_OK)
        status = read_whole(&reader);
    rule_reader_dispose(&reader);
    if (status == TTAG_OK)
        status = build_machine(rules, path, err);
    if (status != TTAG_OK)
        ttag_rules_free(rules);
    else
        *out = rules;
    return status;
}

ttag_status ttag_rules_load(ttag_rules **out, const char *path, const ttag_taxonomy *taxonomy,
                            ttag_error *err)
{
    enum { LARGEST = 16 << 20 };
    lines file = {0};
    ttag_view text;
    *out = NULL;
    ttag_status status = lines_file(&file, path, LARGEST, "a file of rules", &text, err);
    if (status == TTAG_OK)
        status = label_rules_parse(out, text, path, taxonomy, err);
    lines_dispose(&file);
    return status;
}

ttag_status ttag_rules_new_builtin(ttag_rules **out, const ttag_taxonomy *taxonomy, ttag_error *err)
{
    return label_rules_parse(out, (ttag_view){rules_builtin, rules_builtin_size}, "rules.json",
                             taxonomy, err);
}

size_t ttag_rules_count(const ttag_rules *rules)
{
    return rules->n_rules;
}

size_t ttag_rules_phrases(const ttag_rules *rules)
{
    return rules->texts.count;
}

void ttag_rules_free(ttag_rules *rules)
{
    if (!rules)
        return;
    phrase_machine_dispose(&rules->machine);
    intern_dispose(&rules->texts);
    mem_free(rules->phrases);
    ttag_taxonomy_free(rules->own_taxonomy);
    arena_dispose(&rules->memory);
    mem_free(rules);
}
