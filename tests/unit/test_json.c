/* Reading JSON, raw members, writing JSON. */
#include "unit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/memory.h"
#include "base/random.h"
#include "base/view.h"

static json *parse(const char *text)
{
    size_t position;
    const char *reason;
    return json_parse(view_of(text), &position, &reason);
}

static json *parsed(const char *text)
{
    json *value = parse(text);
    if (!value)
        fail_msg("refused: %s", text);
    return value;
}

/* ---- reading ---- */

static void check_kind(const char *text, json_kind kind, const char *name)
{
    json *value = parsed(text);
    assert_int_equal(json_kind_of(value), kind);
    assert_string_equal(json_kind_name(json_kind_of(value)), name);
    json_free(value);
}

static void json_parse__every_kind(void **state)
{
    (void)state;
    check_kind("null", JSON_NULL, "null");
    check_kind("false", JSON_FALSE, "false");
    check_kind("true", JSON_TRUE, "true");
    check_kind("-1.5e3", JSON_NUMBER, "a number");
    check_kind("\"x\"", JSON_STRING, "a string");
    check_kind(" [ ] ", JSON_ARRAY, "an array");
    check_kind("\t{\r\n}\n", JSON_OBJECT, "an object");
    json_free(NULL);
}

static void json_parse__members_and_elements(void **state)
{
    (void)state;
    json *object = parsed("{\"a\":1,\"list\":[\"x\",2,null],\"A\":{\"b\":true}}");
    assert_true(json_number(json_member(object, "a")) == 1);
    assert_int_equal(json_kind_of(json_member(object, "A")), JSON_OBJECT);
    assert_null(json_member(object, "b"));
    const json *element = json_first(json_member(object, "list"));
    assert_true(view_equal(json_string(element), view_of("x")));
    element = json_next(element);
    assert_true(json_number(element) == 2);
    element = json_next(element);
    assert_int_equal(json_kind_of(element), JSON_NULL);
    assert_null(json_next(element));
    assert_true(view_equal(json_key(json_first(object)), view_of("a")));
    json_free(object);
    json *empty = parsed("[]");
    assert_null(json_first(empty));
    json_free(empty);
}

static void check_string(const char *text, const char *expected)
{
    json *value = parsed(text);
    assert_string_equal(json_string(value).bytes, expected);
    assert_int_equal(json_string(value).size, strlen(expected));
    json_free(value);
}

#define REPLACED "\xef\xbf\xbd"

static void json_parse__escapes(void **state)
{
    (void)state;
    check_string("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t");
    check_string("\"\\u0041\\u00e4\\u20AC\"", "A\xc3\xa4\xe2\x82\xac");
    check_string("\"caf\xc3\xa9\"", "caf\xc3\xa9");
    check_string("\"\\\\u0000\"", "\\u0000"); /* an escaped backslash, then plain letters */
}

static void json_parse__nul_and_surrogates(void **state)
{
    (void)state;
    check_string("\"a\\u0000b\"", "a" REPLACED "b");
    check_string("\"\\ud83d\\udd12\"", "\xf0\x9f\x94\x92");
    check_string("\"\\uD83D\\uDD12\"", "\xf0\x9f\x94\x92");
    check_string("\"\\ud83d\"", REPLACED);
    check_string("\"\\udd12\"", REPLACED);
    check_string("\"\\ud83dx\"", REPLACED "x");
    check_string("\"\\udd12\\ud83d\"", REPLACED REPLACED);
    check_string("\"\\ud83d\\ud83d\\udd12\"", REPLACED "\xf0\x9f\x94\x92");
    check_string("\"\\ud83d\\u0000\"", REPLACED REPLACED);
    check_string("\"\\ud83d\\u0041\"", REPLACED "A");
    check_string("\"\\ud83d\\\\udd12\"", REPLACED "\\udd12");
    json *object = parsed("{\"\\u0000\":1}");
    assert_non_null(json_member(object, REPLACED));
    json_free(object);
}

static void check_refused(const char *text, size_t at, const char *why)
{
    size_t position = 99999;
    const char *reason = NULL;
    json *value = json_parse(view_of(text), &position, &reason);
    if (value)
        fail_msg("accepted: %s", text);
    assert_int_equal(position, at);
    assert_string_equal(reason, why);
}

