/* Importing: fields, templates, conditions, CSV and tar by hand-made examples of our own. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/view.h"
#include "import/csv_rows.h"
#include "import/source_mapping.h"
#include "import/tar_entries.h"

/* ---- Help. ---- */

/* What a template makes of a record; freed by the caller. "!" before it: a value was missing. */
static char *made(const char *text, const char *record)
{
    arena memory = {0};
    template t;
    const char *why;
    buffer out = {0};
    const source_record r = {.value = view_of(record), .document = view_of(record)};
    assert_int_equal(template_read(&t, view_of(text), NULL, 0, &memory, &why), TTAG_OK);
    bool whole = template_put(&t, &r, &out);
    assert_true(buffer_ok(&out));
    char *result = malloc(out.size + 2);
    assert_non_null(result);
    sprintf(result, "%s%s", whole ? "" : "!", out.bytes ? out.bytes : "");
    buffer_dispose(&out);
    arena_dispose(&memory);
    return result;
}

static void assert_made(const char *text, const char *record, const char *expected)
{
    char *got = made(text, record);
    assert_string_equal(got, expected);
    free(got);
}

static const char *refusal(const char *text)
{
    arena memory = {0};
    template t;
    const char *why = NULL;
    assert_int_equal(template_read(&t, view_of(text), NULL, 0, &memory, &why), TTAG_PARSE);
    arena_dispose(&memory);
    return why;
}

/* A mapping of JSON documents with these members besides the required ones. */
static ttag_mapping *mapping_of(const char *members)
{
    char text[4096];
    ttag_mapping *read;
    ttag_error err;
    snprintf(text, sizeof text,
             "{\"name\":\"x\",\"format\":\"json\",\"records\":\"all\","
             "\"article\":{\"text\":\"{t}\"},%s}",
             members);
    ttag_status status = mapping_parse(&read, view_of(text), "x.json", &err);
    if (status != TTAG_OK)
        print_error("%s\n", err.text);
    assert_int_equal(status, TTAG_OK);
    return read;
}

static char *write_file(const char *bytes, size_t size)
{
    char *path = strdup("/tmp/ttag-import-XXXXXX");
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, size), (ssize_t)size);
    close(fd);
    return path;
}

/* What importing the bytes gives; freed by the caller. */
static char *imported(const ttag_mapping *kind, const char *bytes, size_t size,
                      ttag_import_counts *counts, ttag_status expected)
{
    char *path = write_file(bytes, size), *text = NULL;
    size_t length;
    ttag_error err;
    FILE *out = open_memstream(&text, &length);
    assert_non_null(out);
    const char *paths[] = {path};
    assert_int_equal(ttag_import(out, kind, paths, 1, NULL, counts, &err), expected);
    fclose(out);
    unlink(path);
    free(path);
    return text;
}

static void assert_imported(const char *members, const char *document, const char *expected)
{
    ttag_mapping *kind = mapping_of(members);
    ttag_import_counts counts;
    char *got =
        imported(kind, document, strlen(document), &counts, expected[0] ? TTAG_OK : TTAG_EMPTY);
    assert_string_equal(got, expected);
    free(got);
    ttag_mapping_free(kind);
}

/* ---- Templates. ---- */

static void template__fields_and_text(void **state)
{
    (void)state;
    assert_made("", "{}", "");
    assert_made("a-{id}", "{\"id\":7}", "a-7");
    assert_made("{a.b}", "{\"a\":{\"b\":\"x\\ny\"}}", "x\ny");
    assert_made("{a}", "{\"a\":[null,\"\",{},[],\"second\",\"third\"]}", "second");
    assert_made("{a.b}", "{\"a\":[{\"c\":1},{\"b\":2},{\"b\":3}]}", "2");
    assert_made("{a}{b}", "{\"b\":1}", "!1");
}

static void template__optional_parts(void **state)
{
    (void)state;
    const char *date = "{y}[-{m|two}[-{d|two}]]";
    assert_made(date, "{\"y\":2014,\"m\":2,\"d\":13}", "2014-02-13");
    assert_made(date, "{\"y\":2014,\"m\":12}", "2014-12");
    assert_made(date, "{\"y\":2014,\"d\":13}", "2014");
    assert_made(date, "{}", "!");
}

