/* What Unicode says about a code point or a word. unicode.c is the only file that sees utf8proc.
 */
#ifndef FEATURES_UNICODE_H
#define FEATURES_UNICODE_H

#include "ttag/base.h"

/* Word characters are CHAR_LETTER and CHAR_UNCASED; in security tokens also CHAR_MARK. */
typedef enum char_kind {
    CHAR_OTHER,
    CHAR_JOINER, /* soft hyphen, zero-width joiners: inside words, and not to be seen */
    CHAR_MARK,   /* combining: accents, vowel signs */
    CHAR_LETTER, /* or a number */
    CHAR_UNCASED /* a letter of a script without case; many of these put no blanks between words */
} char_kind;

char_kind char_kind_of(uint32_t c);

/* Unicode's properties Cased and Case_Ignorable: they decide which form a final sigma takes. */
bool char_is_cased(uint32_t c);
bool char_is_case_ignorable(uint32_t c);

/* Lower case, one to one (U+0130, the only letter that becomes two, gives its first: i). */
uint32_t char_lower(uint32_t c);

#define CHAR_SIZE 4 /* bytes that a code point takes at most */
size_t char_encode(char *out, uint32_t c);

/* NFKC_Casefold of a word: full case folding, compatibility forms resolved, composed, invisible
   characters left out. At most FOLD_IN code points go in, at most FOLD_OUT come out; returns how
   many. Ill-formed text gives none. */
#define FOLD_IN 128
#define FOLD_OUT ((ptrdiff_t)FOLD_IN * 18)
size_t chars_fold(int32_t out[FOLD_OUT], const char *bytes, size_t size);

#endif
