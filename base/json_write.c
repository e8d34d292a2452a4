/* Writing JSON. */
#include "base/json.h"

#include <math.h>

static void put_escape(buffer *b, unsigned char c)
{
    switch (c) {
    case '"':
        buffer_text(b, "\\\"");
        break;
    case '\\':
        buffer_text(b, "\\\\");
        break;
    case '\n':
        buffer_text(b, "\\n");
        break;
    case '\r':
        buffer_text(b, "\\r");
        break;
    case '\t':
        buffer_text(b, "\\t");
        break;
    default:
        buffer_printf(b, "\\u%04x", c);
    }
}

static bool is_plain(unsigned char c)
{
    return c >= 0x20 && c != '"' && c != '\\' && c != 0x7f;
}

/* Bytes before the first that needs an escape. */
static size_t plain_length(ttag_view text)
{
    enum { SHORT = 16 };
    size_t n = 0;
    if (text.size > SHORT)
        return byte_scan_best()->to_escape(text.bytes, text.size);
    while (n < text.size && is_plain((unsigned char)text.bytes[n]))
        n++;
    return n;
}

void json_put_string(buffer *b, ttag_view text)
{
    buffer_char(b, '"');
    while (text.size > 0) {
        size_t size = plain_length(text);
        buffer_put(b, text.bytes, size);
        if (size < text.size)
            put_escape(b, (unsigned char)text.bytes[size++]);
        text = (ttag_view){text.bytes + size, text.size - size};
    }
    buffer_char(b, '"');
}

void json_put_number(buffer *b, double number, int digits)
{
    if (isfinite(number))
        buffer_printf(b, "%.*g", digits, number);
    else
        buffer_text(b, "null");
}

void json_put_float(buffer *b, float number)
{
    if (isfinite(number))
        buffer_float(b, number);
    else
        buffer_text(b, "null");
}
