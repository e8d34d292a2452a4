/* Changes to a JSON text that cJSON cannot carry as it is; all in place, so that positions stay. */
#ifndef TESTS_TREE_MEND_H
#define TESTS_TREE_MEND_H

#include <stdbool.h>
#include <stddef.h>

/* Value of the four digits of `\uXXXX` at p, or -1. */
long tree_escaped_unit(const char *p, const char *end);

/* `\u0000` would end cJSON's string, a lone surrogate would fail the parse: both become U+FFFD.
   `\u00zz` would be taken for U+0000: it becomes `\x00zz`, which is refused. */
void tree_mend_escapes(char *text, size_t size);

#endif
