/* CSV (RFC 4180) and the like: fields between separators, rows between line ends, quotes doubled
   within quotes. */
#ifndef ARTICLES_CSV_SCAN_H
#define ARTICLES_CSV_SCAN_H

#include "base/buffer.h"
#include "ttag/base.h"

typedef struct csv_scan {
    ttag_view rest;
    char separator;
} csv_scan;

typedef enum csv_result {
    CSV_FIELD, /* the row goes on behind it */
    CSV_LAST,  /* the row ends here, or the text does */
    CSV_OPEN   /* a quote that is not closed */
} csv_result;

/* Passes over the next field and what ends it; its text, quotes undone, into `field`, which is
   cleared (NULL: nobody asks). What follows a closing quote belongs to the field as it stands. */
csv_result csv_next(csv_scan *scan, buffer *field);

/* Passes over line ends before a row. */
void csv_skip_blank_rows(csv_scan *scan);

/* The one of comma, semicolon and tab that the first row has most of. */
char csv_separator(ttag_view text);

#endif
