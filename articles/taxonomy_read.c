/* A taxonomy out of text: JSON, or one name a line. */
#include "articles/taxonomy_read.h"

#include <string.h>

#include "articles/utf8.h"
#include "base/error.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/view.h"

/* What is being read, for the messages. */
typedef struct parse {
    ttag_taxonomy *taxonomy;
    const char *path;
    ttag_error *err;
} parse;

enum { SHOWN = 60 };

/* How much of a name a message can show: at most SHOWN bytes of whole characters. */
static int shown(ttag_view name)
{
    size_t size = name.size < SHOWN ? name.size : SHOWN;
    while (size < name.size && size > 0 && ((unsigned char)name.bytes[size] & 0xc0) == 0x80)
        size--;
    return (int)size;
}

static bool has_control(ttag_view v)
{
    for (size_t i = 0; i < v.size; i++)
        if ((unsigned char)v.bytes[i] < 0x20 || v.bytes[i] == 0x7f)
            return true;
    return false;
}

/* Adds a tag with its name; its texts are empty. `line` 0: not known. */
static ttag_status add_tag(parse *p, ttag_view name, size_t line)
{
    ttag_taxonomy *t = p->taxonomy;
    if (!name.size)
        return fail_at(p->err, TTAG_PARSE, p->path, line, 0,
                       "the name of tag %zu is empty; expected a name", t->n_tags + 1);
    if (has_control(name))
        return fail_at(p->err, TTAG_PARSE, p->path, line, 0,
                       "the name of tag %zu holds a control character; expected printable text",
                       t->n_tags + 1);
    uint32_t position = intern_add(&t->positions, name);
    ttag_view copy = arena_copy(&t->memory, name);
    if (position == INTERN_NONE || !copy.bytes ||
        !mem_grow(&t->tags, &t->capacity, t->n_tags + 1, sizeof *t->tags))
        return fail_memory(p->err);
    if (position < t->n_tags)
        return fail_at(p->err, TTAG_PARSE, p->path, line, 0, "tag \"%.*s\" is given twice",
                       shown(name), name.bytes);
    t->tags[t->n_tags++] = (ttag_tag){.name = copy, .description = {"", 0}, .group = {"", 0}};
    return TTAG_OK;
}

/* ---- One name a line. ---- */

static ttag_status read_list(parse *p, ttag_view text)
{
    ttag_status status = TTAG_OK;
    size_t line = 0;
    while (text.size && status == TTAG_OK) {
        const char *end = memchr(text.bytes, '\n', text.size);
        size_t size = end ? (size_t)(end - text.bytes) : text.size;
        size_t next = end ? size + 1 : size;
        ttag_view name = utf8_trim((ttag_view){text.bytes, size});
        line++;
        if (name.size && name.bytes[0] != '#')
            status = add_tag(p, name, line);
        text = (ttag_view){text.bytes + next, text.size - next};
    }
    return status;
}

/* ---- JSON. ---- */

static ttag_status refuse_kind(parse *p, const char *key, const json *value, const char *expected)
{
    return fail_at(p->err, TTAG_PARSE, p->path, 0, 0, "\"%s\" of tag %zu is %s; expected %s", key,
                   p->taxonomy->n_tags, value ? json_kind_name(json_kind_of(value)) : "missing",
                   expected);
}

static bool is_kind(const json *value, json_kind kind)
{
    return value && json_kind_of(value) == kind;
}

/* Copies an optional text of the last tag. */
static ttag_status read_text(parse *p, const json *tag, const char *key, ttag_view *out)
{
    const json *value = json_member(tag, key);
    if (!value || json_kind_of(value) == JSON_NULL)
        return TTAG_OK;
    if (!is_kind(value, JSON_STRING))
        return refuse_kind(p, key, value, "a string");
    *out = arena_copy(&p->taxonomy->memory, json_string(value));
    return out->bytes ? TTAG_OK : fail_memory(p->err);
}

static ttag_status read_tag(parse *p, const json *value)
{
    ttag_taxonomy *t = p->taxonomy;
    if (!is_kind(value, JSON_OBJECT))
        return fail_at(p->err, TTAG_PARSE, p->path, 0, 0, "tag %zu is %s; expected an object",
                       t->n_tags + 1, json_kind_name(json_kind_of(value)));
    const json *name = json_member(value, "name");
    if (!is_kind(name, JSON_STRING))
        return fail_at(p->err, TTAG_PARSE, p->path, 0, 0,
                       "\"name\" of tag %zu is %s; expected a string", t->n_tags + 1,
                       name ? json_kind_name(json_kind_of(name)) : "missing");
    ttag_status status = add_tag(p, json_string(name), 0);
    if (status == TTAG_OK)
        status = read_text(p, value, "description", &t->tags[t->n_tags - 1].description);
    if (status == TTAG_OK)
        status = read_text(p, value, "group", &t->tags[t->n_tags - 1].group);
    return status;
}

/* Turns the names that a tag implies into positions, each once. `marks` (n_tags) holds for each
   tag the last one that was seen to imply it, + 1. */
