/* Rules as pairs of patterns. */
#include "articles/unknown_rules.h"

#include <string.h>

#include "articles/lines.h"
#include "articles/utf8.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/monitor.h"
#include "base/view.h"

enum { MOST_RULES = 64 /* bits of a mask */, LONGEST_LINE = 1 << 16 };

typedef enum rule_field { BY_SOURCE, BY_ID, BY_FILE, BY_PATH } rule_field;

typedef struct rule {
    const char *text;
    rule_field field;
    ttag_view value, tags;
} rule;

struct ttag_unknown_rules {
    rule items[MOST_RULES];
    size_t count;
    arena memory;
};

/* ---- Patterns. ---- */

static size_t step(ttag_view text, size_t at)
{
    size_t next = at + 1;
    while (next < text.size && ((unsigned char)text.bytes[next] & 0xc0) == 0x80)
        next++;
    return next;
}

bool glob_fits(ttag_view pattern, ttag_view text)
{
    size_t p = 0, t = 0;
    size_t star = SIZE_MAX, from = 0; /* the last star, and where what it stands for ends */
    while (t < text.size) {
        if (p < pattern.size && pattern.bytes[p] == '*') {
            star = p++;
            from = t;
        } else if (p < pattern.size && pattern.bytes[p] == '?') {
            p++;
            t = step(text, t);
        } else if (p < pattern.size && pattern.bytes[p] == text.bytes[t]) {
            p++;
            t++;
        } else if (star != SIZE_MAX) {
            p = star + 1;
            t = from = step(text, from);
        } else {
            return false;
        }
    }
    while (p < pattern.size && pattern.bytes[p] == '*')
        p++;
    return p == pattern.size;
}

/* ---- Reading. ---- */

static bool field_read(rule_field *out, ttag_view name)
{
    static const char *const NAMES[] = {[BY_SOURCE] = "source", [BY_ID] = "id", [BY_FILE] = "file"};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        if (view_equal(name, view_of(NAMES[i]))) {
            *out = (rule_field)i;
            return true;
        }
    return false;
}

/* What is wrong with it, or NULL. Views are of the text. */
static const char *rule_read(rule *out, ttag_view text)
{
    const char *equals = text.size ? memchr(text.bytes, '=', text.size) : NULL;
    size_t behind = equals ? (size_t)(equals + 1 - text.bytes) : 0;
    const char *colon = equals ? memchr(equals + 1, ':', text.size - behind) : NULL;
    if (!equals || !colon)
        return "has no value or no tags";
    size_t tags = (size_t)(colon + 1 - text.bytes);
    if (!field_read(&out->field, (ttag_view){text.bytes, behind - 1}))
        return "is about a field that rules do not know (source, id, file)";
    out->value = (ttag_view){equals + 1, (size_t)(colon - equals) - 1};
    out->tags = (ttag_view){colon + 1, text.size - tags};
    if (out->tags.size == 0)
        return "names no tags";
    if (out->field == BY_FILE && out->value.size && memchr(out->value.bytes, '/', out->value.size))
        out->field = BY_PATH;
    return NULL;
}

static ttag_status add(ttag_unknown_rules *rules, ttag_view text, const char *path, size_t line,
                       ttag_error *err)
{
    rule read;
    ttag_status refused = path ? TTAG_PARSE : TTAG_INVALID;
    if (rules->count == MOST_RULES)
        return fail_at(err, refused, path, line, 0, "more than %d rules for the unknown",
                       MOST_RULES);
    ttag_view copy = arena_copy(&rules->memory, text);
    if (!copy.bytes)
        return fail_memory(err);
    const char *wrong = utf8_good(copy) == copy.size ? rule_read(&read, copy) : "is not UTF-8";
    if (wrong)
        return fail_at(err, refused, path, line, 0,
                       "the rule \"%.100s\" %s; expected FIELD=VALUE:TAGS, as in "
                       "source=kev:Threats*",
                       copy.bytes, wrong);
    read.text = copy.bytes;
    rules->items[rules->count++] = read;
    return TTAG_OK;
}

