/* articles/utf8, names and scalar: the small things decoding stands on. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "articles/line_count.h"
#include "articles/names.h"
#include "articles/scalar.h"
#include "articles/utf8.h"
#include "articles/utf8_check.h"
#include "base/memory.h"
#include "base/view.h"

/* ---- utf8 ---- */

static size_t from_hex(const char *hex, char *out)
{
    size_t size = strlen(hex) / 2;
    for (size_t i = 0; i < size; i++) {
        const char digits[3] = {hex[2 * i], hex[2 * i + 1], '\0'};
        out[i] = (char)strtoul(digits, NULL, 16);
    }
    return size;
}

static void utf8_clean__agrees_with_python(void **state)
{
    (void)state;
    FILE *table = fopen("golden/utf8_replace.txt", "r");
    assert_non_null(table);
    char raw_hex[1024], text_hex[1024], raw[512], text[512];
    unsigned bad;
    size_t rows = 0;
    while (fscanf(table, "%1023s %1023s %u", raw_hex, text_hex, &bad) == 3) {
        ttag_view in = {raw, from_hex(raw_hex, raw)};
        size_t expected = from_hex(text_hex, text);
        buffer out = {0};
        assert_int_equal(utf8_clean(&out, in), bad);
        assert_int_equal(out.size, expected);
        assert_memory_equal(out.bytes, text, expected);
        assert_int_equal(utf8_good(in) == in.size, bad == 0);
        buffer_dispose(&out);
        rows++;
    }
    fclose(table);
    assert_true(rows >= 50);
}

static void utf8_clean__nul_becomes_replacement(void **state)
{
    (void)state;
    buffer out = {0};
    assert_int_equal(utf8_clean(&out, (ttag_view){"a\0b\0", 4}), 2);
    assert_string_equal(out.bytes, "a\xef\xbf\xbd"
                                   "b\xef\xbf\xbd");
    buffer_dispose(&out);
}

/* ---- the quick check ---- */

/* In memory of its own, so that a sanitizer sees who reads beyond it. */
static void check_both(const char *bytes, size_t size, bool good)
{
    char *exact = malloc(size ? size : 1);
    assert_non_null(exact);
    memcpy(exact, bytes, size);
    assert_int_equal(utf8_check((ttag_view){exact, size}), good);
    assert_int_equal(utf8_check_plain((ttag_view){exact, size}), good);
    free(exact);
}

/* Python knows which: a row is good if nothing in it was replaced. */
static void utf8_check__agrees_with_python_at_any_place(void **state)
{
    (void)state;
    FILE *table = fopen("golden/utf8_replace.txt", "r");
    assert_non_null(table);
    char raw_hex[1024], text_hex[1024], text[1000];
    unsigned bad;
    while (fscanf(table, "%1023s %1023s %u", raw_hex, text_hex, &bad) == 3) {
        for (size_t before = 0; before < 150; before++) {
            memset(text, 'a', sizeof text);
            size_t size = from_hex(raw_hex, text + before);
            check_both(text, before + size, bad == 0);
            check_both(text, before + size + 40, bad == 0);
            check_both(text, before + size + 200, bad == 0);
        }
    }
    fclose(table);
}

/* Every pair of bytes, and every two in the midst of four, behind a lead that makes them matter. */
static void utf8_check__agrees_with_the_slow_way(void **state)
{
    (void)state;
    static const unsigned char leads[] = {'a',  0x80, 0xbf, 0xc1, 0xc2, 0xdf, 0xe0,
                                          0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1,
                                          0xf3, 0xf4, 0xf5, 0xf7, 0xf8, 0xff, 0x00};
    static const unsigned char ends[] = {'a', 0x80, 0xbf, 0xc2};
    char text[64];
    memset(text, 'b', sizeof text);
    for (size_t lead = 0; lead < sizeof leads; lead++) {
        for (unsigned pair = 0; pair < 0x10000; pair += 1 + pair % 3) {
            size_t at = 10 + pair % 40;
            const char four[] = {(char)leads[lead], (char)(pair >> 8), (char)pair,
                                 (char)ends[pair % 4]};
            memcpy(text + at, four, 4);
            buffer out = {0};
            bool good = utf8_clean(&out, (ttag_view){text + at, 4}) == 0;
            buffer_dispose(&out);
            ttag_view all = {text, sizeof text};
            assert_int_equal(utf8_check_plain(all), good);
            assert_int_equal(utf8_check(all), good);
            memset(text + at, 'b', 4);
        }
    }
}

