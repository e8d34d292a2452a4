/* Text to tokens, in one pass from left to right. */
#ifndef FEATURES_TOKENS_H
#define FEATURES_TOKENS_H

#include "ttag/base.h"
#include "ttag/features.h"

/* The tokens of a text, normalised. Each is followed by one blank, so that an n-gram is a run of
   these bytes and need not be put together. Zero-initialise before use. */
typedef struct token_list {
    char *bytes;
    size_t size, capacity;
    size_t *starts; /* count + 1 positions in bytes (once count > 0); the last is size */
    size_t count, starts_capacity;
    size_t open;  /* bytes behind size: the token that is being put together … */
    size_t chars; /* … and its code points */
    bool failed;  /* memory ran out */
} token_list;

/* Appends the tokens of `text`, which is well-formed UTF-8. false: no memory. */
bool tokens_scan(token_list *tokens, ttag_token_rule rule, ttag_view text);

/* The n-gram of tokens first … first + n - 1; n > 0. Valid until the list changes. */
static inline ttag_view tokens_ngram(const token_list *tokens, size_t first, size_t n)
{
    size_t start = tokens->starts[first];
    return (ttag_view){tokens->bytes + start, tokens->starts[first + n] - 1 - start};
}

void tokens_clear(token_list *tokens); /* keeps the memory */
void tokens_dispose(token_list *tokens);

/* ---- For the token rules: one token is put together, then closed. ---- */

/* Lower case of ASCII letters, digits and `_`; 0 for every other byte. */
extern const unsigned char ascii_word[256];

/* End of the run of ASCII word characters that begins at `at`. */
static inline size_t ascii_word_end(ttag_view text, size_t at)
{
    while (at < text.size && ascii_word[(unsigned char)text.bytes[at]])
        at++;
    return at;
}

void token_put_ascii(token_list *tokens, const char *bytes, size_t size); /* lower-cases */
void token_put_char(token_list *tokens, uint32_t c);
/* Ends the open token, if any; one of a single code point is forgotten. */
void token_close(token_list *tokens);
void token_add(token_list *tokens, const char *token); /* as it is; none is open */

#endif
