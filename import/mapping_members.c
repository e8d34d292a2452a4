/* The members of a mapping, one after the other. */
#include "import/mapping_read.h"

#include "articles/utf8.h"
#include "base/error.h"
#include "base/json.h"
#include "base/view.h"

/* ---- Members. ---- */

typedef ttag_status member_reader(mapping_reader *r, ttag_view value);

static ttag_status read_about(mapping_reader *r, const char **out, const char *said,
                              ttag_view value)
{
    ttag_view text;
    ttag_status status = mapping_read_string(r, &text, said, value);
    if (status == TTAG_OK)
        *out = text.bytes;
    return status;
}

static ttag_status read_name(mapping_reader *r, ttag_view value)
{
    return read_about(r, &r->mapping->about.name, "\"name\"", value);
}

static ttag_status read_title(mapping_reader *r, ttag_view value)
{
    return read_about(r, &r->mapping->about.title, "\"title\"", value);
}

static ttag_status read_home(mapping_reader *r, ttag_view value)
{
    return read_about(r, &r->mapping->about.home, "\"home\"", value);
}

static ttag_status read_licence(mapping_reader *r, ttag_view value)
{
    return read_about(r, &r->mapping->about.licence, "\"licence\"", value);
}

static ttag_status read_attribution(mapping_reader *r, ttag_view value)
{
    return read_about(r, &r->mapping->about.attribution, "\"attribution\"", value);
}

static ttag_status read_format(mapping_reader *r, ttag_view value)
{
    ttag_view text;
    ttag_status status = mapping_read_string(r, &text, "\"format\"", value);
    if (status != TTAG_OK)
        return status;
    r->mapping->is_csv = view_equal(text, view_of("csv"));
    if (!r->mapping->is_csv && !view_equal(text, view_of("json")))
        return fail_at(r->err, TTAG_PARSE, r->path, 0, 0,
                       "\"format\" is \"%.60s\"; expected json or csv", text.bytes);
    return TTAG_OK;
}

static ttag_status read_path(mapping_reader *r, field_path *out, const char *said, ttag_view value)
{
    ttag_view text;
    ttag_status status = mapping_read_string(r, &text, said, value);
    if (status == TTAG_OK && !field_path_read(out, text, &r->mapping->memory))
        status = fail_memory(r->err);
    return status;
}

static ttag_status read_records(mapping_reader *r, ttag_view value)
{
    return read_path(r, &r->mapping->records, "\"records\"", value);
}

static ttag_status read_template(mapping_reader *r, template *out, const char *said,
                                 ttag_view value)
{
    ttag_mapping *m = r->mapping;
    ttag_view text;
    const char *why = NULL;
    ttag_status status = mapping_read_string(r, &text, said, value);
    if (status == TTAG_OK)
        status = template_read(out, text, m->lookup_names, m->n_lookups, &m->memory, &why);
    if (status == TTAG_PARSE && why)
        return fail_at(r->err, TTAG_PARSE, r->path, 0, 0,
                       "\"%.80s\" %s; expected text with {field|filter}, optional parts in [], "
                       "filters %s",
                       text.bytes, why, filter_names);
    return status == TTAG_NOMEM ? fail_memory(r->err) : status;
}

static ttag_status read_article_member(mapping_reader *r, const json_item *item)
{
    for (size_t f = 0; f < MAPPED_FIELDS; f++)
        if (json_name_is(item, mapped_names[f]))
            return read_template(r, &r->mapping->fields[f], mapped_names[f], item->value);
    return fail_at(r->err, TTAG_PARSE, r->path, 0, 0,
                   "\"article\" has \"%.*s\"; expected id, title, text, date, url or group",
                   (int)(item->name.size < 60 ? item->name.size : 60), item->name.bytes);
}

static ttag_status read_article(mapping_reader *r, ttag_view value)
{
    if (json_kind_of(value) != JSON_OBJECT)
        return mapping_refuse(r, "\"article\"", value, "an object");
    ttag_status status = TTAG_OK;
    json_walk walk = json_walk_over(value, NULL);
    json_item item;
    while (status == TTAG_OK && json_walk_next(&walk, &item))
        status = read_article_member(r, &item);
    return status;
}

static ttag_status read_least_words(mapping_reader *r, ttag_view value)
{
    double number = json_kind_of(value) == JSON_NUMBER ? json_number(value) : -1;
    if (!(number >= 0 && number <= 1e6))
        return mapping_refuse(r, "\"least_words\"", value, "a number from 0 to 1000000");
    r->mapping->least_words = (size_t)number;
    return TTAG_OK;
}

