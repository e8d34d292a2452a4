/* Opening, and the formats whose records are lines or the file itself. */
#include "articles/record_file.h"

#include "base/error.h"

enum { LEAST_WINDOW = 64 << 20 }; /* bytes that may be in memory, however small the items */

bool is_exchange_format(ttag_input_format format)
{
    return format == TTAG_INPUT_STIX || format == TTAG_INPUT_MISP;
}

static const record_way *way_of(ttag_input_format format)
{
    if (format == TTAG_INPUT_CSV || format == TTAG_INPUT_TSV)
        return &record_rows;
    if (format == TTAG_INPUT_FEED)
        return &record_items;
    if (format == TTAG_INPUT_JSON_FEED || is_exchange_format(format))
        return &record_json_items;
    return format == TTAG_INPUT_JSONL ? &record_lines : &record_whole;
}

ttag_status record_file_open(record_file *f, const walk_file *file, ttag_error *err)
{
    const size_t most = f->opts->max_record;
    ttag_status status = lines_open(&f->lines, file->path, most, f->opts->monitor, err);
    if (status != TTAG_OK)
        return status;
    f->at = file;
    f->n_records = 0;
    f->window = feed_window_over(&f->lines, most > LEAST_WINDOW ? most : LEAST_WINDOW);
    f->layout = NULL;
    status = record_file_find_format(f, err);
    f->way = way_of(f->format);
    f->rows = csv_file_over(&f->lines, f->window.most, f->format == TTAG_INPUT_TSV ? '\t' : '\0');
    return status;
}

void record_file_close(record_file *f)
{
    lines_close(&f->lines);
    f->at = NULL;
    f->begun = false;
}

void record_file_dispose(record_file *f)
{
    lines_dispose(&f->lines);
}

ttag_status record_file_next(record_file *f, ttag_record *record, ttag_error *err)
{
    record->path = f->at->path;
    record->name = f->at->name;
    record->format = f->format;
    return f->way->next(f, record, err);
}

bool record_file_at_end(const record_file *f)
{
    return f->way->at_end(f);
}

bool record_file_would_wait(record_file *f)
{
    return f->way->would_wait(f);
}

/* ---- Lines. ---- */

static ttag_status next_line(record_file *f, ttag_record *record, ttag_error *err)
{
    ttag_status status;
    do
        status = lines_next(&f->lines, &record->bytes, err);
    while (status == TTAG_OK && line_is_blank(record->bytes));
    record->line = f->lines.number;
    if (status == TTAG_LIMIT)
        return fail_at(err, TTAG_PARSE, record->path, record->line, 0,
                       "the line has %zu bytes; expected a record of at most %zu",
                       record->bytes.size, f->opts->max_record);
    return status;
}

static bool lines_are_read(const record_file *f)
{
    return lines_at_end(&f->lines);
}

static bool line_would_wait(record_file *f)
{
    return lines_would_wait(&f->lines, false);
}

const record_way record_lines = {next_line, lines_are_read, line_would_wait};

/* ---- Whole files. ---- */

static ttag_status whole_file(record_file *f, ttag_record *record, ttag_error *err)
{
    if (f->n_records > 0)
        return TTAG_END;
    record->line = 1;
    ttag_status status = lines_whole(&f->lines, &record->bytes, err);
    if (status == TTAG_LIMIT)
        return fail_at(err, TTAG_PARSE, record->path, 0, 0,
                       "the file has %zu bytes; expected an article of at most %zu",
                       record->bytes.size, f->opts->max_record);
    return status;
}

static bool whole_is_read(const record_file *f)
{
    return f->n_records > 0;
}

static bool whole_would_wait(record_file *f)
{
    return lines_would_wait(&f->lines, true);
}

const record_way record_whole = {whole_file, whole_is_read, whole_would_wait};
