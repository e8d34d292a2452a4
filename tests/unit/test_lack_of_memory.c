/* Memory that runs out at any allocation, in every format that is read or written: it is told, and
   whatever ends well is whole. */
#include "base/hash.h"
#include "base/memory.h"
#include "model_fixture.h"
#include "ttag/articles.h"
#include "ttag/database.h"

#ifdef TTAG_FAULTS

static void put_file(const model_fixture *f, char path[160], const char *text)
{
    snprintf(path, 160, "%s/feed", f->folder);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

/* ---- Reading. ---- */

static const char BUNDLE[] =
    "{\"type\":\"bundle\",\"id\":\"bundle--1\",\"objects\":[{\"type\":\"report\",\"name\":\"A "
    "\\u0077orm\",\"description\":\"It <b>spreads</b>\\n\",\"published\":\"2026-03-01T00:00:00Z\","
    "\"labels\":[\"threattag:category=\\\"Malware\\\"\",\"Frogs\"],\"external_references\":[{"
    "\"url\":\"https://pond.example/\"}]},{\"type\":\"note\",\"content\":\"At length\"}]}";
static const char EVENTS[] =
    "{\"response\":[{\"Event\":{\"uuid\":\"u\",\"info\":\"A w\\u00f6rm\",\"date\":\"2026-03-01\","
    "\"Orgc\":{\"name\":\"Pond\"},\"Tag\":[{\"name\":\"threattag:category=\\\"Malware\\\"\"}],"
    "\"Attribute\":[{\"type\":\"comment\",\"value\":\"One\"},{\"type\":\"text\",\"value\":\"Two\","
    "\"comment\":\"Three\"}],\"EventReport\":[{\"name\":\"R\",\"content\":\"Four\"}]}}]}";
static const char TABLE[] = "id;text;tags\n1;\"alpha \"\"beta\"\"\nmore\";A|B\n2;\"gamma\n";
static const char PAGE[] =
    "<html><head><meta charset=windows-1252><title>Caf\xe9</title><script "
    "type='application/ld+json'>{\"headline\":\"H\"}</script></head><body><article><p>The heron, "
    "the egret and the bittern stood in the reeds all day, and none of them caught a single fish "
    "there.<p>Then a second one came &amp; caught two.</article><nav><a "
    "href=x>Home</a></nav></body></html>";
static const char ISO_FEED[] =
    "<?xml version='1.0' encoding='ISO-8859-1'?><rss><channel><title>P\xf6nd</title><item><title>A "
    "w\xf6rm</title><description><![CDATA[<p>It spr\xe4"
    "ds</p>]]></description><category>A"
    "</category></item><item><title>&bad;</title></item></channel></rss>";
static const char MESSAGE[] =
    "Subject: =?utf-8?B?V3VybQ==?=\nMIME-Version: 1.0\nContent-Type: multipart/alternative; "
    "boundary=\"b\"\n\n--b\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: "
    "base64\n\nQSB3b3JtIHNwcmVhZHM=\n--b\nContent-Type: text/html\nContent-Transfer-Encoding: "
    "quoted-printable\n\n<p>A w=6frm=\n spreads</p>\n--b--\n";

static void digest_view(digest *sum, ttag_view view)
{
    digest_add(sum, &view.size, sizeof view.size);
    digest_add(sum, view.bytes, view.size);
}

static void digest_article(digest *sum, const ttag_article *a)
{
    const ttag_view views[] = {a->text, a->title, a->id,     a->date,
                               a->url,  a->group, a->source, a->language};
    for (size_t i = 0; i < sizeof views / sizeof *views; i++)
        digest_view(sum, views[i]);
    for (size_t i = 0; i < a->n_tags; i++)
        digest_view(sum, a->tags[i]);
    digest_add(sum, &a->line, sizeof a->line);
}

/* All articles and refusals of a feed into `hex`; the n-th allocation fails, 0: none. */
static ttag_status read_all(const char *path, ttag_input_format format, size_t n, char hex[33])
{
    ttag_reader_opts opts = TTAG_READER_OPTS_INIT;
    ttag_reader *reader;
    ttag_article article;
    digest *sum = digest_new();
    assert_non_null(sum);
    opts.format = format;
    mem_fail_after(n);
    ttag_status status = ttag_reader_open(&reader, &path, 1, &opts, NULL);
    while (status == TTAG_OK || status == TTAG_PARSE || status == TTAG_IO) {
        status = ttag_reader_next(reader, &article, NULL);
        digest_add(sum, &status, sizeof status);
        if (status == TTAG_OK)
            digest_article(sum, &article);
    }
    mem_fail_after(0);
    ttag_reader_free(reader);
    digest_hex(sum, hex);
    digest_free(sum);
    return status;
}

static void sweep_file(const char *path, ttag_input_format format)
{
    char expected[33], got[33];
    assert_int_equal(read_all(path, format, 0, expected), TTAG_END);
    ttag_status status = TTAG_NOMEM;
    size_t n = 0;
    while (status != TTAG_END) {
        status = read_all(path, format, ++n, got);
        if (status != TTAG_END && status != TTAG_NOMEM)
            fail_msg("%s: allocation %zu gives status %d", path, n, (int)status);
    }
    if (strcmp(got, expected) != 0)
        fail_msg("%s: it ends well without allocation %zu, but otherwise", path, n);
    assert_true(n > 2);
}

static void read__files(void **state)
{
    (void)state;
    static const char *const paths[] = {"feeds/pages/bulletin.eml",
                                        "feeds/pages/table.csv",
                                        "feeds/pages/vendor.html",
                                        "feeds/pages/weblog.html",
                                        "feeds/publishers/broken.rss",
                                        "feeds/publishers/cert.rdf",
                                        "feeds/publishers/journal.feed.json",
                                        "feeds/publishers/platform.atom",
                                        "feeds/publishers/vendor.rss",
                                        "feeds/publishers/weblog.rss"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        sweep_file(paths[i], TTAG_INPUT_AUTO);
    sweep_file("golden/files/one.zst", TTAG_INPUT_TEXT);
    sweep_file("golden/files/one.gz", TTAG_INPUT_TEXT);
}

static void read__texts(void **state)
{
    const model_fixture *f = *state;
    static const struct {
        const char *text;
        ttag_input_format format;
    } texts[] = {{BUNDLE, TTAG_INPUT_STIX},
                 {BUNDLE, TTAG_INPUT_AUTO},
                 {EVENTS, TTAG_INPUT_MISP},
                 {EVENTS, TTAG_INPUT_AUTO},
                 {TABLE, TTAG_INPUT_CSV},
                 {PAGE, TTAG_INPUT_HTML},
                 {ISO_FEED, TTAG_INPUT_FEED},
                 {MESSAGE, TTAG_INPUT_EMAIL},
                 {"text\ttags\nalpha\tA;B\n", TTAG_INPUT_TSV}};
    char path[160];
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        put_file(f, path, texts[i].text);
        sweep_file(path, texts[i].format);
    }
    unlink(path);
}

/* ---- Writing. ---- */

typedef struct outcome {
    char *bytes;
    size_t size;
} outcome;

static ttag_status classify_all(const ttag_model *model, const char *path,
                                ttag_output_format format, size_t n, outcome *o)
{
    ttag_classify_opts opts = TTAG_CLASSIFY_OPTS_INIT;
    opts.format = format;
    opts.threads = 1;
    FILE *out = open_memstream(&o->bytes, &o->size);
    assert_non_null(out);
    ttag_reader *reader;
    mem_fail_after(n);
    ttag_status status = ttag_reader_open(&reader, &path, 1, NULL, NULL);
    if (status == TTAG_OK)
        status = ttag_classify_stream(model, reader, out, &opts, NULL, NULL);
    mem_fail_after(0);
    ttag_reader_free(reader);
    fclose(out);
    return status;
}

static void sweep_output(const ttag_model *model, const char *path, ttag_output_format format)
{
    outcome expected, got;
    assert_int_equal(classify_all(model, path, format, 0, &expected), TTAG_OK);
    ttag_status status = TTAG_NOMEM;
    for (size_t n = 1; status != TTAG_OK; n++) {
        status = classify_all(model, path, format, n, &got);
        if (status != TTAG_OK && status != TTAG_NOMEM)
            fail_msg("format %d of %s: allocation %zu gives status %d", (int)format, path, n,
                     (int)status);
        if (status == TTAG_OK) {
            assert_int_equal(got.size, expected.size);
            assert_memory_equal(got.bytes, expected.bytes, got.size);
        }
        free(got.bytes);
    }
    free(expected.bytes);
}

static const char RECORDS[] =
    "{\"id\":\"a\",\"title\":\"alpha\",\"text\":\"alpha beta, "
    "gamma\",\"url\":\"https://a.example\"}\n"
    "{\"text\":7}\n{\"text\":\"alpha \\u00e4 delta alpha\",\"date\":\"2026-01-02\"}\n";
static const char RSS[] =
    "<rss><channel><title>P</title><item><title>alpha beta</title></item><item>"
    "<title>delta</title><category>x</category></item></channel></rss>";
static const char JSON_FEED[] = "{\"version\":\"https://jsonfeed.org/version/"
                                "1.1\",\"items\":[{\"id\":1,\"content_text\":\"alpha "
                                "beta\"},{\"id\":\"2\",\"title\":\"delta\",\"tags\":[\"x\"]}]}";

static void write__formats(void **state)
{
    const model_fixture *f = *state;
    static const ttag_output_format formats[] = {TTAG_OUTPUT_TEXT, TTAG_OUTPUT_JSONL,
                                                 TTAG_OUTPUT_TSV,  TTAG_OUTPUT_CSV,
                                                 TTAG_OUTPUT_MISP, TTAG_OUTPUT_STIX};
    char path[160];
    put_file(f, path, RECORDS);
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        sweep_output(f->model, path, formats[i]);
    put_file(f, path, RSS);
    sweep_output(f->model, path, TTAG_OUTPUT_FEED);
    put_file(f, path, JSON_FEED);
    sweep_output(f->model, path, TTAG_OUTPUT_FEED);
    unlink(path);
}

/* ---- The database. ---- */

static ttag_status into_database(const ttag_model *model, const char *feed, const char *path,
                                 size_t n, ttag_classify_counts *counts)
{
    ttag_classify_opts opts = TTAG_CLASSIFY_OPTS_INIT;
    opts.threads = 1;
    ttag_reader *reader;
    mem_fail_after(n);
    ttag_status status = ttag_reader_open(&reader, &feed, 1, NULL, NULL);
    if (status == TTAG_OK)
        status = ttag_classify_into_database(model, reader, path, NULL, &opts, counts, NULL);
    mem_fail_after(0);
    ttag_reader_free(reader);
    return status;
}

/* What a run that failed leaves is brought to its end by the next one. */
static void database__is_completed(void **state)
{
    const model_fixture *f = *state;
    char feed[160], path[160];
    ttag_classify_counts got;
    put_file(f, feed, RECORDS);
    snprintf(path, sizeof path, "%s/news.db", f->folder);
    ttag_status status = TTAG_NOMEM;
    for (size_t n = 1; status != TTAG_OK; n++) {
        status = into_database(f->model, feed, path, n, &got);
        if (status != TTAG_OK)
            assert_int_equal(status, TTAG_NOMEM);
        else
            assert_int_equal(got.records, 3);
        assert_int_equal(into_database(f->model, feed, path, 0, &got), TTAG_OK);
        assert_int_equal(got.records, 3);
        assert_int_equal(got.refused, 1);
        assert_int_equal(unlink(path), 0);
    }
    unlink(feed);
}

static int set_up(void **state)
{
    model_fixture *f = malloc(sizeof *f);
    assert_non_null(f);
    fixture_init(f);
    fixture_open(f);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    fixture_dispose(*state);
    free(*state);
    return 0;
}
#endif

static void nothing__can_be_made_to_fail(void **state)
{
    (void)state;
#ifndef TTAG_FAULTS
    skip();
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#ifdef TTAG_FAULTS
        cmocka_unit_test(read__files),
        cmocka_unit_test_setup_teardown(read__texts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(write__formats, set_up, tear_down),
        cmocka_unit_test_setup_teardown(database__is_completed, set_up, tear_down),
#endif
        cmocka_unit_test(nothing__can_be_made_to_fail),
    };
    return cmocka_run_group_tests_name("lack_of_memory", tests, NULL, NULL);
}