static void json_parse__says_where_it_stopped(void **state)
{
    (void)state;
    check_refused("", 0, "it ends too early");
    check_refused("   ", 3, "it ends too early");
    check_refused("{\"a\":1", 6, "it ends too early");
    check_refused("[1,2", 4, "it ends too early");
    check_refused("{\"a\":1,}", 7, "expected a name in double quotes");
    check_refused("{\"a\":1, b:2}", 8, "expected a name in double quotes");
    check_refused("{\"a\":[1,[x]]}", 9, "unexpected characters");
    check_refused("{\"a\":[1,2x]}", 9, "unexpected characters");
    check_refused("{", 1, "it ends too early");
    check_refused("{\"a\":1, ", 8, "it ends too early");
    check_refused("{,}", 1, "expected a name in double quotes");
    check_refused("{\"a\":1,,}", 7, "expected a name in double quotes");
    check_refused("[1,,2]", 3, "unexpected characters");
    check_refused("{\"a\":\"cut sho", 5, "a string is not closed");
    check_refused("{\"a\":1,\"b", 7, "a string is not closed");
    check_refused("[\"a\\\"]", 1, "a string is not closed");
    check_refused("{\"a\"1}", 4, "unexpected characters");
    check_refused("[\"a\\x\"]", 3, "unexpected characters");
    check_refused("{\"a\" 1}", 5, "unexpected characters");
    check_refused("{} x", 3, "unexpected characters");
    check_refused("[1 2]", 3, "unexpected characters");
    check_refused("nul", 0, "unexpected characters");
    check_refused("{'a':1}", 1, "expected a name in double quotes");
}

static void json_parse__refuses(void **state)
{
    (void)state;
    const char *const texts[] = {"{",         "[",       "]",       "\"",      "\"\\\"",
                                 "\"\\u12\"", "\"\\x\"", "{\"a\"}", "{\"a\":", "{1:2}",
                                 "tru",       "--1",     "-",       "1 2",     "\"\\u00zz\""};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (parse(texts[i]))
            fail_msg("accepted: %s", texts[i]);
}

static void json_parse__deep_nesting_is_refused(void **state)
{
    (void)state;
    enum { DEPTH = 2000 };
    char text[2 * DEPTH + 1];
    memset(text, '[', DEPTH);
    memset(text + DEPTH, ']', DEPTH);
    text[sizeof text - 1] = '\0';
    assert_null(parse(text));
    text[DEPTH] = '\0';
    assert_null(parse(text));
    json *value = parsed("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]");
    json_free(value);
}

static void json_parse__a_hundred_thousand_braces(void **state)
{
    (void)state;
    enum { DEPTH = 100000 };
    char *text = mem_new(DEPTH, 1);
    memset(text, '{', DEPTH);
    size_t position;
    const char *reason;
    assert_null(json_parse((ttag_view){text, DEPTH}, &position, &reason));
    memset(text, '[', DEPTH);
    assert_null(json_parse((ttag_view){text, DEPTH}, &position, &reason));
    mem_free(text);
}

static void check_number(const char *text, double expected)
{
    json *value = parsed(text);
    const json *number = json_kind_of(value) == JSON_ARRAY ? json_first(value) : value;
    assert_true(json_number(number) == expected);
    json_free(value);
}

static void json_parse__numbers(void **state)
{
    (void)state;
    check_number("0", 0);
    check_number("-0.5", -0.5);
    check_number("1e3", 1000);
    check_number("9007199254740993", 9007199254740992.0); /* 2^53 + 1: a double has no room */
    check_number("0.1", 0.1);
}

/* cJSON takes 63 characters at most. */
static void json_parse__long_numbers(void **state)
{
    (void)state;
    check_number("[1.000000000000000000000000000000000000000000000000000000000000000000001]", 1);
    check_number(
        "[0.1000000000000000055511151231257827021181583404541015625000000000000, \"\\\"1\"]", 0.1);
    check_number("10000000000000000000000000000000000000000000000000000000000000000000000", 1e70);
    json *text = parsed("[\"1111111111111111111111111111111111111111111111111111111111111111111\","
                        "2222222222222222222222222222222222222222222222222222222222222222222]");
    assert_int_equal(json_string(json_first(text)).size, 67);
    json_free(text);
    assert_null(parse("11111111111111111111111111111111111-11111111111111111111111111111111111"));
}

