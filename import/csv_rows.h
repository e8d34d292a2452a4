/* CSV (RFC 4180) as JSON objects, a row each, members named by the first row. */
#ifndef IMPORT_CSV_ROWS_H
#define IMPORT_CSV_ROWS_H

#include "articles/csv_scan.h"
#include "base/arena.h"
#include "base/buffer.h"
#include "ttag/base.h"

typedef struct csv_rows {
    csv_scan scan;    /* of valid UTF-8 */
    ttag_view *names; /* n_names, of the first row */
    size_t n_names, capacity;
    size_t line; /* of the row that was given out last, from 1 */
    size_t next_line;
    arena memory;
    buffer field;
} csv_rows;

/* Reads the first row. The separator is the one of comma, semicolon and tab that this row has most
   of. TTAG_OK; TTAG_PARSE: there is no row, or a quote is not closed; TTAG_NOMEM. To be disposed of
   in any case. */
ttag_status csv_rows_open(csv_rows *rows, ttag_view text, const char *path, ttag_error *err);

/* The next row as a JSON object into `out`, which is cleared. Fields beyond the names are dropped,
   and empty ones, which say as much as none: so a row costs what it holds, however many names there
   are. TTAG_END behind the last; TTAG_PARSE: its quote is not closed. */
ttag_status csv_rows_next(csv_rows *rows, buffer *out, const char *path, ttag_error *err);

void csv_rows_dispose(csv_rows *rows);

#endif
