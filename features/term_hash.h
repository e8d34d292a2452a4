/* Hash and key of a term: what a vocabulary is searched by. An n-gram's hash is made from those of
   its tokens, so that a token is hashed once however many n-grams it stands in. Model files depend
   on both: they never change, and are the same on every machine. */
#ifndef FEATURES_TERM_HASH_H
#define FEATURES_TERM_HASH_H

#include "features/short_bytes.h"

#define TITLE_PREFIX "title:" /* of a term that stands for the title's own */
#define CHAR_PREFIX "char:"   /* of an n-gram of characters */

enum {
    TITLE_PREFIX_SIZE = sizeof TITLE_PREFIX - 1,
    CHAR_PREFIX_SIZE = sizeof CHAR_PREFIX - 1,
    KEY_BYTES = 8
};

/* An n-gram of an article. */
typedef struct text_term {
    uint64_t hash;
    uint64_t key; /* of up to KEY_BYTES: these; of more: the hash */
    size_t start; /* where it begins among the article's bytes */
    size_t size;
} text_term;

/* a * b in 128 bits, both halves folded into one. */
static inline uint64_t hash_fold(uint64_t a, uint64_t b)
{
#ifdef __SIZEOF_INT128__
    __extension__ typedef unsigned __int128 wide;
    wide product = (wide)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
#else
    uint64_t a0 = (uint32_t)a, a1 = a >> 32, b0 = (uint32_t)b, b1 = b >> 32;
    uint64_t low = a0 * b0, middle = a1 * b0 + (low >> 32), other = a0 * b1 + (uint32_t)middle;
    return (other << 32 | (uint32_t)low) ^ (a1 * b1 + (middle >> 32) + (other >> 32));
#endif
}

/* Of a token of at most SHORT_BYTES, zeros behind it. The constants hold bytes that no token has,
   so that no factor is 0. The second step spreads what tokens that differ in a digit differ in. */
static inline uint64_t short_hash(short_bytes token)
{
    uint64_t hash =
        hash_fold(token.first ^ 0x9e3779b97f4a7c15u, token.second ^ 0xc2b2ae3d1bd4eb4fu);
    hash *= 0x9fb21c651e98df25u;
    return hash ^ hash >> 32;
}

/* Of tokens that the token `last` is added to. */
static inline uint64_t ngram_hash(uint64_t before, uint64_t last)
{
    return hash_fold(before ^ 0xd6e8feb86659fd93u, last ^ 0xa0761d6478bd642fu);
}

/* Of the title's own term of an n-gram. */
static inline uint64_t title_hash(uint64_t ngram)
{
    return ngram_hash(0x746974656c653a, ngram);
}

/* Of a term that is an n-gram of characters, from the hash of these as if they were a token. */
static inline uint64_t char_hash(uint64_t characters)
{
    return ngram_hash(0x636861723a, characters);
}

/* Sizes cannot be foreseen, so nothing branches on them. */
static inline text_term short_token(short_bytes token, size_t size, size_t start)
{
    uint64_t hash = short_hash(token), is_key = (uint64_t)0 - (size <= KEY_BYTES);
    return (text_term){hash, hash ^ ((hash ^ token.first) & is_key), start, size};
}

/* A token, and an n-gram of any number of tokens with one blank between them. Any bytes make one;
   `start` is only noted. */
text_term token_term(const char *bytes, size_t size, size_t start);
text_term ngram_term(const char *bytes, size_t size, size_t start);

/* A term's number where terms are numbered by `bits` of their hash. */
static inline uint32_t hashed_number(uint64_t hash, uint32_t bits)
{
    return (uint32_t)(hash & (((uint64_t)1 << bits) - 1));
}

/* Whether the bytes begin with TITLE_PREFIX. */
static inline bool is_title_term(ttag_view term)
{
    return term.size >= TITLE_PREFIX_SIZE &&
           memcmp(term.bytes, TITLE_PREFIX, TITLE_PREFIX_SIZE) == 0;
}

/* Whether they begin with CHAR_PREFIX. */
static inline bool is_char_term(ttag_view term)
{
    return term.size >= CHAR_PREFIX_SIZE && memcmp(term.bytes, CHAR_PREFIX, CHAR_PREFIX_SIZE) == 0;
}

#endif
