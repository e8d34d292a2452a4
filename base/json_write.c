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

static bool needs_escape(unsigned char c)
{
    return c < 0x20 || c == '"' || c == '\\' || c == 0x7f;
}

void json_put_string(buffer *b, ttag_view text)
{
    buffer_char(b, '"');
    size_t start = 0;
    for (size_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.bytes[i];
        if (!needs_escape(c))
            continue;
        buffer_put(b, text.bytes + start, i - start);
        put_escape(b, c);
        start = i + 1;
    }
    if (start < text.size)
        buffer_put(b, text.bytes + start, text.size - start);
    buffer_char(b, '"');
}

void json_put_number(buffer *b, double number, int digits)
{
    if (isfinite(number))
        buffer_printf(b, "%.*g", digits, number);
    else
        buffer_text(b, "null");
}
