/* A report or a note of STIX 2.1 into an article. */
#include "articles/exchange_article.h"
#include "base/error.h"

enum {
    ID,
    NAME,
    ABSTRACT, /* of a note */
    DESCRIPTION,
    CONTENT, /* of a note */
    PUBLISHED,
    CREATED,
    LABELS,
    REFERENCES,
    MEMBERS
};

static const char *const member_names[MEMBERS] = {"id",          "name",    "abstract",
                                                  "description", "content", "published",
                                                  "created",     "labels",  "external_references"};

static const json_kind member_kinds[MEMBERS] = {
    [ID] = JSON_STRING,          [NAME] = JSON_STRING,    [ABSTRACT] = JSON_STRING,
    [DESCRIPTION] = JSON_STRING, [CONTENT] = JSON_STRING, [PUBLISHED] = JSON_STRING,
    [CREATED] = JSON_STRING,     [LABELS] = JSON_ARRAY,   [REFERENCES] = JSON_ARRAY};

static ttag_status read_labels(exchange_article *e, ttag_view labels)
{
    json_walk walk = json_walk_into(&e->walk, labels);
    json_item label;
    while (json_walk_next(&walk, &label)) {
        if (json_kind_of(label.value) != JSON_STRING)
            return fail_at(e->err, TTAG_PARSE, e->record->path, e->record->line, 0,
                           "\"labels\" holds %s; expected strings",
                           json_kind_name(json_kind_of(label.value)));
        if (!exchange_add_tag(e, label.string))
            return fail_memory(e->err);
    }
    return TTAG_OK;
}

/* The first reference that has a url says where the article is, and whose it is. */
static ttag_status read_references(exchange_article *e, ttag_view references)
{
    static const char *const wanted[] = {"url", "source_name"};
    static const json_kind kinds[] = {JSON_STRING, JSON_STRING};
    json_walk walk = json_walk_into(&e->walk, references);
    json_item reference;
    while (json_walk_next(&walk, &reference)) {
        json_item found[2] = {{.name = {NULL, 0}}};
        if (json_kind_of(reference.value) != JSON_OBJECT || e->article->url.bytes)
            continue;
        json_walk members = json_walk_into(&e->walk, reference.value);
        ttag_status status = exchange_find(e, &members, wanted, kinds, found, 2);
        if (status != TTAG_OK)
            return status;
        e->article->url = found[0].string;
        if (found[0].value.bytes)
            e->article->source = found[1].string;
    }
    return TTAG_OK;
}

ttag_status stix_object_decode(ttag_decoder *d, ttag_article *article, const ttag_record *record,
                               ttag_error *err)
{
    exchange_article e = {.decoder = d, .article = article, .record = record, .err = err};
    json_item found[MEMBERS] = {{.name = {NULL, 0}}};
    ttag_status status = exchange_begin(&e);
    if (status == TTAG_OK)
        status = exchange_find(&e, &e.walk, member_names, member_kinds, found, MEMBERS);
    if (status == TTAG_OK && found[LABELS].value.bytes)
        status = read_labels(&e, found[LABELS].value);
    if (status == TTAG_OK && found[REFERENCES].value.bytes)
        status = read_references(&e, found[REFERENCES].value);
    if (status != TTAG_OK)
        return status;
    article->title = found[found[NAME].value.bytes ? NAME : ABSTRACT].string;
    article->date = found[found[PUBLISHED].value.bytes ? PUBLISHED : CREATED].string;
    exchange_add_text(&e, found[DESCRIPTION].string);
    exchange_add_text(&e, found[CONTENT].string);
    return exchange_end(&e, &found[ID]);
}
