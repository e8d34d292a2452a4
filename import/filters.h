/* What a template does to a field's text: "{summary|markdown|words}". */
#ifndef IMPORT_FILTERS_H
#define IMPORT_FILTERS_H

#include "base/buffer.h"
#include "ttag/base.h"

/* Appends to `out` what it makes of `text`, which is UTF-8. */
typedef void filter(buffer *out, ttag_view text);

/* The filter of that name, or NULL. All are listed in docs/import.md. */
filter *filter_find(ttag_view name);

/* The names of all, "words, markdown, …", for messages. */
extern const char filter_names[];

/* Words of a text: runs without white space. */
size_t count_words(ttag_view text);

#endif
