/* Changes to a JSON text that cJSON cannot carry as it is; all in place, so that positions stay. */
#ifndef BASE_JSON_MEND_H
#define BASE_JSON_MEND_H

#include <stdbool.h>
#include <stddef.h>

/* Value of the four digits of `\uXXXX` at p, or -1. */
long json_escaped_unit(const char *p, const char *end);

/* `\u0000` would end cJSON's string, a lone surrogate would fail the parse: both become U+FFFD.
   `\u00zz` would be taken for U+0000: it becomes `\x00zz`, which is refused. */
void json_mend_escapes(char *text, size_t size);

/* cJSON takes at most 63 characters for a number: longer ones are replaced by their value, padded
   with blanks. False if there was none. The text must be terminated. */
bool json_shorten_numbers(char *text, size_t size);

#endif
