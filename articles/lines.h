/* One file at a time, cut into lines or taken whole, never more than a bound kept in memory. */
#ifndef ARTICLES_LINES_H
#define ARTICLES_LINES_H

#include "base/input.h"
#include "ttag/base.h"

typedef struct lines {
    input *in; /* NULL: no file is open */
    const ttag_monitor *monitor;
    size_t max_size;   /* bytes of the longest line or file that is kept */
    size_t number;     /* of the line that was given out last, from 1 */
    bool ended;        /* nothing more to read; what is in the buffer may remain */
    char *bytes;       /* capacity; kept from file to file */
    size_t capacity;   /* */
    size_t start, end; /* what has been read and not given out */
    size_t scanned;    /* bytes from `start` known to hold no line feed */
} lines;               /* zero-initialise before use */

/* Opens a file ("-": standard input, unpacked if gzipped) and skips a byte order mark. TTAG_OK,
   TTAG_IO, TTAG_NOMEM, TTAG_CANCELLED; the last three from all functions below as well. */
ttag_status lines_open(lines *l, const char *path, size_t max_size, const ttag_monitor *monitor,
                       ttag_error *err);

/* The first byte that is neither blank nor a line end, or -1; nothing is given out by that. */
ttag_status lines_first_byte(lines *l, int *byte, ttag_error *err);

/* The next line without its LF or CRLF, borrowed until the next call; TTAG_END behind the last.
   TTAG_LIMIT (err is not touched): the line is longer than the bound; line->size says how long,
   its bytes are gone, and the next call goes on behind it. */
ttag_status lines_next(lines *l, ttag_view *line, ttag_error *err);

/* All that is left of the file; TTAG_LIMIT as above. */
ttag_status lines_whole(lines *l, ttag_view *text, ttag_error *err);

/* True if lines_next would have to wait for a live pipe. */
bool lines_would_block(lines *l);

void lines_close(lines *l); /* the file; keeps the memory */
void lines_dispose(lines *l);

#endif
