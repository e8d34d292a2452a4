/* Documents in, labelled records out. */
#include "ttag/import.h"

#include "articles/record_json.h"
#include "articles/unknown_rules.h"
#include "articles/utf8.h"
#include "base/error.h"
#include "base/intern.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/monitor.h"
#include "base/view.h"
#include "import/csv_rows.h"
#include "import/documents.h"
#include "import/source_mapping.h"

typedef struct run {
    const ttag_mapping *mapping;
    FILE *out;
    const ttag_monitor *monitor;
    ttag_import_counts *counts;
    lookup *lookups; /* the mapping's, to be filled */
    intern texts;    /* of the records written, if repeated ones are dropped */
    buffer head;     /* of the document, see source_record */
    buffer fields[MAPPED_FIELDS];
    names tags, unknown;
    arena strings; /* what `tags` and `unknown` are made of */
    buffer line;
    ttag_error *err;
    ttag_status status; /* of what happened within a walk over values */
} run;

/* ---- One record. ---- */

static bool add_tag(void *context, ttag_view text)
{
    run *r = context;
    ttag_view copy = text.bytes ? arena_copy(&r->strings, text) : text;
    if (!copy.bytes || (copy.size && !names_add(&r->tags, copy)))
        r->status = fail_memory(r->err);
    return r->status == TTAG_OK;
}

static ttag_status find_tags(run *r, const source_record *record)
{
    const condition_input input = {record, &r->tags};
    names_clear(&r->tags);
    r->status = TTAG_OK;
    for (size_t i = 0; i < r->mapping->n_tags && r->status == TTAG_OK; i++) {
        const tag_rule *rule = &r->mapping->tags[i];
        if (!rule->when || condition_holds(rule->when, &input))
            template_each(&rule->tag, record, add_tag, r);
    }
    return r->status;
}

/* The tags of the taxonomy that fit a pattern and are not given. */
static bool add_unknown(run *r, ttag_view pattern)
{
    const ttag_taxonomy *taxonomy = r->mapping->taxonomy;
    bool fine = true;
    for (size_t t = 0; fine && t < ttag_taxonomy_size(taxonomy); t++) {
        ttag_view name = ttag_taxonomy_tag(taxonomy, t)->name;
        if (glob_fits(pattern, name) && !names_hold(r->tags.items, r->tags.n, name))
            fine = names_add(&r->unknown, name);
    }
    return fine;
}

static ttag_status find_unknown(run *r, const source_record *record)
{
    const condition_input input = {record, &r->tags};
    bool fine = true;
    names_clear(&r->unknown);
    for (size_t i = 0; fine && i < r->mapping->n_unknown; i++) {
        const unknown_rule *rule = &r->mapping->unknown[i];
        if (rule->when && !condition_holds(rule->when, &input))
            continue;
        for (size_t p = 0; fine && p < rule->n_tags; p++)
            fine = add_unknown(r, rule->tags[p]);
    }
    return fine ? TTAG_OK : fail_memory(r->err);
}

static ttag_status write_record(run *r)
{
    static const mapped_field before[] = {MAPPED_ID, MAPPED_TITLE, MAPPED_TEXT};
    static const mapped_field behind[] = {MAPPED_DATE, MAPPED_URL, MAPPED_GROUP};
    buffer *line = &r->line;
    buffer_clear(line);
    buffer_char(line, '{');
    for (size_t i = 0; i < 3; i++)
        record_put_text(line, mapped_names[before[i]], buffer_as_view(&r->fields[before[i]]));
    record_put_names(line, "tags", r->tags.items, r->tags.n);
    if (r->unknown.n)
        record_put_names(line, "unknown", r->unknown.items, r->unknown.n);
    for (size_t i = 0; i < 3; i++)
        record_put_text(line, mapped_names[behind[i]], buffer_as_view(&r->fields[behind[i]]));
    record_put_text(line, "source", view_of(r->mapping->about.name));
    buffer_text(line, "}\n");
    if (!buffer_ok(line))
        return fail_memory(r->err);
    if (fwrite(line->bytes, 1, line->size, r->out) != line->size)
        return fail(r->err, TTAG_IO, "cannot write the records");
    r->counts->written++;
    r->counts->tagged += r->tags.n > 0;
    return TTAG_OK;
}

/* Puts the fields together; what a missing value leaves half said is left out. */
static ttag_status make_fields(run *r, const source_record *record)
{
    for (size_t f = 0; f < MAPPED_FIELDS; f++) {
        buffer *field = &r->fields[f];
        buffer_clear(field);
        if (!template_put(&r->mapping->fields[f], record, field) && buffer_ok(field))
            buffer_clear(field);
        if (!buffer_ok(field))
            return fail_memory(r->err);
    }
    return TTAG_OK;
}

/* Whether the text is one that was written before; *status: no memory. */
static bool is_repeated(run *r, ttag_status *status)
{
    size_t before = r->texts.count;
    if (!r->mapping->drop_repeated)
        return false;
    uint32_t number = intern_add(&r->texts, buffer_as_view(&r->fields[MAPPED_TEXT]));
    if (number == INTERN_NONE)
        *status = fail_memory(r->err);
    return number != INTERN_NONE && number < before;
}

