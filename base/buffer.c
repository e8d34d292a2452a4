/* The growing buffer. */
#include "base/buffer.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/memory.h"
#include "base/view.h"

char *buffer_grow(buffer *b, size_t size)
{
    size_t need;
    if (b->failed || !size_add(&need, b->size, size) || !size_add(&need, need, 1) ||
        !mem_grow(&b->bytes, &b->capacity, need, 1)) {
        b->failed = true;
        return NULL;
    }
    return b->bytes + b->size;
}

void buffer_put(buffer *b, const void *bytes, size_t size)
{
    char *end = buffer_room(b, size);
    if (!end)
        return;
    if (size)
        memcpy(end, bytes, size);
    b->size += size;
    b->bytes[b->size] = '\0';
}

void buffer_view(buffer *b, ttag_view v)
{
    buffer_put(b, v.bytes, v.size);
}

void buffer_text(buffer *b, const char *terminated)
{
    buffer_put(b, terminated, strlen(terminated));
}

void buffer_char(buffer *b, char c)
{
    buffer_put(b, &c, 1);
}

void buffer_printf(buffer *b, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *end = length < 0 ? NULL : buffer_room(b, (size_t)length);
    if (!end) {
        b->failed = true;
        return;
    }
    va_start(arguments, format);
    vsnprintf(end, (size_t)length + 1, format, arguments);
    va_end(arguments);
    b->size += (size_t)length;
}

void buffer_clear(buffer *b)
{
    if (b->bytes)
        b->bytes[0] = '\0';
    b->size = 0;
    b->failed = false;
}

void buffer_dispose(buffer *b)
{
    mem_free(b->bytes);
    *b = (buffer){0};
}
