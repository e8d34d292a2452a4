/* Strings: where they end, whether their escapes are good, what they stand for. */
#include "base/json_string.h"

#include "base/ascii.h"
#include "base/code_point.h"

#include <string.h>

/* What a backslash and this character stand for. */
static const char short_escapes[256] = {
    ['"'] = '"',  ['\\'] = '\\', ['/'] = '/',  ['b'] = '\b',
    ['f'] = '\f', ['n'] = '\n',  ['r'] = '\r', ['t'] = '\t',
};

long json_unit_at(const char *p, const char *end)
{
    if (end - p < 6 || p[0] != '\\' || p[1] != 'u')
        return -1;
    long unit = 0;
    for (int i = 2; i < 6; i++) {
        int digit = hex_digit(p[i]);
        if (digit < 0)
            return -1;
        unit = unit * 16 + digit;
    }
    return unit;
}

static bool is_high(long unit)
{
    return unit >= 0xd800 && unit <= 0xdbff;
}

static bool is_low(long unit)
{
    return unit >= 0xdc00 && unit <= 0xdfff;
}

static char *put_unit(char *out, long unit, long low)
{
    enum { REPLACEMENT = 0xfffd };
    if (is_high(unit) && is_low(low))
        return code_point_put(out, (uint32_t)(0x10000 + ((unit & 0x3ff) << 10) + (low & 0x3ff)));
    bool none = unit == 0 || is_high(unit) || is_low(unit);
    return code_point_put(out, none ? REPLACEMENT : (uint32_t)unit);
}

/* At a backslash that is not the last byte: writes what the escape stands for, at most ESCAPED
   bytes, and moves *p behind it. False: it stands for nothing. */
enum { ESCAPED = CODE_POINT_MOST };
static bool put_escape(char **out, const char **p, const char *end)
{
    char c = short_escapes[(unsigned char)(*p)[1]];
    if (c) {
        *(*out)++ = c;
        *p += 2;
        return true;
    }
    long unit = json_unit_at(*p, end);
    long low = is_high(unit) ? json_unit_at(*p + 6, end) : -1;
    if (unit < 0)
        return false;
    *out = put_unit(*out, unit, low);
    *p += is_low(low) ? 12 : 6;
    return true;
}

/* ---- Where a string ends. ---- */

/* The first quote or backslash from p on, or the end. */
static const char *next_quote(json_walk *w, const char *p)
{
    size_t size = (size_t)(w->end - w->start), at = (size_t)(p - w->start);
    if (at - w->block < BYTE_BLOCK) {
        uint64_t quotes = w->quotes >> (at - w->block);
        if (quotes)
            return p + __builtin_ctzll(quotes);
        at = w->block + BYTE_BLOCK;
    }
    if (at >= size)
        return w->end;
    w->block = w->scan->quotes(w->start, size, at, &w->quotes);
    return w->quotes ? w->start + w->block + __builtin_ctzll(w->quotes) : w->end;
}

/* Copies what is from `from` to `to`; may read up to `end` and write JSON_STRING_ROOM bytes more.
 */
static char *put_plain(char *out, const char *from, const char *to, const char *end)
{
    enum { STEP = JSON_STRING_ROOM / 2 };
    size_t size = (size_t)(to - from);
    if (end - to < STEP)
        memcpy(out, from, size);
    else
        for (size_t n = 0; n < size; n += STEP)
            memcpy(out + n, from + n, STEP);
    return out + size;
}

static const char *refuse(json_walk *w, const char *p, const char *reason)
{
    w->at = p;
    w->ended = true;
    w->reason = reason;
    return NULL;
}

/* Passes over a string from its first backslash, or the end of the text, at p, and writes to *out,
   unless that is NULL, what it stands for. Returns its closing quote, or NULL. That it is not
   closed is told rather than what is wrong within it. */
static const char *pass_escapes(json_walk *w, const char *quote, const char *p, char **out)
{
    const char *from = quote + 1, *wrong = NULL;
    for (;; p = next_quote(w, from)) {
        if (*out)
            *out = put_plain(*out, from, p, w->end);
        if (p < w->end && *p == '"')
            break;
        if (w->end - p < 2)
            return refuse(w, quote, "a string is not closed");
        char nowhere[ESCAPED], *to = *out ? *out : nowhere;
        from = p;
        if (!put_escape(&to, &from, w->end)) {
            wrong = wrong ? wrong : p;
            from = p + 2;
        }
        if (*out)
            *out = to;
    }
    return wrong ? refuse(w, wrong, "unexpected characters") : p;
}

const char *json_pass_long_string(json_walk *w, const char *quote, ttag_view *raw,
                                  ttag_view *string, buffer *strings)
{
    const char *inside = quote + 1, *p = next_quote(w, inside);
    if (p < w->end && *p == '"') {
        *raw = *string = (ttag_view){inside, (size_t)(p - inside)};
        return p + 1;
    }
    size_t size = (size_t)(w->end - quote);
    char *start = strings ? buffer_room(strings, size + JSON_STRING_ROOM) : NULL, *out = start;
    p = pass_escapes(w, quote, p, &out);
    if (!p)
        return NULL;
    *raw = (ttag_view){inside, (size_t)(p - inside)};
    *string = (ttag_view){start, start ? (size_t)(out - start) : 0};
    if (start)
        buffer_fill(strings, string->size);
    return p + 1;
}

void json_put_unescaped(buffer *b, ttag_view string)
{
    json_walk w = json_walk_over(string, NULL);
    ttag_view raw, plain;
    if (json_pass_string(&w, string.bytes, &raw, &plain, b) && plain.bytes == raw.bytes)
        buffer_view(b, plain);
}
