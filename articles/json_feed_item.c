/* An item of a JSON Feed into an article. */
#include "articles/decoder.h"
#include "articles/markup.h"
#include "articles/scalar.h"
#include "articles/utf8.h"
#include "base/error.h"
#include "base/view.h"

/* The members that count; of two for the same purpose the first one here. */
enum {
    CONTENT_TEXT,
    CONTENT_HTML,
    SUMMARY,
    TITLE,
    URL,
    EXTERNAL_URL,
    PUBLISHED,
    MODIFIED,
    LANGUAGE,
    ID,
    TAGS,
    MEMBERS
};
static const char *const names_of[MEMBERS] = {
    "content_text",   "content_html",  "summary",  "title", "url", "external_url",
    "date_published", "date_modified", "language", "id",    "tags"};

typedef struct json_feed_parse {
    ttag_decoder *decoder;
    ttag_article *article;
    const ttag_record *record;
    ttag_error *err;
    json_walk walk;
    json_item found[MEMBERS]; /* value absent: it is not there, or null */
} json_feed_parse;

static ttag_status refuse(const json_feed_parse *p, int member, const char *expected)
{
    return fail_at(p->err, TTAG_PARSE, p->record->path, p->record->line, 0,
                   "\"%s\" is %s; expected %s", names_of[member],
                   json_kind_name(json_kind_of(p->found[member].value)), expected);
}

static ttag_status find_members(json_feed_parse *p)
{
    json_item item;
    p->walk = json_walk_over(p->decoder->text, &p->decoder->strings);
    while (json_walk_next(&p->walk, &item)) {
        if (!item.name.bytes || json_kind_of(item.value) == JSON_NULL)
            continue;
        for (int i = 0; i < MEMBERS; i++)
            if (!p->found[i].value.bytes && json_name_is(&item, names_of[i]))
                p->found[i] = item;
    }
    if (p->walk.reason)
        return fail_at(p->err, TTAG_PARSE, p->record->path, p->record->line, 0,
                       "not valid JSON: %s", p->walk.reason);
    if (p->walk.kind != JSON_OBJECT)
        return fail_at(p->err, TTAG_PARSE, p->record->path, p->record->line, 0,
                       "expected an item that is an object, got %s", json_kind_name(p->walk.kind));
    for (int i = 0; i < ID; i++)
        if (p->found[i].value.bytes && json_kind_of(p->found[i].value) != JSON_STRING)
            return refuse(p, i, "a string");
    return TTAG_OK;
}

/* The first of two members that is there. */
static ttag_view text_of(const json_feed_parse *p, int one, int other)
{
    return p->found[p->found[one].string.size ? one : other].string;
}

/* Markup goes to a buffer of its own: the strings may not move any more. */
static void fill_texts(json_feed_parse *p)
{
    ttag_article *a = p->article;
    buffer *plain = &p->decoder->scratch;
    buffer_clear(plain);
    if (!p->found[CONTENT_TEXT].string.size && p->found[CONTENT_HTML].string.size) {
        put_text_of_markup(plain, p->found[CONTENT_HTML].string);
        a->text = utf8_trim(buffer_as_view(plain));
    } else {
        a->text = text_of(p, CONTENT_TEXT, SUMMARY);
    }
    if (!a->text.bytes)
        a->text = (ttag_view){"", 0};
    a->title = p->found[TITLE].string;
    a->url = text_of(p, URL, EXTERNAL_URL);
    a->date = text_of(p, PUBLISHED, MODIFIED);
    a->language = p->found[LANGUAGE].string;
    a->record = utf8_trim(p->decoder->text);
}

/* Written out again as it stands, if it may. */
static ttag_status fill_id(json_feed_parse *p)
{
    const json_item *item = &p->found[ID];
    if (!item->value.bytes)
        return TTAG_OK;
    const json_kind kind = json_kind_of(item->value);
    if (kind != JSON_STRING && kind != JSON_NUMBER)
        return refuse(p, ID, "a string or a number");
    p->article->id = item->value;
    if (scalar_is_proper(item->value))
        return TTAG_OK;
    if (kind == JSON_STRING)
        json_put_string(&p->decoder->id, item->string);
    else
        json_put_number(&p->decoder->id, json_number(item->value), 17);
    p->article->id = buffer_as_view(&p->decoder->id);
    return buffer_ok(&p->decoder->id) ? TTAG_OK : fail_memory(p->err);
}

static ttag_status fill_tags(json_feed_parse *p)
{
    json_item tag;
    if (!p->found[TAGS].value.bytes)
        return TTAG_OK;
    if (json_kind_of(p->found[TAGS].value) != JSON_ARRAY)
        return refuse(p, TAGS, "an array of strings");
    json_walk walk = json_walk_into(&p->walk, p->found[TAGS].value);
    while (json_walk_next(&walk, &tag)) {
        if (json_kind_of(tag.value) != JSON_STRING)
            return refuse(p, TAGS, "an array of nothing but strings");
        if (tag.string.size && !names_add(&p->decoder->tags, tag.string))
            return fail_memory(p->err);
    }
    p->article->labelled = true;
    return TTAG_OK;
}

ttag_status json_feed_item_decode(ttag_decoder *d, ttag_article *article, const ttag_record *record,
                                  ttag_error *err)
{
    json_feed_parse p = {.decoder = d, .article = article, .record = record, .err = err};
    if (!buffer_room(&d->strings,
                     d->text.size + JSON_STRING_ROOM)) /* no string moves from now on */
        return fail_memory(err);
    ttag_status status = find_members(&p);
    if (status == TTAG_OK) {
        fill_texts(&p);
        status = buffer_ok(&d->scratch) ? fill_id(&p) : fail_memory(err);
    }
    if (status == TTAG_OK)
        status = fill_tags(&p);
    if (status == TTAG_OK && !article->text.size && !article->title.size)
        return fail_at(err, TTAG_PARSE, record->path, record->line, 0,
                       "the item has neither title nor text; expected one of them");
    return status;
}
