/* Every kind of scan against a loop over bytes. */
#include "unit.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/byte_scan.h"
#include "base/random.h"

static bool is_quote(unsigned char c)
{
    return c == '"' || c == '\\';
}

static bool is_escape(unsigned char c)
{
    return is_quote(c) || c < 0x20 || c == 0x7f;
}

static bool is_control(unsigned char c)
{
    return c < 0x20;
}

static bool is_foreign(unsigned char c)
{
    return c == 0 || c > 0x7f;
}

static size_t length(const char *bytes, size_t size, bool (*matters)(unsigned char))
{
    size_t n = 0;
    while (n < size && !matters((unsigned char)bytes[n]))
        n++;
    return n;
}

/* From each block's end the search goes on, until all quotes were found. */
static void check_quotes(const byte_scan *scan, const char *bytes, size_t size)
{
    uint64_t quotes;
    for (size_t at = 0; at <= size; at++) {
        size_t first = at + length(bytes + at, size - at, is_quote);
        size_t block = scan->quotes(bytes, size, at, &quotes);
        assert_true(first == size ? block == size && quotes == 0 : block >= at && block <= first);
        for (size_t i = 0; i < BYTE_BLOCK && block + i < size && quotes; i++)
            assert_int_equal(quotes >> i & 1, is_quote((unsigned char)bytes[block + i]));
        at += at % 5;
    }
}

/* Of exactly `size` bytes, so that a sanitizer sees who reads beyond them. */
static void check(const char *bytes, size_t size)
{
    char *exact = malloc(size ? size : 1);
    assert_non_null(exact);
    memcpy(exact, bytes, size);
    const byte_scan *scan;
    for (size_t i = 0; (scan = byte_scan_at(i)) != NULL; i++) {
        assert_int_equal(scan->to_escape(exact, size), length(exact, size, is_escape));
        assert_int_equal(scan->to_control(exact, size), length(exact, size, is_control));
        assert_int_equal(scan->to_foreign(exact, size), length(exact, size, is_foreign));
        check_quotes(scan, exact, size);
    }
    free(exact);
}

static void byte_scan__every_byte_at_every_place(void **state)
{
    (void)state;
    enum { SIZE = 150 };
    static const size_t places[] = {0, 1, 7, 8, 9, 31, 32, 63, 64, 65, 127, 128, 140, 149};
    char bytes[SIZE];
    for (int c = 0; c < 256; c++) {
        for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
            memset(bytes, 'a', sizeof bytes);
            bytes[places[i]] = (char)c;
            check(bytes, sizeof bytes);
        }
    }
}

static void byte_scan__every_length(void **state)
{
    (void)state;
    char bytes[200];
    memset(bytes, 'a', sizeof bytes);
    for (size_t size = 0; size < sizeof bytes; size++) {
        check(bytes, size);
        bytes[size] = '"';
        check(bytes, size);
        check(bytes, size + 1);
        bytes[size] = 'a';
    }
}

static void byte_scan__random_bytes(void **state)
{
    (void)state;
    rng r;
    rng_seed(&r, 24);
    char bytes[300];
    for (int round = 0; round < 3000; round++) {
        size_t size = rng_below(&r, sizeof bytes + 1);
        for (size_t i = 0; i < size; i++)
            bytes[i] = (char)(rng_below(&r, 60) ? 0x20 + rng_below(&r, 90) : rng_below(&r, 256));
        check(bytes, size);
    }
}

static void byte_scan__best_is_the_last(void **state)
{
    (void)state;
    size_t n = 0;
    while (byte_scan_at(n))
        n++;
    assert_true(n > 0);
    assert_string_equal(byte_scan_at(0)->name, "plain");
    assert_ptr_equal(byte_scan_best(), byte_scan_at(n - 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(byte_scan__every_byte_at_every_place),
        cmocka_unit_test(byte_scan__every_length),
        cmocka_unit_test(byte_scan__random_bytes),
        cmocka_unit_test(byte_scan__best_is_the_last),
    };
    return cmocka_run_group_tests_name("byte_scan", tests, NULL, NULL);
}
