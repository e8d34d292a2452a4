/* Walking JSON, values as they stand, writing JSON. */
#include "unit.h"

#include <math.h>
#include <string.h>

#include "base/json.h"
#include "base/memory.h"
#include "base/random.h"
#include "base/view.h"
#include "tests/json_tree/json_tree.h"
#include "tests/json_tree/random_json.h"
#include "tests/json_tree/same_reading.h"

/* ---- reading ---- */

static bool accepted(ttag_view text)
{
    size_t position;
    const char *reason;
    return json_check(text, &position, &reason);
}

static ttag_view checked(const char *text)
{
    if (!accepted(view_of(text)))
        fail_msg("refused: %s", text);
    return view_of(text);
}

static void check_kind(const char *text, json_kind kind, const char *name)
{
    json_walk walk = json_walk_over(checked(text), NULL);
    json_item item;
    assert_false(json_walk_next(&walk, &item));
    assert_null(walk.reason);
    assert_int_equal(walk.kind, kind);
    assert_string_equal(json_kind_name(kind), name);
}

static void json_walk__every_kind(void **state)
{
    (void)state;
    check_kind("null", JSON_NULL, "null");
    check_kind("false", JSON_FALSE, "false");
    check_kind("true", JSON_TRUE, "true");
    check_kind("-1.5e3", JSON_NUMBER, "a number");
    check_kind("\"x\"", JSON_STRING, "a string");
    check_kind(" [ ] ", JSON_ARRAY, "an array");
    check_kind("\t{\r\n}\n", JSON_OBJECT, "an object");
    check_kind("\xef\xbb\xbf{}", JSON_OBJECT, "an object");
}

static void check_item(json_walk *walk, const char *name, const char *value)
{
    json_item item;
    assert_true(json_walk_next(walk, &item));
    if (name)
        assert_true(view_equal(item.name, view_of(name)));
    else
        assert_null(item.name.bytes);
    assert_true(view_equal(item.value, view_of(value)));
    bool whole = value[0] == '"' && !strchr(value, '\\');
    assert_ptr_equal(item.string.bytes, whole ? item.value.bytes + 1 : NULL);
    assert_int_equal(item.name_escaped, name && strchr(name, '\\'));
}

static void json_walk__values_as_they_stand(void **state)
{
    (void)state;
    json_item item;
    json_walk walk = json_walk_over(
        view_of("{\"text\" : \"a \\\" } , \\\\\" , \"id\":12345678901234567890123 ,"
                "\"nested\":{\"id\":1,\"x\":[{\"id\":\"}]\"},[]]} ,\n \"list\": [1, 2 ]\t,"
                "\"n\":null, \"t\" :true,\"\":\"\" , \"\\\"b\\\"\":[ {} ]} "),
        NULL);
    check_item(&walk, "text", "\"a \\\" } , \\\\\"");
    assert_int_equal(walk.kind, JSON_OBJECT);
    check_item(&walk, "id", "12345678901234567890123");
    check_item(&walk, "nested", "{\"id\":1,\"x\":[{\"id\":\"}]\"},[]]}");
    check_item(&walk, "list", "[1, 2 ]");
    check_item(&walk, "n", "null");
    check_item(&walk, "t", "true");
    check_item(&walk, "", "\"\"");
    check_item(&walk, "\\\"b\\\"", "[ {} ]");
    assert_false(json_walk_next(&walk, &item));
    assert_null(walk.reason);
    assert_false(json_walk_next(&walk, &item));
}

static void json_walk__elements(void **state)
{
    (void)state;
    json_item item;
    json_walk walk = json_walk_over(view_of(" [\"x\",-2, null,[[],{}],{\"a\":1}]"), NULL);
    check_item(&walk, NULL, "\"x\"");
    assert_int_equal(walk.kind, JSON_ARRAY);
    check_item(&walk, NULL, "-2");
    check_item(&walk, NULL, "null");
    check_item(&walk, NULL, "[[],{}]");
    check_item(&walk, NULL, "{\"a\":1}");
    assert_false(json_walk_next(&walk, &item));
    assert_null(walk.reason);
}

