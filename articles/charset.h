/* Text of other encodings as UTF-8, by the C library's iconv. */
#ifndef ARTICLES_CHARSET_H
#define ARTICLES_CHARSET_H

#include "base/buffer.h"
#include "ttag/base.h"

/* A conversion to UTF-8, or NULL: the encoding is not known, or there is no memory. */
void *charset_open(const char *name);

/* Appends the text; each byte that cannot be read becomes U+FFFD. Returns how many did. */
size_t charset_convert(void *conversion, buffer *out, ttag_view text);

void charset_close(void *conversion); /* NULL is fine */

/* Whether an encoding's name is one of UTF-8's, or of ASCII's. */
bool charset_is_utf8(ttag_view name);

/* The encoding of text that does not say: "UTF-16" by its mark, "windows-1252" if most of what is
   not ASCII is not UTF-8 and could be that; NULL: UTF-8, damaged or not. */
const char *charset_guess(ttag_view text);

/* Whether markup can be found in it byte by byte: ASCII's characters are ASCII's bytes, and these
   are no part of others. False as well for what is not known. */
bool charset_holds_ascii(const char *name);

#endif