static void utf8_good__finds_a_bad_byte_at_any_place(void **state)
{
    (void)state;
    char text[200];
    for (size_t size = 1; size <= sizeof text; size += 7) {
        memset(text, 'x', size);
        assert_int_equal(utf8_good((ttag_view){text, size}), size);
        for (size_t i = 0; i < size; i++) {
            text[i] = (i & 1) ? '\0' : '\xff';
            assert_int_equal(utf8_good((ttag_view){text, size}), i);
            text[i] = 'x';
        }
    }
}

static size_t encode(uint32_t point, char *out)
{
    if (point < 0x80)
        return out[0] = (char)point, 1;
    size_t n = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    for (size_t i = n; i-- > 1; point >>= 6)
        out[i] = (char)(0x80 | (point & 0x3f));
    out[0] = (char)((0xff00 >> n) | point);
    return n;
}

static void utf8_decode__every_code_point(void **state)
{
    (void)state;
    char text[4];
    for (uint32_t point = 1; point <= 0x10ffff; point++) {
        bool surrogate = point >= 0xd800 && point <= 0xdfff;
        ttag_view v = {text, encode(point, text)};
        assert_int_equal(utf8_good(v) == v.size, !surrogate);
        size_t length;
        assert_int_equal(utf8_decode(text, v.size, &length), point);
        assert_int_equal(length, v.size);
        assert_int_equal(utf8_count(v), 1);
    }
}

static void utf8_origin__leads_back_to_the_raw_bytes(void **state)
{
    (void)state;
    ttag_view raw = {"ab\xff\xe2\x82"
                     "c\0d\xc3\xa9"
                     "e",
                     11}; /* a b U+FFFD U+FFFD c U+FFFD d é e */
    static const size_t starts[][2] = {{0, 0}, {1, 1},  {2, 2},  {5, 3},   {8, 5},
                                       {9, 6}, {12, 7}, {13, 8}, {15, 10}, {16, 11}};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        assert_int_equal(utf8_origin(raw, starts[i][0]), starts[i][1]);
}

static void utf8_trim__takes_white_space_of_any_script(void **state)
{
    (void)state;
    static const char blanks[] = " \t\r\n\v\f\xc2\x85\xc2\xa0\xe1\x9a\x80\xe2\x80\x80\xe2\x80\x8a"
                                 "\xe2\x80\xa8\xe2\x80\xaf\xe2\x81\x9f\xe3\x80\x80";
    buffer b = {0};
    buffer_text(&b, blanks);
    assert_int_equal(utf8_blanks(buffer_as_view(&b)), sizeof blanks - 1);
    assert_int_equal(utf8_trim(buffer_as_view(&b)).size, 0);
    buffer_text(&b, "\xc3\xa9 \xe2\x80\x8b"); /* a zero-width space is none */
    buffer_text(&b, blanks);
    ttag_view trimmed = utf8_trim(buffer_as_view(&b));
    assert_int_equal(trimmed.size, 6);
    assert_memory_equal(trimmed.bytes, "\xc3\xa9 \xe2\x80\x8b", 6);
    buffer_dispose(&b);
}

/* ---- names ---- */

