/* CSV: fields, rows, columns, what becomes of a row. What is expected follows from RFC 4180 and, of
   what it is silent about, from Python's csv module. */
#include "view_asserts.h"

#include <stdio.h>
#include <stdlib.h>

#include "articles/csv_file.h"
#include "articles/csv_layout.h"
#include "base/view.h"
#include "ttag/articles.h"

/* "a|b;c": fields and rows; "!" where a quote is open. */
static void assert_fields(const char *text, const char *expected)
{
    buffer out = {0}, field = {0};
    csv_scan scan = {view_of(text), csv_separator(view_of(text))};
    while (scan.rest.size > 0) {
        csv_result result = csv_next(&scan, &field);
        buffer_view(&out, buffer_as_view(&field));
        buffer_text(&out, result == CSV_OPEN ? "!" : result == CSV_LAST ? ";" : "|");
        if (result == CSV_OPEN)
            break;
    }
    assert_string_equal(out.bytes ? out.bytes : "", expected);
    buffer_dispose(&out);
    buffer_dispose(&field);
}

static void csv_scan__fields(void **state)
{
    (void)state;
    assert_fields("a,b\n1,2", "a|b;1|2;");
    assert_fields("a;\"b;\"\"\nc\";\r\n\"\";d\r\n", "a|b;\"\nc|;|d;");
    assert_fields("a\tb,c\td\n", "a|b,c|d;");
    assert_fields("\"a\"b,\"c", "ab|!");
    assert_fields("a\"b\",c\n", "a\"b\"|c;");
}

static void columns__lists(void **state)
{
    (void)state;
    assert_null(csv_columns_trouble(NULL));
    assert_null(csv_columns_trouble("text=Body,Tags=a=b"));
    assert_non_null(csv_columns_trouble("text"));
    assert_non_null(csv_columns_trouble("text="));
    assert_non_null(csv_columns_trouble("body=Text"));
    assert_non_null(csv_columns_trouble("text=a,,id=b"));
}

static void csv_layout__by_names(void **state)
{
    (void)state;
    struct ttag_csv_layout layout;
    ttag_error err;
    csv_scan header = {view_of("ID, Title ,Body,text\n1,2"), ','};
    assert_int_equal(csv_layout_read(&layout, &header, "text=Body", "x.csv", &err), TTAG_OK);
    assert_int_equal(layout.column[CSV_ID], 0);
    assert_int_equal(layout.column[CSV_TITLE], 1);
    assert_int_equal(layout.column[CSV_TEXT], 2);
    assert_int_equal(layout.column[CSV_TAGS], CSV_NO_COLUMN);
    assert_true(view_equal(header.rest, view_of("1,2")));
    header.rest = view_of("a,b");
    assert_int_equal(csv_layout_read(&layout, &header, NULL, "x.csv", &err), TTAG_IO);
    assert_string_equal(err.text,
                        "there is no column \"text\"; expected one, or --columns text=NAME");
    header.rest = view_of("text");
    assert_int_equal(csv_layout_read(&layout, &header, "tags=T", "x.csv", &err), TTAG_IO);
    assert_string_equal(err.text,
                        "there is no column \"T\"; expected the names that --columns gives");
}

static void write_file(char *path, const char *text, size_t size)
{
    FILE *file = fdopen(mkstemp(path), "wb");
    assert_int_equal(fwrite(text, 1, size, file), size);
    fclose(file);
}

