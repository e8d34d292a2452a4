/* Cards, read with cJSON and written again: what is JSON, numbers as they stand, values by path. */
#include "unit.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <string.h>

#include "cli/json_out.h"
#include "cli/model_card.h"
#include "cli/nearest.h"
#include "tests/unit/written.h"

static card_node *read(const char *text)
{
    card_node *card;
    ttag_error err;
    if (card_read(&card, text_view(text), "a.ttag", &err) != TTAG_OK)
        fail_msg("refused: %s: %s", text, err.text);
    return card;
}

enum { ANYWHERE = 0 };

static void expect_refused(ttag_view text, size_t position)
{
    card_node *card;
    ttag_error err;
    char begin[64];
    assert_int_equal(card_read(&card, text, "a.ttag", &err), TTAG_FORMAT);
    assert_null(card);
    assert_int_equal(err.code, TTAG_FORMAT);
    assert_string_equal(err.path, "a.ttag");
    snprintf(begin, sizeof begin, "section \"card\" goes wrong near byte %zu; ", position);
    if (position == ANYWHERE)
        *strstr(begin, "0; ") = '\0';
    if (strncmp(err.text, begin, strlen(begin)) != 0)
        fail_msg("%.*s: %s", (int)text.size, text.bytes, err.text);
}

/* ---- Reading ---- */

