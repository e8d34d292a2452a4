/* Code points as UTF-8. */
#ifndef BASE_CODE_POINT_H
#define BASE_CODE_POINT_H

#include <stdint.h>

enum { CODE_POINT_MOST = 4 /* bytes */ };

/* Writes a code point; returns what is behind it. */
static inline char *code_point_put(char *out, uint32_t point)
{
    if (point < 0x80) {
        *out++ = (char)point;
        return out;
    }
    if (point < 0x800) {
        *out++ = (char)(0xc0 | point >> 6);
    } else {
        if (point < 0x10000) {
            *out++ = (char)(0xe0 | point >> 12);
        } else {
            *out++ = (char)(0xf0 | point >> 18);
            *out++ = (char)(0x80 | (point >> 12 & 0x3f));
        }
        *out++ = (char)(0x80 | (point >> 6 & 0x3f));
    }
    *out++ = (char)(0x80 | (point & 0x3f));
    return out;
}

#endif
