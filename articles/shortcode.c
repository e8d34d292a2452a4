/* [name], [name key="value" …], [/name]. A look ahead ends at the next bracket, so that all of them
   in a line take linear time. */
#include "articles/shortcode.h"

#include "base/ascii.h"

enum { NAME_MOST = 40 };

static bool is_name_byte(char c)
{
    return is_letter(c) || is_digit(c) || c == '_' || c == '-';
}

/* Whether a quote stands at the beginning, straight, typographic or as an entity. */
static bool begins_with_quote(ttag_view v)
{
    static const ttag_view QUOTES[] = {{"\"", 1},           {"'", 1},
                                       {"\xe2\x80\x9c", 3}, {"\xe2\x80\x9d", 3},
                                       {"\xe2\x80\x98", 3}, {"\xe2\x80\x99", 3},
                                       {"\xe2\x80\xb3", 3}, {"&quot;", 6},
                                       {"&#8220;", 7},      {"&#8221;", 7}};
    for (size_t i = 0; i < sizeof QUOTES / sizeof *QUOTES; i++)
        if (v.size >= QUOTES[i].size && memcmp(v.bytes, QUOTES[i].bytes, QUOTES[i].size) == 0)
            return true;
    return false;
}

/* Whether `inside` holds name="…" somewhere. */
static bool has_value(ttag_view inside)
{
    for (size_t i = 1; i + 1 < inside.size; i++)
        if (inside.bytes[i] == '=' && is_name_byte(inside.bytes[i - 1]) &&
            begins_with_quote((ttag_view){inside.bytes + i + 1, inside.size - i - 1}))
            return true;
    return false;
}

/* The closing bracket, before any other one; size: there is none. */
static size_t find_end(ttag_view line, size_t at)
{
    while (at < line.size && line.bytes[at] != ']' && line.bytes[at] != '[')
        at++;
    return at < line.size && line.bytes[at] == ']' ? at : line.size;
}

size_t shortcode_at(ttag_view line, size_t at, const line_patterns *patterns)
{
    char name[NAME_MOST];
    size_t n = 0, from = at + 1;
    bool closing = from < line.size && line.bytes[from] == '/';
    from += closing;
    for (; from + n < line.size && is_name_byte(line.bytes[from + n]); n++) {
        if (n == NAME_MOST)
            return 0;
        name[n] = small_letter(line.bytes[from + n]);
    }
    size_t behind = from + n;
    if (n == 0 || behind >= line.size)
        return 0;
    char next = line.bytes[behind];
    if (next != ']' && (closing || (next != ' ' && next != '/' && next != '=')))
        return 0;
    size_t end = find_end(line, behind);
    if (end == line.size)
        return 0;
    const ttag_view inside = {line.bytes + behind, end - behind};
    bool known = line_patterns_name(patterns, (ttag_view){name, n});
    return known || has_value(inside) ? end + 1 - at : 0;
}
