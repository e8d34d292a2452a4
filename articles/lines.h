/* One file at a time, cut into lines or taken whole, never more than a bound kept in memory. */
#ifndef ARTICLES_LINES_H
#define ARTICLES_LINES_H

#include "base/input.h"
#include "ttag/base.h"

typedef struct lines {
    input *in;         /* NULL: no file is open */
    size_t max_size;   /* bytes of the longest line or file that is kept */
    size_t number;     /* of the line that was given out last, from 1 */
    bool ended;        /* nothing more to read; what is in the buffer may remain */
    char *bytes;       /* capacity; kept from file to file */
    size_t capacity;   /* */
    size_t start, end; /* what has been read and not given out */
    size_t scanned;    /* bytes from `start` known to hold no line feed */
    bool had_mark;     /* a byte order mark was passed over */
    uint64_t base;     /* where in the file, behind its mark, `bytes` begins */
    uint64_t stop;     /* no line is begun from there on */
} lines;               /* zero-initialise before use */

/* Opens a file ("-": standard input, unpacked if gzipped) and skips a byte order mark. TTAG_OK,
   TTAG_IO, TTAG_NOMEM, TTAG_CANCELLED; the last three from all functions below as well. */
ttag_status lines_open(lines *l, const char *path, size_t max_size, const ttag_monitor *monitor,
                       ttag_error *err);

/* Has lines_next give out only the lines that begin from `from` up to, but without, `to`, in bytes
   behind the mark. To be called before the first line is taken. */
ttag_status lines_cut(lines *l, uint64_t from, uint64_t to, ttag_error *err);

/* The first byte that is neither blank nor a line end, or -1; nothing is given out by that. */
ttag_status lines_first_byte(lines *l, int *byte, ttag_error *err);

/* The next line without its LF or CRLF, borrowed until the next call; TTAG_END behind the last.
   TTAG_LIMIT (err is not touched): the line is longer than the bound; line->size says how long,
   its bytes are gone, and the next call goes on behind it. */
ttag_status lines_next(lines *l, ttag_view *line, ttag_error *err);

/* Gives out whole lines that are at hand, none blank nor too long, in one piece with their ends:
   `most`, or as many as it takes to have `enough` bytes. Returns how many; 0: lines_next is to be
   asked. The first one's number is l->number less that, and 1. */
size_t lines_at_hand(lines *l, ttag_view *text, size_t most, size_t enough);

/* Cuts off the first line, without its LF or CRLF. */
ttag_view lines_cut_first(ttag_view *text);

/* All that is left of the file; TTAG_LIMIT as above. */
ttag_status lines_whole(lines *l, ttag_view *text, ttag_error *err);

/* Has `least` bytes at hand, or all that is left, and gives none of them out: *text, borrowed until
   the next call but lines_pass, is what is at hand, and l->ended says whether it is all. */
ttag_status lines_peek(lines *l, ttag_view *text, size_t least, ttag_error *err);
/* Whether lines_peek would have to wait for a live input. Takes in what has come. */
bool lines_peek_would_wait(lines *l, size_t least);
void lines_pass(lines *l, size_t size); /* gives out so much of what is at hand */
/* Opens a file and takes all of it, borrowed until `l` is used again. TTAG_PARSE, "too large to be
   `what`": over `max_size` bytes. */
ttag_status lines_file(lines *l, const char *path, size_t max_size, const char *what,
                       ttag_view *text, ttag_error *err);

/* Whether lines_next, or with `whole` lines_whole, would have to wait for a live input. Takes in
   what has come and passes over blank lines; what the last call gave out is gone. */
bool lines_would_wait(lines *l, bool whole);
/* Whether the file began with a byte order mark. */
bool lines_had_mark(const lines *l);
/* No line is left to be given out. */
bool lines_at_end(const lines *l);

/* Nothing but blanks, tabs and carriage returns. */
bool line_is_blank(ttag_view line);

void lines_close(lines *l); /* the file; keeps the memory */
void lines_dispose(lines *l);

#endif
