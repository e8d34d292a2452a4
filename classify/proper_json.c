/* Copying JSON, mending on the way what a strict reader would refuse. */
#include "classify/proper_json.h"

#include "articles/scalar.h"
#include "base/ascii.h"
#include "base/json.h"

enum { EXACT_DIGITS = 17 };

static bool is_control(char c)
{
    return (unsigned char)c < 0x20;
}

/* Position behind the string content that begins at `at`: of its closing quote, or the end. */
static size_t content_end(ttag_view raw, size_t at)
{
    while (at < raw.size && raw.bytes[at] != '"')
        at += raw.bytes[at] == '\\' && at + 1 < raw.size ? 2 : 1;
    return at;
}

void put_proper_text(buffer *out, ttag_view raw)
{
    const byte_scan *scan = byte_scan_best();
    while (raw.size > 0) {
        size_t size = scan->to_control(raw.bytes, raw.size);
        buffer_put(out, raw.bytes, size);
        if (size < raw.size)
            buffer_printf(out, "\\u%04x", (unsigned)(unsigned char)raw.bytes[size++]);
        raw = (ttag_view){raw.bytes + size, raw.size - size};
    }
}

static size_t number_end(ttag_view raw, size_t at)
{
    bool proper;
    size_t size = json_number_length((ttag_view){raw.bytes + at, raw.size - at}, &proper);
    return size > 0 ? at + size : raw.size;
}

/* Improper ones are read as the parser reads them, and written anew. */
static void put_number(buffer *out, ttag_view number)
{
    if (scalar_is_proper(number))
        buffer_view(out, number);
    else
        json_put_number(out, json_number(number), EXACT_DIGITS);
}

/* A value that holds others. */
static void put_nested(buffer *out, ttag_view raw)
{
    for (size_t at = 0; at < raw.size;) {
        char c = raw.bytes[at];
        size_t end = at + 1;
        if (c == '"') {
            end = content_end(raw, at + 1);
            buffer_char(out, '"');
            put_proper_text(out, (ttag_view){raw.bytes + at + 1, end - at - 1});
            buffer_char(out, '"');
            end += end < raw.size;
        } else if (c == '-' || is_digit(c)) {
            end = number_end(raw, at);
            put_number(out, (ttag_view){raw.bytes + at, end - at});
        } else {
            buffer_put(out, is_control(c) ? " " : &c, 1);
        }
        at = end;
    }
}

void put_proper_value(buffer *out, ttag_view raw)
{
    json_kind kind = json_kind_of(raw);
    if (kind >= JSON_ARRAY)
        put_nested(out, raw);
    else if (kind == JSON_NUMBER)
        put_number(out, raw);
    else
        put_proper_text(out, raw);
}