static ttag_status link_tag(parse *p, const json *value, uint32_t number, uint32_t *marks)
{
    ttag_taxonomy *t = p->taxonomy;
    ttag_tag *tag = &t->tags[number];
    const json *implies = json_member(value, "implies");
    if (!implies || json_kind_of(implies) == JSON_NULL)
        return TTAG_OK;
    size_t count = 0;
    if (is_kind(implies, JSON_ARRAY))
        for (const json *name = json_first(implies); name; name = json_next(name))
            count++;
    uint32_t *positions = arena_new(&t->memory, count, sizeof *positions);
    if (!positions)
        return fail_memory(p->err);
    const json *name = is_kind(implies, JSON_ARRAY) ? json_first(implies) : implies;
    for (; name; name = json_next(name)) {
        if (name == implies || !is_kind(name, JSON_STRING))
            return fail_at(p->err, TTAG_PARSE, p->path, 0, 0,
                           "\"implies\" of tag \"%.*s\" %s %s; expected an array of names",
                           shown(tag->name), tag->name.bytes, name == implies ? "is" : "holds",
                           json_kind_name(json_kind_of(name)));
        ttag_view wanted = json_string(name);
        uint32_t position = ttag_taxonomy_find(t, wanted);
        if (position == TTAG_NO_TAG)
            return fail_at(p->err, TTAG_PARSE, p->path, 0, 0,
                           "tag \"%.*s\" implies \"%.*s\", which is no tag of this taxonomy",
                           shown(tag->name), tag->name.bytes, shown(wanted), wanted.bytes);
        if (marks[position] == number + 1)
            continue;
        marks[position] = number + 1;
        positions[tag->n_implies++] = position;
    }
    tag->implies = positions;
    return TTAG_OK;
}

static ttag_status link_tags(parse *p, const json *tags)
{
    uint32_t *marks = mem_zero(p->taxonomy->n_tags, sizeof *marks);
    if (!marks)
        return fail_memory(p->err);
    ttag_status status = TTAG_OK;
    uint32_t number = 0;
    for (const json *tag = json_first(tags); tag && status == TTAG_OK; tag = json_next(tag))
        status = link_tag(p, tag, number++, marks);
    mem_free(marks);
    uint32_t cycle = TTAG_NO_TAG;
    if (status == TTAG_OK)
        status = taxonomy_find_cycle(p->taxonomy, &cycle, p->err);
    if (status != TTAG_OK || cycle == TTAG_NO_TAG)
        return status;
    ttag_view name = p->taxonomy->tags[cycle].name;
    return fail_at(p->err, TTAG_PARSE, p->path, 0, 0,
                   "tag \"%.*s\" implies itself; expected \"implies\" to lead elsewhere",
                   shown(name), name.bytes);
}

/* Line and column, from 1, of a position in the text. */
static void locate(ttag_view text, size_t position, size_t *line, size_t *column)
{
    *line = *column = 1;
    for (size_t i = 0; i < position; i++) {
        ++*column;
        if (text.bytes[i] == '\n') {
            ++*line;
            *column = 1;
        }
    }
}

static ttag_status read_json(parse *p, ttag_view text)
{
    size_t position, line, column;
    const char *reason;
    json *document = json_parse(text, &position, &reason);
    if (!document && view_equal(view_of(reason), view_of("out of memory")))
        return fail_memory(p->err);
    if (!document) {
        locate(text, position, &line, &column);
        return fail_at(p->err, TTAG_PARSE, p->path, line, column, "not valid JSON: %s", reason);
    }
    ttag_status status = TTAG_OK;
    const json *tags = json_member(document, "tags");
    if (!is_kind(tags, JSON_ARRAY))
        status = fail_at(p->err, TTAG_PARSE, p->path, 0, 0,
                         "\"tags\" is %s; expected an array of objects",
                         tags ? json_kind_name(json_kind_of(tags)) : "missing");
    const json *tag = status == TTAG_OK ? json_first(tags) : NULL;
    for (; tag && status == TTAG_OK; tag = json_next(tag))
        status = read_tag(p, tag);
    if (status == TTAG_OK)
        status = link_tags(p, tags);
    json_free(document);
    return status;
}

ttag_status taxonomy_parse(ttag_taxonomy **out, ttag_view text, const char *path, ttag_error *err)
{
    *out = NULL;
    size_t good = utf8_good(text), line, column;
    if (good < text.size) {
        locate(text, good, &line, &column);
        return fail_at(err, TTAG_PARSE, path, line, column,
                       "a byte that is not UTF-8 text; expected a taxonomy in UTF-8");
    }
    ttag_taxonomy *taxonomy = mem_zero(1, sizeof *taxonomy);
    if (!taxonomy)
        return fail_memory(err);
    parse p = {taxonomy, path, err};
    size_t blanks = utf8_blanks(text);
    bool is_json = blanks < text.size && text.bytes[blanks] == '{';
    ttag_status status = is_json ? read_json(&p, text) : read_list(&p, text);
    if (status == TTAG_OK && taxonomy->n_tags == 0)
        status = fail_at(err, TTAG_EMPTY, path, 0, 0,
                         "no tag in it; expected {\"tags\":[…]} or one name a line");
    if (status != TTAG_OK) {
        ttag_taxonomy_free(taxonomy);
        return status;
    }
    *out = taxonomy;
    return TTAG_OK;
}
