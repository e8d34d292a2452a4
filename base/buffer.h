/* An owned, growing run of bytes. A put that fails marks the buffer; check buffer_ok once at the
   end instead of every put. Zero-initialise before use. */
#ifndef BASE_BUFFER_H
#define BASE_BUFFER_H

#include <string.h>

#include "ttag/base.h"

typedef struct buffer {
    char *bytes; /* always terminated once something was put */
    size_t size;
    size_t capacity;
    bool failed;
} buffer;

/* What buffer_room does if there is too little. */
char *buffer_grow(buffer *b, size_t size);

/* Room for `size` bytes at the end, to be written to and then counted by buffer_fill; NULL: no
   memory, and the buffer is marked. */
static inline char *buffer_room(buffer *b, size_t size)
{
    bool enough = b->capacity - b->size > size && !b->failed; /* there is a terminator as well */
    return enough ? b->bytes + b->size : buffer_grow(b, size);
}

static inline void buffer_fill(buffer *b, size_t size)
{
    b->size += size;
    b->bytes[b->size] = '\0';
}

/* Keeps the memory, forgets a failure. */
static inline void buffer_clear(buffer *b)
{
    if (b->bytes)
        b->bytes[0] = '\0';
    b->size = 0;
    b->failed = false;
}

static inline void buffer_put(buffer *b, const void *bytes, size_t size)
{
    char *end = buffer_room(b, size);
    if (!end)
        return;
    if (size)
        memcpy(end, bytes, size);
    buffer_fill(b, size);
}

static inline void buffer_view(buffer *b, ttag_view v)
{
    buffer_put(b, v.bytes, v.size);
}

static inline void buffer_text(buffer *b, const char *terminated)
{
    buffer_put(b, terminated, strlen(terminated));
}

static inline void buffer_char(buffer *b, char c)
{
    buffer_put(b, &c, 1);
}

void buffer_count(buffer *b, size_t count); /* its digits */
void buffer_float(buffer *b, float number); /* as %.9g prints it */
void buffer_printf(buffer *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buffer_dispose(buffer *b);

static inline bool buffer_ok(const buffer *b)
{
    return !b->failed;
}

static inline ttag_view buffer_as_view(const buffer *b)
{
    return (ttag_view){b->bytes ? b->bytes : "", b->size};
}

#endif
