/* The growing buffer. */
#include "base/buffer.h"

#include <stdarg.h>

#include "base/memory.h"
#include "base/number_text.h"
#include "base/plain_print.h"

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

void buffer_count(buffer *b, size_t count)
{
    char *end = buffer_room(b, NUMBER_TEXT_MOST);
    if (end)
        buffer_fill(b, number_put_count(end, count));
}

void buffer_float(buffer *b, float number)
{
    char *end = buffer_room(b, NUMBER_TEXT_MOST);
    if (end)
        buffer_fill(b, number_put_float(end, number));
}

void buffer_printf(buffer *b, const char *format, ...)
{
    char text[96]; /* for what is short, as it mostly is */
    va_list arguments;
    va_start(arguments, format);
    int length = plain_print_list(text, sizeof text, format, arguments);
    va_end(arguments);
    if (length >= 0 && (size_t)length < sizeof text) {
        buffer_put(b, text, (size_t)length);
        return;
    }
    char *end = length < 0 ? NULL : buffer_room(b, (size_t)length);
    if (!end) {
        b->failed = true;
        return;
    }
    va_start(arguments, format);
    plain_print_list(end, (size_t)length + 1, format, arguments);
    va_end(arguments);
    buffer_fill(b, (size_t)length);
}

void buffer_dispose(buffer *b)
{
    mem_free(b->bytes);
    *b = (buffer){0};
}
