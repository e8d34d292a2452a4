/* What a function wrote to a stream. */
#ifndef UNIT_WRITTEN_H
#define UNIT_WRITTEN_H

#include <stdio.h>
#include <stdlib.h>

#include "unit.h"

typedef struct written {
    FILE *stream;
    char *text;
    size_t size;
} written;

static inline void written_start(written *w)
{
    w->stream = open_memstream(&w->text, &w->size);
    assert_non_null(w->stream);
}

/* Ends it; it must be `text`. */
static inline void written_expect(written *w, const char *text)
{
    assert_int_equal(fclose(w->stream), 0);
    assert_string_equal(w->text, text);
    free(w->text);
}

#endif
