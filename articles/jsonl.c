/* A line of JSON Lines into an article. */
#include <stdio.h>
#include <string.h>

#include "articles/decoder.h"
#include "articles/scalar.h"
#include "articles/utf8.h"
#include "base/error.h"
#include "base/json.h"
#include "base/view.h"

/* The members that count, by their place in `keys`. */
enum { TEXT, TITLE, DATE, SOURCE, URL, GROUP, ARTICLE, ID, TAGS, UNKNOWN, WEIGHT, N_KEYS };

static const struct {
    const char *name;
    size_t size;
    char last;    /* of the name: with the size it tells the names apart */
    size_t place; /* in ttag_article, of the texts */
} keys[N_KEYS] = {
    [TEXT] = {"text", 4, 't', offsetof(ttag_article, text)},
    [TITLE] = {"title", 5, 'e', offsetof(ttag_article, title)},
    [DATE] = {"date", 4, 'e', offsetof(ttag_article, date)},
    [SOURCE] = {"source", 6, 'e', offsetof(ttag_article, source)},
    [URL] = {"url", 3, 'l', offsetof(ttag_article, url)},
    [GROUP] = {"group", 5, 'p', offsetof(ttag_article, group)},
    [ARTICLE] = {"article", 7, 'e', offsetof(ttag_article, article)},
    [ID] = {"id", 2, 'd', 0},
    [TAGS] = {"tags", 4, 's', 0},
    [UNKNOWN] = {"unknown", 7, 'n', 0},
    [WEIGHT] = {"weight", 6, 't', 0},
};

/* What is being decoded, for the messages. */
typedef struct parse {
    ttag_decoder *decoder;
    ttag_article *article;
    const ttag_record *record;
    ttag_view text; /* cleaned */
    ttag_error *err;
    json_walk walk;
    json_item *items;               /* N_KEYS + 1: those that count, and the one at hand */
    const json_item *first[N_KEYS]; /* of each name, or NULL */
} parse;

/* Column in the line as it stands in the file. */
static size_t column_of(const parse *p, size_t position)
{
    return utf8_origin(p->record->bytes, position) + 1;
}

static ttag_status refuse(const parse *p, int key, const char *what, const char *expected)
{
    const json_item *item = p->first[key];
    size_t column = item ? column_of(p, (size_t)(item->value.bytes - p->text.bytes)) : 0;
    return fail_at(p->err, TTAG_PARSE, p->record->path, p->record->line, column,
                   "\"%s\" %s; expected %s", keys[key].name, what, expected);
}

/* `verb` is "is" or "holds". */
static ttag_status refuse_kind(const parse *p, int key, const char *verb, ttag_view value,
                               const char *expected)
{
    char what[32];
    snprintf(what, sizeof what, "%s %s", verb, json_kind_name(json_kind_of(value)));
    return refuse(p, key, what, expected);
}

/* The member, or NULL if it is absent or null. */
static const json_item *member(const parse *p, int key)
{
    const json_item *item = p->first[key];
    return item && json_kind_of(item->value) != JSON_NULL ? item : NULL;
}

static ttag_status read_text(const parse *p, int key)
{
    const json_item *item = p->first[key];
    if (json_kind_of(item->value) != JSON_STRING)
        return refuse_kind(p, key, "is", item->value, "a string");
    memcpy((char *)p->article + keys[key].place, &item->string, sizeof item->string);
    return TTAG_OK;
}

static ttag_status read_texts(const parse *p)
{
    if (!p->first[TEXT])
        return refuse(p, TEXT, "is missing", "the article's text as a string");
    ttag_status status = read_text(p, TEXT);
    for (int key = TITLE; key <= ARTICLE && status == TTAG_OK; key++)
        if (member(p, key))
            status = read_text(p, key);
    return status;
}

/* The id is written out again as it stands; one that could not stand in JSON is written anew. */
static ttag_status read_id(const parse *p)
{
    const json_item *item = member(p, ID);
    if (!item)
        return TTAG_OK;
    json_kind kind = json_kind_of(item->value);
    if (kind == JSON_OBJECT || kind == JSON_ARRAY)
        return refuse_kind(p, ID, "is", item->value, "a string or a number");
    p->article->id = item->value;
    if (scalar_is_proper(item->value))
        return TTAG_OK;
    buffer *id = &p->decoder->id;
    if (kind == JSON_STRING)
        json_put_string(id, item->string);
    else
        json_put_number(id, json_number(item->value), 17);
    p->article->id = buffer_as_view(id);
    return buffer_ok(id) ? TTAG_OK : fail_memory(p->err);
}

