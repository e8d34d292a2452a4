/* Checking and mending text for output. */
#include "classify/shown_text.h"

#include "articles/utf8.h"
#include "base/json.h"

static bool is_utf8(ttag_view text)
{
    return utf8_good(text) == text.size;
}

/* Length of the control character that well-formed text begins with, or 0; size > 0. */
static size_t control_length(const char *bytes, size_t size)
{
    unsigned char c = (unsigned char)bytes[0];
    if (c < 0x20 || c == 0x7f)
        return 1;
    return c == 0xc2 && size > 1 && (unsigned char)bytes[1] < 0xa0 ? 2 : 0;
}

/* Bytes of well-formed text before its first control character. */
static size_t plain_length(ttag_view text)
{
    size_t n = 0;
    while (n < text.size && control_length(text.bytes + n, text.size - n) == 0)
        n++;
    return n;
}

bool text_is_document(ttag_view text)
{
    return text.size > 0 && is_utf8(text);
}

bool text_is_clean(ttag_view text)
{
    return is_utf8(text) && plain_length(text) == text.size;
}

static void put_without_controls(buffer *out, ttag_view text)
{
    while (text.size > 0) {
        size_t n = plain_length(text);
        buffer_put(out, text.bytes, n);
        if (n < text.size) {
            buffer_char(out, ' ');
            n += control_length(text.bytes + n, text.size - n);
        }
        text = (ttag_view){text.bytes + n, text.size - n};
    }
}

static void put_well_formed(buffer *out, ttag_view text, void (*put)(buffer *, ttag_view))
{
    if (is_utf8(text)) {
        put(out, text);
        return;
    }
    buffer mended = {0};
    utf8_clean(&mended, text);
    if (buffer_ok(&mended))
        put(out, buffer_as_view(&mended));
    else
        out->failed = true;
    buffer_dispose(&mended);
}

void put_clean(buffer *out, ttag_view text)
{
    put_well_formed(out, text, put_without_controls);
}

void put_clean_json(buffer *out, ttag_view text)
{
    put_well_formed(out, text, json_put_string);
}
