/* JSON Feed: items byte for byte, what becomes of them, names put into them. Examples are ours;
   what is expected follows from the text of JSON Feed 1.1. */
#include "view_asserts.h"

#include "articles/json_feed.h"
#include "base/view.h"
#include "classify/classified.h"
#include "classify/classified_json_feed.h"
#include "classify/json_feed_seam.h"
#include "ttag/articles.h"

/* The items one behind another, what is around them in parentheses. */
static void assert_items(const char *text, const char *expected)
{
    buffer out = {0};
    json_feed feed;
    feed_item item;
    size_t position;
    assert_null(json_feed_open(&feed, view_of(text), &position));
    while (json_feed_next(&feed, &item)) {
        put_item(&out, &item, "()");
    }
    assert_string_equal(out.bytes ? out.bytes : "", expected);
    buffer_dispose(&out);
}

static void json_feed__items(void **state)
{
    (void)state;
    assert_items("{\"items\":[]}", "");
    assert_items("{\"a\":[1],\"items\":[\n{\"id\":1},\n {\"id\":[2]} ],\"b\":{}}\n",
                 "({\"a\":[1],\"items\":[\n){\"id\":1}()@2 (,\n ){\"id\":[2]}( ],\"b\":{}}\n)@3 ");
    assert_items("{\"items\":[3],\"items\":[4]}", "({\"items\":[)3(],\"items\":[4]})@1 ");
}

static void assert_no_feed(const char *text, const char *why, size_t where)
{
    json_feed feed;
    size_t position;
    const char *reason = json_feed_open(&feed, view_of(text), &position);
    assert_non_null(reason);
    assert_string_equal(reason, why);
    assert_int_equal(position, where);
}

static void json_feed__refused(void **state)
{
    (void)state;
    assert_no_feed("", "it ends too early", 0);
    assert_no_feed("{\"items\":[{}", "it ends too early", 12);
    assert_no_feed("{\"items\":[{}]} x", "unexpected characters", 15);
    assert_no_feed("[]", "it is no object with an array \"items\"", 0);
    assert_no_feed("{\"items\":{}}", "it is no object with an array \"items\"", 0);
    assert_no_feed("{\"item\":[]}", "it is no object with an array \"items\"", 0);
}

static void json_feed__begins_with_its_version(void **state)
{
    (void)state;
    static const char begin[] = " {\n \"version\" : \"https://jsonfeed.org/version/1";
    for (size_t size = 0; size + 1 < sizeof begin - 1; size++)
        assert_int_equal(json_feed_begins((ttag_view){begin, size}), GUESS_UNDECIDED);
    assert_int_equal(json_feed_begins(view_of(begin)), GUESS_YES);
    assert_int_equal(json_feed_begins(view_of("{\"text\":")), GUESS_NO);
    assert_int_equal(json_feed_begins(view_of("{\"version\":\"1.0\"")), GUESS_NO);
}

/* The article that an item becomes; lives until the next call with the decoder. */
static ttag_status decode(ttag_decoder *decoder, ttag_article *article, const char *item,
                          ttag_error *err)
{
    const ttag_record record = {
        .bytes = view_of(item), .format = TTAG_INPUT_JSON_FEED, .path = "x.json", .line = 3};
    return ttag_decode(decoder, article, &record, err);
}

