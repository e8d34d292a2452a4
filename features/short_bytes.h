/* Up to sixteen bytes as two numbers in registers. */
#ifndef FEATURES_SHORT_BYTES_H
#define FEATURES_SHORT_BYTES_H

#include <string.h>

#include "ttag/base.h"

enum { SHORT_BYTES = 16 };

/* As the bytes lie in memory: the first one lowest. */
typedef struct short_bytes {
    uint64_t first, second;
} short_bytes;

/* All SHORT_BYTES of them can be read. */
static inline short_bytes short_bytes_at(const void *bytes)
{
    short_bytes s;
    memcpy(&s, bytes, sizeof s);
    return s;
}

/* The first `size` bytes, zeros behind them; size <= SHORT_BYTES. */
static inline short_bytes short_bytes_cut(short_bytes s, size_t size)
{
    static const unsigned char ones[2 * SHORT_BYTES] = {255, 255, 255, 255, 255, 255, 255, 255,
                                                        255, 255, 255, 255, 255, 255, 255, 255};
    short_bytes mask = short_bytes_at(ones + SHORT_BYTES - size);
    return (short_bytes){s.first & mask.first, s.second & mask.second};
}

/* Whether the first `size` bytes at a and b are the same. */
static inline bool short_bytes_equal(const void *a, const void *b, size_t size)
{
    short_bytes x = short_bytes_at(a), y = short_bytes_at(b);
    short_bytes d = short_bytes_cut((short_bytes){x.first ^ y.first, x.second ^ y.second}, size);
    return (d.first | d.second) == 0;
}

#endif
