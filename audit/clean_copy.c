/* The feed once more, as JSON Lines, with copies joined and blanket tags dropped; and what was
   changed. */
#include <string.h>

#include "audit/audit_work.h"
#include "base/error.h"
#include "base/json.h"
#include "base/memory.h"
#include "evaluate/report_file.h"

enum { FLUSH_BYTES = 1 << 20 };

typedef struct cleaning {
    const audit_work *work;
    ttag_decoder *decoder;
    FILE *out, *changes;
    buffer lines, notes;
    uint32_t *next;  /* n articles: the next copy of the same, 0: none */
    uint32_t *last;  /* n articles: the last copy so far; itself */
    uint32_t *votes; /* n_tags */
    uint32_t *tags;  /* n_tags: of the record that is written */
    size_t n_tags;
    bool labelled;
} cleaning;

/* ---- Which tags. ---- */

/* Those that at least half of the labelled ones among the article and its copies carry. */
static void vote(cleaning *c, uint32_t article)
{
    const ttag_audited *articles = c->work->feed.articles;
    uint32_t labelled = 0;
    memset(c->votes, 0, c->work->found.n_tags * sizeof *c->votes);
    for (uint32_t i = article; i != UINT32_MAX; i = c->next[i]) {
        if (!articles[i].labelled || articles[i].blanket)
            continue;
        labelled++;
        for (size_t k = 0; k < articles[i].n_tags; k++)
            c->votes[articles[i].tags[k]]++;
    }
    c->labelled = labelled > 0;
    c->n_tags = 0;
    for (uint32_t t = 0; t < c->work->found.n_tags; t++)
        if (c->votes[t] && 2 * c->votes[t] >= labelled)
            c->tags[c->n_tags++] = t;
}

/* Whether the article's own labels are what is to be written. */
static bool is_unchanged(const cleaning *c, const ttag_audited *a)
{
    return a->labelled == c->labelled && a->n_tags == c->n_tags &&
           (c->n_tags == 0 || memcmp(a->tags, c->tags, c->n_tags * sizeof *c->tags) == 0);
}

/* ---- Records. ---- */

static void put_tags(buffer *b, const cleaning *c, const uint32_t *tags, size_t n)
{
    buffer_char(b, '[');
    for (size_t k = 0; k < n; k++) {
        buffer_text(b, k ? "," : "");
        json_put_string(b, c->work->tags[tags[k]].name);
    }
    buffer_char(b, ']');
}

/* The object's members as they stand, but for its tags. */
static void put_object(buffer *b, const cleaning *c, ttag_view object)
{
    json_walk walk = json_walk_over(object, NULL);
    json_item item;
    size_t n = 0;
    buffer_char(b, '{');
    while (json_walk_next(&walk, &item)) {
        if (json_name_is(&item, "tags"))
            continue;
        buffer_text(b, n++ ? ",\"" : "\"");
        buffer_view(b, item.name);
        buffer_text(b, "\":");
        buffer_view(b, item.value);
    }
    if (c->labelled) {
        buffer_text(b, n ? ",\"tags\":" : "\"tags\":");
        put_tags(b, c, c->tags, c->n_tags);
    }
    buffer_text(b, "}\n");
}

/* Of an article that was no JSON. */
static void put_text(buffer *b, const cleaning *c, const ttag_audited *a)
{
    buffer_text(b, "{\"id\":");
    if (a->id.bytes)
        buffer_view(b, a->id);
    else
        buffer_text(b, "null");
    if (a->title.size) {
        buffer_text(b, ",\"title\":");
        json_put_string(b, a->title);
    }
    buffer_text(b, ",\"text\":");
    json_put_string(b, a->text);
    if (c->labelled) {
        buffer_text(b, ",\"tags\":");
        put_tags(b, c, c->tags, c->n_tags);
    }
    buffer_text(b, "}\n");
}

static ttag_status put_record(cleaning *c, uint32_t article, ttag_error *err)
{
    const ttag_audited *a = &c->work->feed.articles[article];
    ttag_record record = record_list_get(&c->work->feed.records, article);
    ttag_article decoded;
    if (record.format != TTAG_INPUT_JSONL) {
        put_text(&c->lines, c, a);
        return TTAG_OK;
    }
    ttag_status status = ttag_decode(c->decoder, &decoded, &record, err);
    if (status != TTAG_OK)
        return status;
    if (is_unchanged(c, a)) {
        buffer_view(&c->lines, decoded.record);
        buffer_char(&c->lines, '\n');
    } else {
        put_object(&c->lines, c, decoded.record);
    }
    return TTAG_OK;
}

