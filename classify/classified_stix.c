/* A STIX 2.1 bundle: an identity for the program, a report for each article. */
#include <math.h>

#include "articles/utf8.h"
#include "base/json.h"
#include "base/view.h"
#include "classify/article_names.h"
#include "classify/classified.h"
#include "classify/counterparts.h"
#include "classify/json_members.h"

enum { LONGEST_NAME = 250 };

/* ---- The frame. ---- */

static const char identity[] = "identity--353398a0-73dd-54e3-96ae-373d5d87f9ff";

/* The id stands at the end, since it is made of what is before it. */
static void put_bundle(buffer *out, const ttag_classify_opts *opts)
{
    (void)opts;
    buffer_text(out, "{\"type\":\"bundle\",\"objects\":[\n"
                     "{\"type\":\"identity\",\"spec_version\":\"2.1\",\"id\":\"");
    buffer_text(out, identity);
    buffer_text(out, "\",\"created\":\"2026-01-01T00:00:00.000Z\","
                     "\"modified\":\"2026-01-01T00:00:00.000Z\",\"name\":\"ThreatTag\","
                     "\"description\":\"Tags security articles with threat categories, without "
                     "human review\",\"identity_class\":\"system\"}");
}

static void put_end(buffer *out, const char *digest)
{
    char id[UUID_TEXT + 1];
    const uuid bundle = uuid_of_name(&TTAG_UUID_SPACE, view_of(digest));
    uuid_text(&bundle, id);
    buffer_printf(out, "\n],\"id\":\"bundle--%s\"}\n", id);
}

/* ---- A report. ---- */

static void put_time(buffer *out, const char *name, instant t)
{
    put_member(out, name);
    buffer_char(out, '"');
    put_instant(out, t);
    buffer_char(out, '"');
}

static void put_labels(buffer *out, const classified *c)
{
    size_t n;
    const ttag_decision *given = given_decisions(c, &n);
    if (n == 0)
        return;
    put_member(out, "labels");
    buffer_char(out, '[');
    for (size_t i = 0; i < n; i++) {
        put_comma(out);
        json_put_string(out, c->parts->tags[given[i].tag].name);
    }
    buffer_char(out, ']');
    if (c->parts->calibrated)
        put_member_count(out, "confidence", (size_t)lrintf(100 * least_probability(given, n)));
}

static void put_types(buffer *out, const classified *c)
{
    size_t n, found = 0;
    const ttag_decision *given = given_decisions(c, &n);
    put_member(out, "report_types");
    buffer_char(out, '[');
    for (size_t i = 0; i < n; i++) {
        ttag_view type = counterpart_of(c->parts->tags[given[i].tag].name, "stix");
        if (!type.bytes)
            continue;
        put_comma(out);
        buffer_view(out, type);
        found++;
    }
    if (found == 0)
        buffer_text(out, "\"threat-report\"");
    buffer_char(out, ']');
}

/* "CVE-2026-1234" as a whole, which is of a source of its own. */
static bool is_cve(ttag_view id)
{
    if (id.size < 13 || !view_begins(id, "CVE-") || id.bytes[8] != '-')
        return false;
    for (size_t i = 4; i < id.size; i++)
        if (i != 8 && (id.bytes[i] < '0' || id.bytes[i] > '9'))
            return false;
    return true;
}

static void put_source_name(buffer *out, const ttag_article *article)
{
    const bool is_taken = view_equal(article->source, view_of("cve")) ||
                          view_equal(article->source, view_of("capec"));
    const bool is_named = utf8_trim(article->source).size > 0 && !is_taken;
    put_member_string(out, "source_name", is_named ? article->source : view_of("article"));
}

/* Its url, and its id unless that is the same. */
static void put_reference(buffer *out, const ttag_article *article, ttag_view id)
{
    buffer_char(out, '{');
    put_source_name(out, article);
    if (is_absolute_url(article->url)) {
        put_member(out, "url");
        buffer_char(out, '"');
        put_uri(out, article->url);
        buffer_char(out, '"');
    }
    if (id.size > 0 && !is_cve(id) && !view_equal(id, article->url))
        put_member_string(out, "external_id", id);
    buffer_char(out, '}');
}

static void put_references(buffer *out, const ttag_article *article)
{
    buffer bare = {0};
    put_bare_id(&bare, article);
    out->failed |= !buffer_ok(&bare);
    const ttag_view id = buffer_as_view(&bare);
    const bool has_url = is_absolute_url(article->url);
    const bool has_name = id.size > 0 && !is_cve(id) && !view_equal(id, article->url);
    if (has_url || id.size > 0) {
        put_member(out, "external_references");
        buffer_char(out, '[');
        if (has_url || has_name)
            put_reference(out, article, id);
        if (is_cve(id)) {
            put_comma(out);
            buffer_text(out, "{\"source_name\":\"cve\"");
            put_member_string(out, "external_id", id);
            buffer_char(out, '}');
        }
        buffer_char(out, ']');
    }
    buffer_dispose(&bare);
}

static void put_name_of(buffer *out, const ttag_article *article)
{
    buffer name = {0};
    put_headline(&name, article, LONGEST_NAME);
    out->failed |= !buffer_ok(&name);
    put_member_string(out, "name", buffer_as_view(&name));
    if (utf8_trim(article->text).size > 0)
        put_member_string(out, "description", article->text);
    buffer_dispose(&name);
}

static void put_id(buffer *out, const ttag_article *article)
{
    buffer scratch = {0};
    char id[UUID_TEXT + 1];
    const uuid u = article_uuid(article, &scratch);
    out->failed |= !buffer_ok(&scratch);
    uuid_text(&u, id);
    put_member(out, "id");
    buffer_printf(out, "\"report--%s\"", id);
    buffer_dispose(&scratch);
}

static void put_found(buffer *out, const classified *c)
{
    const ttag_article *article = c->article;
    const instant published = article_published(article);
    buffer_text(out, ",\n{\"type\":\"report\",\"spec_version\":\"2.1\"");
    put_id(out, article);
    put_member_plain(out, "created_by_ref", identity);
    put_time(out, "created", published);
    put_time(out, "modified", article_tagged(published));
    put_name_of(out, article);
    put_types(out, c);
    put_time(out, "published", published);
    put_labels(out, c);
    put_references(out, article);
    put_member(out, "object_refs");
    buffer_printf(out, "[\"%s\"]}", identity);
}

/* A bundle holds no errors: standard error names the record. */
static void put_refusal(buffer *out, const refused *r)
{
    (void)out;
    (void)r;
}

const record_format format_stix = {.put_begin = put_bundle,
                                   .put_classified = put_found,
                                   .put_refused = put_refusal,
                                   .put_end = put_end,
                                   .is_document = true,
                                   .has_digest = true};
