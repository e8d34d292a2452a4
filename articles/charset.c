/* The only file that sees iconv. */
#include "articles/charset.h"

#include <errno.h>
#include <iconv.h>

#include "base/ascii.h"

enum { HELD_BACK_MOST = 32 };

void *charset_open(const char *name)
{
    iconv_t conversion = iconv_open("UTF-8", name);
    return conversion == (iconv_t)-1 ? NULL : conversion;
}

void charset_close(void *conversion)
{
    if (conversion)
        iconv_close((iconv_t)conversion);
}

/* What some encodings hold back: a letter, until it is known that no accent follows. */
static void put_held_back(void *conversion, buffer *out)
{
    size_t room = HELD_BACK_MOST;
    char *to = buffer_room(out, room), *begin = to;
    if (!to)
        return;
    iconv((iconv_t)conversion, NULL, NULL, &to, &room);
    buffer_fill(out, (size_t)(to - begin));
}

size_t charset_convert(void *conversion, buffer *out, ttag_view text)
{
    enum { CHUNK = 4096 };
    size_t bad = 0;
    /* iconv does not write to its input, but its type says so */
    union {
        const char *in;
        char *from;
    } place = {.in = text.bytes};
    size_t left = text.size;
    iconv((iconv_t)conversion, NULL, NULL, NULL, NULL);
    while (left > 0) {
        char *to = buffer_room(out, CHUNK), *begin = to;
        size_t room = CHUNK;
        if (!to)
            break;
        errno = 0;
        size_t result = iconv((iconv_t)conversion, &place.from, &left, &to, &room);
        buffer_fill(out, (size_t)(to - begin));
        if (result != (size_t)-1 || errno == E2BIG)
            continue;
        buffer_text(out, "\xef\xbf\xbd");
        bad++;
        place.from++;
        left--;
    }
    put_held_back(conversion, out);
    return bad;
}

bool charset_is_utf8(ttag_view name)
{
    return ascii_same(name, "utf-8") || ascii_same(name, "utf8") || ascii_same(name, "us-ascii") ||
           ascii_same(name, "ascii");
}

bool charset_holds_ascii(const char *name)
{
    static const char ascii[] = "<>/\"'=&; az09";
    buffer out = {0};
    void *conversion = charset_open(name);
    if (!conversion)
        return false;
    const ttag_view text = {ascii, sizeof ascii - 1};
    bool same =
        charset_convert(conversion, &out, text) == 0 && buffer_ok(&out) && out.size == text.size;
    for (size_t i = 0; same && i < text.size; i++)
        same = out.bytes[i] == ascii[i];
    charset_close(conversion);
    buffer_dispose(&out);
    return same;
}
