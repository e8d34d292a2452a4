/* By the marks of UTF-16; else UTF-8, unless so few of its characters are there that the bytes must
   be those of the West's old encoding. */
#include "articles/charset.h"

#include <string.h>

#include "articles/utf8.h"

/* Bytes that no text in windows-1252 holds. */
static bool is_no_text(unsigned char c)
{
    return (c < 0x20 && !strchr("\t\n\r\f", c)) || c == 0 || c == 0x81 || c == 0x8d || c == 0x8f ||
           c == 0x90 || c == 0x9d;
}

/* A character of UTF-8, of which the text's end has cut off a part. */
static bool is_cut_off(ttag_view rest)
{
    if (rest.size < 2 || rest.size > 3 || (unsigned char)rest.bytes[0] < 0xe0)
        return false;
    for (size_t i = 1; i < rest.size; i++)
        if (((unsigned char)rest.bytes[i] & 0xc0) != 0x80)
            return false;
    return true;
}

const char *charset_guess(ttag_view text)
{
    size_t characters = 0, bad = 0;
    if (text.size >= 2 &&
        (memcmp(text.bytes, "\xff\xfe", 2) == 0 || memcmp(text.bytes, "\xfe\xff", 2) == 0))
        return "UTF-16";
    if (utf8_good(text) == text.size)
        return NULL;
    while (text.size > 0) {
        const size_t good = utf8_good_prefix(text);
        for (size_t i = 0; i < good; i++)
            characters += (unsigned char)text.bytes[i] >= 0xc0;
        if (good == text.size || is_cut_off((ttag_view){text.bytes + good, text.size - good}))
            break;
        if (is_no_text((unsigned char)text.bytes[good]))
            return NULL;
        bad++;
        text = (ttag_view){text.bytes + good + 1, text.size - good - 1};
    }
    return bad > characters ? "windows-1252" : NULL;
}