static void card_read__knows_json(void **state)
{
    (void)state;
    static const char *const good[] = {"{}", " {\"a\": [1, -2.5e+3, true, false, null] }\n",
                                       "{\"a\":\"\\u00e9\",\"b\":{\"c\":[{}]}}",
                                       "{\"a\":[0,-0,0.5,1e5,1E-5],\"\":\"\\\\\\\"\"}"};
    static const char *const bad[] = {"",
                                      "{",
                                      "{\"a\"}",
                                      "{\"a\":}",
                                      "{a:1}",
                                      "{\"a\":+1}",
                                      "{\"a\":-}",
                                      "{\"a\":1e}",
                                      "{} {}",
                                      "{\"a\":\"\\x\"}",
                                      "{\"a\":tru}",
                                      "{\"a\":\"b",
                                      "{\"a\":[1,]}"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        card_free(read(good[i]));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        expect_refused(text_view(bad[i]), ANYWHERE);
    expect_refused((ttag_view){NULL, 0}, ANYWHERE);
    expect_refused((ttag_view){"{\"a\":1}", 6}, ANYWHERE);
}

/* What cJSON takes, and nobody else, or what is no object. */
static void card_read__refuses_what_cjson_takes(void **state)
{
    (void)state;
    expect_refused(text_view("{\"a\":01}"), 6);
    expect_refused(text_view("{\"a\":1.}"), 6);
    expect_refused(text_view("{\"a\":-.5}"), 6);
    expect_refused(text_view("{\"0\":[1,-1,\"01\",00]}"), 17);
    expect_refused(text_view("[]"), 1);
    expect_refused(text_view("1"), 1);
    expect_refused(text_view("\"a\""), 1);
}

static void card_read__refuses_depth(void **state)
{
    (void)state;
    enum { DEEP = 2000 };
    char text[5 + 2 * DEEP + 1] = "{\"a\":";
    memset(text + 5, '[', DEEP);
    expect_refused((ttag_view){text, 5 + DEEP}, ANYWHERE);
    memset(text + 5 + CJSON_NESTING_LIMIT - 1, ']', CJSON_NESTING_LIMIT - 1);
    text[5 + 2 * (CJSON_NESTING_LIMIT - 1)] = '}';
    text[6 + 2 * (CJSON_NESTING_LIMIT - 1)] = '\0';
    card_node *card = read(text);
    written w;
    written_start(&w);
    assert_true(card_write_compact(w.stream, card));
    written_expect(&w, text);
    card_free(card);
}

static void card_read__refuses_length(void **state)
{
    (void)state;
    card_node *card;
    ttag_error err;
    ttag_view text = {"{}", ((size_t)64 << 20) + 1};
    assert_int_equal(card_read(&card, text, "a.ttag", &err), TTAG_FORMAT);
    assert_string_equal(err.text, "section \"card\" has 67108865 bytes; expected at most 67108864");
}

static size_t allocations_left;

static void *allocate(size_t size)
{
    if (allocations_left == 0) {
        errno = ENOMEM;
        return NULL;
    }
    allocations_left--;
    return malloc(size);
}

static void card_read__survives_any_failed_allocation(void **state)
{
    (void)state;
    static const char text[] = "{\"a\":[1,\"b\",{\"c\":2}],\"d\":true}";
    cJSON_Hooks hooks = {allocate, free};
    cJSON_InitHooks(&hooks);
    card_node *card = NULL;
    size_t n = 0;
    for (; !card; n++) {
        ttag_error err = {0};
        allocations_left = n;
        ttag_status status = card_read(&card, text_view(text), "a.ttag", &err);
        assert_int_equal(status, card ? TTAG_OK : TTAG_NOMEM);
        assert_int_equal(err.code, status);
    }
    assert_true(n > 10);
    allocations_left = 0;
    assert_false(card_write_compact(stdout, card));
    card_free(card);
    cJSON_InitHooks(NULL);
}

/* ---- Looking up ---- */

static const char *text_at(const card_node *card, const char *path)
{
    return card_text(card_find(card, path));
}

static void card_find__follows_a_path(void **state)
{
    (void)state;
    card_node *card = read("{\"a\": 1, \"b\": {\"c\": [1, \"two\"], \"dd\": \"x\\u0041\"},"
                           " \"t\": true, \"f\": false, \"n\": null, \"a\": 2}");
    assert_string_equal(text_at(card, "a"), "1");
    assert_string_equal(text_at(card, "b.dd"), "xA");
    assert_string_equal(text_at(card, "t"), "true");
    assert_string_equal(text_at(card, "f"), "false");
    assert_string_equal(text_at(card, "n"), "null");
    assert_null(text_at(card, "b.c"));
    assert_string_equal(card_text(card_element(card_find(card, "b.c"), 1)), "two");
    assert_null(card_element(card_find(card, "b.c"), 2));
    assert_null(card_element(card_find(card, "b"), 0));
    assert_null(card_find(card, "b.d"));
    assert_null(card_find(card, "A"));
    assert_null(card_find(card, "a.b"));
    assert_null(card_find(NULL, "a"));
    assert_null(card_text(NULL));
    card_free(card);
}

static void card_text__has_numbers_as_they_stand(void **state)
{
    (void)state;
    static const char text[] = "{\"-1\":18446744073709551615,\"b\":{\"c\":1e+09,\"2\":0.10},"
                               "\"d\":[\"3\",-0,\"4\\\"5\",[1.23456789e+11,{\"\\\\\":1E400}],6]}";
    card_node *card = read(text);
    assert_string_equal(text_at(card, "-1"), "18446744073709551615");
    assert_string_equal(text_at(card, "b.c"), "1e+09");
    assert_string_equal(text_at(card, "b.2"), "0.10");
    assert_string_equal(card_text(card_element(card_find(card, "d"), 1)), "-0");
    assert_string_equal(card_text(card_element(card_find(card, "d"), 2)), "4\"5");
    assert_string_equal(card_text(card_element(card_find(card, "d"), 4)), "6");
    written w;
    written_start(&w);
    assert_true(card_write_compact(w.stream, card));
    written_expect(&w, text);
    card_free(card);
}

/* ---- Writing ---- */

static void card_write__pretty_and_lines(void **state)
{
    (void)state;
    card_node *card = read("{\"a\":[1,\"2\"],\"b\":{\"c\":\"x\"},\"d\":[{\"e\":1e2}],\"f\":{},"
                           "\"g\":[],\"\\u001b\":\"\\u001b\"}");
    written w;
    written_start(&w);
    card_write_pretty(w.stream, card, 0);
    written_expect(&w, "{\n  \"a\": [1, \"2\"],\n  \"b\": {\n    \"c\": \"x\"\n  },\n"
                       "  \"d\": [\n    {\n      \"e\": 1e2\n    }\n  ],\n  \"f\": {},\n"
                       "  \"g\": [],\n  \"\\u001b\": \"\\u001b\"\n}");
    written_start(&w);
    card_write_lines(w.stream, card, "");
    written_expect(&w, "a                            [1, \"2\"]\nb.c                          x\n"
                       "g                            []\n\\x1b                            \\x1b\n");
    card_free(card);
}

static void json_write__strings_and_numbers(void **state)
{
    (void)state;
    written w;
    written_start(&w);
    json_write_string(w.stream, (ttag_view){"a\"\\\n\xff\xc3\xa9", 7});
    json_write_number(w.stream, 0.1);
    json_write_number(w.stream, 0.0 / 0.0);
    written_expect(&w, "\"a\\\"\\\\\\u000a\xef\xbf\xbd\xc3\xa9\"0.1null");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(card_read__knows_json),
        cmocka_unit_test(card_read__refuses_what_cjson_takes),
        cmocka_unit_test(card_read__refuses_depth),
        cmocka_unit_test(card_read__refuses_length),
        cmocka_unit_test(card_read__survives_any_failed_allocation),
        cmocka_unit_test(card_find__follows_a_path),
        cmocka_unit_test(card_text__has_numbers_as_they_stand),
        cmocka_unit_test(card_write__pretty_and_lines),
        cmocka_unit_test(json_write__strings_and_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
