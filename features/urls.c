/* A URL is one token, from its scheme to where it can go on no longer. */
#include "features/urls.h"

#include <string.h>

#include "articles/utf8.h"
#include "features/lookahead.h"
#include "features/unicode.h"

size_t url_end(ttag_view text, size_t at)
{
    size_t depth = 0;
    while (at < text.size) {
        unsigned char c = (unsigned char)text.bytes[at];
        size_t length = 1;
        if (c <= ' ' || c == 0x7f || strchr("<>\"`", c))
            break;
        if (c == '(' || c == '[' || c == '{')
            depth++;
        else if ((c == ')' || c == ']' || c == '}') && depth-- == 0)
            break;
        else if (c >= 0x80 &&
                 char_kind_of(utf8_decode(text.bytes + at, text.size - at, &length)) == CHAR_OTHER)
            break;
        at += length;
    }
    return at;
}

size_t url_at(ttag_view text, size_t word_end)
{
    size_t slashes = slashes_at(text, word_end);
    if (!slashes)
        return 0;
    size_t end = url_end(text, word_end + slashes);
    return end > word_end + slashes ? end : 0;
}
