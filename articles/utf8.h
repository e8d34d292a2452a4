/* UTF-8: checking, cleaning, code points, white space. */
#ifndef ARTICLES_UTF8_H
#define ARTICLES_UTF8_H

#include "base/buffer.h"
#include "ttag/base.h"

/* Bytes from the start that are well-formed (Unicode, table 3-7) and hold no NUL. */
size_t utf8_good(ttag_view v);
/* The same where it is known that not all are: no byte behind these is looked at. */
size_t utf8_good_prefix(ttag_view v);

/* Appends `v` to `out`, each NUL and each maximal ill-formed subpart as one U+FFFD. Returns how
   many bytes were replaced. */
size_t utf8_clean(buffer *out, ttag_view v);

/* Position in `v` of what stands at `position` in the cleaned `v`. */
size_t utf8_origin(ttag_view v, size_t position);

/* The code point that well-formed text begins with; its length into *length. size > 0. */
uint32_t utf8_decode(const char *bytes, size_t size, size_t *length);

/* Code points in well-formed text. */
size_t utf8_count(ttag_view v);

/* Length of the white space (Unicode's White_Space) that well-formed text begins with; 0: none. */
size_t utf8_blanks(ttag_view v);

/* Well-formed text without white space at its end, and at both ends. */
ttag_view utf8_trim_end(ttag_view v);
ttag_view utf8_trim(ttag_view v);

#endif
