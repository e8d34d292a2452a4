/* Text that others wrote, made fit to be shown: valid UTF-8, nothing that drives a terminal. */
#ifndef CLASSIFY_SHOWN_TEXT_H
#define CLASSIFY_SHOWN_TEXT_H

#include "base/buffer.h"

/* UTF-8 without NUL, not empty: what a JSON parser may be given. */
bool text_is_document(ttag_view text);
/* UTF-8 without control characters (C0, DEL, C1). */
bool text_is_clean(ttag_view text);

/* Appends the text; bytes that are not UTF-8 become U+FFFD, control characters become blanks. */
void put_clean(buffer *out, ttag_view text);
/* Appends the text as a JSON string; bytes that are not UTF-8 become U+FFFD. */
void put_clean_json(buffer *out, ttag_view text);

#endif
