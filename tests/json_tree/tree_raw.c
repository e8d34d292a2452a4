/* The members of a JSON object as raw bytes. */
#include "base/view.h"
#include "tests/json_tree/json_tree.h"
#include "tests/json_tree/tree_mend.h"

/* As cJSON does, which takes any control character for white space. */
static bool is_blank(char c)
{
    return (unsigned char)c <= 0x20;
}

static size_t skip_blanks(ttag_view text, size_t at)
{
    while (at < text.size && is_blank(text.bytes[at]))
        at++;
    return at;
}

/* Position behind the string whose opening quote is at `at`. */
static size_t skip_string(ttag_view text, size_t at)
{
    for (at++; at < text.size && text.bytes[at] != '"'; at++)
        if (text.bytes[at] == '\\')
            at++;
    return at < text.size ? at + 1 : text.size;
}

static size_t skip_value(ttag_view text, size_t at)
{
    size_t depth = 0;
    while (at < text.size) {
        char c = text.bytes[at];
        if (c == '"') {
            at = skip_string(text, at);
            if (depth == 0)
                return at;
            continue;
        }
        if (depth == 0 && (c == ',' || c == '}' || c == ']'))
            return at;
        if (c == '{' || c == '[')
            depth++;
        if ((c == '}' || c == ']') && --depth == 0)
            return at + 1;
        at++;
    }
    return at;
}

static ttag_view trimmed(ttag_view v)
{
    while (v.size && is_blank(v.bytes[v.size - 1]))
        v.size--;
    return v;
}

bool tree_raw_next(ttag_view text, size_t *position, ttag_view *name, ttag_view *value)
{
    static const char byte_order_mark[] = {'\xef', '\xbb', '\xbf'};
    size_t at = *position;
    if (at == 0 && text.size > 3 && memcmp(text.bytes, byte_order_mark, 3) == 0)
        at = 3; /* cJSON passes over it, too */
    at = skip_blanks(text, at);
    if (at < text.size && (text.bytes[at] == '{' || text.bytes[at] == ','))
        at = skip_blanks(text, at + 1);
    if (at >= text.size || text.bytes[at] != '"')
        return false;
    size_t end = skip_string(text, at);
    if (end < at + 2)
        return false;
    *name = (ttag_view){text.bytes + at + 1, end - at - 2};
    at = skip_blanks(text, end);
    if (at >= text.size || text.bytes[at] != ':')
        return false;
    at = skip_blanks(text, at + 1);
    end = skip_value(text, at);
    *value = trimmed((ttag_view){text.bytes + at, end - at});
    *position = end;
    return true;
}

/* Whether a raw key is this name; `"\u0069d"` is "id" as well. Names are ASCII. */
static bool key_is(ttag_view key, const char *name)
{
    const char *p = key.bytes, *end = key.bytes + key.size;
    for (; p < end && *name; name++) {
        long unit = tree_escaped_unit(p, end);
        if (unit < 0 && *p == '\\')
            return false;
        if (unit < 0 ? *p != *name : unit != *name)
            return false;
        p += unit < 0 ? 1 : 6;
    }
    return p == end && !*name;
}

ttag_view tree_raw_member(ttag_view text, const char *name)
{
    ttag_view key, value;
    for (size_t at = 0; tree_raw_next(text, &at, &key, &value);)
        if (key_is(key, name))
            return value;
    return (ttag_view){NULL, 0};
}