static ttag_status read_names(const parse *p, int key, names *set, bool *others)
{
    static const char expected[] = "an array of strings";
    ttag_view value = p->first[key]->value;
    if (json_kind_of(value) != JSON_ARRAY)
        return refuse_kind(p, key, "is", value, expected);
    json_walk walk = json_walk_into(&p->walk, value);
    json_item item;
    while (json_walk_next(&walk, &item)) {
        if (json_kind_of(item.value) != JSON_STRING)
            return refuse_kind(p, key, "holds", item.value, expected);
        ttag_view name = item.string;
        if (name.size == 0)
            return refuse(p, key, "holds an empty string", "names of tags");
        if (others && view_equal(name, view_of("*")))
            *others = true;
        else if (!names_add(set, name))
            return fail_memory(p->err);
    }
    return TTAG_OK;
}

static ttag_status read_labels(const parse *p)
{
    ttag_decoder *d = p->decoder;
    ttag_status status = TTAG_OK;
    p->article->labelled = member(p, TAGS) != NULL;
    if (p->article->labelled)
        status = read_names(p, TAGS, &d->tags, NULL);
    if (status == TTAG_OK && member(p, UNKNOWN))
        status = read_names(p, UNKNOWN, &d->unknown, &p->article->unknown_others);
    return status;
}

static ttag_status read_weight(const parse *p)
{
    static const char expected[] = "a number from 0 to 1e6";
    const json_item *item = member(p, WEIGHT);
    if (!item)
        return TTAG_OK;
    if (json_kind_of(item->value) != JSON_NUMBER)
        return refuse_kind(p, WEIGHT, "is", item->value, expected);
    double weight = json_number(item->value);
    if (!(weight <= TTAG_WEIGHT_MOST))
        return refuse(p, WEIGHT, "is too large", expected);
    if (weight < 0)
        return refuse(p, WEIGHT, "is negative", expected);
    p->article->weight = weight;
    return TTAG_OK;
}

static bool has_name(const json_item *item, int key)
{
    ttag_view name = item->name;
    if (item->name_escaped)
        return json_name_is(item, keys[key].name);
    return name.size == keys[key].size && name.bytes[name.size - 1] == keys[key].last &&
           memcmp(name.bytes, keys[key].name, name.size) == 0;
}

static int key_of(const json_item *item)
{
    int key = 0;
    while (key < N_KEYS && !has_name(item, key))
        key++;
    return key;
}

/* Finds the first member of each name that counts. */
static void walk_object(parse *p)
{
    json_item *item = p->items;
    while (json_walk_next(&p->walk, item)) {
        int key = item->as_before ? item->habit->mark : key_of(item);
        if (item->habit)
            item->habit->mark = key;
        if (key < N_KEYS && !p->first[key])
            p->first[key] = item++;
    }
}

static ttag_status parse_object(parse *p)
{
    buffer *strings = &p->decoder->strings;
    if (!buffer_room(strings, p->text.size + JSON_STRING_ROOM)) /* no string moves from now on */
        return fail_memory(p->err);
    p->walk = json_walk_over(p->text, strings);
    p->walk.habit = p->decoder->habits;
    walk_object(p);
    const json_walk *walk = &p->walk;
    if (walk->reason)
        return fail_at(p->err, TTAG_PARSE, p->record->path, p->record->line,
                       column_of(p, (size_t)(walk->at - walk->start)), "not valid JSON: %s",
                       walk->reason);
    if (walk->kind != JSON_OBJECT)
        return fail_at(p->err, TTAG_PARSE, p->record->path, p->record->line, 0,
                       "expected a JSON object, got %s", json_kind_name(walk->kind));
    return TTAG_OK;
}

ttag_status jsonl_decode(ttag_decoder *d, ttag_article *article, const ttag_record *record,
                         ttag_error *err)
{
    json_item items[N_KEYS + 1];
    parse p = {.decoder = d, .article = article, .record = record, .text = d->text, .err = err};
    p.items = items;
    article->record = utf8_trim(p.text);
    ttag_status status = parse_object(&p);
    static ttag_status (*const steps[])(const parse *) = {read_texts, read_id, read_labels,
                                                          read_weight};
    for (size_t i = 0; i < sizeof steps / sizeof *steps && status == TTAG_OK; i++)
        status = steps[i](&p);
    return status;
}
