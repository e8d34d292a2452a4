/* One rule, member by member. */
#include "bootstrap/rule_members.h"

#include "base/error.h"
#include "base/json.h"
#include "base/view.h"

const char *const rule_field_names[RULE_FIELDS] = {"title", "text", "url", "source"};
const char *const rule_says_names[3] = {"unknown", "present", "absent"};

static ttag_status read_name(rule_reader *r, void *rule, ttag_view value)
{
    return rule_read_string(r, &((label_rule *)rule)->name, value);
}

static ttag_status read_rule_tags(rule_reader *r, void *rule, ttag_view value)
{
    return rule_read_tags(r, &((label_rule *)rule)->tags, value);
}

static ttag_status read_says(rule_reader *r, void *rule, ttag_view value)
{
    ttag_view text;
    ttag_status status = rule_read_text(r, &text, value);
    for (unsigned s = 0; status == TTAG_OK && s < 3; s++)
        if (view_equal(text, view_of(rule_says_names[s]))) {
            ((label_rule *)rule)->says = (rule_says)s;
            return TTAG_OK;
        }
    return status != TTAG_OK
               ? status
               : rule_refuse(r, value, "expected \"present\", \"absent\" or \"unknown\"");
}

static ttag_status read_field(rule_reader *r, void *rule, ttag_view value)
{
    ttag_view text;
    ttag_status status = rule_read_text(r, &text, value);
    for (unsigned f = 0; status == TTAG_OK && f < RULE_FIELDS; f++)
        if (view_equal(text, view_of(rule_field_names[f]))) {
            ((label_rule *)rule)->fields |= 1u << f;
            return TTAG_OK;
        }
    return status != TTAG_OK
               ? status
               : rule_refuse(r, value, "expected \"title\", \"text\", \"url\" or \"source\"");
}

static ttag_status read_in(rule_reader *r, void *rule, ttag_view value)
{
    ((label_rule *)rule)->fields = 0;
    return rule_read_each(r, rule, value, read_field);
}

static ttag_status read_any(rule_reader *r, void *rule, ttag_view value)
{
    ((label_rule *)rule)->least = 1;
    return rule_read_group(r, &((label_rule *)rule)->any, true, value);
}

static ttag_status read_least(rule_reader *r, void *rule, ttag_view value)
{
    label_rule *l = rule;
    if (!l->any.items)
        return rule_refuse(r, value, "\"least\" counts the phrases of \"any\", which is missing");
    return rule_read_number(r, &l->least, value, 1e-6, 1e6);
}

static ttag_status read_distinct(rule_reader *r, void *rule, ttag_view value)
{
    return rule_read_bool(r, &((label_rule *)rule)->distinct, value);
}

static ttag_status read_title_weight(rule_reader *r, void *rule, ttag_view value)
{
    return rule_read_number(r, &((label_rule *)rule)->title_weight, value, 0, 1e6);
}

static ttag_status read_all_group(rule_reader *r, void *rule, ttag_view value)
{
    label_rule *l = rule;
    return rule_read_group(r, &l->all[l->n_all++], false, value);
}

static ttag_status read_all(rule_reader *r, void *rule, ttag_view value)
{
    label_rule *l = rule;
    l->all = arena_new(&r->rules->memory, json_count_one_or_many(value) + 1, sizeof *l->all);
    return l->all ? rule_read_each(r, rule, value, read_all_group) : fail_memory(r->err);
}

static ttag_status read_none(rule_reader *r, void *rule, ttag_view value)
{
    return rule_read_group(r, &((label_rule *)rule)->none, false, value);
}

static ttag_status read_tagged(rule_reader *r, void *rule, ttag_view value)
{
    ((label_rule *)rule)->has_tagged = true;
    return rule_read_tags(r, &((label_rule *)rule)->tagged, value);
}

static ttag_status read_untagged(rule_reader *r, void *rule, ttag_view value)
{
    return rule_read_tags(r, &((label_rule *)rule)->untagged, value);
}

static ttag_status read_negatable(rule_reader *r, void *rule, ttag_view value)
{
    return rule_read_bool(r, &((label_rule *)rule)->negatable, value);
}

static ttag_status read_least_words(rule_reader *r, void *rule, ttag_view value)
{
    double words = 0;
    ttag_status status = rule_read_number(r, &words, value, 0, 1e9);
    ((label_rule *)rule)->least_words = (uint32_t)words;
    return status;
}

static ttag_status read_most_words(rule_reader *r, void *rule, ttag_view value)
{
    double words = 0;
    ttag_status status = rule_read_number(r, &words, value, 0, 1e9);
    ((label_rule *)rule)->most_words = (uint32_t)words;
    return status;
}

ttag_status rule_read_members(rule_reader *r, label_rule *rule, ttag_view value)
{
    static const rule_member members[] = {{"rule", read_name, true},
                                          {"tag", read_rule_tags, true},
                                          {"says", read_says, false},
                                          {"in", read_in, false},
                                          {"any", read_any, false},
                                          {"least", read_least, false},
                                          {"distinct", read_distinct, false},
                                          {"title_weight", read_title_weight, false},
                                          {"all", read_all, false},
                                          {"none", read_none, false},
                                          {"tagged", read_tagged, false},
                                          {"untagged", read_untagged, false},
                                          {"negatable", read_negatable, false},
                                          {"least_words", read_least_words, false},
                                          {"most_words", read_most_words, false}};
    *rule = (label_rule){.says = SAYS_PRESENT,
                         .fields = 1u << FIELD_TITLE | 1u << FIELD_TEXT,
                         .title_weight = 1,
                         .negatable = true,
                         .most_words = UINT32_MAX};
    return rule_read_object(r, members, sizeof members / sizeof *members, rule, "a rule", value);
}
