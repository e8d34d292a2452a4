/* A line of JSON Lines into an article, by way of a tree. */
#include "tests/json_tree/tree_article.h"

#include <stdio.h>
#include <string.h>

#include "articles/utf8.h"
#include "base/error.h"
#include "base/view.h"

/* What is being decoded, for the messages. */
typedef struct parse {
    tree_decoder *decoder;
    ttag_article *article;
    const ttag_record *record;
    ttag_view text; /* cleaned */
    ttag_error *err;
} parse;

/* ---- The grammar of scalars, as far as cJSON has not checked it. ---- */

static size_t behind_digits(ttag_view v, size_t at)
{
    while (at < v.size && v.bytes[at] >= '0' && v.bytes[at] <= '9')
        at++;
    return at;
}

static bool at_char(ttag_view v, size_t at, char a, char b)
{
    return at < v.size && (v.bytes[at] == a || v.bytes[at] == b);
}

/* [-] (0 | 1-9 digits) [. digits] [e [+|-] digits] */
static bool is_number(ttag_view v)
{
    size_t at = at_char(v, 0, '-', '-');
    size_t end = at_char(v, at, '0', '0') ? at + 1 : behind_digits(v, at);
    if (end == at)
        return false;
    at = end;
    if (at_char(v, at, '.', '.')) {
        end = behind_digits(v, at + 1);
        if (end == at + 1)
            return false;
        at = end;
    }
    if (at_char(v, at, 'e', 'E')) {
        at += at_char(v, at + 1, '+', '-') ? 2 : 1;
        end = behind_digits(v, at);
        if (end == at)
            return false;
    }
    return end == v.size;
}

static bool has_control(ttag_view v)
{
    for (size_t i = 0; i < v.size; i++)
        if ((unsigned char)v.bytes[i] < 0x20)
            return true;
    return false;
}

static bool is_proper(ttag_view raw)
{
    if (raw.size == 0)
        return false;
    char first = raw.bytes[0];
    if (first == '"')
        return !has_control(raw);
    return first == 't' || first == 'f' || first == 'n' || is_number(raw);
}

/* ---- Members. ---- */

/* Optional texts: the key and where its value goes. */
static const struct {
    const char *key;
    size_t member;
} texts[] = {
    {"title", offsetof(ttag_article, title)},   {"date", offsetof(ttag_article, date)},
    {"source", offsetof(ttag_article, source)}, {"url", offsetof(ttag_article, url)},
    {"group", offsetof(ttag_article, group)},   {"article", offsetof(ttag_article, article)},
};

/* Column in the line as it stands in the file. */
static size_t column_of(const parse *p, size_t position)
{
    return utf8_origin(p->record->bytes, position) + 1;
}

static size_t column_of_value(const parse *p, const char *key)
{
    ttag_view value = tree_raw_member(p->text, key);
    return value.bytes ? column_of(p, (size_t)(value.bytes - p->text.bytes)) : 0;
}

static ttag_status refuse(const parse *p, const char *key, const char *what, const char *expected)
{
    return fail_at(p->err, TTAG_PARSE, p->record->path, p->record->line, column_of_value(p, key),
                   "\"%s\" %s; expected %s", key, what, expected);
}

/* `verb` is "is" or "holds". */
static ttag_status refuse_kind(const parse *p, const char *key, const char *verb, const tree *value,
                               const char *expected)
{
    char what[32];
    snprintf(what, sizeof what, "%s %s", verb, json_kind_name(tree_kind_of(value)));
    return refuse(p, key, what, expected);
}

/* The member, or NULL if it is absent or null. */
static const tree *member(const parse *p, const char *key)
{
    const tree *value = tree_member(p->decoder->document, key);
    return value && tree_kind_of(value) != JSON_NULL ? value : NULL;
}

static ttag_status read_text(const parse *p)
{
    const tree *value = tree_member(p->decoder->document, "text");
    if (!value)
        return refuse(p, "text", "is missing", "the article's text as a string");
    if (tree_kind_of(value) != JSON_STRING)
        return refuse_kind(p, "text", "is", value, "a string");
    p->article->text = tree_string(value);
    return TTAG_OK;
}

static ttag_status read_texts(const parse *p)
{
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const tree *value = member(p, texts[i].key);
        if (!value)
            continue;
        if (tree_kind_of(value) != JSON_STRING)
            return refuse_kind(p, texts[i].key, "is", value, "a string");
        ttag_view view = tree_string(value);
        memcpy((char *)p->article + texts[i].member, &view, sizeof view);
    }
    return TTAG_OK;
}

