/* The rows of a CSV file, each as it stands. */
#ifndef ARTICLES_CSV_FILE_H
#define ARTICLES_CSV_FILE_H

#include "articles/lines.h"
#include "ttag/base.h"

typedef struct csv_file {
    lines *file;
    size_t most;      /* bytes kept in memory for one row */
    char separator;   /* '\0': to be found by the first row */
    size_t line;      /* of the row that was given out last … */
    size_t next_line; /* … and in which what follows it begins */
    bool is_ready;    /* the next row is known: */
    bool is_open;     /* a quote of it is not closed */
    size_t blank, size;
} csv_file;

csv_file csv_file_over(lines *file, size_t most, char separator);

/* The next row without its line end, borrowed until the next call, blank ones passed over. TTAG_OK;
   TTAG_END; TTAG_PARSE (err is not touched): its quote is not closed, which is the end of the file;
   TTAG_LIMIT (likewise): no row ends within the bound; what lines_peek returns. */
ttag_status csv_file_next(csv_file *csv, ttag_view *row, ttag_error *err);

/* Whether csv_file_next would have to wait for a live input. Takes in what has come; the last row
   is gone. */
bool csv_file_would_wait(csv_file *csv);

#endif
