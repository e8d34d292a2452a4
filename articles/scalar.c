/* The grammar of JSON's numbers, and of strings as far as the parser has not checked it. */
#include "articles/scalar.h"

static size_t behind_digits(ttag_view v, size_t at)
{
    while (at < v.size && v.bytes[at] >= '0' && v.bytes[at] <= '9')
        at++;
    return at;
}

static bool at_char(ttag_view v, size_t at, char a, char b)
{
    return at < v.size && (v.bytes[at] == a || v.bytes[at] == b);
}

/* [-] (0 | 1-9 digits) [. digits] [e [+|-] digits] */
static bool is_number(ttag_view v)
{
    size_t at = at_char(v, 0, '-', '-');
    size_t end = at_char(v, at, '0', '0') ? at + 1 : behind_digits(v, at);
    if (end == at)
        return false;
    at = end;
    if (at_char(v, at, '.', '.')) {
        end = behind_digits(v, at + 1);
        if (end == at + 1)
            return false;
        at = end;
    }
    if (at_char(v, at, 'e', 'E')) {
        at += at_char(v, at + 1, '+', '-') ? 2 : 1;
        end = behind_digits(v, at);
        if (end == at)
            return false;
    }
    return end == v.size;
}

static bool has_control(ttag_view v)
{
    for (size_t i = 0; i < v.size; i++)
        if ((unsigned char)v.bytes[i] < 0x20)
            return true;
    return false;
}

bool scalar_is_proper(ttag_view raw)
{
    if (raw.size == 0)
        return false;
    char first = raw.bytes[0];
    if (first == '"')
        return !has_control(raw);
    return first == 't' || first == 'f' || first == 'n' || is_number(raw);
}
