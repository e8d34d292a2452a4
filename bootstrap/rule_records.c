/* Articles in, labelled records out. */
#include "articles/names.h"
#include "articles/record_json.h"
#include "base/error.h"
#include "base/json.h"
#include "base/view.h"
#include "bootstrap/rule_feed.h"
#include "bootstrap/rule_match.h"

typedef struct record_run {
    FILE *out;
    const ttag_rules *rules;
    const ttag_bootstrap_opts *opts;
    ttag_bootstrap_counts *counts;
    rule_matcher matcher;
    names tags, unknown;
    buffer line;
    bool others;     /* "*" is among the unknown */
    bool has_spoken; /* they said of a tag that it is there, or is not */
    ttag_error *err;
} record_run;

/* Whether the rules speak of the tag in this record: of one that its own labels say nothing of. */
static bool is_open(const ttag_article *a, bool merge, ttag_view tag)
{
    if (!merge)
        return true;
    return !names_hold(a->tags, a->n_tags, tag) &&
           (a->unknown_others || names_hold(a->unknown, a->n_unknown, tag));
}

/* The record's own labels that stand whatever the rules say. */
static bool take_own(record_run *r, const ttag_article *a)
{
    const ttag_taxonomy *taxonomy = r->rules->taxonomy;
    bool fine = true;
    for (size_t i = 0; i < a->n_tags && fine; i++)
        fine = names_add(&r->tags, a->tags[i]);
    for (size_t i = 0; i < a->n_unknown && fine; i++)
        if (ttag_taxonomy_find(taxonomy, a->unknown[i]) == TTAG_NO_TAG)
            fine = names_add(&r->unknown, a->unknown[i]);
    return fine;
}

static bool take_verdicts(record_run *r, const ttag_article *a, bool merge)
{
    const ttag_taxonomy *taxonomy = r->rules->taxonomy;
    size_t n_tags = ttag_taxonomy_size(taxonomy), open = 0, silent = 0;
    bool fine = true;
    for (size_t t = 0; t < n_tags && fine; t++) {
        ttag_view name = ttag_taxonomy_tag(taxonomy, t)->name;
        rule_says says = r->matcher.verdicts[t].says;
        if (!is_open(a, merge, name))
            continue;
        open++;
        silent += says == SAYS_UNKNOWN;
        if (says != SAYS_ABSENT)
            fine = names_add(says == SAYS_PRESENT ? &r->tags : &r->unknown, name);
    }
    r->has_spoken = open > silent;
    return fine;
}

/* All that is unknown as "*", where that says the same. */
static void shorten_unknown(record_run *r, const ttag_article *a, bool merge)
{
    size_t all = ttag_taxonomy_size(r->rules->taxonomy), given = 0;
    for (size_t i = 0; i < r->tags.n; i++)
        given += ttag_taxonomy_find(r->rules->taxonomy, r->tags.items[i]) != TTAG_NO_TAG;
    r->others = merge ? a->unknown_others && !r->has_spoken : r->unknown.n + given == all;
}

/* The phrase as it is looked for, without the blanks around it. */
static void put_phrase(buffer *line, const ttag_rules *rules, uint32_t phrase)
{
    ttag_view text = intern_view(&rules->texts, phrase);
    bool whole = text.bytes[text.size - 1] == ' ';
    buffer_text(line, ",\"phrase\":\"");
    buffer_put(line, text.bytes + 1, text.size - 1 - whole);
    buffer_text(line, whole ? "\"" : "*\"");
}

static void put_because(record_run *r, const ttag_article *a, bool merge)
{
    const ttag_taxonomy *taxonomy = r->rules->taxonomy;
    bool first = true;
    buffer_text(&r->line, ",\"because\":[");
    for (size_t t = 0; t < ttag_taxonomy_size(taxonomy); t++) {
        const tag_verdict *verdict = &r->matcher.verdicts[t];
        ttag_view name = ttag_taxonomy_tag(taxonomy, t)->name;
        if (verdict->rule == RULE_NONE || !is_open(a, merge, name))
            continue;
        buffer_text(&r->line, first ? "{\"tag\":" : ",{\"tag\":");
        json_put_string(&r->line, name);
        buffer_printf(&r->line, ",\"says\":\"%s\",\"rule\":", rule_says_names[verdict->says]);
        json_put_string(&r->line, r->rules->rules[verdict->rule].name);
        if (verdict->phrase != PHRASE_NONE)
            put_phrase(&r->line, r->rules, verdict->phrase);
        if (verdict->through != TTAG_NO_TAG)
            record_put_text(&r->line, "through",
                            ttag_taxonomy_tag(taxonomy, verdict->through)->name);
        buffer_char(&r->line, '}');
        first = false;
    }
    buffer_char(&r->line, ']');
}

