/* A line of JSON Lines into an article. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "articles/decoder.h"
#include "articles/scalar.h"
#include "articles/utf8.h"
#include "base/error.h"
#include "base/view.h"

/* What is being decoded, for the messages. */
typedef struct parse {
    ttag_decoder *decoder;
    ttag_article *article;
    const ttag_record *record;
    ttag_view text; /* cleaned */
    ttag_error *err;
} parse;

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
    ttag_view value = json_raw_member(p->text, key);
    return value.bytes ? column_of(p, (size_t)(value.bytes - p->text.bytes)) : 0;
}

static ttag_status refuse(const parse *p, const char *key, const char *what, const char *expected)
{
    return fail_at(p->err, TTAG_PARSE, p->record->path, p->record->line, column_of_value(p, key),
                   "\"%s\" %s; expected %s", key, what, expected);
}

/* `verb` is "is" or "holds". */
static ttag_status refuse_kind(const parse *p, const char *key, const char *verb, const json *value,
                               const char *expected)
{
    char what[32];
    snprintf(what, sizeof what, "%s %s", verb, json_kind_name(json_kind_of(value)));
    return refuse(p, key, what, expected);
}

/* The member, or NULL if it is absent or null. */
static const json *member(const parse *p, const char *key)
{
    const json *value = json_member(p->decoder->document, key);
    return value && json_kind_of(value) != JSON_NULL ? value : NULL;
}

static ttag_status read_text(const parse *p)
{
    const json *value = json_member(p->decoder->document, "text");
    if (!value)
        return refuse(p, "text", "is missing", "the article's text as a string");
    if (json_kind_of(value) != JSON_STRING)
        return refuse_kind(p, "text", "is", value, "a string");
    p->article->text = json_string(value);
    return TTAG_OK;
}

static ttag_status read_texts(const parse *p)
{
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const json *value = member(p, texts[i].key);
        if (!value)
            continue;
        if (json_kind_of(value) != JSON_STRING)
            return refuse_kind(p, texts[i].key, "is", value, "a string");
        ttag_view view = json_string(value);
        memcpy((char *)p->article + texts[i].member, &view, sizeof view);
    }
    return TTAG_OK;
}

/* The id is written out again as it stands; one that could not stand in JSON is written anew. */
static ttag_status read_id(const parse *p)
{
    const json *value = member(p, "id");
    if (!value)
        return TTAG_OK;
    json_kind kind = json_kind_of(value);
    if (kind == JSON_OBJECT || kind == JSON_ARRAY)
        return refuse_kind(p, "id", "is", value, "a string or a number");
    ttag_view raw = json_raw_member(p->text, "id");
    if (scalar_is_proper(raw)) {
        p->article->id = raw;
        return TTAG_OK;
    }
    buffer *id = &p->decoder->id;
    if (kind == JSON_STRING)
        json_put_string(id, json_string(value));
    else if (kind == JSON_NUMBER)
        json_put_number(id, json_number(value), 17);
    else
        buffer_text(id, json_kind_name(kind));
    p->article->id = buffer_as_view(id);
    return buffer_ok(id) ? TTAG_OK : fail_memory(p->err);
}

static ttag_status read_names(const parse *p, const char *key, const json *value, names *set,
                              bool *others)
{
    static const char expected[] = "an array of strings";
    if (json_kind_of(value) != JSON_ARRAY)
        return refuse_kind(p, key, "is", value, expected);
    for (const json *name = json_first(value); name; name = json_next(name)) {
        if (json_kind_of(name) != JSON_STRING)
            return refuse_kind(p, key, "holds", name, expected);
        ttag_view view = json_string(name);
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
    ttag_decoder *d = p->decoder;
    const json *tags = member(p, "tags"), *unknown = member(p, "unknown");
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
    static const char expected[] = "a number of at least 0";
    const json *value = member(p, "weight");
    if (!value)
        return TTAG_OK;
    if (json_kind_of(value) != JSON_NUMBER)
        return refuse_kind(p, "weight", "is", value, expected);
    double weight = json_number(value);
    if (!isfinite(weight))
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
    json *document = json_parse(p->text, &position, &reason);
    p->decoder->document = document;
    if (!document && view_equal(view_of(reason), view_of("out of memory")))
        return fail_memory(p->err);
    if (!document)
        return fail_at(p->err, TTAG_PARSE, p->record->path, p->record->line, column_of(p, position),
                       "not valid JSON: %s", reason);
    if (json_kind_of(document) != JSON_OBJECT)
        return fail_at(p->err, TTAG_PARSE, p->record->path, p->record->line, 0,
                       "expected a JSON object, got %s", json_kind_name(json_kind_of(document)));
    return TTAG_OK;
}

ttag_status jsonl_decode(ttag_decoder *d, ttag_article *article, const ttag_record *record,
                         ttag_error *err)
{
    parse p = {d, article, record, buffer_as_view(&d->text), err};
    article->record = utf8_trim(p.text);
    ttag_status status = parse_object(&p);
    static ttag_status (*const steps[])(const parse *) = {read_text, read_texts, read_id,
                                                          read_labels, read_weight};
    for (size_t i = 0; i < sizeof steps / sizeof *steps && status == TTAG_OK; i++)
        status = steps[i](&p);
    return status;
}
