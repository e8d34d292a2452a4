/* A row of fields as a JSON object. */
#include "import/csv_rows.h"

#include "base/error.h"
#include "base/json.h"
#include "base/memory.h"

/* One field into r->field, lines counted. */
static csv_result read_field(csv_rows *r)
{
    const char *from = r->scan.rest.bytes;
    csv_result result = csv_next(&r->scan, &r->field);
    for (; from < r->scan.rest.bytes; from++)
        r->next_line += *from == '\n';
    return result;
}

static void skip_blank_rows(csv_rows *r)
{
    const char *from = r->scan.rest.bytes;
    csv_skip_blank_rows(&r->scan);
    for (; from < r->scan.rest.bytes; from++)
        r->next_line += *from == '\n';
}

static ttag_status refuse_quote(const csv_rows *r, const char *path, ttag_error *err)
{
    return fail_at(err, TTAG_PARSE, path, r->line, 0,
                   "a quote is not closed; expected CSV with \" at both ends of a field");
}

ttag_status csv_rows_open(csv_rows *rows, ttag_view text, const char *path, ttag_error *err)
{
    csv_result result;
    *rows = (csv_rows){.scan = {text, csv_separator(text)}, .line = 1, .next_line = 1};
    if (text.size == 0)
        return fail_at(err, TTAG_PARSE, path, 0, 0, "is empty; expected CSV with a row of names");
    do {
        result = read_field(rows);
        if (result == CSV_OPEN)
            return refuse_quote(rows, path, err);
        ttag_view name = arena_copy(&rows->memory, buffer_as_view(&rows->field));
        if (!buffer_ok(&rows->field) || !name.bytes ||
            !mem_grow(&rows->names, &rows->capacity, rows->n_names + 1, sizeof *rows->names))
            return fail_memory(err);
        rows->names[rows->n_names++] = name;
    } while (result == CSV_FIELD);
    return TTAG_OK;
}

ttag_status csv_rows_next(csv_rows *rows, buffer *out, const char *path, ttag_error *err)
{
    skip_blank_rows(rows);
    if (rows->scan.rest.size == 0)
        return TTAG_END;
    rows->line = rows->next_line;
    buffer_clear(out);
    csv_result result = CSV_FIELD;
    buffer_char(out, '{');
    for (size_t i = 0; result == CSV_FIELD; i++) {
        result = read_field(rows);
        if (result == CSV_OPEN)
            return refuse_quote(rows, path, err);
        if (i >= rows->n_names || rows->field.size == 0)
            continue;
        if (out->size > 1)
            buffer_char(out, ',');
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