static ttag_status import_record(run *r, const source_record *record)
{
    const condition_input input = {record, NULL};
    ttag_status status = TTAG_OK;
    if (is_cancelled(r->monitor))
        return fail(r->err, TTAG_CANCELLED, "stopped while importing");
    r->counts->records++;
    if (r->mapping->skip && condition_holds(r->mapping->skip, &input)) {
        r->counts->passed++;
        return TTAG_OK;
    }
    status = make_fields(r, record);
    if (status != TTAG_OK)
        return status;
    size_t words = count_words(buffer_as_view(&r->fields[MAPPED_TEXT]));
    if (words < r->mapping->least_words || words == 0) {
        r->counts->brief++;
        return TTAG_OK;
    }
    if (is_repeated(r, &status)) {
        r->counts->repeated++;
        return TTAG_OK;
    }
    arena_clear(&r->strings);
    if (status == TTAG_OK)
        status = find_tags(r, record);
    if (status == TTAG_OK)
        status = find_unknown(r, record);
    return status == TTAG_OK ? write_record(r) : status;
}

/* ---- One document. ---- */

static ttag_status import_rows(run *r, const char *name, ttag_view text)
{
    csv_rows rows;
    buffer row = {0};
    ttag_status status = csv_rows_open(&rows, text, name, r->err);
    while (status == TTAG_OK && (status = csv_rows_next(&rows, &row, name, r->err)) == TTAG_OK) {
        const source_record record = {.value = buffer_as_view(&row),
                                      .document = buffer_as_view(&row)};
        status = import_record(r, &record);
    }
    csv_rows_dispose(&rows);
    buffer_dispose(&row);
    return status == TTAG_END ? TTAG_OK : status;
}

/* The document's own members, but for its arrays and objects, as an object. */
static ttag_status read_head(run *r, ttag_view document)
{
    json_walk walk = json_walk_over(document, NULL);
    json_item item;
    buffer_clear(&r->head);
    buffer_char(&r->head, '{');
    while (json_walk_next(&walk, &item) && walk.kind == JSON_OBJECT) {
        json_kind kind = json_kind_of(item.value);
        if (kind == JSON_ARRAY || kind == JSON_OBJECT)
            continue;
        buffer_text(&r->head, r->head.size > 1 ? ",\"" : "\"");
        buffer_view(&r->head, item.name);
        buffer_text(&r->head, "\":");
        buffer_view(&r->head, item.value);
    }
    buffer_char(&r->head, '}');
    return buffer_ok(&r->head) ? TTAG_OK : fail_memory(r->err);
}

static bool import_object(void *context, ttag_view value)
{
    run *r = context;
    const source_record record = {value, buffer_as_view(&r->head), r->lookups,
                                  r->mapping->n_lookups};
    r->status = import_record(r, &record);
    return r->status == TTAG_OK;
}

static ttag_status import_objects(run *r, const char *name, ttag_view text)
{
    size_t position;
    const char *reason;
    if (!json_check(text, &position, &reason))
        return fail_at(r->err, TTAG_PARSE, name, 0, 0, "not valid JSON at byte %zu: %s", position,
                       reason);
    r->status = read_head(r, text);
    for (size_t i = 0; i < r->mapping->n_lookups && r->status == TTAG_OK; i++)
        r->status = lookup_fill(&r->lookups[i], text, r->err);
    const source_record whole = {.value = text, .document = text};
    if (r->status == TTAG_OK)
        field_each(&whole, &r->mapping->records, import_object, r);
    return r->status;
}

static ttag_status import_document(void *context, const char *name, ttag_view bytes,
                                   ttag_error *err)
{
    run *r = context;
    size_t good = utf8_good(bytes);
    r->counts->documents++;
    if (good < bytes.size)
        return fail_at(err, TTAG_PARSE, name, 0, 0,
                       "byte %zu is not UTF-8 text; expected UTF-8 without NUL", good);
    return r->mapping->is_csv ? import_rows(r, name, bytes) : import_objects(r, name, bytes);
}

/* ---- The run. ---- */

static ttag_status run_begin(run *r)
{
    const ttag_mapping *m = r->mapping;
    r->lookups = mem_new(m->n_lookups, sizeof *r->lookups);
    for (size_t i = 0; r->lookups && i < m->n_lookups; i++)
        r->lookups[i] = m->lookups[i];
    return r->lookups ? TTAG_OK : fail_memory(r->err);
}

static void run_dispose(run *r)
{
    for (size_t i = 0; r->lookups && i < r->mapping->n_lookups; i++)
        lookup_dispose(&r->lookups[i]);
    mem_free(r->lookups);
    for (size_t f = 0; f < MAPPED_FIELDS; f++)
        buffer_dispose(&r->fields[f]);
    buffer_dispose(&r->head);
    intern_dispose(&r->texts);
    names_dispose(&r->tags);
    names_dispose(&r->unknown);
    arena_dispose(&r->strings);
    buffer_dispose(&r->line);
}

ttag_status ttag_import(FILE *out, const ttag_mapping *mapping, const char *const *paths,
                        size_t n_paths, const ttag_import_opts *opts, ttag_import_counts *counts,
                        ttag_error *err)
{
    const ttag_import_opts standard = TTAG_IMPORT_OPTS_INIT;
    ttag_error own;
    *counts = (ttag_import_counts){0};
    opts = opts ? opts : &standard;
    run r = {.mapping = mapping,
             .out = out,
             .monitor = opts->monitor,
             .counts = counts,
             .err = err ? err : &own};
    ttag_status status = run_begin(&r);
    if (status == TTAG_OK)
        status = documents_each(paths, n_paths, opts, import_document, &r, &counts->refused, r.err);
    if (status == TTAG_OK && counts->written == 0)
        status = fail(err, TTAG_EMPTY, "no record for the mapping \"%s\" in %zu document%s",
                      mapping->about.name, counts->documents, counts->documents == 1 ? "" : "s");
    run_dispose(&r);
    return status;
}
