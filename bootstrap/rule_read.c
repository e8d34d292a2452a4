/* Reading and checking of values. */
#include "bootstrap/rule_read.h"

#include <stdarg.h>
#include <stdio.h>

#include "articles/unknown_rules.h"
#include "base/error.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/view.h"

enum {
    SHOWN = 60 /* bytes of a string in a message */
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

int rule_shown(ttag_view text)
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
                               rule_shown(item.name), item.name.bytes);
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
                  : rule_refuse(r, value, "no tag of the taxonomy fits \"%.*s\"",
                                rule_shown(pattern), pattern.bytes);
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
