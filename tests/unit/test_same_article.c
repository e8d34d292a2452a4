/* Lines decoded by us and by way of cJSON: the same articles, the same refusals. */
#include "unit.h"

#include "base/view.h"
#include "tests/json_tree/random_json.h"
#include "tests/json_tree/same_reading.h"

static int open_decoder(void **state)
{
    return ttag_decoder_new((ttag_decoder **)state, NULL, NULL) == TTAG_OK ? 0 : -1;
}

static int close_decoder(void **state)
{
    ttag_decoder_free(*state);
    return 0;
}

static void check_same(void **state, ttag_view line)
{
    const char *difference = article_difference(*state, line);
    if (difference)
        fail_msg("%s: %.*s", difference, (int)line.size, line.bytes);
}

static void same_article__by_hand(void **state)
{
    static const char *const lines[] = {
        "{\"text\":\"a\",\"text\":5}",
        "{\"text\":null}",
        "{\"text\":\"a\",\"title\":null,\"title\":\"second\"}",
        "{\"t\\u0065xt\":\"a\\nb\",\"id\":\"x\\u0000\"}",
        "{\"text\":\"a\",\"id\":01}",
        "{\"text\":\"a\",\"id\":\"tab\there \\ud800\"}",
        "{\"text\":\"a\",\"id\":[1]}",
        "{\"text\":\"a\",\"id\":true}",
        "{\"text\":\"a\",\"tags\":[\"A\",\"\\u0041\",\"B\"],\"unknown\":[\"*\",\"C\",\"\\u002a\"]}",
        "{\"text\":\"a\",\"tags\":\"A\"}",
        "{\"text\":\"a\",\"tags\":[\"A\",\"\"]}",
        "{\"text\":\"a\",\"tags\":[1]}",
        "{\"text\":\"a\",\"weight\":1e999}",
        "{\"text\":\"a\",\"weight\":-1}",
        "{\"text\":\"a\",\"weight\":\"1\"}",
        "[\"text\"]",
        "\"text\"",
        "{\"text\":\"a\"} x",
        "{\"text\":\"a",
        "{\"text\":\"a\",}",
        "\xef\xbb\xbf{\"text\":\"a\"}",
        "{\"text\":\"\xff bad\", \"id\":x}",
        "{\"text\":\"\xff\xe2\x82 bad\",\"group\":\"\xc3\xa4\"}",
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        check_same(state, view_of(lines[i]));
    check_same(state, (ttag_view){"{\"text\":\"a\0b\",\"tags\":[\"\0\"]}", 26});
}

static void same_article__random_records(void **state)
{
    rng r;
    rng_seed(&r, 23);
    buffer line = {0};
    for (int round = 0; round < 20000; round++) {
        random_record(&line, &r);
        check_same(state, buffer_as_view(&line));
        random_damage(&line, &r);
        check_same(state, buffer_as_view(&line));
    }
    buffer_dispose(&line);
}

/* Lines alike but for a little: what was learnt from one must not be applied to the next in vain.
 */
static void same_article__habits(void **state)
{
    static const char many[] = /* more members than there are habits */
        "{\"text\":\"\",\"1\":1,\"2\":1,\"3\":1,\"4\":1,\"5\":1,\"6\":1,\"7\":1,\"8\":1,\"9\":1,"
        "\"10\":1,\"11\":1,\"12\":1,\"13\":1,\"14\":1,\"15\":1,\"16\":1,\"title\":\"T\",\"id\":17}";
    static const char *const lines[] = {
        "{\"id\": 1, \"title\": \"T\", \"text\": \"a\", \"tags\": [\"A\"]}",
        "{\"id\": 2, \"title\": \"\", \"text\": \"b\", \"tags\": []}",
        "{\"id\": 2, \"titles\": \"U\", \"text\": \"b\", \"tags\": []}",
        "{\"id\": 2, \"title\":\"V\", \"text\": \"b\", \"tags\": [\"B\",\"\\u0043\"]}",
        "{\"id\":   2, \"title\" : \"V\", \"te\\u0078t\": \"b\", \"text\": \"c\"}",
        "{\"id\": 3, \"title\": \"T\", \"text\":    \"a\", \"tags\": [\"A\"]}",
        "{\"id\": 3, \"title\": \"T\", \"text\": \"a\", \"text\": \"b\"}",
        "{\"id\": 3, \"title\": \"T\", \"text\": \"a\"}",
        "{\"id\": 3, \"title\": \"T\", \"text\": \"a\", }",
        "{\"id\": 3, \"title\": \"T\", \"text\": ",
        "{\"id\": 3, \"title\": \"T\", \"text\":",
        "[{\"id\": 3}]",
        "{\"id\": {\"id\": 3, \"title\": 4}, \"title\": \"T\"}",
        "\xef\xbb\xbf{\"id\": 3, \"title\": \"T\", \"a name that is too long to keep\": 1}",
        many,
    };
    enum { N = sizeof lines / sizeof *lines };
    for (size_t i = 0; i < N * N; i++) { /* each behind each */
        check_same(state, view_of(lines[i / N]));
        check_same(state, view_of(lines[i % N]));
    }
}

static void same_article__random_neighbours(void **state)
{
    rng r;
    rng_seed(&r, 25);
    buffer line = {0}, damaged = {0};
    for (int round = 0; round < 5000; round++) {
        random_record(&line, &r);
        for (int i = 0; i < 4; i++) {
            check_same(state, buffer_as_view(&line));
            buffer_clear(&damaged);
            buffer_view(&damaged, buffer_as_view(&line));
            random_damage(&damaged, &r);
            check_same(state, buffer_as_view(&damaged));
        }
    }
    buffer_dispose(&line);
    buffer_dispose(&damaged);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_article__by_hand),
        cmocka_unit_test(same_article__random_records),
        cmocka_unit_test(same_article__habits),
        cmocka_unit_test(same_article__random_neighbours),
    };
    return cmocka_run_group_tests_name("same_article", tests, open_decoder, close_decoder);
}
