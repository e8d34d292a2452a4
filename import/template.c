/* Templates: read once into parts, put together for each record. */
#include "import/template.h"

#include <string.h>

#include "base/view.h"
#include "import/lookup.h"

/* ---- Reading. ---- */

typedef struct reading {
    template *out;
    const ttag_view *lookups;
    size_t n_lookups;
    arena *memory;
    const char *why;
} reading;

static ttag_status refuse(reading *r, const char *why)
{
    r->why = why;
    return TTAG_PARSE;
}

static ttag_status read_filter(reading *r, template_field *field, ttag_view name)
{
    size_t n = field->n_filters, number = 0;
    field->filters[n] = filter_find(name);
    while (!field->filters[n] && number < r->n_lookups && !view_equal(r->lookups[number], name))
        number++;
    if (!field->filters[n] && number == r->n_lookups)
        return refuse(r, "names a filter that there is not");
    field->lookups[n] = number;
    field->n_filters++;
    return TTAG_OK;
}

static ttag_status read_field(reading *r, template_field *field, ttag_view text)
{
    size_t most = view_count(text, '|') + 1;
    field->filters = arena_new(r->memory, most, sizeof *field->filters);
    field->lookups = arena_new(r->memory, most, sizeof *field->lookups);
    if (!field->filters || !field->lookups ||
        !field_path_read(&field->path, view_cut(&text, '|'), r->memory))
        return TTAG_NOMEM;
    ttag_status status = TTAG_OK;
    while (text.size && status == TTAG_OK)
        status = read_filter(r, field, view_cut(&text, '|'));
    return status;
}

static ttag_status add_part(reading *r, template_part part)
{
    template *t = r->out;
    if (t->n == t->capacity) { /* in the arena, which gives nothing back: doubling */
        size_t capacity = t->capacity ? 2 * t->capacity : 8;
        template_part *parts = arena_new(r->memory, capacity, sizeof *parts);
        if (!parts)
            return TTAG_NOMEM;
        if (t->n)
            memcpy(parts, t->parts, t->n * sizeof *parts);
        t->parts = parts;
        t->capacity = capacity;
    }
    t->parts[t->n++] = part;
    return TTAG_OK;
}

/* The part that `text` begins with, which is passed over. */
static ttag_status read_part(reading *r, ttag_view *text, size_t *depth)
{
    template_part part = {.kind = TEMPLATE_TEXT};
    char first = text->bytes[0];
    if (first == '{') {
        ttag_view whole = *text;
        view_cut(text, '{');
        if (!memchr(whole.bytes, '}', whole.size))
            return refuse(r, "has a brace that is not closed");
        part.kind = TEMPLATE_FIELD;
        ttag_status status = read_field(r, &part.field, view_cut(text, '}'));
        if (status != TTAG_OK)
            return status;
    } else if (first == '[' || first == ']') {
        if (first == ']' && *depth == 0)
            return refuse(r, "has a bracket that was not opened");
        *depth += first == '[' ? 1 : (size_t)-1;
        part.kind = first == '[' ? TEMPLATE_OPEN : TEMPLATE_CLOSE;
        view_cut(text, first);
    } else {
        size_t size = 0;
        while (size < text->size && !strchr("{}[]", text->bytes[size]))
            size++;
        if (size == 0)
            return refuse(r, "has a brace that was not opened");
        part.text = (ttag_view){text->bytes, size};
        *text = (ttag_view){text->bytes + size, text->size - size};
    }
    return add_part(r, part);
}

ttag_status template_read(template *out, ttag_view text, const ttag_view *lookups, size_t n_lookups,
                          arena *memory, const char **why)
{
    reading r = {out, lookups, n_lookups, memory, NULL};
    ttag_status status = TTAG_OK;
    size_t depth = 0;
    *out = (template){0};
    while (text.size && status == TTAG_OK)
        status = read_part(&r, &text, &depth);
    if (status == TTAG_OK && depth > 0)
        status = refuse(&r, "has a bracket that is not closed");
    *why = r.why;
    return status;
}

/* ---- Use. ---- */

typedef struct scratch {
    buffer text, other;
} scratch;

