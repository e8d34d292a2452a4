/* JSON's numbers, without a look at the locale. */
#include <stdio.h>
#include <stdlib.h>

#include "base/ascii.h"
#include "base/json.h"

enum { DIGITS = 800 }; /* that can matter: 767 decide which double is next */

static size_t behind_digits(ttag_view v, size_t at)
{
    while (at < v.size && is_digit(v.bytes[at]))
        at++;
    return at;
}

/* e [+|-] digits, or nothing */
static size_t behind_exponent(ttag_view v, size_t at)
{
    if (at == v.size || (v.bytes[at] != 'e' && v.bytes[at] != 'E'))
        return at;
    size_t digits = at + 1;
    if (digits < v.size && (v.bytes[digits] == '+' || v.bytes[digits] == '-'))
        digits++;
    size_t end = behind_digits(v, digits);
    return end > digits ? end : at;
}

/* [-] digits [. digits] [exponent], one digit at least; of RFC 8259 if digits are on both sides of
   the point and the first of several is not 0 */
size_t json_number_length(ttag_view text, bool *proper)
{
    size_t start = text.size > 0 && text.bytes[0] == '-', end = behind_digits(text, start);
    size_t digits = end - start;
    *proper = digits == 1 || (digits > 1 && text.bytes[start] != '0');
    if (end < text.size && text.bytes[end] == '.' && end > 0) {
        size_t point = end;
        end = behind_digits(text, point + 1);
        *proper = *proper && end > point + 1;
        digits += end - point - 1;
    }
    return digits > 0 ? behind_exponent(text, end) : 0;
}

/* ---- Values. ---- */

/* A number as an integer and a power of ten: strtod of that reads no decimal point. */
typedef struct decimal {
    char text[DIGITS + 32];
    size_t size;   /* of `text` */
    size_t digits; /* of these, without sign and zeros in front */
    bool more;     /* there were others behind, not all of them 0 */
    long power;
} decimal;

static void put_digit(decimal *d, char digit, bool fraction)
{
    bool kept = d->digits < DIGITS && (d->digits > 0 || digit != '0');
    if (kept) {
        d->text[d->size++] = digit;
        d->digits++;
    }
    bool dropped = d->digits == DIGITS && !kept;
    d->more |= dropped && digit != '0';
    d->power += dropped ? !fraction : -(long)fraction;
}

/* Reads the digits and the point; returns what is behind them. */
static size_t read_digits(decimal *d, ttag_view number)
{
    size_t at = 0;
    bool fraction = false;
    if (number.size > 0 && number.bytes[0] == '-')
        d->text[d->size++] = number.bytes[at++];
    for (; at < number.size; at++) {
        if (is_digit(number.bytes[at]))
            put_digit(d, number.bytes[at], fraction);
        else if (number.bytes[at] == '.')
            fraction = true;
        else
            break;
    }
    if (d->digits == 0)
        d->text[d->size++] = '0';
    return at;
}

/* The exponent that begins at `at`; large ones are all the same. */
static long read_exponent(ttag_view number, size_t at)
{
    enum { LARGE = 1000000000 };
    long exponent = 0;
    if (at == number.size)
        return 0;
    at++;
    bool negative = at < number.size && number.bytes[at] == '-';
    for (; at < number.size; at++)
        if (is_digit(number.bytes[at]) && exponent < LARGE)
            exponent = exponent * 10 + (number.bytes[at] - '0');
    return negative ? -exponent : exponent;
}

double json_number(ttag_view number)
{
    decimal d = {.size = 0};
    size_t at = read_digits(&d, number);
    d.power += read_exponent(number, at);
    if (d.more) { /* they only tell which side of a half it is */
        d.text[d.size++] = '1';
        d.power--;
    }
    snprintf(d.text + d.size, sizeof d.text - d.size, "e%ld", d.power);
    return strtod(d.text, NULL);
}
