/* Text as phrases are looked for in it: words in lower case, a blank before, between and behind
   them; what parts clauses as the word "," and what ends sentences as ".". So a phrase fits whole
   words where its own folded bytes stand, and never beyond a clause. */
#ifndef BOOTSTRAP_PHRASE_FOLD_H
#define BOOTSTRAP_PHRASE_FOLD_H

#include "base/buffer.h"

/* Appends " a phrase , like this . " for well-formed UTF-8. Of an address (`is_address`) every
   punctuation mark is a blank. The caller checks the buffer. At most twice the text's size and 8
   bytes are put. */
void phrase_fold(buffer *out, ttag_view text, bool is_address);

#endif
