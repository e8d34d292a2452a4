/* Which language a text is in: a guess, good enough to tell that a feed is mixed. */
#ifndef AUDIT_LANGUAGE_GUESS_H
#define AUDIT_LANGUAGE_GUESS_H

#include "ttag/base.h"

/* A static code of two letters (ISO 639-1), by the small words of the language, or for scripts of
   one language by the script; "?": too little text, or none of those known here. */
const char *language_guess(ttag_view text);

#endif