static void json_parse__no_memory(void **state)
{
    (void)state;
#ifdef TTAG_FAULTS
    size_t position;
    const char *reason;
    mem_fail_after(1);
    json *value = json_parse(view_of("{}"), &position, &reason);
    mem_fail_after(0);
    assert_null(value);
    assert_string_equal(reason, "out of memory");
#else
    skip();
#endif
}

/* ---- raw members ---- */

static void check_raw(const char *text, const char *name, const char *expected)
{
    json_free(parsed(text));
    ttag_view value = json_raw_member(view_of(text), name);
    if (!expected) {
        assert_null(value.bytes);
        return;
    }
    assert_int_equal(value.size, strlen(expected));
    assert_memory_equal(value.bytes, expected, value.size);
}

static void json_raw__values_as_they_stand(void **state)
{
    (void)state;
    const char *text = "{\"text\" : \"a \\\" } , \\\\\" , \"id\":12345678901234567890123 ,"
                       "\"nested\":{\"id\":1,\"x\":[{\"id\":\"}]\"},[]]} ,\n \"list\": [1, 2 ]\t,"
                       "\"n\":null, \"t\" :true }";
    check_raw(text, "id", "12345678901234567890123");
    check_raw(text, "text", "\"a \\\" } , \\\\\"");
    check_raw(text, "nested", "{\"id\":1,\"x\":[{\"id\":\"}]\"},[]]}");
    check_raw(text, "list", "[1, 2 ]");
    check_raw(text, "n", "null");
    check_raw(text, "t", "true");
    check_raw(text, "x", NULL);
    check_raw("{}", "id", NULL);
    check_raw("[\"id\",1]", "id", NULL);
    check_raw("{\"id\":1,\"id\":2}", "id", "1"); /* the first, as json_member */
    check_raw("{\"id\":-1.50e+2}", "id", "-1.50e+2");
}

static void json_raw__escaped_keys(void **state)
{
    (void)state;
    check_raw("{\"\\u0069d\":7}", "id", "7");
    check_raw("{\"i\\u0064\":7}", "id", "7");
    check_raw("{\"i\\u0064x\":7}", "id", NULL);
    check_raw("{\"i\\\\d\":7}", "id", NULL);
    check_raw("{\"i\":7}", "id", NULL);
}

static void json_raw__walks_every_member(void **state)
{
    (void)state;
    ttag_view text = view_of(" { \"a\" : 1 , \"\\\"b\\\"\":[ {} ] ,\"\":\"\"} ");
    const char *const names[] = {"a", "\\\"b\\\"", ""}, *const values[] = {"1", "[ {} ]", "\"\""};
    ttag_view name, value;
    size_t position = 0, count = 0;
    for (; count < 3 && json_raw_next(text, &position, &name, &value); count++) {
        assert_true(view_equal(name, view_of(names[count])));
        assert_true(view_equal(value, view_of(values[count])));
    }
    assert_int_equal(count, 3);
    assert_false(json_raw_next(text, &position, &name, &value));
}

/* ---- writing ---- */

static void check_put(ttag_view text, const char *expected)
{
    buffer b = {0};
    json_put_string(&b, text);
    assert_string_equal(b.bytes, expected);
    buffer_dispose(&b);
}

static void json_put_string__escapes(void **state)
{
    (void)state;
    check_put(view_of("plain"), "\"plain\"");
    check_put(view_of(""), "\"\"");
    check_put((ttag_view){NULL, 0}, "\"\"");
    check_put(view_of("\"\\/"), "\"\\\"\\\\/\"");
    check_put(view_of("\n\r\t\b\x1f\x7f"), "\"\\n\\r\\t\\u0008\\u001f\\u007f\"");
    check_put(view_of("caf\xc3\xa9 \xf0\x9f\x94\x92"), "\"caf\xc3\xa9 \xf0\x9f\x94\x92\"");
    check_put((ttag_view){"a\0b", 3}, "\"a\\u0000b\"");
}

static void check_put_number(double number, int digits, const char *expected)
{
    buffer b = {0};
    json_put_number(&b, number, digits);
    assert_string_equal(b.bytes, expected);
    buffer_dispose(&b);
}