/* Rows that are longer than what is read at once, with line ends in them. */
static void csv_file__long_rows(void **state)
{
    (void)state;
    char path[] = "/tmp/ttag-csv-XXXXXX";
    buffer text = {0};
    size_t sizes[20], n = 0;
    for (size_t i = 1; i < 300000; i = 2 * i + 1) {
        sizes[n++] = text.size;
        buffer_printf(&text, "%zu,\"\n", i);
        for (size_t k = 0; k < i; k++)
            buffer_text(&text, k % 50 == 49 ? "\"\",\n" : "x");
        buffer_text(&text, "\"\r\n\n");
    }
    write_file(path, text.bytes, text.size);
    lines l = {0};
    assert_int_equal(lines_open(&l, path, 1 << 20, NULL, NULL), TTAG_OK);
    csv_file csv = csv_file_over(&l, 4 << 20, '\0');
    ttag_view row;
    for (size_t i = 0; i < n; i++) {
        const size_t end = i + 1 < n ? sizes[i + 1] : text.size;
        assert_int_equal(csv_file_next(&csv, &row, NULL), TTAG_OK);
        assert_int_equal(row.size, end - sizes[i] - 2); /* without "\n\n" */
        assert_memory_equal(row.bytes, text.bytes + sizes[i], row.size);
    }
    assert_int_equal(csv_file_next(&csv, &row, NULL), TTAG_END);
    lines_close(&l);
    assert_int_equal(lines_open(&l, path, 1 << 20, NULL, NULL), TTAG_OK);
    csv = csv_file_over(&l, 100000, ',');
    ttag_status status;
    while ((status = csv_file_next(&csv, &row, NULL)) == TTAG_OK)
        ;
    assert_int_equal(status, TTAG_LIMIT);
    lines_dispose(&l);
    remove(path);
    buffer_dispose(&text);
}

static void csv__articles(void **state)
{
    (void)state;
    static const char text[] = "\xef\xbb\xbf"
                               "no;when;body;labels\r\n"
                               "7;2026-01-02;\" A \"\"frog\"\";\r\nsings \";Ponds| Song \r\n"
                               "8;;b\xe9;\n"
                               "9\n"
                               "10;;\"open";
    char path[] = "/tmp/ttag-csv-XXXXXX";
    write_file(path, text, sizeof text - 1);
    ttag_reader *reader;
    ttag_reader_opts opts = TTAG_READER_OPTS_INIT;
    const char *feed = path;
    ttag_article a;
    ttag_error err;
    opts.format = TTAG_INPUT_CSV;
    opts.columns = "id=no,date=when,text=body,tags=labels";
    opts.tag_separators = ",|";
    assert_int_equal(ttag_reader_open(&reader, &feed, 1, &opts, &err), TTAG_OK);
    assert_int_equal(ttag_reader_next(reader, &a, &err), TTAG_OK);
    assert_view(a.text, "A \"frog\";\r\nsings");
    assert_view(a.id, "\"7\"");
    assert_view(a.date, "2026-01-02");
    assert_true(a.labelled && a.n_tags == 2 && a.line == 2);
    assert_view(a.tags[1], "Song");
    assert_int_equal(ttag_reader_next(reader, &a, &err), TTAG_OK);
    assert_true(a.labelled && a.n_tags == 0 && a.line == 4);
    assert_int_equal(ttag_reader_next(reader, &a, &err), TTAG_PARSE);
    assert_string_equal(err.text, "the row has neither title nor text; expected one of them");
    assert_int_equal(ttag_reader_next(reader, &a, &err), TTAG_PARSE);
    assert_string_equal(err.text,
                        "a quote is not closed; expected CSV with \" at both ends of a field");
    assert_int_equal(err.line, 6);
    assert_int_equal(ttag_reader_next(reader, &a, &err), TTAG_END);
    ttag_reader_free(reader);
    opts.columns = "body";
    assert_int_equal(ttag_reader_open(&reader, &feed, 1, &opts, &err), TTAG_INVALID);
    remove(path);
}

static void csv_file__separator_behind_blank_rows(void **state)
{
    (void)state;
    char path[] = "/tmp/ttag-csv-XXXXXX";
    static const char text[] = "\r\n\ntitle;text\n1,2,3;4\n";
    write_file(path, text, sizeof text - 1);
    lines l = {0};
    ttag_view row;
    assert_int_equal(lines_open(&l, path, 1 << 20, NULL, NULL), TTAG_OK);
    csv_file csv = csv_file_over(&l, 4 << 20, '\0');
    assert_int_equal(csv_file_next(&csv, &row, NULL), TTAG_OK);
    assert_view(row, "title;text");
    assert_int_equal(csv.separator, ';');
    assert_int_equal(csv.line, 3);
    lines_close(&l);
    lines_dispose(&l);
    remove(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv_scan__fields),
        cmocka_unit_test(columns__lists),
        cmocka_unit_test(csv_layout__by_names),
        cmocka_unit_test(csv_file__long_rows),
        cmocka_unit_test(csv__articles),
        cmocka_unit_test(csv_file__separator_behind_blank_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
