/* Rows of CSV, the first of which has the names of the columns. */
#include "articles/csv_layout.h"
#include "articles/record_file.h"
#include "base/error.h"
#include "base/monitor.h"

static ttag_status take_row(record_file *f, ttag_view *row, const char *path, ttag_error *err)
{
    ttag_status status = csv_file_next(&f->rows, row, err);
    if (status == TTAG_PARSE)
        return fail_at(err, TTAG_PARSE, path, f->rows.line, 0,
                       "a quote is not closed; expected CSV with \" at both ends of a field");
    if (status == TTAG_LIMIT)
        return fail_at(err, TTAG_IO, path, f->rows.line, 0,
                       "no row ends within %zu bytes; expected rows of less", f->rows.most);
    return status;
}

/* Where nobody said that the title is all there is, the text may bear another name. */
static void warn_of_no_text(const record_file *f, const char *path)
{
    if (f->layout && f->layout->column[CSV_TEXT] == CSV_NO_COLUMN && !f->opts->columns)
        tell(f->listener, TTAG_WARNING, path,
             "there is no column \"text\", titles alone are read; expected one, or --columns "
             "text=NAME");
}

/* The row of names. */
static ttag_status open_rows(record_file *f, const char *path, ttag_error *err)
{
    ttag_view row;
    struct ttag_csv_layout *layout = arena_new(f->memory, 1, sizeof *layout);
    if (!layout)
        return fail_memory(err);
    ttag_status status = take_row(f, &row, path, err);
    if (status != TTAG_OK)
        return status;
    csv_scan header = {row, f->rows.separator};
    status = csv_layout_read(layout, &header, f->opts->columns, path, err);
    layout->tag_separators = f->opts->tag_separators ? f->opts->tag_separators : ";";
    f->layout = status == TTAG_OK ? layout : NULL;
    warn_of_no_text(f, path);
    return status;
}

static ttag_status next_row(record_file *f, ttag_record *record, ttag_error *err)
{
    ttag_status status = f->layout ? TTAG_OK : open_rows(f, record->path, err);
    if (status == TTAG_PARSE)
        return fail_at(err, TTAG_IO, record->path, 1, 0,
                       "a quote of the row of names is not closed; expected CSV");
    if (status == TTAG_OK)
        status = take_row(f, &record->bytes, record->path, err);
    record->line = f->rows.line;
    record->layout = f->layout;
    if (status == TTAG_OK && record->bytes.size > f->opts->max_record)
        return fail_at(err, TTAG_PARSE, record->path, record->line, 0,
                       "the row has %zu bytes; expected a record of at most %zu",
                       record->bytes.size, f->opts->max_record);
    return status;
}

static bool rows_are_read(const record_file *f)
{
    return f->layout && lines_at_end(&f->lines);
}

static bool row_would_wait(record_file *f)
{
    return csv_file_would_wait(&f->rows);
}

const record_way record_rows = {next_row, rows_are_read, row_would_wait};
