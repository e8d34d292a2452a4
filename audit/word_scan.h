/* The words of a text as near duplicates and passages see them: runs of letters, digits and `_`,
   lower-cased; in scripts that put no blanks between words each character. Punctuation and kinds of
   quotes make no difference. */
#ifndef AUDIT_WORD_SCAN_H
#define AUDIT_WORD_SCAN_H

#include "ttag/base.h"

enum { WORD_ROOM = 64 };

/* Set text, which is well-formed UTF-8; the rest to zero. */
typedef struct word_scan {
    ttag_view text;
    size_t start, end; /* bytes of the word found last */
    uint64_t hash;     /* of its folded bytes */
    size_t size;       /* of `folded`; of a longer word, what did not fit at last */
    char folded[WORD_ROOM];
} word_scan;

/* The next word; false: there is none. */
bool word_scan_next(word_scan *s);

#endif
