/* Fields of comma-separated values (RFC 4180, lines end with a newline alone). */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include "base/buffer.h"

/* Quoted where it has to be. */
void csv_text(buffer *b, ttag_view text);
/* ",0.5": a comma, then 15 digits; nothing if it is not a number, "inf" if it is infinite. */
void csv_next_number(buffer *b, double number);
void csv_next_count(buffer *b, size_t count);

#endif
