/* Short looks ahead in a text: word ends, runs of digits, and punctuation in its plain and its
   defanged forms. Positions may be at the end of the text, not behind it. */
#ifndef FEATURES_LOOKAHEAD_H
#define FEATURES_LOOKAHEAD_H

#include "features/tokens.h"
#include "ttag/base.h"

static inline unsigned char byte_at(ttag_view text, size_t at)
{
    return at < text.size ? (unsigned char)text.bytes[at] : 0;
}

static inline bool is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

static inline bool is_letter(unsigned char c)
{
    c |= 0x20;
    return c >= 'a' && c <= 'z';
}

static inline bool is_hex(unsigned char c)
{
    return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

/* How many digits stand at `at`; looks at no more than `most` + 1, and returns that for more. */
size_t digits_at(ttag_view text, size_t at, size_t most);

/* The ASCII letters, digits or signs `lower` stand at `at`, in whatever case. */
bool letters_at(ttag_view text, size_t at, const char *lower);

/* No word goes on at `at`. A script without case needs no blank before its next word. */
bool word_ends(ttag_view text, size_t at);

/* Lengths of what stands at `at`; 0: none. */
size_t dash_at(ttag_view text, size_t at);    /* - and U+2010 to U+2013 */
size_t dot_at(ttag_view text, size_t at);     /* . [.] (.) {.} [dot] (dot) {dot} */
size_t at_sign_at(ttag_view text, size_t at); /* @ [@] (@) {@} [at] (at) {at} */
size_t colon_at(ttag_view text, size_t at);   /* : [:] (:) {:} */
size_t slashes_at(ttag_view text, size_t at); /* :// [:]// [://] :[//] */

/* Such a dot ends at `at`, and a word before it. */
bool dot_before(ttag_view text, size_t at);

#endif
