/* What articles are called in other systems. UUIDs and SHA-1 as Python's uuid and hashlib have
   them, days and seconds as its datetime. */
#include <stdio.h>
#include <stdlib.h>

#include "base/uuid.h"
#include "base/view.h"
#include "classify/article_names.h"
#include "classify/counterparts.h"
#include "unit.h"

static void assert_sha1(const char *hex, ttag_view first, ttag_view second)
{
    unsigned char sum[SHA1_SIZE];
    char text[2 * SHA1_SIZE + 1];
    sha1(sum, first, second);
    for (size_t i = 0; i < SHA1_SIZE; i++)
        snprintf(text + 2 * i, 3, "%02x", sum[i]);
    assert_string_equal(text, hex);
}

static void sha1__as_published(void **state)
{
    (void)state;
    char many[1000];
    memset(many, 'x', sizeof many);
    const ttag_view none = {NULL, 0};
    assert_sha1("da39a3ee5e6b4b0d3255bfef95601890afd80709", none, none);
    assert_sha1("a9993e364706816aba3e25717850c26c9cd0d89d", view_of("abc"), none);
    assert_sha1("a9993e364706816aba3e25717850c26c9cd0d89d", view_of("a"), view_of("bc"));
    assert_sha1("cef734ba81a024479e09eb5a75b6ddae62e6abf1", (ttag_view){many, 55}, none);
    assert_sha1("901305367c259952f4e7af8323f480d59f81335b", (ttag_view){many, 56}, none);
    assert_sha1("0ddc4e0cccd9a12850deb5abb0853a4425559fec", (ttag_view){many, 63}, none);
    assert_sha1("bb2fa3ee7afb9f54c6dfb5d021f14b1ffe40c163", (ttag_view){many, 64}, none);
    assert_sha1("c3efa690fa3fdd2e2526853eed670538ea127638", (ttag_view){many, 1000}, none);
}

static void assert_uuid(uuid u, const char *expected)
{
    char text[UUID_TEXT + 1];
    uuid_text(&u, text);
    assert_string_equal(text, expected);
}

static void uuid_of_name__as_python(void **state)
{
    (void)state;
    assert_uuid(TTAG_UUID_SPACE, "e8784924-9e7e-5d5d-9183-b0f2bba7d8cc");
    uuid a = uuid_of_name(&TTAG_UUID_SPACE, view_of("a"));
    assert_uuid(a, "8e87edd1-29cd-58ec-8569-f7527a2cf307");
    assert_uuid(part_uuid(&a, "link"), "bef4ba25-def2-55a1-aa49-aedf609bdcd6");
    assert_uuid(uuid_of_name(&TTAG_UUID_SPACE, view_of("identity")),
                "353398a0-73dd-54e3-96ae-373d5d87f9ff");
}

static void article_uuid__what_names_an_article(void **state)
{
    (void)state;
    buffer scratch = {0};
    ttag_article a = {.id = view_of("\"a-17\""),
                      .source = view_of("Pond"),
                      .url = view_of("https://p.example/1"),
                      .title = view_of("Title"),
                      .text = view_of("Text")};
    assert_uuid(article_uuid(&a, &scratch), "89de947c-67d0-521e-a16f-23f52185deb3");
    a.id = view_of("\"\\u0061-17\"");
    assert_uuid(article_uuid(&a, &scratch), "89de947c-67d0-521e-a16f-23f52185deb3");
    a.id = view_of("\"https://p.example/1\""); /* a URI stands for itself */
    assert_uuid(article_uuid(&a, &scratch), "49f2139a-8e03-5c23-aba6-7614cea69744");
    a.id = (ttag_view){NULL, 0};
    assert_uuid(article_uuid(&a, &scratch), "49f2139a-8e03-5c23-aba6-7614cea69744");
    a.id = view_of("\"7772F0A7-f41d-5487-b8cc-4248ec697e5c\""); /* a UUID is one */
    assert_uuid(article_uuid(&a, &scratch), "7772f0a7-f41d-5487-b8cc-4248ec697e5c");
    a.id = view_of("null");
    assert_uuid(article_uuid(&a, &scratch), "49f2139a-8e03-5c23-aba6-7614cea69744");
    a.url = (ttag_view){NULL, 0};
    assert_uuid(article_uuid(&a, &scratch), "0c5a1b22-b966-5c2d-9cda-9501b91566df");
    buffer_dispose(&scratch);
}

static void assert_headline(ttag_article a, size_t most, const char *expected)
{
    buffer out = {0};
    put_headline(&out, &a, most);
    assert_string_equal(out.bytes, expected);
    buffer_dispose(&out);
}

static void put_headline__one_line(void **state)
{
    (void)state;
    const ttag_article both = {.title = view_of(" A worm\r\n in\tthe  post "),
                               .text = view_of("Text"),
                               .path = "f.jsonl",
                               .line = 3};
    ttag_article a = both;
    assert_headline(a, 250, "A worm in the post");
    assert_headline(a, 19, "A worm in the post");
    assert_headline(a, 18, "A worm in the pos…");
    assert_headline(a, 8, "A worm…");
    a.title = view_of(" ");
    assert_headline(a, 250, "Text");
    a.text = view_of("\xc3\xa4\xc3\xb6\xc3\xbc\xe2\x82\xac");
    assert_headline(a, 4, "\xc3\xa4\xc3\xb6\xc3\xbc…");
    assert_headline(a, 5, "\xc3\xa4\xc3\xb6\xc3\xbc\xe2\x82\xac");
    a.text = (ttag_view){NULL, 0};
    assert_headline(a, 250, "f.jsonl:3");
    a.id = view_of("17");
    assert_headline(a, 250, "17");
}

