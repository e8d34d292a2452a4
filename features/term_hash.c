/* One multiplication for a short token; XXH3 for the few long ones. */
#include "features/term_hash.h"

#include "base/hash.h"

text_term token_term(const char *bytes, size_t size, size_t start)
{
    if (size > SHORT_BYTES) {
        uint64_t hash = hash64(bytes, size);
        return (text_term){hash, hash, start, size};
    }
    short_bytes token = {0, 0};
    if (size > 0)
        memcpy(&token, bytes, size);
    return short_token(token, size, start);
}

text_term ngram_term(const char *bytes, size_t size, size_t start)
{
    const char *blank = size ? memchr(bytes, ' ', size) : NULL;
    text_term term = token_term(bytes, blank ? (size_t)(blank - bytes) : size, start);
    if (!blank)
        return term;
    for (const char *end = bytes + size; blank;) {
        const char *token = blank + 1;
        blank = token < end ? memchr(token, ' ', (size_t)(end - token)) : NULL;
        size_t token_size = (size_t)((blank ? blank : end) - token);
        term.hash = ngram_hash(term.hash, token_term(token, token_size, 0).hash);
    }
    term.size = size;
    term.key = term.hash;
    if (size <= KEY_BYTES) {
        term.key = 0;
        memcpy(&term.key, bytes, size);
    }
    return term;
}
