/* A MISP event for each article, as MISP's own export has them: {"response":[{"Event":{…}},…]}. */
#include "articles/machine_tag.h"
#include "articles/utf8.h"
#include "base/json.h"
#include "base/view.h"
#include "classify/article_names.h"
#include "classify/classified.h"
#include "classify/counterparts.h"
#include "classify/json_members.h"

enum {
    LONGEST_INFO = 250,
    LONGEST_TEXT = 65000 /* bytes: MISP keeps a value in 65,535 */
};

static void put_response(buffer *out, const ttag_classify_opts *opts)
{
    (void)opts;
    buffer_text(out, "{\"response\":[\n");
}

static void put_end(buffer *out, const char *digest)
{
    (void)digest;
    buffer_text(out, "\n]}\n");
}

/* ---- Tags. ---- */

static void put_tag(buffer *out, ttag_view name)
{
    put_comma(out);
    buffer_char(out, '{');
    put_member_string(out, "name", name);
    buffer_char(out, '}');
}

/* threattag:category="Malware"; a machine tag has no way to quote a quote. */
static void put_category(buffer *out, ttag_view tag)
{
    buffer name = {0};
    buffer_text(&name, "threattag:category=\"");
    for (size_t i = 0; i < tag.size; i++)
        buffer_char(&name, tag.bytes[i] == '"' ? '\'' : tag.bytes[i]);
    buffer_char(&name, '"');
    out->failed |= !buffer_ok(&name);
    put_tag(out, buffer_as_view(&name));
    buffer_dispose(&name);
}

static void put_counterparts(buffer *out, ttag_view tag)
{
    ttag_view list = counterpart_of(tag, "misp");
    if (!list.bytes)
        return;
    json_walk walk = json_walk_over(list, NULL);
    json_item item;
    while (json_walk_next(&walk, &item)) {
        put_comma(out);
        buffer_text(out, "{\"name\":");
        buffer_view(out, item.value);
        buffer_char(out, '}');
    }
}

/* The nearest of MISP's numbers: 100, 75, 50, 25, 0. */
static const char *confidence_level(const classified *c, const ttag_decision *given, size_t n)
{
    if (!c->parts->calibrated)
        return "misp:confidence-level=\"confidence-cannot-be-evalued\"";
    const float p = least_probability(given, n);
    return p >= 0.875F   ? "misp:confidence-level=\"completely-confident\""
           : p >= 0.625F ? "misp:confidence-level=\"usually-confident\""
           : p >= 0.375F ? "misp:confidence-level=\"fairly-confident\""
           : p >= 0.125F ? "misp:confidence-level=\"rarely-confident\""
                         : "misp:confidence-level=\"unconfident\"";
}

static void put_tags(buffer *out, const classified *c)
{
    size_t n;
    const ttag_decision *given = given_decisions(c, &n);
    put_member(out, "Tag");
    buffer_char(out, '[');
    put_tag(out, view_of("misp:automation-level=\"unsupervised\""));
    if (n > 0)
        put_tag(out, view_of(confidence_level(c, given, n)));
    for (size_t i = 0; i < n; i++)
        put_category(out, c->parts->tags[given[i].tag].name);
    for (size_t i = 0; i < n; i++)
        put_counterparts(out, c->parts->tags[given[i].tag].name);
    buffer_char(out, ']');
}

/* ---- Attributes. ---- */

/* What is common to all parts of one event. */
typedef struct event {
    const classified *classified;
    uuid uuid;
    instant published, tagged;
} event;

static void put_uuid(buffer *out, const uuid *u)
{
    char text[UUID_TEXT + 1];
    uuid_text(u, text);
    put_member_plain(out, "uuid", text);
}

static void put_seconds(buffer *out, const char *name, instant t)
{
    put_member(out, name);
    buffer_printf(out, "\"%lld\"", (long long)t.seconds);
}

typedef struct attribute {
    const char *part;     /* of the event: what its uuid is made of */
    const char *relation; /* in the object; NULL: of the event itself */
    const char *type, *category, *comment;
} attribute;

static void put_attribute(buffer *out, const event *e, const attribute *a, ttag_view value)
{
    const uuid id = part_uuid(&e->uuid, a->part);
    put_comma(out);
    buffer_char(out, '{');
    put_uuid(out, &id);
    if (a->relation)
        put_member_plain(out, "object_relation", a->relation);
    put_member_plain(out, "type", a->type);
    put_member_plain(out, "category", a->category);
    put_member_string(out, "value", value);
    put_member_plain(out, "comment", a->comment);
    buffer_text(out, ",\"to_ids\":false,\"distribution\":\"5\",\"sharing_group_id\":\"0\","
                     "\"deleted\":false,\"disable_correlation\":true");
    put_seconds(out, "timestamp", e->tagged);
    buffer_char(out, '}');
}

