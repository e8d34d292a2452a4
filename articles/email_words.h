/* Encoded words in the head of a message (RFC 2047): =?utf-8?Q?caf=C3=A9?= */
#ifndef ARTICLES_EMAIL_WORDS_H
#define ARTICLES_EMAIL_WORDS_H

#include "articles/decoder.h"

/* Appends a field's value in UTF-8, encoded words undone. */
void email_put_words(ttag_decoder *d, buffer *out, ttag_view value);

#endif