static void template__filters(void **state)
{
    (void)state;
    assert_made("{t|words}", "{\"t\":\" a\\u00a0 b\\n\\tc \"}", "a b c");
    assert_made(
        "{t|markdown|words}",
        "{\"t\":\"[Wolf](https://a.example/x) bites.(Citation: Fable 1) [not a link] (so)\"}",
        "Wolf bites. [not a link] (so)");
    assert_made("{t|markdown}", "{\"t\":\"(Citation: open\"}", "(Citation: open");
    assert_made("{t|link}", "{\"t\":\"see 'https://a.example/b?c=1;', and http://d.example\"}",
                "https://a.example/b?c=1");
    assert_made("{t|upper}", "{\"t\":\"ab-ä1\"}", "AB-ä1");
    assert_made("{t|parent}", "{\"t\":\"T1003.001\"}", "T1003");
    assert_made("{t|parent}", "{\"t\":\"T1003\"}", "!");
}

static void template__refusals(void **state)
{
    (void)state;
    assert_string_equal(refusal("{a"), "has a brace that is not closed");
    assert_string_equal(refusal("a}"), "has a brace that was not opened");
    assert_string_equal(refusal("[a"), "has a bracket that is not closed");
    assert_string_equal(refusal("a]"), "has a bracket that was not opened");
    assert_string_equal(refusal("{a|shout}"), "names a filter that there is not");
}

/* ---- Conditions. ---- */

static void condition__of_fields(void **state)
{
    (void)state;
    const char *rules = "\"tags\":[{\"tag\":\"P\",\"when\":{\"field\":\"f\"}},"
                        "{\"tag\":\"I\",\"when\":{\"field\":\"f\",\"is\":[\"Red\",\"7\"]}},"
                        "{\"tag\":\"H\",\"when\":{\"field\":[\"f\",\"g\"],\"has\":\"ed\"}},"
                        "{\"tag\":\"O\",\"when\":{\"field\":\"f\",\"other_than\":\"Red\"}},"
                        "{\"tag\":\"B\",\"when\":{\"field\":\"d\",\"before\":\"2020\"}}]";
    assert_imported(rules,
                    "{\"all\":[{\"t\":\"1\",\"f\":\"Red\"},{\"t\":\"2\",\"f\":[\"Red\",7]},"
                    "{\"t\":\"3\",\"f\":[],\"g\":\"ED\",\"d\":\"2019-12\"},{\"t\":\"4\",\"f\":{},"
                    "\"d\":\"2020\"}]}",
                    "{\"text\":\"1\",\"tags\":[\"P\",\"I\",\"H\"],\"source\":\"x\"}\n"
                    "{\"text\":\"2\",\"tags\":[\"P\",\"I\",\"H\",\"O\"],\"source\":\"x\"}\n"
                    "{\"text\":\"3\",\"tags\":[\"H\",\"B\"],\"source\":\"x\"}\n"
                    "{\"text\":\"4\",\"tags\":[],\"source\":\"x\"}\n");
}

static void condition__of_conditions(void **state)
{
    (void)state;
    const char *rules =
        "\"define\":{\"a\":{\"field\":\"a\"},\"b\":{\"field\":\"b\"}},"
        "\"tags\":[{\"tag\":\"both\",\"when\":{\"all\":[{\"use\":\"a\"},{\"use\":\"b\"}]}},"
        "{\"tag\":\"one\",\"when\":{\"any\":[{\"use\":\"a\"},{\"use\":\"b\"}]}},"
        "{\"tag\":\"none\",\"when\":{\"not\":{\"tagged\":[\"bo*\",\"on?\"]}}}]";
    assert_imported(rules,
                    "{\"all\":[{\"t\":\"1\",\"a\":1,\"b\":1},{\"t\":\"2\",\"b\":0},{\"t\":\"3\"}]}",
                    "{\"text\":\"1\",\"tags\":[\"both\",\"one\"],\"source\":\"x\"}\n"
                    "{\"text\":\"2\",\"tags\":[\"one\"],\"source\":\"x\"}\n"
                    "{\"text\":\"3\",\"tags\":[\"none\"],\"source\":\"x\"}\n");
}

/* ---- Records. ---- */

