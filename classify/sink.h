/* Where results go: the descriptor behind a FILE, written at once and whole. */
#ifndef CLASSIFY_SINK_H
#define CLASSIFY_SINK_H

#include <stdio.h>

#include "ttag/base.h"

typedef struct sink {
    FILE *file;
    int fd;      /* -1: the FILE has none */
    bool closed; /* who read the results has gone: not an error, but nothing more is written */
    /* Whoever takes the results instead of a file: whole records at a time; NULL: nobody. `rest` is
       called before what may be a long wait. */
    ttag_status (*take)(void *taker, const char *bytes, size_t size, ttag_error *err);
    ttag_status (*rest)(void *taker, ttag_error *err);
    void *taker;
} sink;

/* Flushes what `file` holds. */
ttag_status sink_open(sink *s, FILE *file, ttag_error *err);

/* TTAG_OK, also where the reader has gone; TTAG_IO. */
ttag_status sink_write(sink *s, const char *bytes, size_t size, ttag_error *err);

/* Nothing may come for a while. */
ttag_status sink_rest(sink *s, ttag_error *err);

#endif
