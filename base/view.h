/* Borrowed bytes: the small things done with them. */
#ifndef BASE_VIEW_H
#define BASE_VIEW_H

#include <string.h>

#include "ttag/base.h"

static inline ttag_view view_of(const char *terminated)
{
    return (ttag_view){terminated, terminated ? strlen(terminated) : 0};
}

static inline bool view_equal(ttag_view a, ttag_view b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.bytes, b.bytes, a.size) == 0);
}

/* Byte order; a prefix comes first. */
static inline int view_compare(ttag_view a, ttag_view b)
{
    size_t common = a.size < b.size ? a.size : b.size;
    int order = common ? memcmp(a.bytes, b.bytes, common) : 0;
    return order ? order : (a.size > b.size) - (a.size < b.size);
}

static inline bool view_ends(ttag_view v, const char *suffix)
{
    size_t n = strlen(suffix);
    return n == 0 || (v.size >= n && memcmp(v.bytes + v.size - n, suffix, n) == 0);
}

#endif
