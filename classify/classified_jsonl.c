/* {"id":"a-17","tags":[{"tag":"Malware","probability":0.97,"score":1.83}]} */
#include <string.h>

#include "articles/utf8.h"
#include "base/json.h"
#include "base/view.h"
#include "classify/classified.h"
#include "classify/json_members.h"
#include "classify/proper_json.h"
#include "classify/shown_text.h"

/* ---- The input record's own fields. ---- */

/* Names that the output uses itself, and what such fields of the input are renamed to. */
static bool is_taken(ttag_view name)
{
    static const ttag_view taken[] = {{"tags", 4},    {"calibrated", 10}, {"bad_bytes", 9},
                                      {"dropped", 7}, {"file", 4},        {"line", 4},
                                      {"error", 5}};
    static const ttag_view prefix = {"input_", 6};
    while (name.size > prefix.size && memcmp(name.bytes, prefix.bytes, prefix.size) == 0)
        name = (ttag_view){name.bytes + prefix.size, name.size - prefix.size};
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
        if (view_equal(name, taken[i]))
            return true;
    return false;
}

/* A member's name as it is compared: without the escapes that JSON allows in it. */
static ttag_view plain_name(const json_item *item, buffer *scratch)
{
    if (!item->name_escaped)
        return item->name;
    buffer_clear(scratch);
    json_put_unescaped(scratch, (ttag_view){item->name.bytes - 1, item->name.size + 2});
    return buffer_as_view(scratch);
}

static void put_own_fields(buffer *out, const ttag_article *article, bool *id_is_there)
{
    buffer scratch = {0};
    json_walk walk = json_walk_over(article->record, NULL);
    json_item item;
    while (json_walk_next(&walk, &item)) {
        ttag_view plain = plain_name(&item, &scratch);
        out->failed |= !buffer_ok(&scratch);
        bool is_id = view_equal(plain, (ttag_view){"id", 2});
        if (is_id && (*id_is_there || !has_id(article)))
            continue;
        *id_is_there |= is_id;
        put_comma(out);
        buffer_text(out, is_taken(plain) ? "\"input_" : "\"");
        put_proper_text(out, item.name);
        buffer_text(out, "\":");
        put_proper_value(out, is_id ? article->id : item.value);
    }
    buffer_dispose(&scratch);
}

/* ---- What was found. ---- */

static void put_because(buffer *out, const ttag_decision *decision)
{
    buffer_text(out, ",\"because\":[");
    for (size_t i = 0; i < decision->n_because; i++) {
        buffer_text(out, i > 0 ? ",{\"term\":" : "{\"term\":");
        put_clean_json(out, decision->because[i].term);
        buffer_text(out, ",\"weight\":");
        json_put_float(out, decision->because[i].weight);
        buffer_char(out, '}');
    }
    buffer_char(out, ']');
}

static void put_passages(buffer *out, const ttag_decision *decision)
{
    buffer_text(out, ",\"passages\":[");
    for (size_t i = 0; i < decision->n_passages; i++) {
        const ttag_passage_evidence *passage = &decision->passages[i];
        buffer_text(out, i > 0 ? ",{\"text\":" : "{\"text\":");
        put_clean_json(out, passage->text);
        if (passage->title) {
            buffer_text(out, ",\"title\":true");
        } else {
            buffer_text(out, ",\"start\":");
            buffer_count(out, passage->first);
            buffer_text(out, ",\"end\":");
            buffer_count(out, passage->behind);
        }
        buffer_text(out, ",\"probability\":");
        json_put_float(out, passage->probability);
        buffer_char(out, '}');
    }
    buffer_char(out, ']');
}

static void put_decision(buffer *out, const classified *c, const ttag_decision *decision)
{
    const ttag_model_tag *tags = c->parts->tags;
    buffer_text(out, "{\"tag\":");
    json_put_string(out, tags[decision->tag].name);
    buffer_text(out, ",\"probability\":");
    json_put_float(out, decision->probability);
    buffer_text(out, ",\"score\":");
    json_put_float(out, decision->score);
    if (c->opts->all || c->opts->unsure > 0)
        buffer_text(out, decision->given ? ",\"given\":true" : ",\"given\":false");
    if (decision->review)
        buffer_text(out, ",\"review\":true");
    if (decision->implied_by != TTAG_NO_TAG) {
        buffer_text(out, ",\"implied_by\":");
        json_put_string(out, tags[decision->implied_by].name);
    }
    if (c->opts->explain > 0)
        put_because(out, decision);
    if (c->opts->explain > 0 && c->parts->passages.unit != TTAG_UNIT_ARTICLE)
        put_passages(out, decision);
    buffer_char(out, '}');
}

/* Offsets are code points of the text. */
static void put_dropped(buffer *out, const classified *c)
{
    static const char *const REASONS[] = {"pattern", "repeated"};
    const char *at = c->article->text.bytes;
    size_t points = 0;
    put_member(out, "dropped");
    buffer_char(out, '[');
    for (size_t i = 0; i < c->result->n_dropped; i++) {
        const ttag_dropped *dropped = &c->result->dropped[i];
        points += utf8_count((ttag_view){at, (size_t)(dropped->text.bytes - at)});
        buffer_text(out, i > 0 ? ",{\"start\":" : "{\"start\":");
        buffer_count(out, points);
        points += utf8_count(dropped->text);
        at = dropped->text.bytes + dropped->text.size;
        buffer_text(out, ",\"end\":");
        buffer_count(out, points);
        buffer_text(out, ",\"why\":\"");
        buffer_text(out, REASONS[dropped->why]);
        buffer_text(out, "\"}");
    }
    buffer_char(out, ']');
}

static void put_tags(buffer *out, const classified *c)
{
    size_t n;
    const ttag_decision *decisions = shown_decisions(c, &n);
    buffer_text(out, ",\"tags\":["); /* behind the id */
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buffer_char(out, ',');
        put_decision(out, c, &decisions[i]);
    }
    buffer_char(out, ']');
}

static void put_found(buffer *out, const classified *c)
{
    const ttag_article *article = c->article;
    bool keep = c->opts->keep && article->record.bytes, id_is_there = false;
    buffer_char(out, '{');
    if (keep)
        put_own_fields(out, article, &id_is_there);
    if (!id_is_there) {
        put_member(out, "id");
        buffer_view(out, has_id(article) ? article->id : view_of("null"));
    }
    if (!has_id(article))
        put_member_count(out, "line", article->line);
    put_tags(out, c);
    if (c->result->n_dropped > 0)
        put_dropped(out, c);
    if (!c->parts->calibrated) {
        put_member(out, "calibrated");
        buffer_text(out, "false");
    }
    if (article->bad_bytes > 0)
        put_member_count(out, "bad_bytes", article->bad_bytes);
    buffer_text(out, "}\n");
}

static void put_refusal(buffer *out, const refused *r)
{
    buffer_char(out, '{');
    put_member(out, "id");
    buffer_text(out, "null");
    put_member(out, "file");
    put_clean_json(out, view_of(r->path));
    if (r->line > 0)
        put_member_count(out, "line", r->line);
    put_member(out, "error");
    put_clean_json(out, view_of(r->reason));
    buffer_text(out, "}\n");
}

const record_format format_jsonl = {.put_classified = put_found, .put_refused = put_refusal};