static void json_walk__stops_at_what_is_wrong(void **state)
{
    (void)state;
    json_item item;
    ttag_view text = view_of("{\"a\":1,\"b\":[1,2x],\"c\":3}");
    json_walk walk = json_walk_over(text, NULL);
    check_item(&walk, "a", "1");
    assert_false(json_walk_next(&walk, &item));
    assert_string_equal(walk.reason, "unexpected characters");
    assert_ptr_equal(walk.at, text.bytes + 15);
    assert_false(json_walk_next(&walk, &item));
}

static void check_string(const char *text, const char *expected)
{
    buffer string = {0};
    json_put_unescaped(&string, checked(text));
    assert_string_equal(string.bytes, expected);
    assert_int_equal(string.size, strlen(expected));
    buffer_dispose(&string);
}

#define REPLACED "\xef\xbf\xbd"

static void json_count__items(void **state)
{
    (void)state;
    assert_int_equal(json_count_items(checked("[1,[2,3],{}]")), 3);
    assert_int_equal(json_count_items(checked("{\"a\":1,\"b\":[2]}")), 2);
    assert_int_equal(json_count_items(checked("[]")), 0);
    assert_int_equal(json_count_one_or_many(checked("[1,[2,3],{}]")), 3);
    assert_int_equal(json_count_one_or_many(checked("{\"a\":1,\"b\":[2]}")), 1);
    assert_int_equal(json_count_one_or_many(checked("\"a\"")), 1);
}

static void json_check__escapes(void **state)
{
    (void)state;
    check_string("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t");
    check_string("\"\\u0041\\u00e4\\u20AC\"", "A\xc3\xa4\xe2\x82\xac");
    check_string("\"caf\xc3\xa9\"", "caf\xc3\xa9");
    check_string("\"\\\\u0000\"", "\\u0000"); /* an escaped backslash, then plain letters */
}

static void json_check__nul_and_surrogates(void **state)
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
}

static void check_refused(const char *text, size_t at, const char *why)
{
    size_t position = 99999;
    const char *reason = NULL;
    if (json_check(view_of(text), &position, &reason))
        fail_msg("accepted: %s", text);
    assert_int_equal(position, at);
    assert_string_equal(reason, why);
}

static void json_check__says_where_it_stopped(void **state)
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

static void json_check__refuses(void **state)
{
    (void)state;
    const char *const texts[] = {"{",         "[",       "]",       "\"",      "\"\\\"",
                                 "\"\\u12\"", "\"\\x\"", "{\"a\"}", "{\"a\":", "{1:2}",
                                 "tru",       "--1",     "-",       "1 2",     "\"\\u00zz\""};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (accepted(view_of(texts[i])))
            fail_msg("accepted: %s", texts[i]);
}

static bool nested(char open, char close, size_t depth)
{
    char *text = mem_new(2 * depth, 1);
    memset(text, open, depth);
    memset(text + depth, close, depth);
    bool good = accepted((ttag_view){text, 2 * depth});
    assert_false(accepted((ttag_view){text, depth}));
    mem_free(text);
    return good;
}

static void json_check__a_thousand_levels(void **state)
{
    (void)state;
    assert_true(nested('[', ']', 1));
    assert_true(nested('[', ']', 65));
    assert_true(nested('[', ']', 1000));
    assert_false(nested('[', ']', 1001));
    assert_false(nested('[', ']', 100000));
    assert_false(nested('{', '}', 100000));
    char text[2000];
    memset(text, '[', sizeof text);
    text[sizeof text - 1] = '\0';
    check_refused(text, 1000, "it is nested more than 1000 levels deep");
}

static void json_check__levels_of_both_kinds(void **state)
{
    (void)state;
    checked("[{\"a\":[{\"b\":{}},[],{\"c\":[[]]}]},{}]");
    check_refused("[{\"a\":[{\"b\":{}},[],{\"c\":[[]]}}]", 29, "unexpected characters");
    check_refused("[{\"a\":[1}]", 8, "unexpected characters");
    check_refused("[[{\"a\":1,2}]]", 9, "expected a name in double quotes");
    check_refused("{\"a\":{}x}", 7, "unexpected characters");
}

static void check_number(const char *text, double expected)
{
    double number = json_number(checked(text));
    assert_memory_equal(&number, &expected, sizeof number);
}

