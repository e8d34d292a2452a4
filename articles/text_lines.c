/* Lines of text, looked at one by one. */
#include "articles/text_lines.h"

#include <string.h>

#include "base/ascii.h"
#include "base/view.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v';
}

static bool is_alnum(char c)
{
    return is_digit(c) || is_letter(c) || (unsigned char)c >= 0x80;
}

text_line text_line_at(ttag_view text, size_t at)
{
    text_line line = {.indent = 0};
    const char *newline = at < text.size ? memchr(text.bytes + at, '\n', text.size - at) : NULL;
    line.end = newline ? (size_t)(newline - text.bytes) : text.size;
    line.next = newline ? line.end + 1 : text.size;
    size_t end = line.end;
    while (at < end && is_blank(text.bytes[at]))
        line.indent += text.bytes[at++] == '\t' ? 4 : 1;
    while (end > at && is_blank(text.bytes[end - 1]))
        end--;
    line.text = (ttag_view){text.bytes + at, end - at};
    return line;
}

bool line_is_fence(const text_line *line)
{
    return view_begins(line->text, "```") || view_begins(line->text, "~~~");
}

bool line_is_code(const text_line *line)
{
    return line->indent >= 4 && line->text.size > 0 && line_bullet(line) == 0 &&
           !line_is_numbered(line);
}

bool line_is_row(const text_line *line)
{
    size_t bars = 0, tabs = 0;
    for (size_t i = 0; i < line->text.size; i++) {
        bars += line->text.bytes[i] == '|';
        tabs += line->text.bytes[i] == '\t';
    }
    return bars >= 2 || tabs >= 2;
}

bool line_is_rule(const text_line *line)
{
    for (size_t i = 0; i < line->text.size; i++)
        if (is_alnum(line->text.bytes[i]))
            return false;
    return true;
}

size_t line_bullet(const text_line *line)
{
    static const char *const signs[] = {"-",      "*",      "+",      "\u2022", "\u2023", "\u25aa",
                                        "\u25cf", "\u25cb", "\u25e6", "\u00b7", "\u2013", "\u2014"};
    ttag_view v = line->text;
    size_t n = 0;
    while (n < v.size && n < 6 && v.bytes[n] == '#')
        n++;
    for (size_t i = 0; n == 0 && i < sizeof signs / sizeof *signs; i++)
        if (view_begins(v, signs[i]))
            n = strlen(signs[i]);
    if (n == 0 || n >= v.size || !is_blank(v.bytes[n]))
        return 0;
    while (n < v.size && is_blank(v.bytes[n]))
        n++;
    return n;
}

bool line_is_numbered(const text_line *line)
{
    ttag_view v = line->text;
    size_t i = v.size > 0 && v.bytes[0] == '(';
    size_t begin = i;
    while (i < v.size && i - begin < 3 && is_digit(v.bytes[i]))
        i++;
    if (i == begin && i < v.size && is_letter(v.bytes[i]))
        while (i < v.size && i - begin < 3 &&
               (i == begin || v.bytes[i] == 'i' || v.bytes[i] == 'v'))
            i++;
    bool digits = i > begin && is_digit(v.bytes[begin]);
    if (i == begin || i + 1 >= v.size || !is_blank(v.bytes[i + 1]))
        return false;
    return v.bytes[i] == ')' || (digits && v.bytes[i] == '.');
}
