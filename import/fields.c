/* Paths, and walking down a record along one: member by member, arrays taken apart. */
#include "import/fields.h"

#include "base/json.h"
#include "base/view.h"

bool field_path_read(field_path *out, ttag_view text, arena *memory)
{
    out->of_document = text.size && text.bytes[0] == '^';
    if (out->of_document)
        view_cut(&text, text.size > 1 && text.bytes[1] == '.' ? '.' : '^');
    out->n = 0;
    out->names = arena_new(memory, view_count(text, '.') + 1, sizeof *out->names);
    while (out->names && text.size) {
        ttag_view name = arena_copy(memory, view_cut(&text, '.'));
        if (!name.bytes)
            return false;
        out->names[out->n++] = name.bytes;
    }
    return out->names != NULL;
}

/* ---- Walking. ---- */

typedef struct descent {
    const field_path *path;
    field_seen *seen;
    void *context;
} descent;

static bool is_nothing(ttag_view value)
{
    json_kind kind = json_kind_of(value);
    return !value.bytes || kind == JSON_NULL || (kind == JSON_STRING && value.size == 2);
}

static bool go_down(const descent *d, ttag_view value, size_t step);

static bool each_element(const descent *d, ttag_view array, size_t step)
{
    json_walk walk = json_walk_over(array, NULL);
    json_item item;
    while (json_walk_next(&walk, &item))
        if (!go_down(d, item.value, step))
            return false;
    return true;
}

static bool is_empty_object(ttag_view object)
{
    json_walk walk = json_walk_over(object, NULL);
    json_item item;
    return !json_walk_next(&walk, &item);
}

static bool go_down(const descent *d, ttag_view value, size_t step)
{
    if (is_nothing(value))
        return true;
    json_kind kind = json_kind_of(value);
    if (kind == JSON_ARRAY)
        return each_element(d, value, step);
    if (step == d->path->n)
        return (kind == JSON_OBJECT && is_empty_object(value)) || d->seen(d->context, value);
    if (kind != JSON_OBJECT)
        return true;
    return go_down(d, json_member(value, d->path->names[step]), step + 1);
}

bool field_each(const source_record *record, const field_path *path, field_seen *seen,
                void *context)
{
    const descent d = {path, seen, context};
    return go_down(&d, path->of_document ? record->document : record->value, 0);
}

ttag_view field_text(ttag_view value, buffer *out)
{
    buffer_clear(out);
    if (json_kind_of(value) == JSON_STRING)
        json_put_unescaped(out, value);
    else
        buffer_view(out, value);
    return buffer_as_view(out);
}