static void json_number__values(void **state)
{
    (void)state;
    check_number("0", 0);
    check_number("-0", -0.0);
    check_number("-0.5", -0.5);
    check_number("1e3", 1000);
    check_number("12.5E-1", 1.25);
    check_number("0.00025e+4", 2.5);
    check_number("9007199254740993", 9007199254740992.0); /* 2^53 + 1: a double has no room */
    check_number("0.1", 0.1);
    check_number("1e999", HUGE_VAL);
    check_number("-1e99999999999999999999", -HUGE_VAL);
    check_number("1e-99999999999999999999", 0);
    check_number("4.9e-324", 0x1p-1074);
}

/* More than the grammar has. */
static void json_number__lenient(void **state)
{
    (void)state;
    check_number("007", 7);
    check_number("1.", 1);
    check_number("-.5", -0.5);
    check_number("01.e1", 10);
    const char *const refused[] = {"-",  ".5",  "+1",  "--1",   "-.",
                                   "1e", "1e+", "1-2", "1.2.3", "0x1"};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        if (accepted(view_of(refused[i])))
            fail_msg("accepted: %s", refused[i]);
}

static void check_length(const char *text, size_t length, bool proper)
{
    bool found;
    assert_int_equal(json_number_length(view_of(text), &found), length);
    if (length > 0)
        assert_int_equal(found, proper);
}

static void json_number_length__and_grammar(void **state)
{
    (void)state;
    check_length("-10.25e-3,", 9, true);
    check_length("0", 1, true);
    check_length("0.5]", 3, true);
    check_length("00", 2, false);
    check_length("-01", 3, false);
    check_length("1.", 2, false);
    check_length("-.5", 3, false);
    check_length("1.e1", 4, false);
    check_length("1e+x", 1, true);
    check_length("-x", 0, false);
    check_length("", 0, false);
    check_length("x", 0, false);
}

static void json_number__long(void **state)
{
    (void)state;
    check_number("1.000000000000000000000000000000000000000000000000000000000000000000001", 1);
    check_number("0.1000000000000000055511151231257827021181583404541015625000000000000", 0.1);
    check_number("10000000000000000000000000000000000000000000000000000000000000000000000", 1e70);
    check_number("1000000000000000000000000000000000000000000000000000000000000000e999", HUGE_VAL);
    check_refused("11111111111111111111111111111111111-11111111111111111111111111111111111", 35,
                  "unexpected characters");
}

/* Halfway between 1 and the next double, 1 + 2^-53, and a trace more than that, 900 digits on. */
static void json_number__a_late_digit_decides(void **state)
{
    (void)state;
    static const char half[] = "1.00000000000000011102230246251565404236316680908203125";
    char text[1000];
    memset(text, '0', sizeof text);
    memcpy(text, half, sizeof half - 1);
    ttag_view number = {text, sizeof text};
    assert_true(json_number(number) == 1);
    text[sizeof text - 1] = '1';
    assert_true(json_number(number) == 0x1.0000000000001p0);
}

static void json_number__many_digits_before_the_point(void **state)
{
    (void)state;
    char text[3000];
    memset(text, '9', 2000);
    memcpy(text + 2000, ".5e-2000", 8);
    ttag_view number = {text, 2008};
    assert_true(json_number(number) == 1);
    memset(text, '0', 2900);
    memcpy(text, "0.", 2);
    memcpy(text + 2900, "125e2899", 8);
    assert_true(json_number((ttag_view){text, 2908}) == 1.25);
}

/* ---- members ---- */

static void check_member(const char *text, const char *name, const char *expected)
{
    ttag_view value = json_member(checked(text), name);
    if (!expected) {
        assert_null(value.bytes);
        return;
    }
    assert_int_equal(value.size, strlen(expected));
    assert_memory_equal(value.bytes, expected, value.size);
}

static void json_member__the_first_of_a_name(void **state)
{
    (void)state;
    check_member("{\"x\":{\"id\":3},\"id\":1,\"id\":2}", "id", "1");
    check_member("{\"id\":-1.50e+2 }", "id", "-1.50e+2");
    check_member("{\"idx\":1}", "id", NULL);
    check_member("{}", "id", NULL);
    check_member("[\"id\",1]", "id", NULL);
    check_member("\"id\"", "id", NULL);
}

