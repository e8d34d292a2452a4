/* The strings of a walk. */
#ifndef BASE_JSON_STRING_H
#define BASE_JSON_STRING_H

#include "base/json.h"

/* The UTF-16 unit of the `\uXXXX` at p, or -1: there is none before `end`. */
long json_unit_at(const char *p, const char *end);

/* As json_pass_string, for strings that end beyond the block, or have escapes. */
const char *json_pass_long_string(json_walk *walk, const char *quote, ttag_view *raw,
                                  ttag_view *string, buffer *strings);

/* Returns what is behind the string that begins at `quote`. *raw is its inside; *string what it
   stands for, which is `raw` where there are no escapes, else at the end of `strings`, or absent if
   that is NULL. NULL: walk->reason says why, and walk->at is where that applies. */
static inline const char *json_pass_string(json_walk *w, const char *quote, ttag_view *raw,
                                           ttag_view *string, buffer *strings)
{
    const char *inside = quote + 1;
    size_t offset = (size_t)(inside - w->start) - w->block;
    uint64_t quotes = offset < BYTE_BLOCK ? w->quotes >> offset : 0;
    const char *end = inside + (quotes ? __builtin_ctzll(quotes) : 0);
    if (!quotes || *end != '"')
        return json_pass_long_string(w, quote, raw, string, strings);
    raw->bytes = string->bytes = inside;
    raw->size = string->size = (size_t)(end - inside);
    return end + 1;
}

#endif
