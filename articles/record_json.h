/* Members of a labelled record, written. */
#ifndef ARTICLES_RECORD_JSON_H
#define ARTICLES_RECORD_JSON_H

#include "base/buffer.h"

/* `"name":"text"`, behind a comma but where the object begins; nothing for an empty text. */
void record_put_text(buffer *line, const char *name, ttag_view text);

/* The same with an array of `n` strings, be it empty. */
void record_put_names(buffer *line, const char *name, const ttag_view *items, size_t n);

#endif
