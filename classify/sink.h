/* Where results go: the descriptor behind a FILE, written at once and whole. */
#ifndef CLASSIFY_SINK_H
#define CLASSIFY_SINK_H

#include <stdio.h>

#include "ttag/base.h"

typedef struct sink {
    FILE *file;
    int fd;      /* -1: the FILE has none */
    bool closed; /* who read the results has gone: not an error, but nothing more is written */
} sink;

/* Flushes what `file` holds. */
ttag_status sink_open(sink *s, FILE *file, ttag_error *err);

/* TTAG_OK, also where the reader has gone; TTAG_IO. */
ttag_status sink_write(sink *s, const char *bytes, size_t size, ttag_error *err);

#endif
