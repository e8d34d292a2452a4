/* A piece of an article's text with the words marked that spoke for a tag. */
#ifndef EVALUATE_EXCERPT_H
#define EVALUATE_EXCERPT_H

#include "base/buffer.h"
#include "evaluate/worst_errors.h"

/* Title and the part of the text that holds most of the terms, as HTML. Words are marked where they
   are there as written, but for upper and lower case. */
void excerpt_put(buffer *b, ttag_view title, ttag_view text, const error_term *terms, size_t n);

#endif
