/*
 * What a program says besides its results: messages and progress, all on stderr. Progress is shown
 * on a terminal only, after a second, and leaves nothing behind. Colours only on a terminal, and
 * not where NO_COLOR is set.
 */
#ifndef CLI_CONSOLE_H
#define CLI_CONSOLE_H

#include <stdio.h>

#include "ttag/base.h"

typedef struct console {
    const char *program;
    const char *called; /* by what name the program was started; may be NULL */
    ttag_level level;   /* messages above it are dropped */
    bool terminal;
    bool colors;
    bool line_shown;   /* a progress line stands on the terminal */
    double began;      /* this activity, in seconds */
    double drawn;      /* the progress line, last */
    char activity[64]; /* what the progress line is about */
    ttag_monitor monitor;
} console;

/* For use in place: the monitor points to the console. */
void console_open(console *c, const char *program);

/* Erases the progress line. */
void console_close(console *c);

void console_say(console *c, ttag_level level, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Says why a call failed; returns the exit code that goes with it. */
int console_fail(console *c, const ttag_error *err);

int console_no_memory(console *c);

/* Whether escape sequences are welcome on `stream`. */
bool stream_colors(FILE *stream);

/* "12.3 MB" */
void size_show_bytes(size_t bytes, char *out, size_t size);

/* Text of others, so that it can do nothing to a terminal: control characters as \xNN, bytes that
   are not UTF-8 as U+FFFD. */
void write_shown(FILE *out, ttag_view text);

/* Likewise, then blanks up to `width` characters. */
void write_padded(FILE *out, ttag_view text, size_t width);

#endif
