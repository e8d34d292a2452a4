/* What stands at a position of a text. Each look is at a bounded number of bytes. */
#include "features/lookahead.h"

#include <string.h>

#include "articles/utf8.h"
#include "features/unicode.h"

size_t digits_at(ttag_view text, size_t at, size_t most)
{
    size_t n = 0;
    while (n <= most && is_digit(byte_at(text, at + n)))
        n++;
    return n;
}

bool letters_at(ttag_view text, size_t at, const char *lower)
{
    size_t n = strlen(lower);
    if (text.size - at < n)
        return false;
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)text.bytes[at + i];
        if (c != (unsigned char)lower[i] && ascii_word[c] != (unsigned char)lower[i])
            return false;
    }
    return true;
}

bool word_ends(ttag_view text, size_t at)
{
    unsigned char c = byte_at(text, at);
    if (c < 0x80)
        return !ascii_word[c];
    size_t length;
    char_kind kind = char_kind_of(utf8_decode(text.bytes + at, text.size - at, &length));
    return kind == CHAR_OTHER || kind == CHAR_UNCASED;
}

size_t dash_at(ttag_view text, size_t at)
{
    if (byte_at(text, at) == '-')
        return 1;
    return byte_at(text, at) == 0xe2 && byte_at(text, at + 1) == 0x80 &&
                   byte_at(text, at + 2) >= 0x90 && byte_at(text, at + 2) <= 0x93
               ? 3
               : 0;
}

/* `inside` in brackets. */
static size_t bracketed_at(ttag_view text, size_t at, const char *inside)
{
    unsigned char open = byte_at(text, at);
    if (open != '[' && open != '(' && open != '{')
        return 0;
    size_t n = strlen(inside);
    unsigned char shut = open == '(' ? ')' : (unsigned char)(open + 2); /* ] and } */
    return letters_at(text, at + 1, inside) && byte_at(text, at + 1 + n) == shut ? n + 2 : 0;
}

size_t dot_at(ttag_view text, size_t at)
{
    if (byte_at(text, at) == '.')
        return 1;
    size_t length = bracketed_at(text, at, ".");
    return length ? length : bracketed_at(text, at, "dot");
}

size_t at_sign_at(ttag_view text, size_t at)
{
    if (byte_at(text, at) == '@')
        return 1;
    size_t length = bracketed_at(text, at, "@");
    return length ? length : bracketed_at(text, at, "at");
}

size_t colon_at(ttag_view text, size_t at)
{
    return byte_at(text, at) == ':' ? 1 : bracketed_at(text, at, ":");
}

size_t slashes_at(ttag_view text, size_t at)
{
    static const char *const forms[] = {"://", "[:]//", "[://]", ":[//]"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (letters_at(text, at, forms[i]))
            return strlen(forms[i]);
    return 0;
}

bool dot_before(ttag_view text, size_t at)
{
    if (at >= 2 && byte_at(text, at - 1) == '.')
        return ascii_word[byte_at(text, at - 2)];
    return (at >= 3 && dot_at(text, at - 3) == 3) || (at >= 5 && dot_at(text, at - 5) == 5);
}
