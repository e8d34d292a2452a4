/* HTML as it stands in feeds, into text. */
#ifndef ARTICLES_MARKUP_H
#define ARTICLES_MARKUP_H

#include "base/buffer.h"
#include "ttag/base.h"

/* Appends the text of a piece of HTML, valid UTF-8: without tags, comments, scripts and styles,
   entities undone; a line ends where a paragraph, an item of a list or the like does. */
void put_text_of_markup(buffer *out, ttag_view markup);

#endif
