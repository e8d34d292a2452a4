/* Articles out of STIX bundles and MISP events. */

#include "articles/exchange_items.h"
#include "articles/machine_tag.h"
#include "base/memory.h"
#include "base/view.h"
#include "view_asserts.h"

/* ---- Guessing. ---- */

static void assert_format(const char *text, ttag_input_format expected)
{
    const ttag_input_format found = exchange_format(view_of(text));
    if (found != expected)
        fail_msg("%s is taken for %d, not for %d", text, (int)found, (int)expected);
}

static void exchange_format__by_first_members(void **state)
{
    (void)state;
    assert_format("{\"type\": \"bundle\"", TTAG_INPUT_STIX);
    assert_format("{ \"spec_version\":\"2.1\",\n\"id\" : \"bundle--12\",", TTAG_INPUT_STIX);
    assert_format("{\"a\":1,\"b\":true,\"type\":\"bundle\"}", TTAG_INPUT_STIX);
    assert_format("{\"response\": [", TTAG_INPUT_MISP);
    assert_format("\n{\"Event\":\t{\"info\"", TTAG_INPUT_MISP);
    assert_format("{\"id\":\"bundle-1\",\"text\":\"\"}", TTAG_INPUT_JSONL);
    assert_format("{\"type\":\"report\",\"text\":\"type\\\"bundle\"}\n", TTAG_INPUT_JSONL);
    assert_format("{\"objects\":[],\"type\":\"bundle\"}", TTAG_INPUT_JSONL);
    assert_format("{\"Event\":[", TTAG_INPUT_JSONL);
    assert_format("{\"Event\":\"x\"}", TTAG_INPUT_JSONL);
    assert_format("{}", TTAG_INPUT_JSONL);
    assert_format("{: 1}", TTAG_INPUT_JSONL);
    assert_format("[1]", TTAG_INPUT_JSONL);
    static const char *const cut[] = {
        "",         " ",         "{",     "{\"ty", "{\"type\"", "{\"type\":", "{\"type\":\"bund",
        "{\"a\":1", "{\"a\":1,", "{\"a\\"};
    for (size_t i = 0; i < sizeof cut / sizeof *cut; i++)
        assert_format(cut[i], TTAG_INPUT_AUTO);
    char longest[5000];
    memset(longest, ' ', sizeof longest);
    longest[0] = '{';
    assert_int_equal(exchange_format((ttag_view){longest, sizeof longest}), TTAG_INPUT_JSONL);
}

static void machine_tag__ours_plain_and_others(void **state)
{
    (void)state;
    assert_view(machine_tag_name(view_of("threattag:category=\"Security News\"")), "Security News");
    assert_view(machine_tag_name(view_of(" Malware ")), "Malware");
    static const char *const others[] = {"tlp:white",
                                         "misp:confidence-level=\"unconfident\"",
                                         "",
                                         "threattag:category=\"\"",
                                         "threattag:category=Malware",
                                         "threattag:category=\""};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_null(machine_tag_name(view_of(others[i])).bytes);
}

/* ---- Reading. ---- */

/* Cuts the text and decodes item `number`; TTAG_END: there is none. */
static ttag_status decode(ttag_decoder *d, const char *text, ttag_input_format format,
                          size_t number, ttag_article *article, ttag_error *err)
{
    exchange_items items;
    size_t position;
    feed_item item;
    const char *reason = exchange_items_open(&items, view_of(text), format, &position);
    if (reason)
        fail_msg("%s", reason);
    for (size_t i = 0; i <= number; i++)
        if (!exchange_items_next(&items, &item))
            return TTAG_END;
    ttag_record record = {
        .bytes = item.bytes, .format = format, .path = "x.json", .line = item.line};
    return ttag_decode(d, article, &record, err);
}