static ttag_status read_drop_repeated(mapping_reader *r, ttag_view value)
{
    json_kind kind = json_kind_of(value);
    if (kind != JSON_TRUE && kind != JSON_FALSE)
        return mapping_refuse(r, "\"drop_repeated\"", value, "true or false");
    r->mapping->drop_repeated = kind == JSON_TRUE;
    return TTAG_OK;
}

static ttag_status read_skip(mapping_reader *r, ttag_view value)
{
    return mapping_read_condition(r, &r->mapping->skip, value);
}

/* Room for one item for each member or element of `value`, of which none is there yet. */
static void *room_for(mapping_reader *r, ttag_view value, size_t size)
{
    return arena_new(&r->mapping->memory, json_count_items(value) + 1, size);
}

static ttag_status read_define(mapping_reader *r, ttag_view value)
{
    ttag_mapping *m = r->mapping;
    if (json_kind_of(value) != JSON_OBJECT)
        return mapping_refuse(r, "\"define\"", value, "an object of conditions");
    m->named = room_for(r, value, sizeof *m->named);
    if (!m->named)
        return fail_memory(r->err);
    ttag_status status = TTAG_OK;
    json_walk walk = json_walk_over(value, NULL);
    json_item item;
    while (status == TTAG_OK && json_walk_next(&walk, &item)) {
        named_condition *named = &m->named[m->n_named];
        named->name = arena_copy(&m->memory, item.name);
        status = named->name.bytes ? mapping_read_condition(r, &named->condition, item.value)
                                   : fail_memory(r->err);
        if (status == TTAG_OK && !named->condition)
            status = mapping_refuse(r, "a condition", item.value, "an object");
        m->n_named += status == TTAG_OK;
    }
    return status;
}

static ttag_status read_lookup(mapping_reader *r, ttag_view name, ttag_view value)
{
    ttag_mapping *m = r->mapping;
    lookup *l = &m->lookups[m->n_lookups];
    *l = (lookup){.name = arena_copy(&m->memory, name)};
    m->lookup_names[m->n_lookups] = l->name;
    if (!l->name.bytes)
        return fail_memory(r->err);
    if (json_kind_of(value) != JSON_OBJECT)
        return mapping_refuse(r, "a lookup", value, "an object");
    ttag_status status = read_path(r, &l->at, "\"at\" of a lookup", json_member(value, "at"));
    if (status == TTAG_OK)
        status = read_path(r, &l->key, "\"key\" of a lookup", json_member(value, "key"));
    if (status == TTAG_OK)
        status = read_path(r, &l->value, "\"value\" of a lookup", json_member(value, "value"));
    if (status == TTAG_OK)
        status = mapping_read_condition(r, &l->when, json_member(value, "when"));
    m->n_lookups += status == TTAG_OK;
    return status;
}

static ttag_status read_lookups(mapping_reader *r, ttag_view value)
{
    ttag_mapping *m = r->mapping;
    if (json_kind_of(value) != JSON_OBJECT)
        return mapping_refuse(r, "\"lookups\"", value, "an object of lookups");
    m->lookups = room_for(r, value, sizeof *m->lookups);
    m->lookup_names = room_for(r, value, sizeof *m->lookup_names);
    if (!m->lookups || !m->lookup_names)
        return fail_memory(r->err);
    ttag_status status = TTAG_OK;
    json_walk walk = json_walk_over(value, NULL);
    json_item item;
    while (status == TTAG_OK && json_walk_next(&walk, &item))
        status = read_lookup(r, item.name, item.value);
    return status;
}

static ttag_status read_tag(mapping_reader *r, ttag_view value)
{
    tag_rule *rule = &r->mapping->tags[r->mapping->n_tags++];
    *rule = (tag_rule){0};
    if (json_kind_of(value) != JSON_OBJECT)
        return mapping_refuse(r, "an element of \"tags\"", value, "an object");
    ttag_status status = read_template(r, &rule->tag, "\"tag\"", json_member(value, "tag"));
    if (status == TTAG_OK)
        status = mapping_read_condition(r, &rule->when, json_member(value, "when"));
    return status;
}

