/* UTF-8, one character at a time. */
#ifndef CLI_UTF8_STEP_H
#define CLI_UTF8_STEP_H

#include "ttag/base.h"

#define UTF8_BAD UINT32_MAX

/* Length of the character at `bytes` (size > 0) and its code point; of a byte that begins none: 1
   and UTF8_BAD. */
size_t utf8_step(const char *bytes, size_t size, uint32_t *point);

/* How many there are, bytes that begin none included. */
size_t utf8_characters(ttag_view text);

#endif
