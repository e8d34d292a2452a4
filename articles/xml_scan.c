/* Cutting XML and HTML into tokens: from one '<' to the next. */
#include "articles/xml_scan.h"

#include <string.h>

#include "base/ascii.h"
#include "base/view.h"

xml_scan xml_scan_over(ttag_view text)
{
    return (xml_scan){.rest = text};
}

xml_scan html_scan_over(ttag_view text)
{
    return (xml_scan){.rest = text, .is_html = true};
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool begins_name(char c)
{
    return is_letter(c) || c == '_' || c == ':' || (unsigned char)c >= 0x80;
}

/* Where `end` begins from `from` on; SIZE_MAX: nowhere, and so it will be further on. */
static size_t find_end(ttag_view text, size_t from, const char *end, bool *none)
{
    const size_t size = strlen(end);
    while (!*none && from + size <= text.size) {
        const char *found = memchr(text.bytes + from, end[0], text.size - from - size + 1);
        if (!found)
            break;
        from = (size_t)(found - text.bytes);
        if (memcmp(found, end, size) == 0)
            return from;
        from++;
    }
    *none = true;
    return SIZE_MAX;
}

/* Where the value ends that goes on at *at, behind a '<': at its quote. False: it was never closed,
   for the next quote opens another value, or stands where none can end. *at: how far was looked. */
static bool find_quote(ttag_view text, size_t *at, char quote)
{
    const char *found = memchr(text.bytes + *at, quote, text.size - *at);
    *at = found ? (size_t)(found - text.bytes) : text.size;
    if (!found || found[-1] == '=' || *at + 1 == text.size)
        return false;
    return is_blank(found[1]) || found[1] == '/' || found[1] == '>';
}

/* Bytes of the tag that `text` begins with, up to its '>'; 0: it is none. Values in quotes may hold
   a '>', and, if *passed is not NULL, a '<': *passed is then how far that was relied on. */
static size_t tag_size(ttag_view text, size_t *passed)
{
    char quote = '\0';
    for (size_t i = 1; i < text.size; i++) {
        char c = text.bytes[i];
        if (c == '<') {
            if (!quote || !passed)
                break;
            const bool closed = find_quote(text, &i, quote);
            *passed = i;
            if (!closed)
                break;
            quote = '\0';
        } else if (quote) {
            quote = c == quote ? '\0' : quote;
        } else if (c == '>') {
            return i + 1;
        } else if ((c == '"' || c == '\'') && text.bytes[i - 1] == '=') {
            quote = c;
        }
    }
    return 0;
}

/* As tag_size, of what `scan` is over. What a tag that is none has looked through is not looked
   through again for another. */
static size_t find_tag(xml_scan *scan)
{
    const ttag_view text = scan->rest;
    const bool strict = !scan->is_html || (scan->strict_to && text.bytes < scan->strict_to);
    size_t passed = 0, size = tag_size(text, strict ? NULL : &passed);
    if (size == 0 && passed > 0)
        scan->strict_to = text.bytes + passed;
    return size;
}

/* Whether the slash that the attributes end with belongs to a value without quotes, as in
   <a href=http://a.example/>. */
static bool is_of_value(ttag_view attributes)
{
    size_t i = attributes.size;
    while (i > 0 && !is_blank(attributes.bytes[i - 1]) && !strchr("=\"'", attributes.bytes[i - 1]))
        i--;
    return i > 0 && attributes.bytes[i - 1] == '=';
}

static bool take_tag(xml_scan *scan, xml_token *token)
{
    const ttag_view text = scan->rest;
    const bool closes = text.size > 1 && text.bytes[1] == '/';
    const size_t at = closes ? 2 : 1;
    size_t size = at < text.size && begins_name(text.bytes[at]) ? find_tag(scan) : 0;
    if (size == 0)
        return false;
    size_t name_end = at, end = size - 1;
    while (name_end < end && !is_blank(text.bytes[name_end]) && text.bytes[name_end] != '/')
        name_end++;
    const bool empty = !closes && text.bytes[end - 1] == '/' &&
                       !is_of_value((ttag_view){text.bytes + name_end, end - name_end});
    token->kind = closes ? XML_CLOSE : empty ? XML_EMPTY : XML_OPEN;
    token->whole = (ttag_view){text.bytes, size};
    token->name = (ttag_view){text.bytes + at, name_end - at};
    token->inside = (ttag_view){text.bytes + name_end, end - empty - name_end};
    return true;
}

/* As find_end, of what `scan` is over. */
static size_t seek_end(xml_scan *scan, size_t from, const char *end, bool *none)
{
    size_t found = find_end(scan->rest, from, end, none);
    scan->met_end |= found == SIZE_MAX;
    return found;
}

/* From its mark to its end; what has none is not such a thing. */
static bool take_marked(xml_scan *scan, xml_token *token)
{
    static const char cdata[] = "<![CDATA[", comment[] = "<!--";
    const ttag_view text = scan->rest;
    if (view_begins(text, cdata)) {
        size_t at = sizeof cdata - 1, end = seek_end(scan, at, "]]>", &scan->no_cdata_end);
        if (end == SIZE_MAX)
            return false;
        token->kind = XML_CDATA;
        token->whole = (ttag_view){text.bytes, end + 3};
        token->inside = (ttag_view){text.bytes + at, end - at};
        return true;
    }
    size_t size = 0;
    if (view_begins(text, comment)) {
        size_t end = seek_end(scan, sizeof comment - 1, "-->", &scan->no_comment_end);
        size = end == SIZE_MAX ? 0 : end + 3;
    } else if (text.size > 1 && (text.bytes[1] == '?' || text.bytes[1] == '!')) {
        size = tag_size(text, NULL);
    }
    token->kind = XML_OTHER;
    token->whole = (ttag_view){text.bytes, size};
    return size > 0;
}

bool xml_next(xml_scan *scan, xml_token *token)
{
    const ttag_view text = scan->rest;
    *token = (xml_token){.kind = XML_TEXT};
    if (text.size == 0) {
        scan->met_end = true;
        return false;
    }
    size_t from = 0;
    if (text.bytes[0] == '<') {
        if (take_tag(scan, token) || take_marked(scan, token)) {
            size_t size = token->whole.size;
            scan->rest = (ttag_view){text.bytes + size, text.size - size};
            return true;
        }
        from = 1;
    }
    const char *next = memchr(text.bytes + from, '<', text.size - from);
    size_t size = next ? (size_t)(next - text.bytes) : text.size;
    scan->met_end |= !next;
    *token =
        (xml_token){.kind = XML_TEXT, .whole = {text.bytes, size}, .inside = {text.bytes, size}};
    scan->rest = (ttag_view){text.bytes + size, text.size - size};
    return true;
}

ttag_view xml_local(ttag_view name)
{
    const char *colon = name.size ? memchr(name.bytes, ':', name.size) : NULL;
    if (!colon)
        return name;
    return (ttag_view){colon + 1, name.size - (size_t)(colon + 1 - name.bytes)};
}

/* One attribute, name and value, out of *rest; false: there is none. */
static bool next_attribute(ttag_view *rest, ttag_view *name, ttag_view *value)
{
    const char *p = rest->bytes, *end = p + rest->size;
    while (p < end && is_blank(*p))
        p++;
    const char *from = p;
    while (p < end && *p != '=' && !is_blank(*p))
        p++;
    *name = (ttag_view){from, (size_t)(p - from)};
    while (p < end && is_blank(*p))
        p++;
    *value = (ttag_view){p, 0};
    if (p < end && *p == '=') {
        for (p++; p < end && is_blank(*p); p++)
            ;
        char quote = p < end && (*p == '"' || *p == '\'') ? *p : '\0';
        from = quote ? ++p : p;
        while (p < end && (quote ? *p != quote : !is_blank(*p)))
            p++;
        *value = (ttag_view){from, (size_t)(p - from)};
        p += quote && p < end;
    }
    *rest = (ttag_view){p, (size_t)(end - p)};
    return name->size > 0;
}

ttag_view xml_attribute(const xml_token *tag, const char *name)
{
    ttag_view rest = tag->inside, found, value;
    if (tag->kind != XML_OPEN && tag->kind != XML_EMPTY)
        return (ttag_view){NULL, 0};
    while (next_attribute(&rest, &found, &value))
        if (view_equal(found, view_of(name)))
            return value;
    return (ttag_view){NULL, 0};
}