/* The id is written out again as it stands; one that could not stand in JSON is written anew. */
static ttag_status read_id(const parse *p)
{
    const tree *value = member(p, "id");
    if (!value)
        return TTAG_OK;
    json_kind kind = tree_kind_of(value);
    if (kind == JSON_OBJECT || kind == JSON_ARRAY)
        return refuse_kind(p, "id", "is", value, "a string or a number");
    ttag_view raw = tree_raw_member(p->text, "id");
    if (is_proper(raw)) {
        p->article->id = raw;
        return TTAG_OK;
    }
    buffer *id = &p->decoder->id;
    if (kind == JSON_STRING)
        json_put_string(id, tree_string(value));
    else if (kind == JSON_NUMBER)
        json_put_number(id, tree_number(value), 17);
    else
        buffer_text(id, json_kind_name(kind));
    p->article->id = buffer_as_view(id);
    return buffer_ok(id) ? TTAG_OK : fail_memory(p->err);
}

static ttag_status read_names(const parse *p, const char *key, const tree *value, names *set,
                              bool *others)
{
    static const char expected[] = "an array of strings";
    if (tree_kind_of(value) != JSON_ARRAY)
        return refuse_kind(p, key, "is", value, expected);
    for (const tree *name = tree_first(value); name; name = tree_next(name)) {
        if (tree_kind_of(name) != JSON_STRING)
            return refuse_kind(p, key, "holds", name, expected);
        ttag_view view = tree_string(name);
        if (view.size == 0)
            return refuse(p, key, "holds an empty string", "names of tags");
        if (others && view_equal(view, view_of("*")))
            *others = true;
        else if (!names_add(set, view))
            return fail_memory(p->err);
    }
    return TTAG_OK;
}

static ttag_status read_labels(const parse *p)
{
    tree_decoder *d = p->decoder;
    const tree *tags = member(p, "tags"), *unknown = member(p, "unknown");
    ttag_status status = TTAG_OK;
    if (tags)
        status = read_names(p, "tags", tags, &d->tags, NULL);
    p->article->labelled = tags != NULL;
    if (status == TTAG_OK && unknown)
        status = read_names(p, "unknown", unknown, &d->unknown, &p->article->unknown_others);
    return status;
}

static ttag_status read_weight(const parse *p)
{
    static const char expected[] = "a number from 0 to 1e6";
    const tree *value = member(p, "weight");
    if (!value)
        return TTAG_OK;
    if (tree_kind_of(value) != JSON_NUMBER)
        return refuse_kind(p, "weight", "is", value, expected);
    double weight = tree_number(value);
    if (!(weight <= TTAG_WEIGHT_MOST))
        return refuse(p, "weight", "is too large", expected);
    if (weight < 0)
        return refuse(p, "weight", "is negative", expected);
    p->article->weight = weight;
    return TTAG_OK;
}

static ttag_status parse_object(const parse *p)
{
    size_t position;
    const char *reason;
    tree *document = tree_parse(p->text, &position, &reason);
    p->decoder->document = document;
    if (!document && view_equal(view_of(reason), view_of("out of memory")))
        return fail_memory(p->err);
    if (!document)
        return fail_at(p->err, TTAG_PARSE, p->record->path, p->record->line, column_of(p, position),
                       "not valid JSON: %s", reason);
    if (tree_kind_of(document) != JSON_OBJECT)
        return fail_at(p->err, TTAG_PARSE, p->record->path, p->record->line, 0,
                       "expected a JSON object, got %s", json_kind_name(tree_kind_of(document)));
    return TTAG_OK;
}

static ttag_status read_members(const parse *p)
{
    static ttag_status (*const steps[])(const parse *) = {parse_object, read_text,   read_texts,
                                                          read_id,      read_labels, read_weight};
    ttag_status status = TTAG_OK;
    for (size_t i = 0; i < sizeof steps / sizeof *steps && status == TTAG_OK; i++)
        status = steps[i](p);
    return status;
}

ttag_status tree_decode(tree_decoder *d, ttag_article *article, const ttag_record *record,
                        ttag_error *err)
{
    const ttag_article nothing = {.path = record->path, .line = record->line};
    tree_decoder_dispose(d);
    *article = nothing;
    article->weight = 1;
    article->bad_bytes = utf8_clean(&d->text, record->bytes);
    parse p = {d, article, record, buffer_as_view(&d->text), err};
    article->record = utf8_trim(p.text);
    ttag_status status = read_members(&p);
    if (status != TTAG_OK) {
        *article = nothing;
        return status;
    }
    article->tags = d->tags.items;
    article->n_tags = d->tags.n;
    article->unknown = d->unknown.items;
    article->n_unknown = d->unknown.n;
    return TTAG_OK;
}

void tree_decoder_dispose(tree_decoder *d)
{
    tree_free(d->document);
    buffer_dispose(&d->text);
    buffer_dispose(&d->id);
    names_dispose(&d->tags);
    names_dispose(&d->unknown);
    *d = (tree_decoder){0};
}