static void json_put_number__digits(void **state)
{
    (void)state;
    check_put_number(0.5, 9, "0.5");
    check_put_number(1.0 / 3, 9, "0.333333333");
    check_put_number(1e-7, 9, "1e-07");
    check_put_number(1e300, 3, "1e+300");
    check_put_number(0.1, 17, "0.10000000000000001");
    check_put_number(nan(""), 9, "null");
    check_put_number(HUGE_VAL, 9, "null");
    check_put_number(-HUGE_VAL, 9, "null");
}

/* Appends one code point, any but NUL and the surrogates. */
static void put_code_point(buffer *b, uint32_t c)
{
    if (c < 0x80) {
        buffer_char(b, (char)c);
    } else if (c < 0x800) {
        buffer_char(b, (char)(0xc0 | c >> 6));
        buffer_char(b, (char)(0x80 | (c & 0x3f)));
    } else if (c < 0x10000) {
        buffer_char(b, (char)(0xe0 | c >> 12));
        buffer_char(b, (char)(0x80 | (c >> 6 & 0x3f)));
        buffer_char(b, (char)(0x80 | (c & 0x3f)));
    } else {
        buffer_char(b, (char)(0xf0 | c >> 18));
        buffer_char(b, (char)(0x80 | (c >> 12 & 0x3f)));
        buffer_char(b, (char)(0x80 | (c >> 6 & 0x3f)));
        buffer_char(b, (char)(0x80 | (c & 0x3f)));
    }
}

static uint32_t random_code_point(rng *r)
{
    static const uint32_t ends[] = {0x20, 0x80, 0x80, 0x800, 0x10000, 0x110000};
    for (;;) {
        uint32_t c = (uint32_t)rng_below(r, ends[rng_below(r, 6)]);
        if (c != 0 && (c < 0xd800 || c > 0xdfff))
            return c;
    }
}

static void json_put_string__parses_back(void **state)
{
    (void)state;
    rng r;
    rng_seed(&r, 20);
    buffer original = {0}, written = {0};
    for (int round = 0; round < 3000; round++) {
        buffer_clear(&original);
        buffer_clear(&written);
        for (size_t n = rng_below(&r, 40); n > 0; n--)
            put_code_point(&original, random_code_point(&r));
        json_put_string(&written, buffer_as_view(&original));
        size_t position;
        const char *reason;
        json *value = json_parse(buffer_as_view(&written), &position, &reason);
        assert_non_null(value);
        assert_true(view_equal(json_string(value), buffer_as_view(&original)));
        json_free(value);
    }
    buffer_dispose(&original);
    buffer_dispose(&written);
}

static void json_put_number__parses_back(void **state)
{
    (void)state;
    rng r;
    rng_seed(&r, 21);
    buffer written = {0};
    for (int round = 0; round < 3000; round++) {
        uint64_t bits = rng_next(&r);
        double number;
        memcpy(&number, &bits, sizeof number);
        if (!isfinite(number))
            continue;
        buffer_clear(&written);
        json_put_number(&written, number, 17);
        json *value = parsed(written.bytes);
        assert_true(json_number(value) == number);
        json_free(value);
    }
    buffer_dispose(&written);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_parse__every_kind),
        cmocka_unit_test(json_parse__members_and_elements),
        cmocka_unit_test(json_parse__escapes),
        cmocka_unit_test(json_parse__nul_and_surrogates),
        cmocka_unit_test(json_parse__says_where_it_stopped),
        cmocka_unit_test(json_parse__refuses),
        cmocka_unit_test(json_parse__deep_nesting_is_refused),
        cmocka_unit_test(json_parse__a_hundred_thousand_braces),
        cmocka_unit_test(json_parse__numbers),
        cmocka_unit_test(json_parse__long_numbers),
        cmocka_unit_test(json_parse__no_memory),
        cmocka_unit_test(json_raw__values_as_they_stand),
        cmocka_unit_test(json_raw__escaped_keys),
        cmocka_unit_test(json_raw__walks_every_member),
        cmocka_unit_test(json_put_string__escapes),
        cmocka_unit_test(json_put_number__digits),
        cmocka_unit_test(json_put_string__parses_back),
        cmocka_unit_test(json_put_number__parses_back),
    };
    return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
