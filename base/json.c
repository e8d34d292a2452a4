/* JSON through cJSON; a scan of raw members; writing. */
#include "base/json.h"

#include <cjson/cJSON.h>
#include <math.h>

#include "base/memory.h"
#include "base/view.h"

/* ---- Before parsing: escapes that cJSON cannot carry. ---- */

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Value of the four digits of `\uXXXX` at p, or -1. */
static long escaped_unit(const char *p, const char *end)
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

/* `\u0000` would end cJSON's string, a lone surrogate would fail the parse: both become U+FFFD, in
   place, since their replacement has the same length. */
static void mend_escapes(char *text, size_t size)
{
    char *end = text + size;
    for (char *p = text; (p = memchr(p, '\\', (size_t)(end - p))) != NULL && end - p >= 2;) {
        long unit = escaped_unit(p, end);
        if (unit < 0) {
            p += 2;
        } else if (is_high(unit) && is_low(escaped_unit(p + 6, end))) {
            p += 12;
        } else {
            if (unit == 0 || is_high(unit) || is_low(unit))
                memcpy(p + 2, "fffd", 4);
            p += 6;
        }
    }
}

/* ---- Reading. ---- */

json *json_parse(ttag_view text, size_t *position, const char **reason)
{
    *position = 0;
    *reason = "out of memory";
    char *copy = mem_new(text.size + 1, 1);
    if (!copy)
        return NULL;
    if (text.size)
        memcpy(copy, text.bytes, text.size);
    copy[text.size] = '\0';
    mend_escapes(copy, text.size);
    const char *stopped = copy;
    cJSON *value = cJSON_ParseWithLengthOpts(copy, text.size + 1, &stopped, 1);
    if (!value) {
        size_t at = (size_t)(stopped - copy);
        *position = at < text.size ? at : text.size;
        *reason = at >= text.size ? "it ends too early" : "unexpected characters";
    }
    mem_free(copy);
    return value;
}

void json_free(json *value)
{
    cJSON_Delete(value);
}

json_kind json_kind_of(const json *value)
{
    switch (value->type & 0xff) {
    case cJSON_False:
        return JSON_FALSE;
    case cJSON_True:
        return JSON_TRUE;
    case cJSON_Number:
        return JSON_NUMBER;
    case cJSON_String:
        return JSON_STRING;
    case cJSON_Array:
        return JSON_ARRAY;
    case cJSON_Object:
        return JSON_OBJECT;
    default:
        return JSON_NULL;
    }
}

const char *json_kind_name(json_kind kind)
{
    static const char *const names[] = {"null",     "false",    "true",     "a number",
                                        "a string", "an array", "an object"};
    return names[kind];
}

ttag_view json_string(const json *value)
{
    return view_of(value->valuestring);
}

double json_number(const json *value)
{
    return value->valuedouble;
}

const json *json_member(const json *object, const char *name)
{
    return cJSON_GetObjectItemCaseSensitive(object, name);
}

const json *json_first(const json *container)
{
    return container->child;
}

const json *json_next(const json *element)
{
    return element->next;
}

ttag_view json_key(const json *member)
{
    return view_of(member->string);
}

/* ---- Raw members of an object that has already been parsed. ---- */

static size_t skip_blanks(ttag_view text, size_t at)
{
    while (at < text.size && strchr(" \t\r\n", text.bytes[at]) && text.bytes[at])
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
    while (v.size && strchr(" \t\r\n", v.bytes[v.size - 1]))
        v.size--;
    return v;
}

bool json_raw_next(ttag_view text, size_t *position, ttag_view *name, ttag_view *value)
{
    size_t at = skip_blanks(text, *position);
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

ttag_view json_raw_member(ttag_view text, const char *name)
{
    ttag_view wanted = view_of(name), key, value;
    for (size_t at = 0; json_raw_next(text, &at, &key, &value);)
        if (view_equal(key, wanted))
            return value;
    return (ttag_view){NULL, 0};
}

/* ---- Writing. ---- */

static void put_escape(buffer *b, unsigned char c)
{
    switch (c) {
    case '"':
        buffer_text(b, "\\\"");
        break;
    case '\\':
        buffer_text(b, "\\\\");
        break;
    case '\n':
        buffer_text(b, "\\n");
        break;
    case '\r':
        buffer_text(b, "\\r");
        break;
    case '\t':
        buffer_text(b, "\\t");
        break;
    default:
        buffer_printf(b, "\\u%04x", c);
    }
}

static bool needs_escape(unsigned char c)
{
    return c < 0x20 || c == '"' || c == '\\' || c == 0x7f;
}

void json_put_string(buffer *b, ttag_view text)
{
    buffer_char(b, '"');
    size_t start = 0;
    for (size_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.bytes[i];
        if (!needs_escape(c))
            continue;
        buffer_put(b, text.bytes + start, i - start);
        put_escape(b, c);
        start = i + 1;
    }
    buffer_put(b, text.bytes + start, text.size - start);
    buffer_char(b, '"');
}

void json_put_number(buffer *b, double number, int digits)
{
    if (isfinite(number))
        buffer_printf(b, "%.*g", digits, number);
    else
        buffer_text(b, "null");
}
