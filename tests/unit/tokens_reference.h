/* Tokens found one character after the other: the plain way, which the fast one is compared with.
   Written for its shortness; aborts without memory. */
#ifndef UNIT_TOKENS_REFERENCE_H
#define UNIT_TOKENS_REFERENCE_H

#include <stdlib.h>
#include <string.h>

#include "articles/utf8.h"
#include "features/indicators.h"
#include "features/term_hash.h"
#include "features/tokens.h"
#include "features/unicode.h"

/* Tokens, each with a blank behind it. */
typedef struct reference {
    char *bytes;
    size_t size, capacity;
    size_t open, chars; /* of the token behind `size` */
} reference;

static inline void reference_put(reference *r, const char *bytes, size_t size)
{
    if (r->size + r->open + size + 1 > r->capacity) {
        r->capacity = 2 * r->capacity + size + 256;
        r->bytes = realloc(r->bytes, r->capacity);
        if (!r->bytes)
            abort();
    }
    memcpy(r->bytes + r->size + r->open, bytes, size);
    r->open += size;
    r->chars++;
}

static inline void reference_close(reference *r)
{
    if (r->chars >= 2) {
        r->bytes[r->size + r->open] = ' ';
        r->size += r->open + 1;
    }
    r->open = r->chars = 0;
}

static inline void reference_char(reference *r, uint32_t c)
{
    char bytes[CHAR_SIZE];
    reference_put(r, bytes, char_encode(bytes, c));
}

/* The nearest code point before `at` (step -1) or from `at` on (step 1) that case does not ignore;
   0: none. */
static inline uint32_t reference_cased(ttag_view text, size_t at, int step)
{
    size_t length = 0;
    for (;;) {
        if (step < 0 ? at == 0 : at >= text.size)
            return 0;
        if (step < 0)
            do
                at--;
            while (at > 0 && ((unsigned char)text.bytes[at] & 0xc0) == 0x80);
        uint32_t c = utf8_decode(text.bytes + at, text.size - at, &length);
        if (!char_is_case_ignorable(c))
            return c;
        at += step < 0 ? 0 : length;
    }
}

static inline void reference_words(reference *r, ttag_view text)
{
    size_t length;
    for (size_t at = 0; at < text.size; at += length) {
        uint32_t c = utf8_decode(text.bytes + at, text.size - at, &length);
        uint32_t lower = char_lower(c);
        if (c == 0x3a3) /* Final_Sigma */
            lower = char_is_cased(reference_cased(text, at, -1)) &&
                            !char_is_cased(reference_cased(text, at + length, 1))
                        ? 0x3c2
                        : 0x3c3;
        if (c < 0x80 ? ascii_word[c] != 0 : char_kind_of(lower) >= CHAR_LETTER)
            reference_char(r, lower);
        else
            reference_close(r);
        if (c == 0x130)
            reference_close(r);
    }
    reference_close(r);
}

/* Folds what lies from `from` to `to`, in pieces of FOLD_IN code points. */
static inline void reference_fold(reference *r, ttag_view text, size_t from, size_t to)
{
    int32_t folded[FOLD_OUT];
    while (from < to) {
        size_t end = from, chars = 0;
        while (end < to && (((unsigned char)text.bytes[end] & 0xc0) == 0x80 || chars < FOLD_IN)) {
            chars += ((unsigned char)text.bytes[end] & 0xc0) != 0x80;
            end++;
        }
        size_t n = chars_fold(folded, text.bytes + from, end - from);
        for (size_t i = 0; i < n; i++) {
            uint32_t c = (uint32_t)folded[i];
            if (c < 0x80 ? ascii_word[c] != 0 : char_kind_of(c) >= CHAR_MARK)
                reference_char(r, c);
            else
                reference_close(r);
        }
        from = end;
    }
    reference_close(r);
}

static inline void reference_security(reference *r, ttag_view text, bool artifacts)
{
    indicator_search search = {.text = text, .artifacts = artifacts};
    size_t word = 0, at = 0, length; /* the word so far is word … at */
    bool may_begin = true;
    while (at < text.size) {
        uint32_t c = utf8_decode(text.bytes + at, text.size - at, &length);
        char_kind kind = c < 0x80 ? (ascii_word[c] ? CHAR_LETTER : CHAR_OTHER) : char_kind_of(c);
        indicator found;
        size_t run_end = ascii_word_end(text, at);
        bool goes_on = true; /* the run; nothing begins within it */
        if (run_end > at && may_begin && indicator_at(&search, &found, at, run_end)) {
            reference_fold(r, text, word, at);
            for (const char *p = found.token; *p; p++)
                reference_put(r, p, 1);
            reference_close(r);
            word = at = found.end;
            goes_on = false;
        } else if (run_end > at) {
            at = run_end;
            may_begin = false;
        } else {
            if (kind == CHAR_OTHER)
                reference_fold(r, text, word, at);
            at += length;
            goes_on = kind != CHAR_OTHER;
            may_begin = kind == CHAR_UNCASED || (may_begin && kind != CHAR_LETTER);
        }
        if (!goes_on) {
            word = at;
            may_begin = true;
        }
    }
    reference_fold(r, text, word, at);
}

/* Whether the list holds what the plain way finds, with hashes and keys that are those of the
   bytes. */
static inline bool reference_agrees(const token_list *tokens, ttag_token_rule rule, ttag_view text)
{
    reference r = {0};
    if (rule == TTAG_TOKENS_WORDS)
        reference_words(&r, text);
    else
        reference_security(&r, text, rule == TTAG_TOKENS_ARTIFACTS);
    bool same =
        r.size == tokens->size && (r.size == 0 || memcmp(r.bytes, tokens->bytes, r.size) == 0);
    size_t at = 0;
    for (size_t i = 0; same && i < tokens->count; i++) {
        const text_term *token = &tokens->items[i];
        text_term expected = ngram_term(tokens->bytes + at, token->size, at);
        same = memchr(tokens->bytes + at, ' ', r.size - at) == tokens->bytes + at + token->size &&
               token->start == at && token->hash == expected.hash && token->key == expected.key;
        at += token->size + 1;
    }
    free(r.bytes);
    return same && at == tokens->size;
}

#endif