static const char BUNDLE[] =
    "{\"type\":\"bundle\",\"id\":\"bundle--1\",\"objects\":[\n"
    "{\"type\":\"identity\",\"name\":\"Pond\"},\n"
    "{\"type\":\"report\",\"id\":\"report--7\",\"name\":\"A \\u0077orm\",\"description\":\"It "
    "spreads\\n\",\"published\":\"2026-03-01T00:00:00.000Z\",\"created\":\"2027\",\"labels\":["
    "\"threattag:category=\\\"Malware\\\"\",\"tlp:white\",\"Frogs\"],\"external_references\":[{"
    "\"source_name\":\"cve\",\"external_id\":\"CVE-1\"},{\"source_name\":\"Pond "
    "News\",\"url\":\"https://pond.example/\"},{\"url\":\"https://other.example/\"}]},\n"
    "{\"type\":\"note\",\"id\":\"note--8\",\"abstract\":\"In short\",\"content\":\"At "
    "length\",\"created\":\"2026\"},\n"
    "{\"type\":\"report\",\"name\":7},{\"type\":\"report\",\"name\":null},\"report\",\n"
    "{\"type\":\"note\",\"content\":\"x\",\"labels\":[\"tlp:red\"]}\n"
    "]}";

static void stix__reports_and_notes(void **state)
{
    (void)state;
    ttag_decoder *d;
    ttag_article a;
    ttag_error err;
    assert_int_equal(ttag_decoder_new(&d, NULL, NULL), TTAG_OK);
    assert_int_equal(decode(d, BUNDLE, TTAG_INPUT_STIX, 0, &a, NULL), TTAG_OK);
    assert_view(a.id, "\"report--7\"");
    assert_view(a.title, "A worm");
    assert_view(a.text, "It spreads");
    assert_view(a.date, "2026-03-01T00:00:00.000Z");
    assert_view(a.url, "https://pond.example/");
    assert_view(a.source, "Pond News");
    assert_int_equal(a.n_tags, 2);
    assert_view(a.tags[0], "Malware");
    assert_view(a.tags[1], "Frogs");
    assert_true(a.labelled);
    assert_int_equal(a.line, 3);
    assert_int_equal(decode(d, BUNDLE, TTAG_INPUT_STIX, 1, &a, NULL), TTAG_OK);
    assert_view(a.title, "In short");
    assert_view(a.text, "At length");
    assert_view(a.date, "2026");
    assert_false(a.labelled);
    assert_int_equal(decode(d, BUNDLE, TTAG_INPUT_STIX, 2, &a, &err), TTAG_PARSE);
    assert_string_equal(err.text, "\"name\" is a number; expected a string");
    assert_int_equal(err.line, 5);
    assert_int_equal(decode(d, BUNDLE, TTAG_INPUT_STIX, 3, &a, &err), TTAG_PARSE);
    assert_string_equal(err.text, "has neither title nor text; expected one of them");
    assert_int_equal(decode(d, BUNDLE, TTAG_INPUT_STIX, 4, &a, NULL), TTAG_OK);
    assert_false(a.labelled);
    assert_int_equal(decode(d, BUNDLE, TTAG_INPUT_STIX, 5, &a, NULL), TTAG_END);
    ttag_decoder_free(d);
}

static const char EVENTS[] =
    "{\"response\":[{\"Event\":{\"uuid\":\"e-1\",\"info\":\"A worm\",\"date\":\"2026-03-01\","
    "\"Orgc\":{\"id\":\"1\",\"name\":\"Pond\"},"
    "\"Tag\":[{\"name\":\"threattag:category=\\\"Malware\\\"\"},{\"name\":\"tlp:white\"},{}],"
    "\"Attribute\":[{\"type\":\"comment\",\"value\":\"Frogs saw it\",\"comment\":\"not this\"},"
    "{\"type\":\"comment\",\"value\":\"Malware (0.9)\",\"comment\":\"" MISP_OWN_COMMENT "\"},"
    "{\"type\":\"text\",\"value\":\"gone\",\"deleted\":true},"
    "{\"type\":\"link\",\"value\":\"https://pond.example/\"},"
    "{\"type\":\"ip-src\",\"value\":\"10.0.0.1\"}],"
    "\"Object\":[{\"name\":\"report\",\"Attribute\":["
    "{\"object_relation\":\"title\",\"type\":\"text\",\"value\":\"A worm\"},"
    "{\"object_relation\":\"summary\",\"type\":\"text\",\"value\":\"It \\\"spreads\\\"\"}]},"
    "{\"deleted\":true,\"Attribute\":[{\"type\":\"text\",\"value\":\"gone\"}]},{\"name\":\"x\"}],"
    "\"EventReport\":[{\"name\":\"n\",\"content\":\"# At length\"}]}},\n"
    "{\"Other\":{}},{\"Event\":{\"info\":\"\"}}]}";