static void put_fields(buffer *line, const ttag_article *a)
{
    if (a->id.size) {
        buffer_text(line, "\"id\":");
        buffer_view(line, a->id);
    }
    record_put_text(line, "title", a->title);
    buffer_text(line, line->size > 1 ? ",\"text\":" : "\"text\":");
    json_put_string(line, a->text);
    record_put_text(line, "date", a->date);
    record_put_text(line, "source", a->source);
    record_put_text(line, "url", a->url);
    record_put_text(line, "group", a->group);
    record_put_text(line, "article", a->article);
}

static void put_weight(buffer *line, double weight)
{
    if (weight == 1)
        return;
    buffer_text(line, ",\"weight\":");
    json_put_number(line, weight, 9);
}

/* Labels of its own alone, or none at all. */
static void put_kept(record_run *r, const ttag_article *a)
{
    if (a->record.size) {
        buffer_view(&r->line, a->record);
        return;
    }
    buffer_char(&r->line, '{');
    put_fields(&r->line, a);
    record_put_names(&r->line, "tags", a->tags, a->n_tags);
    if (a->n_unknown)
        record_put_names(&r->line, "unknown", a->unknown, a->n_unknown);
    put_weight(&r->line, a->weight);
    buffer_char(&r->line, '}');
}

static ttag_status put_labelled(record_run *r, const ttag_article *a)
{
    bool merge = a->labelled && r->opts->existing == TTAG_EXISTING_MERGE;
    names_clear(&r->tags);
    names_clear(&r->unknown);
    if (!rule_match(&r->matcher, a) || (merge && !take_own(r, a)) || !take_verdicts(r, a, merge))
        return fail_memory(r->err);
    shorten_unknown(r, a, merge);
    buffer_char(&r->line, '{');
    put_fields(&r->line, a);
    record_put_names(&r->line, "tags", r->tags.items, r->tags.n);
    if (r->others)
        buffer_text(&r->line, ",\"unknown\":[\"*\"]");
    else if (r->unknown.n)
        record_put_names(&r->line, "unknown", r->unknown.items, r->unknown.n);
    put_weight(&r->line, merge ? a->weight : a->weight * r->opts->weight);
    if (!merge || r->has_spoken)
        record_put_text(&r->line, "labelled_by", view_of(merge ? "source and rules" : "rules"));
    if (r->opts->explain)
        put_because(r, a, merge);
    buffer_char(&r->line, '}');
    r->counts->tagged += r->tags.n > (merge ? a->n_tags : 0);
    r->counts->silent += !r->has_spoken;
    return TTAG_OK;
}

static ttag_status write_article(record_run *r, const ttag_article *a)
{
    bool keep = a->labelled && r->opts->existing == TTAG_EXISTING_KEEP;
    ttag_status status = TTAG_OK;
    buffer_clear(&r->line);
    if (keep)
        put_kept(r, a);
    else
        status = put_labelled(r, a);
    buffer_char(&r->line, '\n');
    if (status != TTAG_OK || !buffer_ok(&r->line))
        return status != TTAG_OK ? status : fail_memory(r->err);
    if (fwrite(r->line.bytes, 1, r->line.size, r->out) != r->line.size)
        return fail(r->err, TTAG_IO, "cannot write the records");
    r->counts->written++;
    r->counts->kept += keep;
    return TTAG_OK;
}

static ttag_status write_all(record_run *r, ttag_reader *reader)
{
    ttag_article article;
    ttag_status status;
    while ((status = rule_feed_next(reader, &article, r->opts->monitor, r->err)) == TTAG_OK) {
        status = write_article(r, &article);
        if (status != TTAG_OK)
            return status;
    }
    if (status == TTAG_END && r->counts->written == 0)
        return fail(r->err, TTAG_EMPTY, "there is no article in the feeds");
    return status == TTAG_END ? TTAG_OK : status;
}

ttag_status ttag_bootstrap(FILE *out, const ttag_rules *rules, ttag_reader *reader,
                           const ttag_bootstrap_opts *opts, ttag_bootstrap_counts *counts,
                           ttag_error *err)
{
    const ttag_bootstrap_opts standard = TTAG_BOOTSTRAP_OPTS_INIT;
    ttag_bootstrap_counts own_counts;
    ttag_error own;
    record_run r = {.out = out, .rules = rules, .opts = opts ? opts : &standard};
    r.counts = counts ? counts : &own_counts;
    r.err = err ? err : &own;
    *r.counts = (ttag_bootstrap_counts){0};
    if (!(r.opts->weight >= 0 && r.opts->weight <= TTAG_WEIGHT_MOST))
        return fail(err, TTAG_INVALID, "a weight of %.9g is out of range; expected 0 to %.9g",
                    r.opts->weight, TTAG_WEIGHT_MOST);
    ttag_status status = rule_matcher_init(&r.matcher, rules, r.err);
    if (status == TTAG_OK)
        status = write_all(&r, reader);
    rule_matcher_dispose(&r.matcher);
    names_dispose(&r.tags);
    names_dispose(&r.unknown);
    buffer_dispose(&r.line);
    return status;
}