/* "Malware (0.97), Security News (0.81)" */
static void put_probabilities(buffer *out, const event *e)
{
    static const attribute tags = {"tags", NULL, "comment", "Other", MISP_OWN_COMMENT};
    size_t n;
    const ttag_decision *given = given_decisions(e->classified, &n);
    buffer text = {0};
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buffer_text(&text, ", ");
        buffer_view(&text, e->classified->parts->tags[given[i].tag].name);
        buffer_printf(&text, " (%.2f)", (double)given[i].probability);
    }
    out->failed |= !buffer_ok(&text);
    put_member(out, "Attribute");
    buffer_char(out, '[');
    if (n > 0)
        put_attribute(out, e, &tags, buffer_as_view(&text));
    buffer_char(out, ']');
    buffer_dispose(&text);
}

/* ---- The report. ---- */

/* Whole characters from the beginning, so many that MISP can keep them. */
static ttag_view kept_text(ttag_view text)
{
    text = utf8_trim(text);
    if (text.size <= LONGEST_TEXT)
        return text;
    size_t size = LONGEST_TEXT;
    while (size > 0 && ((unsigned char)text.bytes[size] & 0xc0) == 0x80)
        size--;
    return (ttag_view){text.bytes, size};
}

static void put_link(buffer *out, const event *e)
{
    static const attribute link = {"link", "link", "link", "External analysis", ""};
    const ttag_view url = e->classified->article->url;
    buffer uri = {0};
    if (!is_absolute_url(url))
        return;
    put_uri(&uri, url);
    out->failed |= !buffer_ok(&uri);
    put_attribute(out, e, &link, buffer_as_view(&uri));
    buffer_dispose(&uri);
}

/* MISP's object template "report". */
static void put_report(buffer *out, const event *e)
{
    static const attribute title = {"title", "title", "text", "Other", ""};
    static const attribute summary = {"summary", "summary", "text", "Other", ""};
    const ttag_article *article = e->classified->article;
    const ttag_view text = kept_text(article->text), headline = kept_text(article->title);
    const uuid id = part_uuid(&e->uuid, "report");
    put_member(out, "Object");
    buffer_char(out, '[');
    if (text.size > 0 || headline.size > 0 || is_absolute_url(article->url)) {
        buffer_text(out, "{\"name\":\"report\",\"meta-category\":\"misc\",\"description\":"
                         "\"Report object to describe a report along with its metadata.\","
                         "\"template_uuid\":\"70a68471-df22-4e3f-aa1a-5a3be19f82df\","
                         "\"template_version\":\"8\"");
        put_uuid(out, &id);
        put_seconds(out, "timestamp", e->tagged);
        buffer_text(out, ",\"distribution\":\"5\",\"sharing_group_id\":\"0\",\"comment\":\"\","
                         "\"deleted\":false,\"Attribute\":[");
        if (headline.size > 0)
            put_attribute(out, e, &title, headline);
        put_link(out, e);
        if (text.size > 0)
            put_attribute(out, e, &summary, text);
        buffer_text(out, "]}");
    }
    buffer_char(out, ']');
}

/* ---- Events. ---- */

static void put_info(buffer *out, const ttag_article *article)
{
    buffer info = {0};
    put_headline(&info, article, LONGEST_INFO);
    out->failed |= !buffer_ok(&info);
    put_member_string(out, "info", buffer_as_view(&info));
    buffer_dispose(&info);
}

/* Nothing of it is published before somebody has looked at it. */
static void put_found(buffer *out, const classified *c)
{
    buffer scratch = {0};
    event e = {.classified = c, .uuid = article_uuid(c->article, &scratch)};
    out->failed |= !buffer_ok(&scratch);
    buffer_dispose(&scratch);
    e.published = article_published(c->article);
    e.tagged = article_tagged(e.published);
    buffer_text(out, "{\"Event\":{");
    put_uuid(out, &e.uuid);
    put_info(out, c->article);
    put_member(out, "date");
    buffer_char(out, '"');
    put_day(out, e.published);
    buffer_char(out, '"');
    put_seconds(out, "timestamp", e.tagged);
    buffer_text(out, ",\"published\":false,\"publish_timestamp\":\"0\",\"threat_level_id\":\"4\","
                     "\"analysis\":\"0\",\"distribution\":\"0\",\"sharing_group_id\":\"0\"");
    put_tags(out, c);
    put_probabilities(out, &e);
    put_report(out, &e);
    buffer_text(out, "}}");
}

/* There is no event for it: standard error names the record. */
static void put_refusal(buffer *out, const refused *r)
{
    (void)out;
    (void)r;
}

const record_format format_misp = {.put_begin = put_response,
                                   .put_classified = put_found,
                                   .put_refused = put_refusal,
                                   .put_end = put_end,
                                   .before_each = ",\n",
                                   .is_document = true};
