/* Escapes that cJSON cannot carry. */
#include "tests/json_tree/tree_mend.h"

#include <string.h>

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

long tree_escaped_unit(const char *p, const char *end)
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

void tree_mend_escapes(char *text, size_t size)
{
    static const char replacement[] = {'f', 'f', 'f', 'd'};
    char *end = text + size;
    for (char *p = text; (p = memchr(p, '\\', (size_t)(end - p))) != NULL && end - p >= 2;) {
        long unit = tree_escaped_unit(p, end);
        if (unit < 0) {
            if (p[1] == 'u')
                p[1] = 'x';
            p += 2;
        } else if (is_high(unit) && is_low(tree_escaped_unit(p + 6, end))) {
            p += 12;
        } else {
            if (unit == 0 || is_high(unit) || is_low(unit))
                memcpy(p + 2, replacement, sizeof replacement);
            p += 6;
        }
    }
}
