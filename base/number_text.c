/* A float is m * 2^e. Its first nine decimal digits are those of m * 2^e * 10^k, rounded, for the k
   that makes this nine digits long: integers, so that the remainder tells exactly how to round. */
#include "base/number_text.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "base/plain_print.h"

enum { DIGITS = 9, SMALL_POWER = 17, LARGEST_POWER = 44, MANTISSA_BITS = 23, EXPONENT_BIAS = 150 };

/* As printf takes it when in doubt: to the even one of two that are equally near. */
static uint64_t rounded(uint64_t quotient, bool over_half, bool half)
{
    return quotient + (over_half || (half && (quotient & 1)));
}

size_t number_put_count(char *out, uint64_t count)
{
    char digits[20];
    size_t n = 0;
    do
        digits[n++] = (char)('0' + count % 10);
    while ((count /= 10) > 0);
    for (size_t i = 0; i < n; i++)
        out[i] = digits[n - 1 - i];
    return n;
}

/* number = mantissa * 2^exponent, of its absolute value */
static void take_apart(float number, uint32_t *mantissa, int *exponent)
{
    uint32_t bits;
    memcpy(&bits, &number, sizeof bits);
    uint32_t raw = bits >> MANTISSA_BITS & 0xff;
    *mantissa = bits & 0x7fffff;
    *mantissa |= raw ? 0x800000 : 0;
    *exponent = (int)(raw ? raw : 1) - EXPONENT_BIAS;
}

/* ---- Nine digits. ---- */

#ifdef __SIZEOF_INT128__
__extension__ typedef unsigned __int128 wide;

/* 5^0 … 5^27, all that fit */
static const uint64_t powers_of_5[] = {
    1,
    5,
    25,
    125,
    625,
    3125,
    15625,
    78125,
    390625,
    1953125,
    9765625,
    48828125,
    244140625,
    1220703125,
    6103515625,
    30517578125,
    152587890625,
    762939453125,
    3814697265625,
    19073486328125,
    95367431640625,
    476837158203125,
    2384185791015625,
    11920928955078125,
    59604644775390625,
    298023223876953125,
    1490116119384765625,
    7450580596923828125,
};

static wide power_of_5(int k)
{
    return k <= 27 ? powers_of_5[k] : (wide)powers_of_5[27] * powers_of_5[k - 27];
}

/* m * 2^e * 10^k, rounded, where all of it fits into 64 bits: 0 <= k <= SMALL_POWER, e + k < 0 */
static uint64_t scale_common(uint32_t m, int e, int k)
{
    uint64_t product = m * powers_of_5[k];
    int shift = -(e + k);
    uint64_t rest = product & (((uint64_t)1 << shift) - 1), half = (uint64_t)1 << (shift - 1);
    return rounded(product >> shift, rest > half, rest == half);
}

/* The same for 0 <= k <= LARGEST_POWER; the product has at most 127 bits. */
static uint64_t scale_up(uint32_t m, int e, int k)
{
    wide product = m * power_of_5(k);
    int shift = -(e + k);
    if (shift <= 0)
        return (uint64_t)(product << -shift);
    wide rest = product & (((wide)1 << shift) - 1), half = (wide)1 << (shift - 1);
    return rounded((uint64_t)(product >> shift), rest > half, rest == half);
}

/* The same for k < 0, where e > 0 */
static uint64_t scale_down(uint32_t m, int e, int k)
{
    wide divisor = power_of_5(-k) << -k, product = (wide)m << e;
    wide rest = product % divisor;
    return rounded((uint64_t)(product / divisor), 2 * rest > divisor, 2 * rest == divisor);
}

