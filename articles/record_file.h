/* An open file: what it is, and one record after the other, each format in its way. */
#ifndef ARTICLES_RECORD_FILE_H
#define ARTICLES_RECORD_FILE_H

#include "articles/csv_file.h"
#include "articles/exchange_items.h"
#include "articles/feed_window.h"
#include "articles/json_feed.h"
#include "articles/lines.h"
#include "articles/walk.h"

struct record_file;

/* How records of a format are taken: the next one (its path, name and format are set), or TTAG_END;
   whether there is no further one; whether taking it would have to wait. */
typedef struct record_way {
    ttag_status (*next)(struct record_file *f, ttag_record *record, ttag_error *err);
    bool (*at_end)(const struct record_file *f);
    bool (*would_wait)(struct record_file *f);
} record_way;

extern const record_way record_lines, record_whole;      /* JSON Lines; a file as one article */
extern const record_way record_items, record_json_items; /* of RSS and Atom; of JSON documents */
extern const record_way record_rows;                     /* of CSV */

/* Zero-initialise, then fill the first block. */
typedef struct record_file {
    const ttag_reader_opts *opts;
    const ttag_monitor *listener; /* hears what is told: that of opts, or another for a while */
    arena *memory;                /* for what records point to besides their bytes */

    const walk_file *at; /* the open file; NULL: none */
    lines lines;
    ttag_input_format format;
    const record_way *way;
    size_t n_records;               /* that came out of it, counted by the reader */
    bool begun;                     /* what holds the items is known, which … */
    feed_window window;             /* … are these, … */
    json_feed json;                 /* … or, of a JSON Feed, these, … */
    exchange_items exchange;        /* … or, of STIX and MISP, these */
    csv_file rows;                  /* of CSV … */
    struct ttag_csv_layout *layout; /* … with these columns; NULL: its first row is yet to come */
    const char *charset;            /* of a feed; NULL: UTF-8 */
} record_file;

/* Opens, and finds out the format. A file that cannot be opened leaves f->at NULL. */
ttag_status record_file_open(record_file *f, const walk_file *file, ttag_error *err);
void record_file_close(record_file *f);
void record_file_dispose(record_file *f);

/* The next record, or TTAG_END. */
ttag_status record_file_next(record_file *f, ttag_record *record, ttag_error *err);

/* Whether the open file, read to its end, is a feed without items: the record is then all of it,
   before an item that is not there. */
bool record_file_bare_feed(record_file *f, ttag_record *record);

/* Of a file that is open, what f->way says. */
bool record_file_at_end(const record_file *f);
bool record_file_would_wait(record_file *f);

/* What AUTO means for the open file: by its name, or by as much of it as it takes to know. */
ttag_status record_file_find_format(record_file *f, ttag_error *err);

bool is_exchange_format(ttag_input_format format);

#endif
