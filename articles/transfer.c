/* base64 and quoted-printable (RFC 2045). */
#include "articles/transfer.h"

#include "base/ascii.h"

/* 0 to 63; -1: no digit. */
static int digit64(char c)
{
    if (is_capital(c))
        return c - 'A';
    if (is_small(c))
        return c - 'a' + 26;
    if (is_digit(c))
        return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

void put_base64(buffer *out, ttag_view text)
{
    uint32_t bits = 0;
    int n = 0;
    char *room = buffer_room(out, text.size), *to = room;
    for (size_t i = 0; room && i < text.size && text.bytes[i] != '='; i++) {
        const int value = digit64(text.bytes[i]);
        if (value < 0)
            continue;
        bits = bits << 6 | (uint32_t)value;
        n += 6;
        if (n >= 8) {
            n -= 8;
            *to++ = (char)(bits >> n & 0xff);
        }
    }
    if (room)
        buffer_fill(out, (size_t)(to - room));
}

/* Bytes of the line end that `text` begins with, blanks before it included; 0: there is none. */
static size_t soft_end(ttag_view text)
{
    size_t i = 0;
    while (i < text.size && (text.bytes[i] == ' ' || text.bytes[i] == '\t'))
        i++;
    i += i < text.size && text.bytes[i] == '\r';
    return i < text.size && text.bytes[i] == '\n' ? i + 1 : 0;
}

void put_quoted_printable(buffer *out, ttag_view text, bool is_word)
{
    for (size_t i = 0; i < text.size; i++) {
        const char c = text.bytes[i];
        const ttag_view rest = {text.bytes + i + 1, text.size - i - 1};
        const int high = c == '=' && rest.size >= 2 ? hex_digit(rest.bytes[0]) : -1;
        const int low = high >= 0 ? hex_digit(rest.bytes[1]) : -1;
        if (low >= 0) {
            buffer_char(out, (char)(high << 4 | low));
            i += 2;
        } else if (c == '=' && soft_end(rest) > 0) {
            i += soft_end(rest);
        } else {
            buffer_char(out, is_word && c == '_' ? ' ' : c);
        }
    }
}

void transfer_decode(buffer *out, ttag_view body, ttag_view encoding)
{
    if (ascii_same(encoding, "base64"))
        put_base64(out, body);
    else if (ascii_same(encoding, "quoted-printable"))
        put_quoted_printable(out, body, false);
    else
        buffer_view(out, body);
}
