/* Fields by commas or the like, quotes doubled within quotes, rows by line ends. */
#include "import/csv_rows.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "base/memory.h"

static char next_byte(const csv_rows *r)
{
    return r->text.size ? r->text.bytes[0] : '\0';
}

static void skip(csv_rows *r, size_t size)
{
    for (size_t i = 0; i < size; i++)
        r->next_line += r->text.bytes[i] == '\n';
    r->text = (ttag_view){r->text.bytes + size, r->text.size - size};
}

/* What stands between quotes; false: they are not closed. */
static bool read_quoted(csv_rows *r)
{
    skip(r, 1);
    for (;;) {
        const char *quote = r->text.size ? memchr(r->text.bytes, '"', r->text.size) : NULL;
        if (!quote)
            return false;
        size_t size = (size_t)(quote - r->text.bytes);
        buffer_put(&r->field, r->text.bytes, size);
        skip(r, size + 1);
        if (next_byte(r) != '"')
            return true;
        buffer_char(&r->field, '"');
        skip(r, 1);
    }
}

/* One field into r->field; what follows a closing quote belongs to it as it stands. */
static bool read_field(csv_rows *r)
{
    buffer_clear(&r->field);
    if (next_byte(r) == '"' && !read_quoted(r))
        return false;
    size_t size = 0;
    while (size < r->text.size && r->text.bytes[size] != r->separator &&
           r->text.bytes[size] != '\n')
        size++;
    buffer_put(&r->field, r->text.bytes, size);
    skip(r, size);
    if (next_byte(r) != r->separator && r->field.size && r->field.bytes[r->field.size - 1] == '\r')
        r->field.size--;
    return true;
}

/* Passes over what ends a field; true: the row goes on. */
static bool goes_on(csv_rows *r)
{
    bool more = r->text.size && r->text.bytes[0] == r->separator;
    skip(r, r->text.size > 0);
    return more;
}

static ttag_status refuse_quote(const csv_rows *r, const char *path, ttag_error *err)
{
    return fail_at(err, TTAG_PARSE, path, r->line, 0,
                   "a quote is not closed; expected CSV with \" at both ends of a field");
}

static char best_separator(ttag_view text)
{
    static const char candidates[] = ",;\t";
    size_t counts[sizeof candidates] = {0}, best = 0;
    for (size_t i = 0; i < text.size && text.bytes[i] != '\n'; i++) {
        const char *found = memchr(candidates, text.bytes[i], sizeof candidates - 1);
        if (found)
            counts[found - candidates]++;
    }
    for (size_t i = 1; i + 1 < sizeof candidates; i++)
        best = counts[i] > counts[best] ? i : best;
    return candidates[best];
}

ttag_status csv_rows_open(csv_rows *rows, ttag_view text, const char *path, ttag_error *err)
{
    *rows = (csv_rows){.text = text, .line = 1, .next_line = 1};
    rows->separator = best_separator(text);
    if (text.size == 0)
        return fail_at(err, TTAG_PARSE, path, 0, 0, "is empty; expected CSV with a row of names");
    do {
        if (!read_field(rows))
            return refuse_quote(rows, path, err);
        ttag_view name = arena_copy(&rows->memory, buffer_as_view(&rows->field));
        if (!buffer_ok(&rows->field) || !name.bytes ||
            !mem_grow(&rows->names, &rows->capacity, rows->n_names + 1, sizeof *rows->names))
            return fail_memory(err);
        rows->names[rows->n_names++] = name;
    } while (goes_on(rows));
    return TTAG_OK;
}

ttag_status csv_rows_next(csv_rows *rows, buffer *out, const char *path, ttag_error *err)
{
    while (next_byte(rows) == '\n' || next_byte(rows) == '\r')
        skip(rows, 1);
    if (rows->text.size == 0)
        return TTAG_END;
    rows->line = rows->next_line;
    buffer_clear(out);
    bool more = true;
    for (size_t i = 0; more || i < rows->n_names; i++) {
        buffer_clear(&rows->field);
        if (more && !read_field(rows))
            return refuse_quote(rows, path, err);
        more = more && goes_on(rows);
        if (i >= rows->n_names)
            continue;
        buffer_char(out, i == 0 ? '{' : ',');
        json_put_string(out, rows->names[i]);
        buffer_char(out, ':');
        json_put_string(out, buffer_as_view(&rows->field));
    }
    buffer_char(out, '}');
    return buffer_ok(out) && buffer_ok(&rows->field) ? TTAG_OK : fail_memory(err);
}

void csv_rows_dispose(csv_rows *rows)
{
    mem_free(rows->names);
    arena_dispose(&rows->memory);
    buffer_dispose(&rows->field);
}
