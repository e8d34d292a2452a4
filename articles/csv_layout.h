/* Which column of a CSV file is what of a record. */
#ifndef ARTICLES_CSV_LAYOUT_H
#define ARTICLES_CSV_LAYOUT_H

#include "articles/csv_scan.h"
#include "base/arena.h"

typedef enum csv_part {
    CSV_TEXT,
    CSV_TITLE,
    CSV_ID,
    CSV_DATE,
    CSV_SOURCE,
    CSV_URL,
    CSV_GROUP,
    CSV_TAGS,
    CSV_PARTS
} csv_part;

enum { CSV_NO_COLUMN = -1 };

/* What a record of CSV says about itself; as long as its reader. */
struct ttag_csv_layout {
    char separator;
    const char *tag_separators; /* any of these characters */
    int column[CSV_PARTS];      /* from 0, or CSV_NO_COLUMN */
};

/* NULL if `columns` reads "text=Body,tags=Labels"; else what was expected. NULL and "" are fine. */
const char *csv_columns_trouble(const char *columns);

/* By the row of names, which `header` is passed behind. Parts that `columns` does not name are in
   the columns that bear their names. TTAG_OK; TTAG_IO: a column that is named is not there, or
   neither text nor title is; TTAG_NOMEM. */
ttag_status csv_layout_read(struct ttag_csv_layout *layout, csv_scan *header, const char *columns,
                            const char *path, ttag_error *err);

#endif