static void import__skips_and_counts(void **state)
{
    (void)state;
    ttag_mapping *kind =
        mapping_of("\"least_words\":2,\"drop_repeated\":true,\"skip\":{\"field\":\"gone\"},"
                   "\"tags\":[{\"tag\":\"A\",\"when\":{\"field\":\"a\"}}]");
    const char *document = "{\"all\":[{\"t\":\"one two\",\"a\":1},{\"t\":\"one\"},"
                           "{\"t\":\"one two\"},{\"t\":\"three four\",\"gone\":true},"
                           "{\"t\":\"five six\"},{}]}";
    ttag_import_counts c;
    char *got = imported(kind, document, strlen(document), &c, TTAG_OK);
    assert_string_equal(got, "{\"text\":\"one two\",\"tags\":[\"A\"],\"source\":\"x\"}\n"
                             "{\"text\":\"five six\",\"tags\":[],\"source\":\"x\"}\n");
    assert_int_equal(c.documents, 1);
    assert_int_equal(c.records, 5); /* {} is no value */
    assert_int_equal(c.brief, 1);
    assert_int_equal(c.repeated, 1);
    assert_int_equal(c.passed, 1);
    assert_int_equal(c.written, 2);
    assert_int_equal(c.tagged, 1);
    free(got);
    ttag_mapping_free(kind);
}

static void import__unknown_but_for_given(void **state)
{
    (void)state;
    assert_imported("\"tags\":[{\"tag\":\"VulnerabilitiesOS\"}],"
                    "\"unknown\":[{\"tags\":[\"*OS\",\"*DBMS\"]},"
                    "{\"tags\":\"Malware\",\"when\":{\"field\":\"old\"}}]",
                    "{\"all\":[{\"t\":\"1\"},{\"t\":\"2\",\"old\":1}]}",
                    "{\"text\":\"1\",\"tags\":[\"VulnerabilitiesOS\"],\"unknown\":["
                    "\"VulnerabilitiesDBMS\"],\"source\":\"x\"}\n"
                    "{\"text\":\"2\",\"tags\":[\"VulnerabilitiesOS\"],\"unknown\":["
                    "\"VulnerabilitiesDBMS\",\"Malware\"],\"source\":\"x\"}\n");
}

static void import__document_and_lookup(void **state)
{
    (void)state;
    assert_imported(
        "\"lookups\":{\"name\":{\"at\":\"names\",\"when\":{\"field\":\"ok\"},"
        "\"key\":\"k\",\"value\":\"v.w\"}},"
        "\"tags\":[{\"tag\":\"{ref|name}\"},{\"tag\":\"{ref|name|parent}\"},"
        "{\"tag\":\"of {^.kind}\",\"when\":{\"field\":\"^.kind\",\"is\":\"fable\"}}]",
        "{\"all\":[{\"t\":\"1\",\"ref\":[\"b\",\"a\",\"c\",\"none\"]}],"
        "\"kind\":\"fable\",\"names\":[{\"k\":\"a\",\"v\":{\"w\":\"N1.2\"},\"ok\":1},"
        "{\"k\":\"b\",\"v\":{\"w\":\"N3\"},\"ok\":1},{\"k\":\"c\",\"v\":{\"w\":\"N4\"}}]}",
        "{\"text\":\"1\",\"tags\":[\"N3\",\"N1.2\",\"N1\",\"of fable\"],"
        "\"source\":\"x\"}\n");
}

static void import__refuses_a_document(void **state)
{
    (void)state;
    ttag_mapping *kind = mapping_of("\"tags\":[]");
    ttag_import_counts c;
    static const char *const bad[] = {"{\"all\":[", "", "{\"all\":\"\xff\"}", "[]"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        free(imported(kind, bad[i], strlen(bad[i]), &c, TTAG_EMPTY));
        assert_int_equal(c.refused, i < 3);
    }
    ttag_mapping_free(kind);
}

/* ---- Mappings. ---- */