static void misp__events(void **state)
{
    (void)state;
    ttag_decoder *d;
    ttag_article a;
    ttag_error err;
    assert_int_equal(ttag_decoder_new(&d, NULL, NULL), TTAG_OK);
    assert_int_equal(decode(d, EVENTS, TTAG_INPUT_MISP, 0, &a, NULL), TTAG_OK);
    assert_view(a.id, "\"e-1\"");
    assert_view(a.title, "A worm");
    assert_view(a.text, "# At length\n\nIt \"spreads\"\n\nFrogs saw it");
    assert_view(a.date, "2026-03-01");
    assert_view(a.source, "Pond");
    assert_view(a.url, "https://pond.example/");
    assert_int_equal(a.n_tags, 1);
    assert_view(a.tags[0], "Malware");
    assert_int_equal(decode(d, EVENTS, TTAG_INPUT_MISP, 1, &a, &err), TTAG_PARSE);
    assert_int_equal(err.line, 2);
    assert_int_equal(decode(d, EVENTS, TTAG_INPUT_MISP, 2, &a, NULL), TTAG_END);
    static const char one[] = "{\"Event\":{\"info\":\"alone\"}}";
    assert_int_equal(decode(d, one, TTAG_INPUT_MISP, 0, &a, NULL), TTAG_OK);
    assert_view(a.title, "alone");
    assert_int_equal(decode(d, one, TTAG_INPUT_MISP, 1, &a, NULL), TTAG_END);
    static const char list[] = "[{\"Event\":{\"info\":\"a\"}},{\"Event\":{\"info\":\"b\"}}]";
    assert_int_equal(decode(d, list, TTAG_INPUT_MISP, 1, &a, NULL), TTAG_OK);
    assert_view(a.title, "b");
    ttag_decoder_free(d);
}

static void exchange_items__what_is_none(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",  "{",           "{\"objects\":{}}",        "{\"response\":1}",
        "7", "{\"a\":1} x", "{\"type\":\"indicator\"}"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        for (int format = TTAG_INPUT_STIX; format <= TTAG_INPUT_MISP; format++) {
            exchange_items items;
            size_t position;
            const ttag_input_format as = (ttag_input_format)format;
            if (!exchange_items_open(&items, view_of(wrong[i]), as, &position))
                fail_msg("%s is taken", wrong[i]);
        }
    exchange_items items;
    size_t position;
    feed_item item;
    assert_null(exchange_items_open(&items, view_of("{\"type\":\"bundle\",\"id\":\"bundle--1\"}"),
                                    TTAG_INPUT_STIX, &position));
    assert_false(exchange_items_next(&items, &item));
}

static void exchange__survives_lack_of_memory(void **state)
{
    (void)state;
#ifdef TTAG_FAULTS
    ttag_status status = TTAG_NOMEM;
    for (size_t n = 1; status != TTAG_OK; n++) {
        ttag_decoder *d;
        ttag_article a;
        assert_int_equal(ttag_decoder_new(&d, NULL, NULL), TTAG_OK);
        mem_fail_after(n);
        status = decode(d, EVENTS, TTAG_INPUT_MISP, 0, &a, NULL);
        if (status == TTAG_OK)
            status = decode(d, BUNDLE, TTAG_INPUT_STIX, 0, &a, NULL);
        mem_fail_after(0);
        assert_true(status == TTAG_OK || status == TTAG_NOMEM);
        ttag_decoder_free(d);
    }
#else
    skip();
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exchange_format__by_first_members),
        cmocka_unit_test(machine_tag__ours_plain_and_others),
        cmocka_unit_test(stix__reports_and_notes),
        cmocka_unit_test(misp__events),
        cmocka_unit_test(exchange_items__what_is_none),
        cmocka_unit_test(exchange__survives_lack_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
