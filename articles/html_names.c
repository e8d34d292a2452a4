/* Comparing without case; what is a block. */
#include "articles/html_names.h"

#include <string.h>

#include "base/ascii.h"

bool html_is_one_of(ttag_view name, const char *const *list)
{
    for (; *list; list++)
        if (ascii_same(name, *list))
            return true;
    return false;
}

bool html_is_block(ttag_view name)
{
    static const char *const blocks[] = {
        "p",       "div",        "br",    "li",     "ul",     "ol",       "tr",   "table",
        "h1",      "h2",         "h3",    "h4",     "h5",     "h6",       "dd",   "section",
        "article", "blockquote", "pre",   "hr",     "dt",     "figure",   "main", "figcaption",
        "header",  "footer",     "aside", "nav",    "form",   "fieldset", "dl",   "address",
        "details", "summary",    "body",  "option", "legend", "caption",  "html", NULL};
    return html_is_one_of(name, blocks);
}

ttag_view html_attribute(const xml_token *tag, const char *name)
{
    ttag_view value = xml_attribute(tag, name);
    char upper[24];
    size_t size = strlen(name);
    if (value.bytes || size >= sizeof upper)
        return value;
    for (size_t i = 0; i <= size; i++)
        upper[i] = capital_letter(name[i]);
    return xml_attribute(tag, upper);
}

void html_skip_raw(xml_scan *scan, ttag_view name)
{
    ttag_view rest = scan->rest;
    while (rest.size) {
        const char *mark = memchr(rest.bytes, '<', rest.size);
        size_t at = mark ? (size_t)(mark - rest.bytes) : rest.size;
        rest = (ttag_view){rest.bytes + at, rest.size - at};
        bool ends = rest.size >= name.size + 2 && rest.bytes[1] == '/';
        for (size_t i = 0; ends && i < name.size; i++)
            ends = small_letter(rest.bytes[2 + i]) == small_letter(name.bytes[i]);
        if (ends)
            break;
        if (rest.size)
            rest = (ttag_view){rest.bytes + 1, rest.size - 1};
    }
    scan->rest = rest;
}
