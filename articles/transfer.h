/* What e-mail packs bytes into. */
#ifndef ARTICLES_TRANSFER_H
#define ARTICLES_TRANSFER_H

#include "base/buffer.h"
#include "ttag/base.h"

/* Appends the text of a body: "base64", "quoted-printable"; anything else is as it stands. What
   does not belong there is passed over (base64) or stays (quoted-printable). */
void transfer_decode(buffer *out, ttag_view body, ttag_view encoding);

void put_base64(buffer *out, ttag_view text);
/* `is_word`: of a head, where '_' is a blank. */
void put_quoted_printable(buffer *out, ttag_view text, bool is_word);

#endif