static void mapping__refusals(void **state)
{
    (void)state;
    static const struct {
        const char *text, *why;
    } cases[] = {
        {"[]", "is an array; expected an object"},
        {"{", "not valid JSON at byte 1"},
        {"{\"naem\":1}", "a mapping has no \"naem\""},
        {"{\"name\":\"x\"}", "\"format\" is missing"},
        {"{\"name\":\"x\",\"format\":\"xml\"}", "\"format\" is \"xml\"; expected json or csv"},
        {"{\"name\":\"x\",\"format\":\"csv\",\"article\":{}}", "\"tags\" is missing"},
        {"{\"name\":\"x\",\"format\":\"csv\",\"article\":{},\"tags\":[]}", "no \"text\""},
        {"{\"name\":\"x\",\"format\":\"csv\",\"article\":{\"body\":\"\"},\"tags\":[]}",
         "\"article\" has \"body\""},
        {"{\"name\":\"x\",\"format\":\"csv\",\"article\":{\"text\":\"{a|b}\"},\"tags\":[]}",
         "names a filter that there is not"},
        {"{\"name\":\"x\",\"format\":\"csv\",\"article\":{\"text\":\"a\"},\"tags\":[{\"tag\":\"T\","
         "\"when\":{\"use\":\"later\"}}]}",
         "uses \"later\", which is not defined before it"},
        {"{\"name\":\"x\",\"format\":\"csv\",\"article\":{\"text\":\"a\"},\"tags\":[{\"tag\":\"T\","
         "\"when\":{\"field\":\"a\",\"has\":\"Capital\"}}]}",
         "expected text in lower case"},
        {"{\"name\":\"x\",\"format\":\"csv\",\"article\":{\"text\":\"a\"},\"tags\":[{\"tag\":\"T\","
         "\"when\":{}}]}",
         "\"field\" of a condition is missing"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ttag_mapping *kind;
        ttag_error err;
        assert_int_equal(mapping_parse(&kind, view_of(cases[i].text), "m.json", &err), TTAG_PARSE);
        assert_null(kind);
        if (!strstr(err.text, cases[i].why))
            fail_msg("case %zu: %s", i, err.text);
    }
}

static void mapping__builtin_ones_read(void **state)
{
    (void)state;
    ttag_error err;
    size_t count = 0;
    for (const char *const *name = ttag_mapping_names(); *name; name++, count++) {
        ttag_mapping *kind;
        assert_int_equal(ttag_mapping_new_builtin(&kind, *name, &err), TTAG_OK);
        assert_string_equal(ttag_mapping_tell(kind).name, *name);
        assert_true(ttag_mapping_tell(kind).licence[0] != '\0');
        ttag_mapping_free(kind);
    }
    assert_int_equal(count, 6);
    ttag_mapping *none;
    assert_int_equal(ttag_mapping_new_builtin(&none, "nothing", &err), TTAG_INVALID);
}

static bool lose_patience(void *payload)
{
    unsigned *left = payload;
    return *left == 0 || --*left == 0;
}

/* It is asked whether to stop at least once for each record, also within a document. */
static void import__stops_when_told_to(void **state)
{
    (void)state;
    ttag_mapping *kind = mapping_of("\"tags\":[]");
    const char *text = "{\"all\":[{\"t\":\"one\"},{\"t\":\"two\"},{\"t\":\"three\"}]}";
    char *path = write_file(text, strlen(text));
    const char *paths[] = {path};
    FILE *out = tmpfile();
    ttag_status status = TTAG_CANCELLED;
    bool seen[4] = {false, false, false, false};
    assert_non_null(out);
    for (unsigned n = 1; status == TTAG_CANCELLED; n++) {
        unsigned left = n;
        ttag_import_counts counts;
        const ttag_monitor monitor = {.cancelled = lose_patience, .payload = &left};
        ttag_import_opts opts = TTAG_IMPORT_OPTS_INIT;
        opts.monitor = &monitor;
        status = ttag_import(out, kind, paths, 1, &opts, &counts, NULL);
        assert_true(n < 100 && (status == TTAG_CANCELLED || status == TTAG_OK));
        if (status == TTAG_CANCELLED)
            seen[counts.records] = true;
    }
    assert_true(seen[0] && seen[1] && seen[2]);
    fclose(out);
    unlink(path);
    free(path);
    ttag_mapping_free(kind);
}

/* ---- CSV. ---- */

static void assert_row(csv_rows *rows, const char *expected)
{
    buffer row = {0};
    ttag_error err;
    assert_int_equal(csv_rows_next(rows, &row, "x.csv", &err), TTAG_OK);
    assert_string_equal(row.bytes, expected);
    buffer_dispose(&row);
}

static void csv_rows__quotes_and_line_ends(void **state)
{
    (void)state;
    csv_rows rows;
    ttag_error err;
    buffer row = {0};
    const char *text = "a,\"b \"\"c\"\"\"\r\n1,\"x,\ny\"\r\n\r\n2\n3,4,5\n6,";
    assert_int_equal(csv_rows_open(&rows, view_of(text), "x.csv", &err), TTAG_OK);
    assert_row(&rows, "{\"a\":\"1\",\"b \\\"c\\\"\":\"x,\\ny\"}");
    assert_int_equal(rows.line, 2);
    assert_row(&rows, "{\"a\":\"2\"}");
    assert_int_equal(rows.line, 5);
    assert_row(&rows, "{\"a\":\"3\",\"b \\\"c\\\"\":\"4\"}");
    assert_row(&rows, "{\"a\":\"6\"}");
    assert_int_equal(csv_rows_next(&rows, &row, "x.csv", &err), TTAG_END);
    csv_rows_dispose(&rows);
    buffer_dispose(&row);
}

/* A row takes the time of what it holds: with all names in each, these would take minutes. */
static void csv_rows__short_rows_below_many_names(void **state)
{
    (void)state;
    enum { N = 100000 };
    csv_rows rows;
    ttag_error err;
    buffer text = {0}, row = {0};
    for (size_t i = 0; i < N; i++)
        buffer_text(&text, i + 1 < N ? "a," : "a\n");
    for (size_t i = 0; i < N; i++)
        buffer_text(&text, i % 2 ? "b\n" : ",,c\n");
    assert_int_equal(csv_rows_open(&rows, buffer_as_view(&text), "x.csv", &err), TTAG_OK);
    for (size_t i = 0; i < N; i++) {
        assert_int_equal(csv_rows_next(&rows, &row, "x.csv", &err), TTAG_OK);
        assert_string_equal(row.bytes, i % 2 ? "{\"a\":\"b\"}" : "{\"a\":\"c\"}");
    }
    assert_int_equal(csv_rows_next(&rows, &row, "x.csv", &err), TTAG_END);
    csv_rows_dispose(&rows);
    buffer_dispose(&row);
    buffer_dispose(&text);
}

static void csv_rows__separators_and_refusals(void **state)
{
    (void)state;
    csv_rows rows;
    ttag_error err;
    buffer row = {0};
    assert_int_equal(csv_rows_open(&rows, view_of("a;b,c;d\n1;2;3"), "x.csv", &err), TTAG_OK);
    assert_row(&rows, "{\"a\":\"1\",\"b,c\":\"2\",\"d\":\"3\"}");
    csv_rows_dispose(&rows);
    assert_int_equal(csv_rows_open(&rows, view_of("a\n\"b"), "x.csv", &err), TTAG_OK);
    assert_int_equal(csv_rows_next(&rows, &row, "x.csv", &err), TTAG_PARSE);
    assert_int_equal(err.line, 2);
    csv_rows_dispose(&rows);
    assert_int_equal(csv_rows_open(&rows, view_of(""), "x.csv", &err), TTAG_PARSE);
    csv_rows_dispose(&rows);
    buffer_dispose(&row);
}

/* ---- tar. ---- */

/* A header after POSIX, written by hand. */
static void put_entry(buffer *tar, const char *name, char type, const char *bytes)
{
    char block[TAR_BLOCK] = {0};
    size_t size = strlen(bytes);
    unsigned sum = 0;
    snprintf(block, 100, "%s", name);
    snprintf(block + 124, 12, "%011o", (unsigned)size & 0777777777);
    memset(block + 148, ' ', 8);
    block[156] = type;
    memcpy(block + 257, "ustar\00000", 8);
    for (int i = 0; i < TAR_BLOCK; i++)
        sum += (unsigned char)block[i];
    snprintf(block + 148, 8, "%06o", sum & 0777777);
    buffer_put(tar, block, sizeof block);
    buffer_put(tar, bytes, size);
    memset(block, 0, sizeof block);
    buffer_put(tar, block, (TAR_BLOCK - size % TAR_BLOCK) % TAR_BLOCK);
}

static void import__reads_archives(void **state)
{
    (void)state;
    buffer tar = {0};
    put_entry(&tar, "folder", '5', "");
    put_entry(&tar, "folder/a.json", '0', "{\"all\":{\"t\":\"first\"}}");
    put_entry(&tar, "folder/notes.txt", '0', "passed over");
    put_entry(&tar, "PaxHeaders/b", 'x', "27 path=folder/longer.json\n");
    put_entry(&tar, "b", '0', "{\"all\":{\"t\":\"second\"}}");
    put_entry(&tar, "folder/bad.json", '0', "{");
    put_entry(&tar, "././@LongLink", 'L', "folder/third.json");
    put_entry(&tar, "c", '0', "{\"all\":{\"t\":\"third\"}}");
    char zeros[2 * TAR_BLOCK] = {0};
    buffer_put(&tar, zeros, sizeof zeros);
    assert_true(buffer_ok(&tar));
    ttag_mapping *kind = mapping_of("\"tags\":[]");
    ttag_import_counts c;
    char *got = imported(kind, tar.bytes, tar.size, &c, TTAG_OK);
    assert_string_equal(got, "{\"text\":\"first\",\"tags\":[],\"source\":\"x\"}\n"
                             "{\"text\":\"second\",\"tags\":[],\"source\":\"x\"}\n"
                             "{\"text\":\"third\",\"tags\":[],\"source\":\"x\"}\n");
    assert_int_equal(c.documents, 4);
    assert_int_equal(c.refused, 1);
    free(got);
    got = imported(kind, tar.bytes, TAR_BLOCK + TAR_BLOCK + 5, &c, TTAG_EMPTY); /* cut */
    assert_int_equal(c.refused, 1);
    free(got);
    ttag_mapping_free(kind);
    buffer_dispose(&tar);
}

#ifdef TTAG_FAULTS
/* Every allocation fails once: an error or the same records, and nothing is lost. */
static void import__survives_no_memory(void **state)
{
    (void)state;
    const char *document = "{\"all\":[{\"t\":\"one two\",\"r\":\"a\"},{\"t\":\"three\"}],"
                           "\"n\":[{\"k\":\"a\",\"v\":\"A\"}]}";
    char *path = write_file(document, strlen(document));
    const char *paths[] = {path};
    ttag_status status = TTAG_NOMEM;
    FILE *out = fopen("/dev/null", "w");
    assert_non_null(out);
    for (size_t n = 1; status != TTAG_OK; n++) {
        ttag_mapping *kind = NULL;
        ttag_import_counts counts;
        ttag_error err;
        const char *text = "{\"name\":\"x\",\"format\":\"json\",\"records\":\"all\","
                           "\"lookups\":{\"l\":{\"at\":\"n\",\"key\":\"k\",\"value\":\"v\"}},"
                           "\"article\":{\"text\":\"{t|words}\"},\"drop_repeated\":true,"
                           "\"tags\":[{\"tag\":\"{r|l}\",\"when\":{\"field\":\"r\",\"is\":\"a\"}}],"
                           "\"unknown\":[{\"tags\":\"*\"}]}";
        assert_true(n < 5000);
        mem_fail_after(n);
        status = mapping_parse(&kind, view_of(text), "x.json", &err);
        if (status == TTAG_OK)
            status = ttag_import(out, kind, paths, 1, NULL, &counts, &err);
        mem_fail_after(0);
        assert_true(status == TTAG_OK || status == TTAG_NOMEM);
        ttag_mapping_free(kind);
    }
    fclose(out);
    unlink(path);
    free(path);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(template__fields_and_text),
        cmocka_unit_test(template__optional_parts),
        cmocka_unit_test(template__filters),
        cmocka_unit_test(template__refusals),
        cmocka_unit_test(condition__of_fields),
        cmocka_unit_test(condition__of_conditions),
        cmocka_unit_test(import__skips_and_counts),
        cmocka_unit_test(import__unknown_but_for_given),
        cmocka_unit_test(import__document_and_lookup),
        cmocka_unit_test(import__refuses_a_document),
        cmocka_unit_test(mapping__refusals),
        cmocka_unit_test(mapping__builtin_ones_read),
        cmocka_unit_test(import__stops_when_told_to),
        cmocka_unit_test(csv_rows__quotes_and_line_ends),
        cmocka_unit_test(csv_rows__short_rows_below_many_names),
        cmocka_unit_test(csv_rows__separators_and_refusals),
        cmocka_unit_test(import__reads_archives),
#ifdef TTAG_FAULTS
        cmocka_unit_test(import__survives_no_memory),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
