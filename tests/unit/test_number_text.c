/* Numbers as printf prints them. */
#include "unit.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number_text.h"
#include "base/random.h"

static void check_float(float number)
{
    char text[NUMBER_TEXT_MOST + 1], expected[64];
    memset(text, '#', sizeof text);
    size_t size = number_put_float(text, number);
    assert_true(size < sizeof text);
    text[size] = '\0';
    snprintf(expected, sizeof expected, "%.9g", (double)number);
    assert_string_equal(text, expected);
}

static float from_bits(uint32_t bits)
{
    float number;
    memcpy(&number, &bits, sizeof number);
    return number;
}

static void check_text(float number, const char *expected)
{
    char text[NUMBER_TEXT_MOST + 1];
    text[number_put_float(text, number)] = '\0';
    assert_string_equal(text, expected);
}

static void number_put_float__by_hand(void **state)
{
    (void)state;
    check_text(0, "0");
    check_text(-0.0f, "-0");
    check_text(1, "1");
    check_text(-0.5f, "-0.5");
    check_text(0.1f, "0.100000001");
    check_text(0.97f, "0.970000029");
    check_text(100, "100");
    check_text(1e-4f, "9.99999975e-05");
    check_text(0x1p-13f, "0.000122070312"); /* …3125: halfway, to the even digit */
    check_text(0x3p-13f, "0.000366210938"); /* …9375 */
    check_text(123456792.0f, "123456792");
    check_text(1e9f, "1e+09");
    check_text(0x1p30f, "1.07374182e+09");
    check_text(FLT_MAX, "3.40282347e+38");
    check_text(FLT_MIN, "1.17549435e-38");
    check_text(0x1p-149f, "1.40129846e-45");
    check_text(INFINITY, "inf");
    check_text(-INFINITY, "-inf");
}

/* Each power of two with its neighbours, and where the number of digits changes. */
static void number_put_float__edges(void **state)
{
    (void)state;
    for (uint32_t exponent = 0; exponent < 256; exponent++) {
        for (uint32_t i = 0; i < 8; i++) {
            check_float(from_bits(exponent << 23 | i));
            check_float(from_bits(exponent << 23 | (0x7fffff - i)));
            check_float(-from_bits(exponent << 23 | i * 0x0fffff));
        }
    }
    for (int power = -45; power <= 38; power++) {
        float number = powf(10, (float)power);
        for (int i = 0; i < 20; i++, number = nextafterf(number, 0))
            check_float(number);
    }
}

static void number_put_float__random_bits(void **state)
{
    (void)state;
    rng r;
    rng_seed(&r, 31);
    for (int i = 0; i < 300000; i++)
        check_float(from_bits((uint32_t)rng_next(&r)));
    for (int i = 0; i < 300000; i++) /* what scores and probabilities are like */
        check_float(from_bits(0x38000000 + (uint32_t)rng_below(&r, 0x09000000)));
}

static void check_hundredths(float number)
{
    char text[NUMBER_TEXT_MOST + 1], expected[64];
    text[number_put_hundredths(text, number)] = '\0';
    snprintf(expected, sizeof expected, "%.2f", (double)number);
    assert_string_equal(text, expected);
}

static void number_put_hundredths__as_printf(void **state)
{
    (void)state;
    rng r;
    rng_seed(&r, 32);
    for (uint32_t i = 0; i <= 1024; i++) /* 0.125 and the like are halfway */
        check_hundredths((float)i / 1024);
    for (uint32_t exponent = 0; exponent < 127; exponent++)
        for (uint32_t i = 0; i < 100; i++)
            check_hundredths(from_bits(exponent << 23 | i * 83886));
    for (int i = 0; i < 100000; i++)
        check_hundredths(from_bits((uint32_t)rng_below(&r, 0x3f800001)));
    char text[NUMBER_TEXT_MOST];
    const float others[] = {-0.0f, -1, 1.001f, INFINITY, NAN};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_int_equal(number_put_hundredths(text, others[i]), 0);
}

static void number_put_count__digits(void **state)
{
    (void)state;
    static const uint64_t counts[] = {0, 1, 9, 10, 99, 100, 12345678901234567890u, UINT64_MAX};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        char text[NUMBER_TEXT_MOST + 1], expected[64];
        text[number_put_count(text, counts[i])] = '\0';
        snprintf(expected, sizeof expected, "%llu", (unsigned long long)counts[i]);
        assert_string_equal(text, expected);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(number_put_float__by_hand),
        cmocka_unit_test(number_put_float__edges),
        cmocka_unit_test(number_put_float__random_bits),
        cmocka_unit_test(number_put_hundredths__as_printf),
        cmocka_unit_test(number_put_count__digits),
    };
    return cmocka_run_group_tests_name("number_text", tests, NULL, NULL);
}