static void json_member__escaped_names(void **state)
{
    (void)state;
    check_member("{\"\\u0069d\":7}", "id", "7");
    check_member("{\"i\\u0064\":7}", "id", "7");
    check_member("{\"i\\u0064x\":7}", "id", NULL);
    check_member("{\"i\\\\d\":7}", "id", NULL);
    check_member("{\"\\nid\":7}", "id", NULL);
    check_member("{\"i\":7}", "id", NULL);
}

/* ---- ours and cJSON's reading ---- */

static void check_same(ttag_view text)
{
    const char *difference = json_difference(text);
    if (difference)
        fail_msg("%s: %.*s", difference, (int)text.size, text.bytes);
}

static void json__as_cjson_reads_it(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "{\"a\":[1,2.5e-3,\"x\\u00e4\\ud83d\\udd12\\n\",null,true,false],\"\\u0062\":{\"c\":[]}}",
        "[1,]",
        "[,1]",
        "{\"a\":1,,}",
        "{\"a\"}",
        "{,}",
        "[}",
        "{]",
        "[1}",
        "{\"a\":1]",
        "\"a\\qb\"",
        "[\"\\u12\"]",
        "[\"\\u12",
        "\xef\xbb\xbf[1]",
        "\xef\xbb\xbf",
        "\xef\xbb\xbf ",
        "nul",
        "truee",
        "[\x01 1\x1f,\t2]",
        "[\"a\tb\"]",
        "01",
        "1.",
        "-.5",
        "1e5e",
        "[1e]",
        "{}x",
        "{\"a\":{}}{",
        "",
        "  ",
        "\"",
        "\"\\",
        "\"\\\"",
        "{\"a\\u0000b\":\"\\u0000\"}",
        "\"\\ud800\\ud800\\udc00\\udc00\"",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        check_same(view_of(texts[i]));
}

static void json__as_cjson_reads_random_texts(void **state)
{
    (void)state;
    rng r;
    rng_seed(&r, 22);
    buffer text = {0};
    for (int round = 0; round < 20000; round++) {
        random_json(&text, &r);
        check_same(buffer_as_view(&text));
        random_damage(&text, &r);
        check_same(buffer_as_view(&text));
    }
    buffer_dispose(&text);
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

static tree *parsed_tree(const buffer *written)
{
    size_t position;
    const char *reason;
    tree *value = tree_parse(buffer_as_view(written), &position, &reason);
    assert_non_null(value);
    return value;
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
        tree *value = parsed_tree(&written);
        assert_true(view_equal(tree_string(value), buffer_as_view(&original)));
        tree_free(value);
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
        tree *value = parsed_tree(&written);
        assert_true(tree_number(value) == number);
        tree_free(value);
        assert_true(json_number(buffer_as_view(&written)) == number);
    }
    buffer_dispose(&written);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_walk__every_kind),
        cmocka_unit_test(json_walk__values_as_they_stand),
        cmocka_unit_test(json_walk__elements),
        cmocka_unit_test(json_walk__stops_at_what_is_wrong),
        cmocka_unit_test(json_count__items),
        cmocka_unit_test(json_check__escapes),
        cmocka_unit_test(json_check__nul_and_surrogates),
        cmocka_unit_test(json_check__says_where_it_stopped),
        cmocka_unit_test(json_check__refuses),
        cmocka_unit_test(json_check__a_thousand_levels),
        cmocka_unit_test(json_check__levels_of_both_kinds),
        cmocka_unit_test(json_number__values),
        cmocka_unit_test(json_number__lenient),
        cmocka_unit_test(json_number_length__and_grammar),
        cmocka_unit_test(json_number__long),
        cmocka_unit_test(json_number__a_late_digit_decides),
        cmocka_unit_test(json_number__many_digits_before_the_point),
        cmocka_unit_test(json_member__the_first_of_a_name),
        cmocka_unit_test(json_member__escaped_names),
        cmocka_unit_test(json__as_cjson_reads_it),
        cmocka_unit_test(json__as_cjson_reads_random_texts),
        cmocka_unit_test(json_put_string__escapes),
        cmocka_unit_test(json_put_number__digits),
        cmocka_unit_test(json_put_string__parses_back),
        cmocka_unit_test(json_put_number__parses_back),
    };
    return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
