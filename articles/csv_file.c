/* A row is sure once its line end is there, or nothing more comes. */
#include "articles/csv_file.h"

#include "articles/csv_scan.h"
#include "articles/window.h"

csv_file csv_file_over(lines *file, size_t most, char separator)
{
    return (csv_file){.file = file, .most = most, .separator = separator, .next_line = 1};
}

static window_outcome look(void *payload, ttag_view text, bool is_all)
{
    csv_file *csv = payload;
    csv_scan scan = {text, csv->separator};
    csv_skip_blank_rows(&scan);
    if (!scan.separator)
        scan.separator = csv_separator(scan.rest);
    const char *begin = scan.rest.bytes;
    if (scan.rest.size == 0)
        return is_all ? WINDOW_NONE : WINDOW_UNSURE;
    csv_result result;
    do
        result = csv_next(&scan, NULL);
    while (result == CSV_FIELD);
    const char *end = scan.rest.bytes;
    if (!is_all && (result == CSV_OPEN || (scan.rest.size == 0 && end[-1] != '\n')))
        return WINDOW_UNSURE;
    csv->separator = scan.separator;
    csv->is_open = result == CSV_OPEN;
    csv->blank = (size_t)(begin - text.bytes);
    csv->size = csv->is_open ? text.size - csv->blank : (size_t)(end - begin);
    return WINDOW_FOUND;
}

static size_t count_line_ends(ttag_view text)
{
    size_t n = 0;
    for (size_t i = 0; i < text.size; i++)
        n += text.bytes[i] == '\n';
    return n;
}

ttag_status csv_file_next(csv_file *csv, ttag_view *row, ttag_error *err)
{
    ttag_view text;
    ttag_status status =
        csv->is_ready ? TTAG_OK : window_find(csv->file, csv->most, look, csv, err);
    csv->is_ready = false;
    csv->line = csv->next_line;
    if (status == TTAG_OK)
        status = lines_peek(csv->file, &text, 0, err);
    if (status != TTAG_OK)
        return status;
    *row = (ttag_view){text.bytes + csv->blank, csv->size};
    csv->line += count_line_ends((ttag_view){text.bytes, csv->blank});
    csv->next_line = csv->line + count_line_ends(*row);
    lines_pass(csv->file, csv->blank + csv->size);
    if (row->size > 0 && row->bytes[row->size - 1] == '\n')
        row->size--;
    return csv->is_open ? TTAG_PARSE : TTAG_OK;
}

bool csv_file_would_wait(csv_file *csv)
{
    return !csv->is_ready && window_would_wait(csv->file, csv->most, look, csv, &csv->is_ready);
}
