/* Escapes and numbers that cJSON cannot carry. */
#include "base/json_mend.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

long json_escaped_unit(const char *p, const char *end)
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

void json_mend_escapes(char *text, size_t size)
{
    static const char replacement[] = {'f', 'f', 'f', 'd'};
    char *end = text + size;
    for (char *p = text; (p = memchr(p, '\\', (size_t)(end - p))) != NULL && end - p >= 2;) {
        long unit = json_escaped_unit(p, end);
        if (unit < 0) {
            if (p[1] == 'u')
                p[1] = 'x';
            p += 2;
        } else if (is_high(unit) && is_low(json_escaped_unit(p + 6, end))) {
            p += 12;
        } else {
            if (unit == 0 || is_high(unit) || is_low(unit))
                memcpy(p + 2, replacement, sizeof replacement);
            p += 6;
        }
    }
}

static bool in_number(char c)
{
    return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}

/* Past the string that begins at p. */
static char *after_string(char *p, const char *end)
{
    for (p++; p < end && *p != '"'; p++)
        if (*p == '\\' && p + 1 < end)
            p++;
    return p < end ? p + 1 : p;
}

bool json_shorten_numbers(char *text, size_t size)
{
    enum { LONGEST = 63 };
    bool any = false;
    char *end = text + size;
    for (char *p = text; p < end;) {
        if (*p == '"') {
            p = after_string(p, end);
            continue;
        }
        char *start = p;
        while (p < end && in_number(*p))
            p++;
        if (p == start) {
            p++;
        } else if (p - start > LONGEST) {
            char *behind;
            double value = strtod(start, &behind);
            if (behind != p || !isfinite(value))
                continue; /* "1-2" and the like: left for cJSON to refuse */
            int length = snprintf(start, LONGEST, "%.17g", value);
            memset(start + length, ' ', (size_t)(p - start - length));
            any = true;
        }
    }
    return any;
}
