/* Text to tokens, in one pass from left to right. */
#ifndef FEATURES_TOKENS_H
#define FEATURES_TOKENS_H

#include "features/term_hash.h"
#include "features/word_runs.h"
#include "ttag/features.h"

enum { TOKEN_SHORTEST = 2 }; /* code points */

/* A hash table's memory, of which a token will need what its hash says: it is fetched meanwhile. */
typedef struct token_slots {
    const char *slots; /* mask + 1 of SLOT_SIZE bytes */
    size_t mask;
} token_slots;

enum { SLOT_SIZE = 16 };

/* The tokens of a text, normalised. Each is followed by one blank, so that an n-gram is a run of
   these bytes and need not be put together. Zero-initialise before use. */
typedef struct token_list {
    char *bytes; /* SHORT_BYTES more than size can be read (once count > 0) */
    size_t size, capacity;
    text_term *items; /* count */
    size_t count, items_capacity;
    size_t open;               /* bytes behind size: the token that is being put together … */
    size_t chars;              /* … and its code points */
    bool failed;               /* memory ran out */
    const token_slots *sought; /* where short tokens will be looked up; NULL: nowhere */
} token_list;

/* Appends the tokens of `text`, which is well-formed UTF-8. false: no memory. */
bool tokens_scan(token_list *tokens, ttag_token_rule rule, ttag_view text);

/* The n-gram of tokens first … first + n - 1; n > 0. Valid until the list changes. */
static inline ttag_view tokens_ngram(const token_list *tokens, size_t first, size_t n)
{
    const text_term *from = &tokens->items[first], *to = from + (n - 1);
    return (ttag_view){tokens->bytes + from->start, to->start + to->size - from->start};
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
/* Adds a token with its hash and key, which are known; its bytes are not those of this list. false:
   no memory. */
bool token_add_copy(token_list *tokens, text_term token, const char *bytes);
/* Adds an ASCII run as one token. */
void token_add_run(token_list *tokens, ttag_view text, word_run run);

/* Room for the tokens that the runs of a window are at most; false: no memory. */
bool tokens_reserve(token_list *tokens);

/* Adds the runs from number i on, each as one token, up to the first that is long, not ASCII, or
   that `stops` says to stop at; returns the number of that, or runs->n. There is room, and no token
   is open. With `singles` there may be runs of one byte, which are no tokens. */
__attribute__((always_inline)) static inline size_t
tokens_add_short(token_list *tokens, const word_runs *runs, size_t i, bool singles,
                 bool (*stops)(ttag_view text, size_t at, size_t word_end))
{
    if (!runs->ascii)
        return i;
    char *restrict bytes = tokens->bytes;
    text_term *restrict item = tokens->items + tokens->count;
    static const token_slots nowhere = {"", 0};
    token_slots sought = tokens->sought ? *tokens->sought : nowhere;
    size_t n = runs->n, start = tokens->size;
    for (; i < n; i++) {
        size_t size = run_size(runs, i);
        if (size > SHORT_BYTES ||
            stops(runs->text, runs->window + runs->starts[i], runs->window + runs->ends[i]))
            break;
        short_bytes token = short_bytes_cut(short_bytes_at(runs->lower + runs->starts[i]), size);
        memcpy(bytes + start, &token, sizeof token);
        bytes[start + size] = ' ';
        *item = short_token(token, size, start);
        __builtin_prefetch(sought.slots + ((size_t)item->hash & sought.mask) * SLOT_SIZE);
        bool is_token = !singles || size >= TOKEN_SHORTEST;
        start += is_token ? size + 1 : 0;
        item += is_token;
    }
    tokens->size = start;
    tokens->count = (size_t)(item - tokens->items);
    return i;
}

#endif