static void put_uri__escapes(void **state)
{
    (void)state;
    buffer out = {0};
    put_uri(&out, view_of("https://p.example/a b?q=\xc3\xbc&r=\"1\"%20#x"));
    assert_string_equal(out.bytes, "https://p.example/a%20b?q=%C3%BC&r=%221%22%20#x");
    buffer_dispose(&out);
    assert_true(is_absolute_url(view_of("https://p")));
    assert_true(is_absolute_url(view_of("gopher+x://p q")));
    assert_false(is_absolute_url(view_of("//p.example")));
    assert_false(is_absolute_url(view_of("p.example/x")));
    assert_false(is_absolute_url(view_of("c://x")));
    assert_false(is_absolute_url(view_of("urn:pond:1")));
    assert_false(is_absolute_url(view_of("https://")));
    assert_false(is_absolute_url((ttag_view){NULL, 0}));
}

/* ---- Times. ---- */

static void assert_time(const char *iso, const char *expected, long long seconds)
{
    instant t;
    buffer out = {0};
    if (!instant_read(&t, view_of(iso)))
        fail_msg("%s is refused", iso);
    put_instant(&out, t);
    assert_string_equal(out.bytes, expected);
    assert_int_equal(t.seconds, seconds);
    buffer_dispose(&out);
}

static void instant__dates(void **state)
{
    (void)state;
    assert_time("1970-01-01", "1970-01-01T00:00:00.000Z", 0);
    assert_time("1969-12-31T23:59:59Z", "1969-12-31T23:59:59.000Z", -1);
    assert_time("2026-03-01T23:30:00-02:00", "2026-03-02T01:30:00.000Z", 1772415000);
    assert_time("2026-03-01 23:30:00.25+0545", "2026-03-01T17:45:00.250Z", 1772387100);
    assert_time("2024-02-29T12:00", "2024-02-29T12:00:00.000Z", 1709208000);
    assert_time("2024-12-31T23:59:60Z", "2024-12-31T23:59:59.000Z", 1735689599);
    assert_time("2000-02-29", "2000-02-29T00:00:00.000Z", 951782400);
    assert_time("1900-03-01", "1900-03-01T00:00:00.000Z", -2203891200);
    assert_time("1968-12-31", "1968-12-31T00:00:00.000Z", -31622400);
    assert_time("0001-01-01", "0001-01-01T00:00:00.000Z", -62135596800);
    assert_time("9999-12-31T23:59:59.999", "9999-12-31T23:59:59.999Z", 253402300799);
    assert_time("2026", "2026-01-01T00:00:00.000Z", 1767225600);
    assert_time("2026-11", "2026-11-01T00:00:00.000Z", 1793491200);
    assert_time("2026-11-22T99:00", "2026-11-22T00:00:00.000Z", 1795305600);
    assert_time("2026-11-22, a Sunday", "2026-11-22T00:00:00.000Z", 1795305600);
}

static void instant__what_is_none(void **state)
{
    (void)state;
    static const char *const wrong[] = {"",
                                        "Sunday",
                                        "26-11-22",
                                        "2026-13-01",
                                        "2026-00-01",
                                        "2026-02-30",
                                        "1900-02-29",
                                        "0000-01-01",
                                        "0001-01-01T00:00+01:00",
                                        "2026-11-00",
                                        "9999-12-31T23:59-01:00"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        instant t = {7, 7};
        if (instant_read(&t, view_of(wrong[i])))
            fail_msg("%s is taken", wrong[i]);
        assert_int_equal(t.seconds, 7);
    }
}

static void article_times__source_date_epoch(void **state)
{
    (void)state;
    ttag_article a = {.date = view_of("2026-03-01")};
    unsetenv("SOURCE_DATE_EPOCH");
    assert_int_equal(article_published(&a).seconds, 1772323200);
    assert_int_equal(article_tagged(article_published(&a)).seconds, 1772323200);
    a.date = (ttag_view){NULL, 0};
    assert_int_equal(article_published(&a).seconds, 0);
    setenv("SOURCE_DATE_EPOCH", "1795305600", 1);
    assert_int_equal(article_published(&a).seconds, 1795305600);
    a.date = view_of("2026-03-01");
    assert_int_equal(article_published(&a).seconds, 1772323200);
    assert_int_equal(article_tagged(article_published(&a)).seconds, 1795305600);
    a.date = view_of("2030-01-01"); /* nothing is tagged before it was published */
    assert_int_equal(article_tagged(article_published(&a)).seconds, 1893456000);
    static const char *const wrong[] = {"", "-1", "1x", "999999999999"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        instant t;
        setenv("SOURCE_DATE_EPOCH", wrong[i], 1);
        assert_false(instant_given(&t));
    }
    unsetenv("SOURCE_DATE_EPOCH");
}

static void counterpart_of__some_tags_have_one(void **state)
{
    (void)state;
    assert_true(view_equal(counterpart_of(view_of("Malware"), "stix"), view_of("\"malware\"")));
    assert_non_null(counterpart_of(view_of("SocialEngineering"), "misp").bytes);
    assert_null(counterpart_of(view_of("SocialEngineering"), "stix").bytes);
    assert_null(counterpart_of(view_of("Frogs"), "misp").bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sha1__as_published),
        cmocka_unit_test(uuid_of_name__as_python),
        cmocka_unit_test(article_uuid__what_names_an_article),
        cmocka_unit_test(put_headline__one_line),
        cmocka_unit_test(put_uri__escapes),
        cmocka_unit_test(instant__dates),
        cmocka_unit_test(instant__what_is_none),
        cmocka_unit_test(article_times__source_date_epoch),
        cmocka_unit_test(counterpart_of__some_tags_have_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
