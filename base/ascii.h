/* Letters and digits of ASCII, whatever the locale: the library's callers may have set one. */
#ifndef BASE_ASCII_H
#define BASE_ASCII_H

#include <string.h>

#include "ttag/base.h"

static inline bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

static inline bool is_small(char c)
{
    return c >= 'a' && c <= 'z';
}

static inline bool is_letter(char c)
{
    return is_small((char)(c | 0x20));
}

static inline char small_letter(char c)
{
    return is_capital(c) ? (char)(c | 0x20) : c;
}

static inline char capital_letter(char c)
{
    return is_small(c) ? (char)(c & ~0x20) : c;
}

/* What a hexadecimal digit stands for; -1: it is none. */
static inline int hex_digit(char c)
{
    if (is_digit(c))
        return c - '0';
    c = small_letter(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Whether `v` ends with `small`, in which no letter is a capital; in `v` it may be. */
static inline bool ascii_ends(ttag_view v, const char *small)
{
    size_t size = strlen(small);
    bool same = v.size >= size;
    for (size_t i = 0; same && i < size; i++)
        same = small_letter(v.bytes[v.size - size + i]) == small[i];
    return same;
}

/* Likewise all of it. */
static inline bool ascii_same(ttag_view v, const char *small)
{
    return v.size == strlen(small) && ascii_ends(v, small);
}

#endif
