/* Numbers, sizes and times. */
#include "cli/number_words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Those at *text, which it moves behind them. */
static bool digits_parse(const char **text, uint64_t *value)
{
    const char *c = *text;
    *value = 0;
    if (!is_digit(*c))
        return false;
    for (; is_digit(*c); c++) {
        uint64_t digit = (uint64_t)(*c - '0');
        if (*value > (UINT64_MAX - digit) / 10)
            return false;
        *value = *value * 10 + digit;
    }
    *text = c;
    return true;
}

bool whole_parse(const char *text, uint64_t *value)
{
    return digits_parse(&text, value) && !*text;
}

bool size_parse(const char *text, size_t *value)
{
    uint64_t number;
    unsigned shift = 0;
    if (!digits_parse(&text, &number))
        return false;
    const char *unit = *text ? strchr("KMGTkmgt", *text) : NULL;
    if (unit) {
        shift = 10 * ((unsigned)(unit - "KMGTkmgt") % 4 + 1);
        text++;
        if (*text == 'i' && text[1] == 'B')
            text++;
    }
    if (*text == 'B')
        text++;
    if (*text || number > (uint64_t)SIZE_MAX >> shift)
        return false;
    *value = (size_t)(number << shift);
    return true;
}

bool number_parse(const char *text, double *value)
{
    if (text[strspn(text, "0123456789+-.eE")] || !*text)
        return false;
    char *end;
    double number = strtod(text, &end);
    if (*end || end == text || !isfinite(number))
        return false;
    *value = number;
    return true;
}

bool duration_parse(const char *text, double *seconds)
{
    enum { MOST_DIGITS = 40 };
    char number[MOST_DIGITS + 1];
    size_t size = strlen(text);
    double unit = 1;
    if (size > 0 && text[size - 1] && strchr("smh", text[size - 1])) {
        size--;
        unit = text[size] == 'h' ? 3600 : text[size] == 'm' ? 60 : 1;
    }
    if (size > MOST_DIGITS)
        return false;
    memcpy(number, text, size);
    number[size] = '\0';
    if (!number_parse(number, seconds))
        return false;
    *seconds *= unit;
    return true;
}
