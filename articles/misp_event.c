/* A MISP event into an article: its reports, the texts of its objects, its own. */
#include "articles/exchange_article.h"
#include "articles/machine_tag.h"
#include "base/error.h"
#include "base/view.h"

enum { UUID, INFO, DATE, TAG, EVENT_REPORT, OBJECT, ATTRIBUTE, ORGC, MEMBERS };

static const char *const member_names[MEMBERS] = {"uuid",        "info",   "date",      "Tag",
                                                  "EventReport", "Object", "Attribute", "Orgc"};

static const json_kind member_kinds[MEMBERS] = {
    [UUID] = JSON_STRING,     [INFO] = JSON_STRING,        [DATE] = JSON_STRING,
    [TAG] = JSON_ARRAY,       [EVENT_REPORT] = JSON_ARRAY, [OBJECT] = JSON_ARRAY,
    [ATTRIBUTE] = JSON_ARRAY, [ORGC] = JSON_OBJECT};

/* What is done with each object of an array. */
typedef ttag_status take_one(exchange_article *e, ttag_view object);

static ttag_status take_each(exchange_article *e, const json_item *array, take_one *take)
{
    if (!array->value.bytes)
        return TTAG_OK;
    json_walk walk = json_walk_into(&e->walk, array->value);
    json_item item;
    while (json_walk_next(&walk, &item)) {
        ttag_status status =
            json_kind_of(item.value) == JSON_OBJECT ? take(e, item.value) : TTAG_OK;
        if (status != TTAG_OK)
            return status;
    }
    return TTAG_OK;
}

/* The strings of some members of an object; those of another kind are passed over. */
static void find_strings(exchange_article *e, ttag_view object, const char *const *wanted,
                         ttag_view *found, size_t n)
{
    json_walk walk = json_walk_into(&e->walk, object);
    json_item item;
    while (json_walk_next(&walk, &item))
        for (size_t i = 0; i < n; i++)
            if (item.name.bytes && item.string.bytes && json_name_is(&item, wanted[i]))
                found[i] = item.string;
}

static ttag_status take_tag(exchange_article *e, ttag_view object)
{
    static const char *const wanted[] = {"name"};
    ttag_view name = {NULL, 0};
    find_strings(e, object, wanted, &name, 1);
    return exchange_add_tag(e, name) ? TTAG_OK : fail_memory(e->err);
}

static ttag_status take_report(exchange_article *e, ttag_view object)
{
    static const char *const wanted[] = {"content"};
    ttag_view content = {NULL, 0};
    find_strings(e, object, wanted, &content, 1);
    exchange_add_text(e, content);
    return TTAG_OK;
}

static bool is_deleted(ttag_view object)
{
    return view_equal(json_member(object, "deleted"), view_of("true"));
}

/* Relations within an object that are no running text. */
static bool is_about_it(ttag_view relation)
{
    static const char *const about[] = {"title", "type", "case-number", "language", "state"};
    for (size_t i = 0; i < sizeof about / sizeof *about; i++)
        if (view_equal(relation, view_of(about[i])))
            return true;
    return false;
}

static ttag_status take_attribute(exchange_article *e, ttag_view object)
{
    enum { TYPE, VALUE, RELATION, COMMENT, FOUND };
    static const char *const wanted[FOUND] = {"type", "value", "object_relation", "comment"};
    ttag_view found[FOUND] = {{NULL, 0}};
    find_strings(e, object, wanted, found, FOUND);
    const bool is_text =
        view_equal(found[TYPE], view_of("text")) || view_equal(found[TYPE], view_of("comment"));
    const bool is_own = view_equal(found[COMMENT], view_of(MISP_OWN_COMMENT));
    if (is_deleted(object) || is_own)
        return TTAG_OK;
    if (is_text && !is_about_it(found[RELATION]))
        exchange_add_text(e, found[VALUE]);
    if (view_equal(found[TYPE], view_of("link")) && !e->article->url.bytes)
        e->article->url = found[VALUE];
    return TTAG_OK;
}

static ttag_status take_object(exchange_article *e, ttag_view object)
{
    json_item attributes = {.value = json_member(object, "Attribute")};
    if (is_deleted(object) || json_kind_of(attributes.value) != JSON_ARRAY)
        return TTAG_OK;
    return take_each(e, &attributes, take_attribute);
}

ttag_status misp_event_decode(ttag_decoder *d, ttag_article *article, const ttag_record *record,
                              ttag_error *err)
{
    static const char *const org_names[] = {"name"};
    exchange_article e = {.decoder = d, .article = article, .record = record, .err = err};
    json_item found[MEMBERS] = {{.name = {NULL, 0}}};
    ttag_status status = exchange_begin(&e);
    if (status == TTAG_OK)
        status = exchange_find(&e, &e.walk, member_names, member_kinds, found, MEMBERS);
    if (status == TTAG_OK)
        status = take_each(&e, &found[TAG], take_tag);
    if (status == TTAG_OK)
        status = take_each(&e, &found[EVENT_REPORT], take_report);
    if (status == TTAG_OK)
        status = take_each(&e, &found[OBJECT], take_object);
    if (status == TTAG_OK)
        status = take_each(&e, &found[ATTRIBUTE], take_attribute);
    if (status != TTAG_OK)
        return status;
    article->title = found[INFO].string;
    article->date = found[DATE].string;
    if (found[ORGC].value.bytes)
        find_strings(&e, found[ORGC].value, org_names, &article->source, 1);
    return exchange_end(&e, &found[UUID]);
}