static ttag_status read_unknown(mapping_reader *r, ttag_view value)
{
    unknown_rule *rule = &r->mapping->unknown[r->mapping->n_unknown++];
    *rule = (unknown_rule){0};
    if (json_kind_of(value) != JSON_OBJECT)
        return mapping_refuse(r, "an element of \"unknown\"", value, "an object");
    ttag_status status = mapping_read_strings(
        r, &rule->tags, &rule->n_tags, "\"tags\" of the unknown", json_member(value, "tags"));
    if (status == TTAG_OK)
        status = mapping_read_condition(r, &rule->when, json_member(value, "when"));
    return status;
}

/* Reads an array of rules into room that was made for them. */
static ttag_status read_rules(mapping_reader *r, const char *said, ttag_view value,
                              const void *room, member_reader *read)
{
    if (json_kind_of(value) != JSON_ARRAY)
        return mapping_refuse(r, said, value, "an array of objects");
    if (!room)
        return fail_memory(r->err);
    ttag_status status = TTAG_OK;
    json_walk walk = json_walk_over(value, NULL);
    json_item item;
    while (status == TTAG_OK && json_walk_next(&walk, &item))
        status = read(r, item.value);
    return status;
}

static ttag_status read_tags(mapping_reader *r, ttag_view value)
{
    r->mapping->tags = room_for(r, value, sizeof *r->mapping->tags);
    return read_rules(r, "\"tags\"", value, r->mapping->tags, read_tag);
}

static ttag_status read_unknowns(mapping_reader *r, ttag_view value)
{
    r->mapping->unknown = room_for(r, value, sizeof *r->mapping->unknown);
    return read_rules(r, "\"unknown\"", value, r->mapping->unknown, read_unknown);
}

/* ---- The whole. ---- */

/* In the order in which they are read: conditions and lookups come before those who use them. */
static const struct {
    const char *name;
    member_reader *read;
    bool required;
} members[] = {{"name", read_name, true},
               {"title", read_title, false},
               {"home", read_home, false},
               {"licence", read_licence, false},
               {"attribution", read_attribution, false},
               {"format", read_format, true},
               {"records", read_records, false},
               {"define", read_define, false},
               {"lookups", read_lookups, false},
               {"article", read_article, true},
               {"least_words", read_least_words, false},
               {"drop_repeated", read_drop_repeated, false},
               {"skip", read_skip, false},
               {"tags", read_tags, true},
               {"unknown", read_unknowns, false}};

enum { MEMBERS = sizeof members / sizeof *members };

static ttag_status check_names(mapping_reader *r, ttag_view object)
{
    json_walk walk = json_walk_over(object, NULL);
    json_item item;
    while (json_walk_next(&walk, &item)) {
        size_t i = 0;
        while (i < MEMBERS && !json_name_is(&item, members[i].name))
            i++;
        if (i == MEMBERS)
            return fail_at(r->err, TTAG_PARSE, r->path, 0, 0,
                           "a mapping has no \"%.*s\"; docs/import.md names what it has",
                           (int)(item.name.size < 60 ? item.name.size : 60), item.name.bytes);
    }
    return TTAG_OK;
}

ttag_status mapping_read_members(mapping_reader *r, ttag_view text)
{
    size_t position;
    const char *reason;
    if (utf8_good(text) < text.size)
        return fail_at(r->err, TTAG_PARSE, r->path, 0, 0,
                       "a byte that is not UTF-8 text; expected a mapping in UTF-8");
    if (!json_check(text, &position, &reason))
        return fail_at(r->err, TTAG_PARSE, r->path, 0, 0, "not valid JSON at byte %zu: %s",
                       position, reason);
    json_walk walk = json_walk_over(text, NULL);
    json_item item;
    json_walk_next(&walk, &item);
    if (walk.kind != JSON_OBJECT)
        return fail_at(r->err, TTAG_PARSE, r->path, 0, 0, "is %s; expected an object",
                       json_kind_name(walk.kind));
    ttag_status status = check_names(r, text);
    for (size_t i = 0; i < MEMBERS && status == TTAG_OK; i++) {
        ttag_view value = json_member(text, members[i].name);
        if (!is_absent(value))
            status = members[i].read(r, value);
        else if (members[i].required)
            status =
                fail_at(r->err, TTAG_PARSE, r->path, 0, 0, "\"%s\" is missing", members[i].name);
    }
    if (status == TTAG_OK && r->mapping->fields[MAPPED_TEXT].n == 0)
        status = fail_at(r->err, TTAG_PARSE, r->path, 0, 0, "\"article\" has no \"text\"");
    return status;
}
