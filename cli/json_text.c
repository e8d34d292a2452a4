#include "cli/json_text.h"

#include <math.h>
#include <string.h>

#include "cli/console.h"
#include "cli/utf8_step.h"

enum { DEPTH = 64, NAME_COLUMN = 28 };

/* A position within JSON text. */
typedef struct cursor {
    const char *at;
    const char *end;
} cursor;

static char peek(const cursor *c)
{
    if (c->at == c->end)
        return '\0';
    return *c->at;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void skip_blanks(cursor *c)
{
    while (c->at < c->end && is_blank(*c->at))
        c->at++;
}

static bool take(cursor *c, char wanted)
{
    skip_blanks(c);
    if (peek(c) != wanted || c->at == c->end)
        return false;
    c->at++;
    skip_blanks(c);
    return true;
}

/* ---- Checking; on success the cursor stands behind the value ---- */

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool check_escape(cursor *c)
{
    char letter = peek(c);
    if (!letter)
        return false;
    c->at++;
    if (letter != 'u')
        return strchr("\"\\/bfnrt", letter) != NULL;
    if (c->end - c->at < 4)
        return false;
    for (int i = 0; i < 4; i++)
        if (!is_hex(*c->at++))
            return false;
    return true;
}

static bool check_string(cursor *c)
{
    if (peek(c) != '"')
        return false;
    for (c->at++; c->at < c->end;) {
        char byte = *c->at++;
        if (byte == '"')
            return true;
        if ((unsigned char)byte < 0x20 || (byte == '\\' && !check_escape(c)))
            return false;
    }
    return false;
}

static size_t take_digits(cursor *c)
{
    const char *from = c->at;
    while (peek(c) >= '0' && peek(c) <= '9')
        c->at++;
    return (size_t)(c->at - from);
}

static bool check_number(cursor *c)
{
    if (peek(c) == '-')
        c->at++;
    const char *first = c->at;
    size_t digits = take_digits(c);
    if (digits == 0 || (digits > 1 && *first == '0'))
        return false;
    if (peek(c) == '.') {
        c->at++;
        if (take_digits(c) == 0)
            return false;
    }
    if (peek(c) == 'e' || peek(c) == 'E') {
        c->at++;
        if (peek(c) == '+' || peek(c) == '-')
            c->at++;
        return take_digits(c) > 0;
    }
    return true;
}

static bool check_word(cursor *c)
{
    static const char *const words[] = {"true", "false", "null"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t size = strlen(words[i]);
        if ((size_t)(c->end - c->at) >= size && memcmp(c->at, words[i], size) == 0) {
            c->at += size;
            return true;
        }
    }
    return false;
}

static bool check_value(cursor *c, int depth);

static bool check_members(cursor *c, char closing, int depth)
{
    c->at++;
    if (take(c, closing))
        return true;
    do {
        skip_blanks(c);
        if (closing == '}' && !(check_string(c) && take(c, ':')))
            return false;
        if (!check_value(c, depth + 1))
            return false;
    } while (take(c, ','));
    return take(c, closing);
}

static bool check_value(cursor *c, int depth)
{
    skip_blanks(c);
    switch (depth < DEPTH ? peek(c) : '\0') {
    case '{':
        return check_members(c, '}', depth);
    case '[':
        return check_members(c, ']', depth);
    case '"':
        return check_string(c);
    case 't':
    case 'f':
    case 'n':
        return check_word(c);
    default:
        return check_number(c);
    }
}

bool json_valid(ttag_view text)
{
    cursor c = {text.bytes, text.bytes + text.size};
    if (!text.bytes || !check_value(&c, 0))
        return false;
    skip_blanks(&c);
    return c.at == c.end;
}

/* ---- Walking through valid text ---- */

static ttag_view take_value(cursor *c)
{
    skip_blanks(c);
    const char *from = c->at;
    check_value(c, 0);
    const char *to = c->at;
    while (to > from && is_blank(to[-1]))
        to--;
    return (ttag_view){from, (size_t)(to - from)};
}

/* The next member of an object (key with its quotes) or array; false at its end. */
static bool next_member(cursor *c, bool is_object, ttag_view *key, ttag_view *value)
{
    skip_blanks(c);
    if (c->at == c->end || *c->at == '}' || *c->at == ']')
        return false;
    if (is_object) {
        *key = take_value(c);
        take(c, ':');
    }
    *value = take_value(c);
    take(c, ',');
    return true;
}

static bool is_object(ttag_view text)
{
    return text.size > 0 && text.bytes[0] == '{';
}

static bool is_array(ttag_view text)
{
    return text.size > 0 && text.bytes[0] == '[';
}

static cursor inside(ttag_view text)
{
    return (cursor){text.bytes + 1, text.bytes + text.size};
}

static bool holds_containers(ttag_view text)
{
    cursor c = inside(text);
    ttag_view key, value;
    while (next_member(&c, is_object(text), &key, &value))
        if (is_object(value) || is_array(value))
            return true;
    return false;
}

ttag_view json_find(ttag_view text, const char *path)
{
    while (is_object(text)) {
        size_t size = strcspn(path, ".");
        cursor c = inside(text);
        ttag_view key, value, found = {NULL, 0};
        while (!found.bytes && next_member(&c, true, &key, &value))
            if (key.size == size + 2 && memcmp(key.bytes + 1, path, size) == 0)
                found = value;
        if (!path[size] || !found.bytes)
            return found;
        text = found;
        path += size + 1;
    }
    return (ttag_view){NULL, 0};
}

ttag_view json_element(ttag_view text, size_t position)
{
    if (!is_array(text))
        return (ttag_view){NULL, 0};
    cursor c = inside(text);
    ttag_view key, value;
    while (next_member(&c, false, &key, &value))
        if (position-- == 0)
            return value;
    return (ttag_view){NULL, 0};
}

static void write_raw(FILE *out, ttag_view text)
{
    fwrite(text.bytes, 1, text.size, out);
}

static void write_array_line(FILE *out, ttag_view text, void (*write)(FILE *, ttag_view))
{
    cursor c = inside(text);
    ttag_view value;
    const char *separator = "";
    fputc('[', out);
    while (next_member(&c, false, NULL, &value)) {
        fputs(separator, out);
        write(out, value);
        separator = ", ";
    }
    fputc(']', out);
}

void json_write_pretty(FILE *out, ttag_view text, int indent)
{
    bool object = is_object(text);
    if (!object && !(is_array(text) && holds_containers(text))) {
        if (is_array(text))
            write_array_line(out, text, write_raw);
        else
            write_raw(out, text);
        return;
    }
    cursor c = inside(text);
    ttag_view key, value;
    const char *separator = "";
    fputc(object ? '{' : '[', out);
    while (next_member(&c, object, &key, &value)) {
        fprintf(out, "%s\n%*s", separator, indent + 2, "");
        if (object) {
            write_raw(out, key);
            fputs(": ", out);
        }
        json_write_pretty(out, value, indent + 2);
        separator = ",";
    }
    if (*separator)
        fprintf(out, "\n%*s", indent, "");
    fputc(object ? '}' : ']', out);
}

static void write_line(FILE *out, const char *name, ttag_view value)
{
    fprintf(out, "%-*s ", NAME_COLUMN, name);
    if (is_array(value))
        write_array_line(out, value, write_shown);
    else if (value.bytes[0] == '"')
        write_shown(out, (ttag_view){value.bytes + 1, value.size - 2});
    else
        write_shown(out, value);
    fputc('\n', out);
}

void json_write_lines(FILE *out, ttag_view text, const char *prefix)
{
    cursor c = inside(text);
    ttag_view key, value;
    char name[128];
    while (is_object(text) && next_member(&c, true, &key, &value)) {
        snprintf(name, sizeof name, "%s%s%.*s", prefix, *prefix ? "." : "", (int)key.size - 2,
                 key.bytes + 1);
        if (is_object(value))
            json_write_lines(out, value, name);
        else if (!is_array(value) || !holds_containers(value))
            write_line(out, name, value);
    }
}

/* ---- Writing ---- */

void json_write_string(FILE *out, ttag_view text)
{
    fputc('"', out);
    for (size_t i = 0; i < text.size;) {
        uint32_t point;
        size_t length = utf8_step(text.bytes + i, text.size - i, &point);
        if (point == '"' || point == '\\')
            fprintf(out, "\\%c", (char)point);
        else if (point < 0x20)
            fprintf(out, "\\u%04x", (unsigned)point);
        else if (point == UTF8_BAD)
            fputs("\xef\xbf\xbd", out);
        else
            fwrite(text.bytes + i, 1, length, out);
        i += length;
    }
    fputc('"', out);
}

void json_write_number(FILE *out, double value)
{
    if (isfinite(value))
        fprintf(out, "%.9g", value);
    else
        fputs("null", out);
}
