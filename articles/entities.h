/* Text without entities: "AT&amp;T" is AT&T. */
#ifndef ARTICLES_ENTITIES_H
#define ARTICLES_ENTITIES_H

#include "base/buffer.h"
#include "ttag/base.h"

/* Appends valid UTF-8 with what its entities stand for; an ampersand that begins none stays. */
void put_without_entities(buffer *out, ttag_view text);

#endif