/* ---- Changes. ---- */

static void put_place(buffer *b, const ttag_audited *a)
{
    buffer_text(b, "\"id\":");
    if (a->id.bytes)
        buffer_view(b, a->id);
    else
        buffer_text(b, "null");
    buffer_text(b, ",\"file\":");
    json_put_string(b, (ttag_view){a->path, strlen(a->path)});
    buffer_printf(b, ",\"line\":%zu", a->line);
}

static void note_joined(cleaning *c, const ttag_audited *a)
{
    buffer_text(&c->notes, "{\"change\":\"joined\",");
    put_place(&c->notes, a);
    buffer_text(&c->notes, ",\"into\":{");
    put_place(&c->notes, &c->work->feed.articles[a->copy_of]);
    buffer_text(&c->notes, "}}\n");
}

static void note_tags(cleaning *c, const ttag_audited *a)
{
    buffer_printf(&c->notes, "{\"change\":\"%s\",", a->blanket ? "blanket tags dropped" : "tags");
    put_place(&c->notes, a);
    buffer_text(&c->notes, ",\"before\":");
    put_tags(&c->notes, c, a->tags, a->n_tags);
    buffer_text(&c->notes, ",\"after\":");
    if (c->labelled)
        put_tags(&c->notes, c, c->tags, c->n_tags);
    else
        buffer_text(&c->notes, "null");
    buffer_text(&c->notes, "}\n");
}

/* ---- All of it. ---- */

static ttag_status flush(cleaning *c, size_t least, ttag_error *err)
{
    ttag_status status = TTAG_OK;
    if (c->lines.size >= least || c->lines.failed) {
        status = report_send(&c->lines, c->out, err);
        buffer_clear(&c->lines);
    }
    if (status == TTAG_OK && (c->notes.size >= least || c->notes.failed)) {
        status = report_send(&c->notes, c->changes, err);
        buffer_clear(&c->notes);
    }
    return status;
}

/* Chains the copies of each article behind it. */
static ttag_status chain_copies(cleaning *c)
{
    const audited_feed *feed = &c->work->feed;
    c->next = mem_new(feed->n, sizeof *c->next);
    c->last = mem_new(feed->n, sizeof *c->last);
    c->votes = mem_new(c->work->found.n_tags, sizeof *c->votes);
    c->tags = mem_new(c->work->found.n_tags, sizeof *c->tags);
    if (!c->next || !c->last || !c->votes || !c->tags)
        return TTAG_NOMEM;
    for (uint32_t i = 0; i < feed->n; i++) {
        uint32_t first = feed->articles[i].copy_of;
        c->next[i] = UINT32_MAX;
        if (first != i)
            c->next[c->last[first]] = i;
        c->last[first] = i;
    }
    return TTAG_OK;
}

static ttag_status clean_all(cleaning *c, ttag_error *err)
{
    const audited_feed *feed = &c->work->feed;
    ttag_status status = TTAG_OK;
    for (uint32_t i = 0; status == TTAG_OK && i < feed->n; i++) {
        const ttag_audited *a = &feed->articles[i];
        if (a->copy_of != i) {
            note_joined(c, a);
            continue;
        }
        vote(c, i);
        if (!is_unchanged(c, a))
            note_tags(c, a);
        status = put_record(c, i, err);
        if (status == TTAG_OK)
            status = flush(c, FLUSH_BYTES, err);
    }
    return status == TTAG_OK ? flush(c, 0, err) : status;
}

ttag_status ttag_audit_write_clean(const ttag_audit *audit, FILE *out, FILE *changes,
                                   ttag_error *err)
{
    cleaning c = {.work = audit_work_of(audit), .out = out, .changes = changes};
    ttag_status status = ttag_decoder_new(&c.decoder, NULL, err);
    if (status == TTAG_OK && chain_copies(&c) != TTAG_OK)
        status = fail_memory(err);
    if (status == TTAG_OK)
        status = clean_all(&c, err);
    ttag_decoder_free(c.decoder);
    buffer_dispose(&c.lines);
    buffer_dispose(&c.notes);
    mem_free(c.next);
    mem_free(c.last);
    mem_free(c.votes);
    mem_free(c.tags);
    return status;
}