static ttag_status add_file(ttag_unknown_rules *rules, const char *path, ttag_error *err)
{
    lines file = {0};
    ttag_view line;
    ttag_status status = lines_open(&file, path, LONGEST_LINE, NULL, err);
    while (status == TTAG_OK && (status = lines_next(&file, &line, err)) == TTAG_OK) {
        line = utf8_trim(line);
        if (line.size && line.bytes[0] != '#')
            status = add(rules, line, path, file.number, err);
    }
    if (status == TTAG_LIMIT)
        status = fail_at(err, TTAG_PARSE, path, file.number, 0,
                         "the line is too long; expected a rule for the unknown");
    lines_dispose(&file);
    return status == TTAG_END ? TTAG_OK : status;
}

ttag_status ttag_unknown_rules_add(ttag_unknown_rules *rules, const char *text, ttag_error *err)
{
    return text[0] == '@' ? add_file(rules, text + 1, err)
                          : add(rules, view_of(text), NULL, 0, err);
}

ttag_status ttag_unknown_rules_new(ttag_unknown_rules **out, ttag_error *err)
{
    *out = mem_zero(1, sizeof **out);
    return *out ? TTAG_OK : fail_memory(err);
}

void ttag_unknown_rules_free(ttag_unknown_rules *rules)
{
    if (!rules)
        return;
    arena_dispose(&rules->memory);
    mem_free(rules);
}

/* ---- Use. ---- */

size_t ttag_unknown_rules_count(const ttag_unknown_rules *rules)
{
    return rules ? rules->count : 0;
}

const char *ttag_unknown_rules_text(const ttag_unknown_rules *rules, size_t number)
{
    return rules->items[number].text;
}

static ttag_view without_quotes(ttag_view id)
{
    bool quoted = id.size >= 2 && id.bytes[0] == '"';
    return quoted ? (ttag_view){id.bytes + 1, id.size - 2} : id;
}

static ttag_view last_name(ttag_view path)
{
    while (path.size && memchr(path.bytes, '/', path.size))
        view_cut(&path, '/');
    return path;
}

static ttag_view field_of(const ttag_article *article, rule_field field)
{
    switch (field) {
    case BY_SOURCE:
        return article->source;
    case BY_ID:
        return without_quotes(article->id);
    case BY_FILE:
        return last_name(view_of(article->path));
    default:
        return view_of(article->path);
    }
}

uint64_t ttag_unknown_rules_of_article(const ttag_unknown_rules *rules, const ttag_article *article)
{
    uint64_t mask = 0;
    for (size_t i = 0; rules && i < rules->count; i++)
        if (glob_fits(rules->items[i].value, field_of(article, rules->items[i].field)))
            mask |= (uint64_t)1 << i;
    return mask;
}

uint64_t ttag_unknown_rules_of_tag(const ttag_unknown_rules *rules, ttag_view tag)
{
    uint64_t mask = 0;
    for (size_t i = 0; rules && i < rules->count; i++)
        if (glob_fits(rules->items[i].tags, tag))
            mask |= (uint64_t)1 << i;
    return mask;
}

void unknown_rules_tell_idle(const ttag_unknown_rules *rules, uint64_t records, uint64_t tags,
                             const ttag_monitor *monitor)
{
    for (size_t i = 0; rules && i < rules->count; i++) {
        bool no_record = !(records >> i & 1);
        if (no_record || !(tags >> i & 1))
            tell(monitor, TTAG_WARNING, NULL,
                 "the rule for the unknown \"%s\" has changed nothing: no %s fits it",
                 rules->items[i].text, no_record ? "labelled record" : "tag");
    }
}

uint32_t unknown_rules_digest(const ttag_unknown_rules *rules)
{
    uint64_t hash = 0;
    for (size_t i = 0; rules && i < rules->count; i++) {
        uint64_t both[] = {hash, hash64(rules->items[i].text, strlen(rules->items[i].text))};
        hash = hash64(both, sizeof both);
    }
    return (uint32_t)hash;
}