static void json_feed_item__members(void **state)
{
    (void)state;
    ttag_decoder *d;
    ttag_article a;
    assert_int_equal(ttag_decoder_new(&d, NULL, NULL), TTAG_OK);
    assert_int_equal(
        decode(d, &a,
               "{\"id\":\"u1\",\"title\":\"H\\u00e9ron\",\"content_html\":\"<p>A <b>frog<\\/b>"
               "<br>and &amp; more</p>\",\"summary\":\"no\",\"url\":\"https://a.example/1\","
               "\"external_url\":\"https://b.example\",\"date_published\":\"2026-01-02\","
               "\"date_modified\":\"2027\",\"tags\":[\"x\",\"y z\",\"x\"]}",
               NULL),
        TTAG_OK);
    assert_view(a.title, "H\xc3\xa9ron");
    assert_view(a.text, "A frog\nand & more");
    assert_view(a.id, "\"u1\"");
    assert_view(a.url, "https://a.example/1");
    assert_view(a.date, "2026-01-02");
    assert_true(a.labelled && a.n_tags == 2);
    assert_view(a.tags[1], "y z");
    assert_int_equal(decode(d, &a,
                            "{\"id\":7,\"content_text\":\"a < b\",\"content_html\":\"c\","
                            "\"external_url\":\"e\",\"date_modified\":\"2027\",\"title\":null}",
                            NULL),
                     TTAG_OK);
    assert_view(a.text, "a < b");
    assert_view(a.id, "7");
    assert_view(a.url, "e");
    assert_view(a.date, "2027");
    assert_false(a.labelled);
    assert_int_equal(decode(d, &a, "{\"summary\":\"s\",\"tags\":[]}", NULL), TTAG_OK);
    assert_view(a.text, "s");
    assert_true(a.labelled && a.n_tags == 0);
    ttag_decoder_free(d);
}

static void json_feed_item__refused(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"3", "expected an item that is an object, got a number"},
        {"{\"title\":3}", "\"title\" is a number; expected a string"},
        {"{\"title\":\"a\",\"tags\":\"b\"}", "\"tags\" is a string; expected an array of strings"},
        {"{\"title\":\"a\",\"tags\":[1]}",
         "\"tags\" is an array; expected an array of nothing but strings"},
        {"{\"title\":\"a\",\"id\":[]}", "\"id\" is an array; expected a string or a number"},
        {"{\"id\":\"a\"}", "the item has neither title nor text; expected one of them"},
        {"{\"title\":\"a\"", "not valid JSON: it ends too early"},
    };
    ttag_decoder *d;
    ttag_article a;
    assert_int_equal(ttag_decoder_new(&d, NULL, NULL), TTAG_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ttag_error err = {0};
        assert_int_equal(decode(d, &a, cases[i][0], &err), TTAG_PARSE);
        assert_string_equal(err.text, cases[i][1]);
        assert_int_equal(err.line, 3);
    }
    ttag_decoder_free(d);
}

static void assert_tagged(const char *item, const char *expected)
{
    const ttag_view names[] = {view_of("A \"b\""), view_of("C")};
    buffer out = {0};
    put_tagged_json_item(&out, view_of(item), names, 2);
    assert_string_equal(out.bytes, expected);
    buffer_clear(&out);
    put_tagged_json_item(&out, view_of(item), names, 0);
    assert_string_equal(out.bytes, item);
    buffer_dispose(&out);
}

static void tagged_json_item__keeps_all_else(void **state)
{
    (void)state;
    assert_tagged("{}", "{\"tags\":[\"A \\\"b\\\"\",\"C\"]}");
    assert_tagged("{ \"x\":1 }", "{ \"x\":1, \"tags\":[\"A \\\"b\\\"\",\"C\"] }");
    assert_tagged("{\n  \"x\":1\n}", "{\n  \"x\":1,\n  \"tags\":[\"A \\\"b\\\"\",\"C\"]\n}");
    assert_tagged("{\"tags\":[],\"y\":2}", "{\"tags\":[\"A \\\"b\\\"\",\"C\"],\"y\":2}");
    assert_tagged("{\"tags\":[ \"t\" ]}", "{\"tags\":[ \"t\",\"A \\\"b\\\"\",\"C\" ]}");
    assert_tagged("{\"tags\":null,\"y\":2}", "{\"tags\":[\"A \\\"b\\\"\",\"C\"],\"y\":2}");
}

/* ---- Items that are left out. ---- */

enum { N_FEEDS = 3, N_ITEMS = 6 };

