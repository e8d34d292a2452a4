/* UTF-8 after Unicode, table 3-7; replacement as "substitution of maximal subparts" has it. */
#include "articles/utf8.h"

#include "articles/utf8_check.h"
#include "base/byte_scan.h"

static const char REPLACEMENT[] = "\xef\xbf\xbd"; /* U+FFFD */
enum { REPLACEMENT_SIZE = 3 };

/* How many continuation bytes a lead byte asks for, and the range of the first of them: it is
   narrower where overlong forms, surrogates and values over U+10FFFF would begin. 0: no lead. */
static size_t lead_needs(unsigned char lead, unsigned char *low, unsigned char *high)
{
    *low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    *high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    if (lead >= 0xc2 && lead <= 0xdf)
        return 1;
    if (lead >= 0xe0 && lead <= 0xef)
        return 2;
    return lead >= 0xf0 && lead <= 0xf4 ? 3 : 0;
}

/* Length of the sequence at p, or, with *good false, of the maximal ill-formed subpart. size > 0 */
static size_t sequence_length(const unsigned char *p, size_t size, bool *good)
{
    *good = true;
    if (p[0] != 0 && p[0] < 0x80)
        return 1;
    unsigned char low, high;
    size_t needs = lead_needs(p[0], &low, &high);
    *good = false;
    for (size_t n = 1; n <= needs; n++) {
        if (n == size || p[n] < low || p[n] > high)
            return n;
        low = 0x80;
        high = 0xbf;
    }
    *good = needs > 0;
    return needs + 1;
}

size_t utf8_good_prefix(ttag_view v)
{
    const unsigned char *p = (const unsigned char *)v.bytes;
    const byte_scan *scan = byte_scan_best();
    size_t n = 0;
    while (n < v.size) {
        n += scan->to_foreign(v.bytes + n, v.size - n);
        while (n < v.size && p[n] >= 0x80) {
            bool good;
            size_t length = sequence_length(p + n, v.size - n, &good);
            if (!good)
                return n;
            n += length;
        }
        if (n < v.size && p[n] == 0)
            return n;
    }
    return n;
}

size_t utf8_good(ttag_view v)
{
    return utf8_check(v) ? v.size : utf8_good_prefix(v);
}

static ttag_view behind(ttag_view v, size_t n)
{
    return n ? (ttag_view){v.bytes + n, v.size - n} : v; /* which may be absent */
}

size_t utf8_clean(buffer *out, ttag_view v)
{
    size_t bad_bytes = 0;
    if (utf8_check(v)) {
        buffer_view(out, v);
        return 0;
    }
    while (v.size) {
        size_t good_size = utf8_good_prefix(v);
        buffer_put(out, v.bytes, good_size);
        v = behind(v, good_size);
        if (!v.size)
            break;
        bool good;
        size_t length = sequence_length((const unsigned char *)v.bytes, v.size, &good);
        buffer_put(out, REPLACEMENT, REPLACEMENT_SIZE);
        bad_bytes += length;
        v = behind(v, length);
    }
    return bad_bytes;
}

size_t utf8_origin(ttag_view v, size_t position)
{
    size_t origin = 0;
    while (origin < v.size) {
        size_t good_size = utf8_good_prefix(behind(v, origin));
        if (position <= good_size)
            return origin + position;
        origin += good_size;
        position -= good_size;
        if (position < REPLACEMENT_SIZE || origin == v.size)
            break;
        bool good;
        origin += sequence_length((const unsigned char *)v.bytes + origin, v.size - origin, &good);
        position -= REPLACEMENT_SIZE;
    }
    return origin;
}

uint32_t utf8_decode(const char *bytes, size_t size, size_t *length)
{
    const unsigned char *p = (const unsigned char *)bytes;
    size_t n = p[0] < 0xc0 ? 1 : p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
    *length = n < size ? n : size;
    uint32_t point = n == 1 ? p[0] : p[0] & (0xffu >> (n + 1));
    for (size_t i = 1; i < *length; i++)
        point = point << 6 | (p[i] & 0x3fu);
    return point;
}

static bool is_continuation(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

size_t utf8_count(ttag_view v)
{
    size_t count = 0;
    for (size_t i = 0; i < v.size; i++)
        count += !is_continuation(v.bytes[i]);
    return count;
}

static bool is_white(uint32_t point)
{
    if (point < 0x80)
        return point == ' ' || (point >= '\t' && point <= '\r');
    return point == 0x85 || point == 0xa0 || point == 0x1680 ||
           (point >= 0x2000 && point <= 0x200a) || point == 0x2028 || point == 0x2029 ||
           point == 0x202f || point == 0x205f || point == 0x3000;
}

size_t utf8_blanks(ttag_view v)
{
    size_t n = 0, length;
    while (n < v.size && is_white(utf8_decode(v.bytes + n, v.size - n, &length)))
        n += length;
    return n;
}

ttag_view utf8_trim_end(ttag_view v)
{
    while (v.size) {
        size_t last = v.size - 1, length;
        while (last > 0 && is_continuation(v.bytes[last]))
            last--;
        if (!is_white(utf8_decode(v.bytes + last, v.size - last, &length)))
            break;
        v.size = last;
    }
    return v;
}

ttag_view utf8_trim(ttag_view v)
{
    return utf8_trim_end(behind(v, utf8_blanks(v)));
}