/* The digits of a number over 0, and the power of ten of the first. False: it is too small. */
static bool find_digits(float number, uint64_t *digits, int *first)
{
    uint32_t m;
    int e;
    take_apart(number, &m, &e);
    int top = e + 31 - __builtin_clz(m); /* 2^top <= number < 2^(top + 1) */
    *first = (top * 1233) >> 12;         /* log10(2) = 1233 / 4096, rounded down; or one more */
    for (;; ++*first) {
        int k = DIGITS - 1 - *first;
        if (k > LARGEST_POWER)
            return false;
        if (k >= 0 && k <= SMALL_POWER && e + k < 0 && e + k > -64)
            *digits = scale_common(m, e, k);
        else
            *digits = k >= 0 ? scale_up(m, e, k) : scale_down(m, e, k);
        if (*digits < 1000000000)
            return true;
    }
}
#else
static bool find_digits(float number, uint64_t *digits, int *first)
{
    (void)number;
    *digits = 0;
    *first = 0;
    return false;
}
#endif

/* The digits of nine, without the zeros at the end. */
static size_t put_digits(char out[DIGITS], uint64_t digits)
{
    static const char pairs[] =
        "00010203040506070809101112131415161718192021222324252627282930313233"
        "34353637383940414243444546474849505152535455565758596061626364656667"
        "6869707172737475767778798081828384858687888990919293949596979899";
    uint32_t left = (uint32_t)digits;
    for (int i = DIGITS - 2; i > 0; i -= 2, left /= 100)
        memcpy(out + i, pairs + (size_t)2 * (left % 100), 2);
    out[0] = (char)('0' + left);
    size_t n = DIGITS;
    while (n > 1 && out[n - 1] == '0')
        n--;
    return n;
}

/* Of `digits` here and below more can be read than counts, and to `out` more be written: copies of
   a fixed size are faster. */
static char *put_some(char *out, const char *digits, size_t n)
{
    memcpy(out, digits, DIGITS);
    return out + n;
}

/* d.ddde+XX */
static char *put_scientific(char *out, const char *digits, size_t n, int first)
{
    *out++ = digits[0];
    if (n > 1) {
        *out++ = '.';
        out = put_some(out, digits + 1, n - 1);
    }
    *out++ = 'e';
    *out++ = first < 0 ? '-' : '+';
    unsigned power = (unsigned)(first < 0 ? -first : first);
    *out++ = (char)('0' + power / 10);
    *out++ = (char)('0' + power % 10);
    return out;
}

/* ddd.ddd, for -5 < first < DIGITS; the zeros that were cut off are still there */
static char *put_fixed(char *out, const char *digits, size_t n, int first)
{
    static const char zeros[] = {'0', '.', '0', '0', '0'};
    if (first < 0) {
        memcpy(out, zeros, sizeof zeros);
        return put_some(out + 1 - first, digits, n);
    }
    size_t before = (size_t)first + 1;
    out = put_some(out, digits, before);
    if (n <= before)
        return out;
    *out++ = '.';
    return put_some(out, digits + before, n - before);
}

size_t number_put_float(char *out, float number)
{
    char *end = out, text[2 * DIGITS] = {0};
    uint64_t digits;
    int first;
    if (signbit(number) && !isnan(number))
        *end++ = '-';
    if (number == 0) {
        *end++ = '0';
    } else if (!isfinite(number) || !find_digits(number, &digits, &first)) {
        char printed[NUMBER_TEXT_MOST];
        int size = plain_print(printed, sizeof printed, "%.9g", (double)number);
        memcpy(out, printed, (size_t)size);
        end = out + size;
    } else {
        size_t n = put_digits(text, digits);
        end = first < -4 || first >= DIGITS ? put_scientific(end, text, n, first)
                                            : put_fixed(end, text, n, first);
    }
    return (size_t)(end - out);
}

/* ---- Two places. ---- */

size_t number_put_hundredths(char *out, float number)
{
    uint32_t m;
    int e;
    if (!(number >= 0 && number <= 1) || signbit(number))
        return 0;
    take_apart(number, &m, &e);
    uint64_t product = (uint64_t)m * 100, hundredths = 0; /* under 2^31 */
    if (-e <= 32) {
        uint64_t half = (uint64_t)1 << (-e - 1), rest = product & (2 * half - 1);
        hundredths = rounded(product >> -e, rest > half, rest == half);
    }
    out[0] = (char)('0' + hundredths / 100);
    out[1] = '.';
    out[2] = (char)('0' + hundredths / 10 % 10);
    out[3] = (char)('0' + hundredths % 10);
    return 4;
}
