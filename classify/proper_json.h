/* JSON that the parser has accepted, written as the grammar (RFC 8259) wants it: the parser takes
   more than that, such as a tab within a string, 01 and 1. for numbers. */
#ifndef CLASSIFY_PROPER_JSON_H
#define CLASSIFY_PROPER_JSON_H

#include "base/buffer.h"

/* A value: bytes that are proper stay as they are. */
void put_proper_value(buffer *out, ttag_view raw);

/* The inside of a string, without its quotes. */
void put_proper_text(buffer *out, ttag_view raw);

#endif
