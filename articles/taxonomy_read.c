/* A taxonomy out of text: JSON, or one name a line. */
#include "articles/taxonomy_read.h"

#include "articles/utf8.h"
#include "base/error.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/view.h"

/* What is being read, for the messages. */
typedef struct parse {
    ttag_taxonomy *taxonomy;
    const char *path;
    buffer string; /* the last one that was read */
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
        ttag_view name = utf8_trim(view_cut(&text, '\n'));
        line++;
        if (name.size && name.bytes[0] != '#')
            status = add_tag(p, name, line);
    }
    return status;
}

/* ---- JSON. ---- */

static const char *kind_name(ttag_view value)
{
    return value.bytes ? json_kind_name(json_kind_of(value)) : "missing";
}

static bool is_kind(ttag_view value, json_kind kind)
{
    return value.bytes && json_kind_of(value) == kind;
}

/* What a string stands for, until the next one is read; absent: no memory. */
static ttag_view read_string(parse *p, ttag_view value)
{
    buffer_clear(&p->string);
    json_put_unescaped(&p->string, value);
    return buffer_ok(&p->string) ? buffer_as_view(&p->string) : (ttag_view){NULL, 0};
}

/* Copies an optional text of the last tag. */
static ttag_status read_text(parse *p, ttag_view tag, const char *key, ttag_view *out)
{
    ttag_view value = json_member(tag, key);
    if (!value.bytes || json_kind_of(value) == JSON_NULL)
        return TTAG_OK;
    if (!is_kind(value, JSON_STRING))
        return fail_at(p->err, TTAG_PARSE, p->path, 0, 0,
                       "\"%s\" of tag %zu is %s; expected a string", key, p->taxonomy->n_tags,
                       kind_name(value));
    ttag_view text = read_string(p, value);
    *out = text.bytes ? arena_copy(&p->taxonomy->memory, text) : text;
    return out->bytes ? TTAG_OK : fail_memory(p->err);
}

static ttag_status read_tag(parse *p, ttag_view value)
{
    ttag_taxonomy *t = p->taxonomy;
    if (!is_kind(value, JSON_OBJECT))
        return fail_at(p->err, TTAG_PARSE, p->path, 0, 0, "tag %zu is %s; expected an object",
                       t->n_tags + 1, kind_name(value));
    ttag_view name = json_member(value, "name");
    if (!is_kind(name, JSON_STRING))
        return fail_at(p->err, TTAG_PARSE, p->path, 0, 0,
                       "\"name\" of tag %zu is %s; expected a string", t->n_tags + 1,
                       kind_name(name));
    ttag_view string = read_string(p, name);
    ttag_status status = string.bytes ? add_tag(p, string, 0) : fail_memory(p->err);
    if (status == TTAG_OK)
        status = read_text(p, value, "description", &t->tags[t->n_tags - 1].description);
    if (status == TTAG_OK)
        status = read_text(p, value, "group", &t->tags[t->n_tags - 1].group);
    return status;
}

static ttag_status refuse_implies(const parse *p, const ttag_tag *tag, const char *verb,
                                  ttag_view value)
{
    return fail_at(p->err, TTAG_PARSE, p->path, 0, 0,
                   "\"implies\" of tag \"%.*s\" %s %s; expected an array of names",
                   shown(tag->name), tag->name.bytes, verb, kind_name(value));
}

/* Notes the position of a tag that `tag`, which is number `number`, implies. `marks` (n_tags) holds
   for each tag the last one that was seen to imply it, + 1. */
static ttag_status link_name(parse *p, ttag_tag *tag, uint32_t number, ttag_view wanted,
                             uint32_t *positions, uint32_t *marks)
{
    uint32_t position = ttag_taxonomy_find(p->taxonomy, wanted);
    if (position == TTAG_NO_TAG)
        return fail_at(p->err, TTAG_PARSE, p->path, 0, 0,
                       "tag \"%.*s\" implies \"%.*s\", which is no tag of this taxonomy",
                       shown(tag->name), tag->name.bytes, shown(wanted), wanted.bytes);
    if (marks[position] == number + 1)
        return TTAG_OK;
    marks[position] = number + 1;
    positions[tag->n_implies++] = position;
    return TTAG_OK;
}

/* Turns the names that a tag implies into positions, each once. */
static ttag_status link_tag(parse *p, ttag_view value, uint32_t number, uint32_t *marks)
{
    ttag_taxonomy *t = p->taxonomy;
    ttag_tag *tag = &t->tags[number];
    ttag_view implies = json_member(value, "implies");
    if (!implies.bytes || json_kind_of(implies) == JSON_NULL)
        return TTAG_OK;
    if (!is_kind(implies, JSON_ARRAY))
        return refuse_implies(p, tag, "is", implies);
    uint32_t *positions = arena_new(&t->memory, json_count_items(implies), sizeof *positions);
    if (!positions)
        return fail_memory(p->err);
    json_walk walk = json_walk_over(implies, NULL);
    json_item item;
    while (json_walk_next(&walk, &item)) {
        if (!is_kind(item.value, JSON_STRING))
            return refuse_implies(p, tag, "holds", item.value);
        ttag_view wanted = read_string(p, item.value);
        ttag_status status = wanted.bytes ? link_name(p, tag, number, wanted, positions, marks)
                                          : fail_memory(p->err);
        if (status != TTAG_OK)
            return status;
    }
    tag->implies = positions;
    return TTAG_OK;
}

static ttag_status link_tags(parse *p, ttag_view tags)
{
    uint32_t *marks = mem_zero(p->taxonomy->n_tags, sizeof *marks);
    if (!marks)
        return fail_memory(p->err);
    ttag_status status = TTAG_OK;
    uint32_t number = 0;
    json_walk walk = json_walk_over(tags, NULL);
    json_item item;
    while (status == TTAG_OK && json_walk_next(&walk, &item))
        status = link_tag(p, item.value, number++, marks);
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
    if (!json_check(text, &position, &reason)) {
        locate(text, position, &line, &column);
        return fail_at(p->err, TTAG_PARSE, p->path, line, column, "not valid JSON: %s", reason);
    }
    ttag_view tags = json_member(text, "tags");
    if (!is_kind(tags, JSON_ARRAY))
        return fail_at(p->err, TTAG_PARSE, p->path, 0, 0,
                       "\"tags\" is %s; expected an array of objects", kind_name(tags));
    ttag_status status = TTAG_OK;
    json_walk walk = json_walk_over(tags, NULL);
    json_item item;
    while (status == TTAG_OK && json_walk_next(&walk, &item))
        status = read_tag(p, item.value);
    if (status == TTAG_OK)
        status = link_tags(p, tags);
    buffer_dispose(&p->string);
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
    parse p = {.taxonomy = taxonomy, .path = path, .err = err};
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