static void names_add__keeps_the_first_of_each_in_order(void **state)
{
    (void)state;
    enum { DISTINCT = 1000 };
    static char texts[DISTINCT][24];
    names set = {0};
    for (int round = 0; round < 3; round++) {
        size_t limit = round == 1 ? 5 : DISTINCT; /* few after many, and many again */
        for (size_t twice = 0; twice < 2; twice++)
            for (size_t i = 0; i < limit; i++) {
                snprintf(texts[i], sizeof texts[i], "t%zu", i);
                assert_true(names_add(&set, view_of(texts[i])));
            }
        assert_int_equal(set.n, limit);
        for (size_t i = 0; i < limit; i++)
            assert_true(view_equal(set.items[i], view_of(texts[i])));
        names_clear(&set);
    }
    names_dispose(&set);
}

#ifdef TTAG_FAULTS
static void names_add__survives_lack_of_memory(void **state)
{
    (void)state;
    static char texts[100][24];
    for (size_t n = 1;; n++) {
        names set = {0};
        bool ok = true;
        mem_fail_after(n);
        for (size_t i = 0; i < 100 && ok; i++) {
            snprintf(texts[i], sizeof texts[i], "t%zu", i);
            ok = names_add(&set, view_of(texts[i]));
        }
        mem_fail_after(0);
        assert_true(names_add(&set, view_of("t0")) && names_add(&set, view_of("last")));
        names_dispose(&set);
        if (ok)
            break;
    }
}
#endif

/* ---- scalar ---- */

static void scalar_is_proper__follows_the_grammar(void **state)
{
    (void)state;
    static const char *const proper[] = {"0",   "-0",     "17",    "-1.50", "1e9",  "1E+09",
                                         "0.1", "1.0e-2", "\"a\"", "\"\"",  "true", "null"};
    static const char *const improper[] = {"",     "01", "-",  "-01", "1.",       ".5",   "+1",
                                           "1.e2", "1e", "e1", "1e+", "\"a\tb\"", "1.2.3"};
    for (size_t i = 0; i < sizeof proper / sizeof *proper; i++)
        assert_true(scalar_is_proper(view_of(proper[i])));
    for (size_t i = 0; i < sizeof improper / sizeof *improper; i++)
        assert_false(scalar_is_proper(view_of(improper[i])));
}

/* ---- line_count ---- */

static void line_count__looks_at_no_byte_twice(void **state)
{
    static const char text[] = "abc\ndef\n\nghi";
    line_count count = {text, 1};
    (void)state;
    assert_int_equal(line_count_at(&count, text + 2), 1);
    assert_ptr_equal(count.counted, text + 2);
    assert_int_equal(line_count_at(&count, text + 3), 1);
    assert_int_equal(line_count_at(&count, text + 4), 2);
    assert_int_equal(line_count_at(&count, text + 4), 2);
    assert_int_equal(line_count_at(&count, text + 9), 4);
    assert_int_equal(line_count_at(&count, text + sizeof text - 1), 4);
    assert_ptr_equal(count.counted, text + sizeof text - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf8_clean__agrees_with_python),
        cmocka_unit_test(utf8_clean__nul_becomes_replacement),
        cmocka_unit_test(utf8_check__agrees_with_python_at_any_place),
        cmocka_unit_test(utf8_check__agrees_with_the_slow_way),
        cmocka_unit_test(utf8_good__finds_a_bad_byte_at_any_place),
        cmocka_unit_test(utf8_decode__every_code_point),
        cmocka_unit_test(utf8_origin__leads_back_to_the_raw_bytes),
        cmocka_unit_test(utf8_trim__takes_white_space_of_any_script),
        cmocka_unit_test(names_add__keeps_the_first_of_each_in_order),
#ifdef TTAG_FAULTS
        cmocka_unit_test(names_add__survives_lack_of_memory),
#endif
        cmocka_unit_test(scalar_is_proper__follows_the_grammar),
        cmocka_unit_test(line_count__looks_at_no_byte_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