static const char *const FEEDS[N_FEEDS] = {" {\"items\":[\n 1,\n 2 , 3],\"z\":[0]}\n",
                                           "{\"items\":[4 ]}", "{\"items\":[5,\t6\n]}"};
static const size_t FIRST[N_FEEDS + 1] = {0, 3, 4, 6};
static const char *const BEFORE[N_ITEMS] = {" {\"items\":[\n ", ",\n ",         " , ",
                                            "{\"items\":[",     "{\"items\":[", ",\t"};
static const char *const BEHIND[N_FEEDS] = {"],\"z\":[0]}\n", " ]}", "\n]}"};

/* What remains of the feeds, of which the items with a bit in `kept` stay. */
static void put_expected(buffer *out, unsigned kept)
{
    for (size_t f = 0; f < N_FEEDS; f++) {
        bool any = false;
        buffer_text(out, BEFORE[FIRST[f]]);
        for (size_t i = FIRST[f]; i < FIRST[f + 1]; i++) {
            if (!(kept >> i & 1))
                continue;
            if (any)
                buffer_text(out, BEFORE[i]);
            buffer_char(out, (char)('1' + i));
            any = true;
        }
        buffer_text(out, BEHIND[f]);
    }
}

static void find_records(ttag_record records[N_ITEMS])
{
    size_t n = 0;
    for (size_t f = 0; f < N_FEEDS; f++) {
        json_feed feed;
        feed_item item;
        size_t position;
        assert_null(json_feed_open(&feed, view_of(FEEDS[f]), &position));
        for (; json_feed_next(&feed, &item); n++)
            records[n] = (ttag_record){.bytes = item.bytes,
                                       .format = TTAG_INPUT_JSON_FEED,
                                       .before = item.before,
                                       .after = item.after};
    }
    assert_int_equal(n, N_ITEMS);
}

/* The same by batches; one ends behind each item with a bit in `ends`. */
static void put_batches(buffer *out, const ttag_record records[N_ITEMS], unsigned kept,
                        unsigned ends)
{
    bool holds_item = false;
    buffer batch = {0};
    json_feed_seam seam = {0};
    for (size_t i = 0; i < N_ITEMS; i++) {
        const bool is_kept = kept >> i & 1;
        const size_t at = batch.size;
        if (is_kept)
            format_feed.put_refused(&batch, &(refused){.record = &records[i]});
        else
            format_feed.put_left_out(&batch, &records[i]);
        json_feed_seam_add(&seam, &batch, at, &records[i], is_kept);
        if (i + 1 < N_ITEMS && !(ends >> i & 1))
            continue;
        json_feed_seam_close(&seam, &batch, &holds_item);
        buffer_view(out, buffer_as_view(&batch));
        buffer_clear(&batch);
        seam = (json_feed_seam){0};
    }
    buffer_dispose(&batch);
}

static void json_feed_seam__any_items_in_any_batches(void **state)
{
    (void)state;
    ttag_record records[N_ITEMS];
    buffer expected = {0}, found = {0};
    find_records(records);
    for (unsigned kept = 0; kept < 1u << N_ITEMS; kept++) {
        buffer_clear(&expected);
        put_expected(&expected, kept);
        for (unsigned ends = 0; ends < 1u << (N_ITEMS - 1); ends++) {
            buffer_clear(&found);
            put_batches(&found, records, kept, ends);
            assert_string_equal(found.bytes, expected.bytes);
        }
    }
    buffer_dispose(&expected);
    buffer_dispose(&found);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_feed__items),
        cmocka_unit_test(json_feed__refused),
        cmocka_unit_test(json_feed__begins_with_its_version),
        cmocka_unit_test(json_feed_item__members),
        cmocka_unit_test(json_feed_item__refused),
        cmocka_unit_test(tagged_json_item__keeps_all_else),
        cmocka_unit_test(json_feed_seam__any_items_in_any_batches),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
