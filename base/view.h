/* Borrowed bytes: the small things done with them. */
#ifndef BASE_VIEW_H
#define BASE_VIEW_H

#include <string.h>

#include "ttag/base.h"

static inline ttag_view view_of(const char *terminated)
{
    return (ttag_view){terminated, terminated ? strlen(terminated) : 0};
}

static inline uint64_t view_load8(const char *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return word;
}

static inline uint32_t view_load4(const char *bytes)
{
    uint32_t word;
    memcpy(&word, bytes, sizeof word);
    return word;
}

/* Words are short: two loads, which may overlap, take less time than a call of memcmp. */
static inline bool view_equal(ttag_view a, ttag_view b)
{
    size_t n = a.size;
    if (n != b.size)
        return false;
    if (n > 16)
        return memcmp(a.bytes, b.bytes, n) == 0;
    if (n >= 8)
        return view_load8(a.bytes) == view_load8(b.bytes) &&
               view_load8(a.bytes + n - 8) == view_load8(b.bytes + n - 8);
    if (n >= 4)
        return view_load4(a.bytes) == view_load4(b.bytes) &&
               view_load4(a.bytes + n - 4) == view_load4(b.bytes + n - 4);
    return n == 0 || (a.bytes[0] == b.bytes[0] && a.bytes[n / 2] == b.bytes[n / 2] &&
                      a.bytes[n - 1] == b.bytes[n - 1]);
}

/* Byte order; a prefix comes first. */
static inline int view_compare(ttag_view a, ttag_view b)
{
    size_t common = a.size < b.size ? a.size : b.size;
    int order = common ? memcmp(a.bytes, b.bytes, common) : 0;
    return order ? order : (a.size > b.size) - (a.size < b.size);
}

static inline bool view_begins(ttag_view v, const char *prefix)
{
    size_t n = strlen(prefix);
    return n == 0 || (v.size >= n && memcmp(v.bytes, prefix, n) == 0);
}

static inline bool view_ends(ttag_view v, const char *suffix)
{
    size_t n = strlen(suffix);
    return n == 0 || (v.size >= n && memcmp(v.bytes + v.size - n, suffix, n) == 0);
}

static inline size_t view_count(ttag_view v, char c)
{
    size_t count = 0;
    for (size_t i = 0; i < v.size; i++)
        count += v.bytes[i] == c;
    return count;
}

/* What stands before the first `mark`, all of *rest if there is none; *rest goes on behind it. */
static inline ttag_view view_cut(ttag_view *rest, char mark)
{
    const char *found = rest->size ? memchr(rest->bytes, mark, rest->size) : NULL;
    size_t size = found ? (size_t)(found - rest->bytes) : rest->size;
    size_t passed = size + (found != NULL);
    ttag_view head = {rest->bytes, size};
    *rest = (ttag_view){rest->bytes + passed, rest->size - passed};
    return head;
}

#endif
