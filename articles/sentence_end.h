/* Whether a stop ends a sentence. */
#ifndef ARTICLES_SENTENCE_END_H
#define ARTICLES_SENTENCE_END_H

#include "ttag/base.h"

/* The end of the sentence that begins at `begin`, closing quotes and brackets included; `end` where
   no stop before `end` ends it. Looks at each byte a bounded number of times. */
size_t sentence_end(ttag_view text, size_t begin, size_t end);

#endif