/* The value's text through all filters, in `s->text`; a key unknown to a lookup: nothing. */
static ttag_view apply_filters(const template_field *field, const source_record *record,
                               ttag_view value, scratch *s)
{
    field_text(value, &s->text);
    for (size_t i = 0; i < field->n_filters; i++) {
        ttag_view text = buffer_as_view(&s->text);
        buffer_clear(&s->other);
        if (field->filters[i])
            field->filters[i](&s->other, text);
        else
            buffer_view(&s->other, lookup_find(&record->lookups[field->lookups[i]], text));
        buffer swapped = s->text;
        s->text = s->other;
        s->other = swapped;
    }
    return buffer_as_view(&s->text);
}

typedef struct first_value {
    const template_field *field;
    const source_record *record;
    scratch *scratch;
    buffer *out;
    bool found;
} first_value;

static bool put_first(void *context, ttag_view value)
{
    first_value *f = context;
    ttag_view text = apply_filters(f->field, f->record, value, f->scratch);
    f->found = text.size > 0;
    buffer_view(f->out, text);
    return !f->found;
}

/* A run of parts being put together: what opened an optional run, and what was missing in it. */
typedef struct putting {
    const source_record *record;
    const ttag_view *only; /* stands for the template's field; NULL: its first value does */
    buffer *out;
    scratch scratch;
} putting;

static bool put_field(putting *p, const template_field *field)
{
    first_value f = {field, p->record, &p->scratch, p->out, false};
    if (p->only)
        put_first(&f, *p->only);
    else
        field_each(p->record, &field->path, put_first, &f);
    return f.found;
}

static void cut(buffer *out, size_t size)
{
    if (!buffer_ok(out) || size >= out->size)
        return;
    out->size = size;
    out->bytes[size] = '\0';
}

/* Puts the parts from *at up to the bracket that closes; false: a value was missing. */
static bool put_run(putting *p, const template *t, size_t *at)
{
    bool whole = true;
    for (; *at < t->n && t->parts[*at].kind != TEMPLATE_CLOSE; ++*at) {
        const template_part *part = &t->parts[*at];
        size_t before = p->out->size;
        if (part->kind == TEMPLATE_TEXT) {
            buffer_view(p->out, part->text);
        } else if (part->kind == TEMPLATE_FIELD) {
            whole &= put_field(p, &part->field);
        } else {
            ++*at;
            if (!put_run(p, t, at))
                cut(p->out, before);
        }
    }
    return whole;
}

static bool put_with(const template *t, const source_record *record, const ttag_view *only,
                     buffer *out)
{
    putting p = {.record = record, .only = only, .out = out};
    size_t at = 0;
    bool whole = put_run(&p, t, &at);
    if (!buffer_ok(&p.scratch.text) || !buffer_ok(&p.scratch.other))
        out->failed = true;
    buffer_dispose(&p.scratch.text);
    buffer_dispose(&p.scratch.other);
    return whole;
}

bool template_put(const template *t, const source_record *record, buffer *out)
{
    return put_with(t, record, NULL, out);
}

typedef struct each_value {
    const template *template;
    const source_record *record;
    template_seen *seen;
    void *context;
    buffer text;
} each_value;

static bool give_text(void *context, ttag_view value)
{
    each_value *e = context;
    buffer_clear(&e->text);
    bool whole = put_with(e->template, e->record, value.bytes ? &value : NULL, &e->text);
    if (e->text.failed)
        return e->seen(e->context, (ttag_view){NULL, 0});
    return !whole || e->seen(e->context, buffer_as_view(&e->text));
}

void template_each(const template *t, const source_record *record, template_seen *seen,
                   void *context)
{
    each_value e = {t, record, seen, context, {0}};
    const field_path *path = NULL;
    for (size_t i = 0; i < t->n && !path; i++)
        if (t->parts[i].kind == TEMPLATE_FIELD)
            path = &t->parts[i].field.path;
    if (path)
        field_each(record, path, give_text, &e);
    else
        give_text(&e, (ttag_view){NULL, 0});
    buffer_dispose(&e.text);
}
