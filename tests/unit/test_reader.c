/* ttag_reader: FEEDs to files to records, in order, none lost; its walk and its lines. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "articles/lines.h"
#include "articles/reader.h"
#include "articles/walk.h"
#include "base/buffer.h"
#include "base/memory.h"
#include "base/view.h"
#include "ttag/articles.h"

/* ---- A folder for each test, and what the reader says. ---- */

enum { MOST_PATHS = 64 };

typedef struct fixture {
    char root[64];
    char *made[MOST_PATHS]; /* n_made, in order of making */
    size_t n_made;
    buffer messages;        /* "level place: text\n" */
    int calls_until_cancel; /* 0: never */
    ttag_monitor monitor;
    ttag_reader *reader;
    ttag_article article;
    ttag_error err;
} fixture;

static void take_message(void *payload, ttag_level level, const char *place, const char *text)
{
    fixture *f = payload;
    buffer_printf(&f->messages, "%d %s: %s\n", (int)level, place ? place : "", text);
}

static bool cancel_later(void *payload)
{
    fixture *f = payload;
    return f->calls_until_cancel > 0 && --f->calls_until_cancel == 0;
}

static int set_up(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    if (!f)
        return -1;
    strcpy(f->root, "/tmp/ttag_reader_XXXXXX");
    f->monitor = (ttag_monitor){take_message, NULL, cancel_later, f};
    buffer_text(&f->messages, "");
    *state = f;
    return mkdtemp(f->root) ? 0 : -1;
}

static int tear_down(void **state)
{
    fixture *f = *state;
    ttag_reader_free(f->reader);
    while (f->n_made > 0) {
        char *path = f->made[--f->n_made];
        remove(path);
        free(path);
    }
    int left = rmdir(f->root);
    buffer_dispose(&f->messages);
    free(f);
    return left;
}

/* Path of `name` in the test's folder, remembered for clearing up. */
static const char *path_of(fixture *f, const char *name)
{
    size_t size = strlen(f->root) + strlen(name) + 2;
    char *path = malloc(size);
    assert_non_null(path);
    snprintf(path, size, "%s/%s", f->root, name);
    assert_true(f->n_made < MOST_PATHS);
    return f->made[f->n_made++] = path;
}

static const char *put_bytes(fixture *f, const char *name, const void *bytes, size_t size)
{
    const char *path = path_of(f, name);
    FILE *out = fopen(path, "wb");
    assert_non_null(out);
    assert_int_equal(fwrite(bytes, 1, size, out), size);
    assert_int_equal(fclose(out), 0);
    return path;
}

static const char *put(fixture *f, const char *name, const char *text)
{
    return put_bytes(f, name, text, strlen(text));
}

static const char *put_folder(fixture *f, const char *name)
{
    const char *path = path_of(f, name);
    assert_int_equal(mkdir(path, 0755), 0);
    return path;
}

static void start(fixture *f, const char *const *feeds, size_t n, ttag_input_format format,
                  size_t max_record)
{
    ttag_reader_opts opts = TTAG_READER_OPTS_INIT;
    opts.format = format;
    opts.monitor = &f->monitor;
    if (max_record)
        opts.max_record = max_record;
    ttag_reader_free(f->reader);
    assert_int_equal(ttag_reader_open(&f->reader, feeds, n, &opts, &f->err), TTAG_OK);
}

static void start_one(fixture *f, const char *feed)
{
    start(f, &feed, 1, TTAG_INPUT_AUTO, 0);
}

static ttag_status next(fixture *f)
{
    return ttag_reader_next(f->reader, &f->article, &f->err);
}

static void expect_text(fixture *f, const char *text)
{
    assert_int_equal(next(f), TTAG_OK);
    assert_int_equal(f->article.text.size, strlen(text));
    assert_memory_equal(f->article.text.bytes, text, f->article.text.size);
}

static void expect_refused(fixture *f, ttag_status status, const char *path, size_t line,
                           const char *message)
{
    assert_int_equal(next(f), status);
    assert_int_equal(f->err.code, status);
    assert_string_equal(f->err.path, path);
    assert_int_equal(f->err.line, line);
    if (message)
        assert_string_equal(f->err.text, message);
    assert_string_equal(f->article.path, path);
    assert_int_equal(f->article.line, line);
    assert_null(f->article.text.bytes);
    assert_int_equal(f->article.n_tags, 0);
}

static void expect_end(fixture *f)
{
    assert_int_equal(next(f), TTAG_END);
    assert_int_equal(next(f), TTAG_END);
}

static void expect_counts(const fixture *f, size_t records, size_t refused)
{
    assert_int_equal(ttag_reader_seen(f->reader)->records, records);
    assert_int_equal(ttag_reader_seen(f->reader)->refused, refused);
}

/* ---- JSON Lines files ---- */

static void reader__lines_in_order_with_their_numbers(void **state)
{
    fixture *f = *state;
    const char *path = put(f, "a.jsonl",
                           "\n{\"text\":\"one\"}\r\n \t\r\n{\"text\":\"two\"}\n\n"
                           "{\"text\":\"three\"}");
    start_one(f, path);
    expect_text(f, "one");
    assert_int_equal(f->article.line, 2);
    assert_string_equal(f->article.path, path);
    expect_text(f, "two");
    assert_int_equal(f->article.line, 4);
    expect_text(f, "three");
    assert_int_equal(f->article.line, 6);
    expect_end(f);
    expect_counts(f, 3, 0);
    assert_string_equal(f->messages.bytes, "");
}

static void reader__goes_on_behind_a_refused_record(void **state)
{
    fixture *f = *state;
    const char *path = put(f, "a.jsonl",
                           "{\"text\":\"one\"}\n{\"text\":\n{\"id\":3}\n"
                           "{\"text\":\"f\xffur\"}\n");
    start_one(f, path);
    expect_text(f, "one");
    expect_refused(f, TTAG_PARSE, path, 2, NULL);
    expect_refused(f, TTAG_PARSE, path, 3, NULL);
    expect_text(f, "f\xef\xbf\xbdur");
    expect_end(f);
    expect_counts(f, 4, 2);
    assert_int_equal(ttag_reader_seen(f->reader)->bad_records, 1);
    assert_int_equal(ttag_reader_seen(f->reader)->bad_bytes, 1);
}

static void reader__skips_a_byte_order_mark(void **state)
{
    fixture *f = *state;
    const char *feeds[] = {put(f, "a.jsonl", "\xef\xbb\xbf{\"text\":\"one\"}\n"),
                           put(f, "b.txt", "\xef\xbb\xbfHead\n\nBody"),
                           put(f, "c.dat", "\xef\xbb\xbf \n{\"text\":\"two\"}\n"),
                           put(f, "d.dat", "\xef\xbb")};
    start(f, feeds, 4, TTAG_INPUT_AUTO, 0);
    expect_text(f, "one");
    expect_text(f, "Body");
    assert_int_equal(f->article.title.size, 4);
    expect_text(f, "two");
    expect_text(f, "\xef\xbf\xbd");
    expect_end(f);
}

static void reader__a_file_without_records_is_only_a_warning(void **state)
{
    fixture *f = *state;
    const char *feeds[] = {put(f, "a.jsonl", ""), put(f, "b.jsonl", "\n \n"),
                           put(f, "c.jsonl", "{\"text\":\"one\"}")};
    start(f, feeds, 3, TTAG_INPUT_AUTO, 0);
    expect_text(f, "one");
    expect_end(f);
    expect_counts(f, 1, 0);
    buffer expected = {0};
    buffer_printf(&expected, "1 %s: holds no record\n1 %s: holds no record\n", feeds[0], feeds[1]);
    assert_string_equal(f->messages.bytes, expected.bytes);
    buffer_dispose(&expected);
}

/* A line of `size` bytes that is a good record, but for its length. */
static void put_long_line(buffer *b, size_t size)
{
    buffer_text(b, "{\"text\":\"");
    for (size_t i = 11; i < size; i++)
        buffer_char(b, 'x');
    buffer_text(b, "\"}");
}

static void reader__a_huge_line_is_skipped_between_its_neighbours(void **state)
{
    fixture *f = *state;
    enum { LIMIT = 1000 };
    static const size_t sizes[] = {LIMIT, LIMIT + 1, 300000, 3000000};
    static const char *const ends[] = {"\n", "\r\n", ""};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes * 3; i++) {
        size_t size = sizes[i / 3];
        const char *end = ends[i % 3];
        buffer b = {0};
        buffer_text(&b, "{\"text\":\"before\"}\n");
        put_long_line(&b, size);
        buffer_text(&b, end);
        if (*end)
            buffer_text(&b, "{\"text\":\"behind\"}\n");
        const char *path = put_bytes(f, "a.jsonl", b.bytes, b.size);
        start(f, &path, 1, TTAG_INPUT_AUTO, LIMIT);
        expect_text(f, "before");
        char message[128];
        snprintf(message, sizeof message,
                 "the line has %zu bytes; expected a record of at most 1000", size);
        if (size > LIMIT)
            expect_refused(f, TTAG_PARSE, path, 2, message);
        else
            assert_int_equal(next(f), TTAG_OK);
        if (*end)
            expect_text(f, "behind");
        expect_end(f);
        buffer_dispose(&b);
    }
}

static void reader__long_lines_within_the_bound_are_whole(void **state)
{
    fixture *f = *state;
    buffer b = {0};
    static const size_t sizes[] = {20, 262144, 65536, 700001, 30, 262143, 524288, 25};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        put_long_line(&b, sizes[i]);
        buffer_char(&b, '\n');
    }
    start_one(f, put_bytes(f, "a.jsonl", b.bytes, b.size));
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        assert_int_equal(next(f), TTAG_OK);
        assert_int_equal(f->article.text.size, sizes[i] - 11);
        assert_int_equal(f->article.line, i + 1);
    }
    expect_end(f);
    buffer_dispose(&b);
}

/* ---- Text files ---- */

static void reader__text_files_are_one_record_each(void **state)
{
    fixture *f = *state;
    const char *path = put(f, "a.txt", "Head\n\nMalware Security News\n\nBody\n");
    start_one(f, path);
    expect_text(f, "Body");
    assert_int_equal(f->article.n_tags, 2);
    assert_int_equal(f->article.line, 1);
    assert_int_equal(f->article.id.size, 7);
    assert_memory_equal(f->article.id.bytes, "\"a.txt\"", 7);
    expect_end(f);
    start(f, &path, 1, TTAG_INPUT_TEXT, 0);
    expect_text(f, "Head\n\nMalware Security News\n\nBody\n");
    assert_false(f->article.labelled);
    expect_end(f);
}

static void reader__empty_and_overlong_text_files_are_refused(void **state)
{
    fixture *f = *state;
    buffer b = {0};
    for (size_t i = 0; i < 700000; i++)
        buffer_char(&b, 'x');
    const char *feeds[] = {put(f, "a.txt", ""), put_bytes(f, "b.txt", b.bytes, b.size),
                           put_bytes(f, "c.txt", b.bytes, 101),
                           put_bytes(f, "d.txt", b.bytes, 100)};
    start(f, feeds, 4, TTAG_INPUT_AUTO, 100);
    expect_refused(f, TTAG_PARSE, feeds[0], 1,
                   "the file is empty; expected the text of an article");
    assert_int_equal(next(f), TTAG_PARSE);
    assert_string_equal(f->err.text,
                        "the file has 700000 bytes; expected an article of at most 100");
    assert_int_equal(next(f), TTAG_PARSE);
    assert_string_equal(f->err.text, "the file has 101 bytes; expected an article of at most 100");
    assert_int_equal(next(f), TTAG_OK);
    assert_int_equal(f->article.text.size, 100);
    expect_end(f);
    expect_counts(f, 4, 3);
    buffer_dispose(&b);
}

/* ---- Formats ---- */

static void reader__format_by_ending_else_by_first_byte(void **state)
{
    fixture *f = *state;
    const char *feeds[] = {
        put(f, "a.jsonl", "{\"text\":\"json\"}"),
        put(f, "b.TXT", "{\"text\":\"text\"}"),
        put(f, "c", "\n\n \t{\"text\":\"json\"}\n{\"text\":\"more\"}\n"),
        put(f, "d.md", "Words {"),
    };
    start(f, feeds, 4, TTAG_INPUT_AUTO, 0);
    expect_text(f, "json");
    expect_text(f, "{\"text\":\"text\"}");
    expect_text(f, "json");
    assert_int_equal(f->article.line, 3); /* looking ahead took nothing away */
    expect_text(f, "more");
    expect_text(f, "Words {");
    expect_end(f);
    start(f, feeds, 2, TTAG_INPUT_JSONL, 0);
    expect_text(f, "json");
    expect_text(f, "text");
    expect_end(f);
}

static void reader__gzipped_and_plain_give_the_same(void **state)
{
    fixture *f = *state;
    static const char *const feeds[] = {"golden/articles/feed.jsonl", "golden/articles/coffee.txt",
                                        "golden/articles/feed.jsonl.gz",
                                        "golden/articles/coffee.txt.gz"};
    enum { RECORDS = 4 };
    buffer seen[2] = {{0}, {0}};
    start(f, feeds, 4, TTAG_INPUT_AUTO, 0);
    for (size_t i = 0; i < 2 * RECORDS; i++) {
        assert_int_equal(next(f), TTAG_OK);
        buffer *b = &seen[i / RECORDS];
        const ttag_article *a = &f->article;
        buffer_view(b, a->text);
        buffer_view(b, a->title);
        buffer_printf(b, "|%zu %d", a->line, a->labelled);
        if (a->record.bytes)
            buffer_view(b, a->id);
        for (size_t k = 0; k < a->n_tags; k++)
            buffer_view(b, a->tags[k]);
    }
    expect_end(f);
    assert_string_equal(seen[0].bytes, seen[1].bytes);
    buffer_dispose(&seen[0]);
    buffer_dispose(&seen[1]);
}

static void reader__a_damaged_gzip_file_does_not_stop_the_next(void **state)
{
    fixture *f = *state;
    char bytes[4096];
    FILE *in = fopen("golden/articles/feed.jsonl.gz", "rb");
    assert_non_null(in);
    size_t size = fread(bytes, 1, sizeof bytes, in);
    fclose(in);
    assert_in_range(size, 50, sizeof bytes - 1);
    const char *feeds[] = {put_bytes(f, "a.jsonl.gz", bytes, size - 12), NULL,
                           put(f, "c.jsonl", "{\"text\":\"next\"}")};
    memset(bytes + size / 2, 0x55, 10);
    feeds[1] = put_bytes(f, "b.txt.gz", bytes, size);
    start(f, feeds, 3, TTAG_INPUT_AUTO, 0);
    size_t failures = 0;
    ttag_status status;
    while ((status = next(f)) != TTAG_END && ttag_reader_seen(f->reader)->records < 20) {
        if (status == TTAG_IO) {
            assert_string_equal(f->err.path, feeds[failures]);
            failures++;
        }
    }
    assert_int_equal(failures, 2);
    assert_int_equal(status, TTAG_END);
    assert_int_equal(ttag_reader_seen(f->reader)->refused, 2);
}

/* ---- Feeds ---- */

static void reader__missing_files_and_odd_folders_have_their_turn(void **state)
{
    fixture *f = *state;
    const char *feeds[] = {path_of(f, "nowhere.jsonl"), put_folder(f, "empty"),
                           put(f, "a.txt", "Words")};
    start(f, feeds, 3, TTAG_INPUT_AUTO, 0);
    expect_refused(f, TTAG_IO, feeds[0], 0, "cannot open: No such file or directory");
    expect_refused(f, TTAG_IO, feeds[1], 0,
                   "holds no file of an ending that is read, such as .jsonl, .txt, .rss or .csv");
    expect_text(f, "Words");
    expect_end(f);
    expect_counts(f, 3, 2);
}

static void reader__a_folder_in_byte_order_with_names_below_it(void **state)
{
    fixture *f = *state;
    put(f, "b.txt", "b");
    put_folder(f, "a");
    put(f, "a/2.txt", "a2");
    put(f, "a/10.txt", "a10");
    put(f, "Z.txt", "Z");
    put(f, "a-.txt", "a-");
    put(f, "c.md", "not read");
    put(f, "\xc3\xa9.txt", "e");
    put_folder(f, "x.txt");
    put(f, "x.txt/y.jsonl", "{\"text\":\"y\",\"id\":1}");
    static const char *const expected[][2] = {{"Z", "\"Z.txt\""},       {"a10", "\"a/10.txt\""},
                                              {"a2", "\"a/2.txt\""},    {"a-", "\"a-.txt\""},
                                              {"b", "\"b.txt\""},       {"y", "1"},
                                              {"e", "\"\xc3\xa9.txt\""}};
    char with_slash[80];
    snprintf(with_slash, sizeof with_slash, "%s/", f->root);
    const char *feeds[] = {f->root, with_slash};
    for (size_t k = 0; k < 2; k++) {
        start_one(f, feeds[k]);
        for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
            expect_text(f, expected[i][0]);
            assert_int_equal(f->article.id.size, strlen(expected[i][1]));
            assert_memory_equal(f->article.id.bytes, expected[i][1], f->article.id.size);
        }
        expect_end(f);
    }
    assert_non_null(strstr(f->messages.bytes,
                           "c.md: passed over: its ending is none that is read, such as "
                           ".jsonl, .txt, .rss or .csv\n"));
}

static void reader__links_are_followed_but_not_for_ever(void **state)
{
    fixture *f = *state;
    put_folder(f, "a");
    put(f, "a/one.txt", "one");
    assert_int_equal(symlink("..", path_of(f, "a/up")), 0);
    assert_int_equal(symlink("a", path_of(f, "b")), 0);
    assert_int_equal(symlink("a/one.txt", path_of(f, "c.txt")), 0);
    assert_int_equal(symlink("nowhere", path_of(f, "d.txt")), 0);
    assert_int_equal(symlink("nowhere", path_of(f, "e")), 0);
    start_one(f, f->root);
    expect_text(f, "one"); /* a/one.txt */
    expect_text(f, "one"); /* b/one.txt */
    expect_text(f, "one"); /* c.txt */
    assert_int_equal(next(f), TTAG_IO);
    assert_string_equal(f->err.text, "cannot open: No such file or directory");
    expect_end(f);
    assert_non_null(
        strstr(f->messages.bytes, "a/up: passed over: it leads back to a folder above it\n"));
}

static void reader__pipes_in_a_folder_are_passed_over(void **state)
{
    fixture *f = *state;
    assert_int_equal(mkfifo(path_of(f, "a.jsonl"), 0644), 0);
    put(f, "b.txt", "b");
    start_one(f, f->root);
    expect_text(f, "b");
    expect_end(f);
    assert_non_null(strstr(f->messages.bytes, "a.jsonl: passed over: it is not a regular file\n"));
}

static void reader__an_unreadable_folder_is_named(void **state)
{
    fixture *f = *state;
    if (geteuid() == 0)
        skip(); /* nothing is unreadable to root */
    const char *shut = put_folder(f, "shut");
    put(f, "z.txt", "z");
    assert_int_equal(chmod(shut, 0), 0);
    start_one(f, f->root);
    expect_refused(f, TTAG_IO, shut, 0, "cannot read the folder: Permission denied");
    expect_text(f, "z");
    expect_end(f);
    start_one(f, shut);
    expect_refused(f, TTAG_IO, shut, 0, "cannot read the folder: Permission denied");
    expect_end(f);
}

/* Says of a feed what the reader would say in its turn, and of what cannot be known before,
 * nothing. */
static void feed_check__finds_what_cannot_be_opened(void **state)
{
    fixture *f = *state;
    ttag_error err;
    put_folder(f, "full");
    put(f, "full/a.txt", "Words");
    put_folder(f, "empty");
    put_folder(f, "empty/below");
    assert_int_equal(symlink("nowhere", path_of(f, "link.txt")), 0);
    assert_int_equal(mkfifo(path_of(f, "pipe"), 0644), 0);
    const char *const good[] = {"-", put(f, "a.md", ""), path_of(f, "full"), f->root,
                                path_of(f, "pipe")};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_int_equal(ttag_feed_check(good[i], NULL), TTAG_OK);
    const char *const bad[][2] = {
        {path_of(f, "nowhere.jsonl"), "cannot open: No such file or directory"},
        {path_of(f, "link.txt"), "cannot open: No such file or directory"},
        {path_of(f, "a.md/b.txt"), "cannot open: Not a directory"},
        {"", "cannot open: No such file or directory"},
        {path_of(f, "empty"),
         "holds no file of an ending that is read, such as .jsonl, .txt, .rss or .csv"}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(ttag_feed_check(bad[i][0], &err), TTAG_IO);
        assert_string_equal(err.path, bad[i][0]);
        assert_string_equal(err.text, bad[i][1]);
    }
    if (geteuid() == 0)
        return; /* nothing is unreadable to root */
    assert_int_equal(chmod(path_of(f, "full"), 0), 0);
    assert_int_equal(chmod(path_of(f, "a.md"), 0), 0);
    assert_int_equal(ttag_feed_check(path_of(f, "full"), &err), TTAG_IO);
    assert_string_equal(err.text, "cannot read the folder: Permission denied");
    assert_int_equal(ttag_feed_check(path_of(f, "a.md"), &err), TTAG_IO);
    assert_string_equal(err.text, "cannot open: Permission denied");
}

static void reader__arguments_are_checked(void **state)
{
    fixture *f = *state;
    ttag_reader_opts opts = TTAG_READER_OPTS_INIT;
    const char *feed = "x";
    assert_int_equal(ttag_reader_open(&f->reader, NULL, 0, NULL, &f->err), TTAG_INVALID);
    assert_null(f->reader);
    opts.max_record = 0;
    assert_int_equal(ttag_reader_open(&f->reader, &feed, 1, &opts, &f->err), TTAG_INVALID);
    opts.max_record = 1;
    opts.format = (ttag_input_format)77;
    assert_int_equal(ttag_reader_open(&f->reader, &feed, 1, &opts, &f->err), TTAG_INVALID);
    assert_int_equal(ttag_reader_open(&f->reader, &feed, 1, NULL, NULL), TTAG_OK);
    ttag_reader_free(NULL);
    ttag_decoder_free(NULL);
    ttag_taxonomy_free(NULL);
}

static void reader__paths_outlive_their_files(void **state)
{
    fixture *f = *state;
    put(f, "a.txt", "a");
    put(f, "b.txt", "b");
    const char *feeds[] = {f->root, f->root};
    start(f, feeds, 2, TTAG_INPUT_AUTO, 0);
    expect_text(f, "a");
    const char *first = f->article.path;
    while (next(f) == TTAG_OK)
        ;
    assert_string_equal(first + strlen(f->root), "/a.txt");
}

static void reader__stops_when_told_to(void **state)
{
    fixture *f = *state;
    const char *feed = put(f, "a.jsonl", "{\"text\":\"one\"}\n{\"text\":\"two\"}\n");
    for (int calls = 1;; calls++) {
        f->calls_until_cancel = calls;
        start_one(f, feed);
        ttag_status status;
        while ((status = next(f)) == TTAG_OK)
            ;
        if (status == TTAG_END) {
            assert_true(calls > 3);
            break;
        }
        assert_int_equal(status, TTAG_CANCELLED);
    }
}

static void reader__undecoded_records(void **state)
{
    fixture *f = *state;
    const char *feeds[] = {put(f, "a.jsonl", "{\"te\n"), put(f, "b.txt", "Words\xff")};
    start(f, feeds, 2, TTAG_INPUT_AUTO, 0);
    ttag_record record;
    assert_int_equal(ttag_reader_next_record(f->reader, &record, &f->err), TTAG_OK);
    assert_int_equal(record.format, TTAG_INPUT_JSONL);
    assert_int_equal(record.bytes.size, 4);
    assert_int_equal(record.line, 1);
    assert_int_equal(ttag_reader_next_record(f->reader, &record, &f->err), TTAG_OK);
    assert_int_equal(record.format, TTAG_INPUT_ARTICLE);
    assert_int_equal(record.bytes.size, 6);
    assert_true(view_equal(record.name, view_of("b.txt")));
    assert_string_equal(record.path, feeds[1]);
    assert_int_equal(ttag_reader_next_record(f->reader, &record, &f->err), TTAG_END);
    expect_counts(f, 2, 0);
    assert_int_equal(ttag_reader_seen(f->reader)->bad_bytes, 0);
}

static void put_live(FILE *writer, const char *text)
{
    fputs(text, writer);
    fflush(writer);
}

static void reader__knows_when_a_live_pipe_has_nothing(void **state)
{
    fixture *f = *state;
    const char *path = path_of(f, "live");
    assert_int_equal(mkfifo(path, 0644), 0);
    FILE *writer = fopen(path, "r+"); /* does not wait for a reader */
    assert_non_null(writer);
    put_live(writer, "{\"text\":\"one\"}\n{\"text\":\"two\"}\n{\"te");
    start_one(f, path);
    int descriptor;
    assert_true(reader_would_wait(f->reader, &descriptor)); /* it is not open */
    assert_int_equal(descriptor, -1);
    expect_text(f, "one");
    assert_false(reader_would_wait(f->reader, &descriptor));
    expect_text(f, "two");
    assert_true(reader_would_wait(f->reader, &descriptor));
    assert_true(descriptor >= 0);
    put_live(writer, "xt\":\"th"); /* still not a whole line */
    assert_true(reader_would_wait(f->reader, &descriptor));
    put_live(writer, "ree\"}\n");
    assert_false(reader_would_wait(f->reader, &descriptor));
    expect_text(f, "three");
    assert_int_equal(f->article.line, 3);
    put_live(writer, "\n \t\r\n"); /* blank lines are nothing */
    assert_true(reader_would_wait(f->reader, &descriptor));
    put_live(writer, "\n{\"text\":\"four\"}\n");
    assert_false(reader_would_wait(f->reader, &descriptor));
    expect_text(f, "four");
    assert_int_equal(f->article.line, 7);
    assert_true(reader_would_wait(f->reader, &descriptor));
    fclose(writer);
    assert_false(reader_would_wait(f->reader, &descriptor));
    expect_end(f);
}

static void reader__knows_that_a_file_comes_before_a_pipe(void **state)
{
    fixture *f = *state;
    const char *path = path_of(f, "live");
    assert_int_equal(mkfifo(path, 0644), 0);
    const char *feeds[] = {put(f, "a.txt", "a"), put(f, "b.jsonl", "{\"text\":\"b\"}\n\n "), path};
    start(f, feeds, 3, TTAG_INPUT_AUTO, 0);
    int descriptor;
    assert_false(reader_would_wait(f->reader, &descriptor));
    expect_text(f, "a");
    assert_false(reader_would_wait(f->reader, &descriptor));
    expect_text(f, "b");
    assert_true(reader_would_wait(f->reader, &descriptor));
    assert_int_equal(descriptor, -1);
}

/* ---- Shards. ---- */

/* What was read, a line for each record: place, status, and as much as tells one from another. */
static void read_shard(fixture *f, buffer *out, const char *const *feeds, size_t n, uint32_t shard,
                       uint32_t shards)
{
    ttag_reader_opts opts = TTAG_READER_OPTS_INIT;
    opts.max_record = 60;
    opts.shard = shard;
    opts.shards = shards;
    opts.monitor = &f->monitor;
    ttag_reader *reader;
    ttag_record record;
    assert_int_equal(ttag_reader_open(&reader, feeds, n, &opts, &f->err), TTAG_OK);
    ttag_status status;
    while ((status = ttag_reader_next_record(reader, &record, &f->err)) != TTAG_END) {
        assert_true(status == TTAG_OK || status == TTAG_PARSE || status == TTAG_IO);
        buffer_printf(out, "%s:%zu %d %.*s\n", record.path, record.line, (int)status,
                      (int)record.bytes.size, record.bytes.bytes ? record.bytes.bytes : "");
    }
    ttag_reader_free(reader);
    assert_true(buffer_ok(out));
}

static void check_shards(fixture *f, const char *const *feeds, size_t n)
{
    buffer whole = {0}, parts = {0};
    read_shard(f, &whole, feeds, n, 0, 0);
    for (uint32_t shards = 1; shards < 400; shards += 1 + shards / 8) {
        buffer_clear(&parts);
        for (uint32_t shard = 1; shard <= shards; shard++)
            read_shard(f, &parts, feeds, n, shard, shards);
        assert_string_equal(parts.bytes, whole.bytes);
    }
    buffer_dispose(&whole);
    buffer_dispose(&parts);
}

static void reader__shards_make_the_whole(void **state)
{
    fixture *f = *state;
    const char *folder = put_folder(f, "folder");
    put(f, "folder/a.jsonl", "{\"text\":\"a\"}\n\n\n \r\n{\"text\":\"bb\"}\r\n{}");
    put(f, "folder/b.txt", "An article\n\nof several lines.\n");
    put(f, "folder/c.jsonl", "\n");
    put(f, "folder/d.jsonl", "");
    const char *feeds[] = {
        put(f, "mark.jsonl", "\xef\xbb\xbf{\"text\":\"behind a mark\"}\n{\"text\":\"next\"}\n"),
        folder,
        "/no/such/file",
        "golden/articles/feed.jsonl.gz",
        "golden/articles/feed.jsonl",
        put(f, "auto", "\n\n {\"text\":1}\n{\"text\":2}\n"),
        put(f, "long.jsonl",
            "{\"text\":\"of more than sixty bytes, which is more than is kept, and "
            "then some\"}\n{\"text\":\"x\"}\n1\n2\n3\n4\n5\n6\n7\n"),
        put(f, "text", "not JSON\nat all\n"),
        "golden/articles/coffee.txt.gz",
        folder};
    check_shards(f, feeds, sizeof feeds / sizeof *feeds);
    for (size_t i = 0; i < sizeof feeds / sizeof *feeds; i++)
        check_shards(f, feeds + i, 1);
}

static void reader__shards_of_a_file_larger_than_the_buffer(void **state)
{
    fixture *f = *state;
    buffer text = {0};
    for (int i = 0; i < 40000; i++)
        buffer_printf(&text, "{\"text\":\"%d %.*s\"}\n", i, i * 7 % 40,
                      "a tail of some characters, not always all");
    const char *feed = put_bytes(f, "a.jsonl", text.bytes, text.size);
    buffer whole = {0}, parts = {0};
    read_shard(f, &whole, &feed, 1, 0, 0);
    for (uint32_t shards = 2; shards < 8; shards++) {
        buffer_clear(&parts);
        size_t most = 0;
        for (uint32_t shard = 1; shard <= shards; shard++) {
            size_t before = parts.size;
            read_shard(f, &parts, &feed, 1, shard, shards);
            most = parts.size - before > most ? parts.size - before : most;
        }
        assert_int_equal(parts.size, whole.size);
        assert_memory_equal(parts.bytes, whole.bytes, whole.size);
        assert_true(most < whole.size / shards * 11 / 10); /* parts of a like size */
    }
    buffer_dispose(&text);
    buffer_dispose(&whole);
    buffer_dispose(&parts);
}

static void reader__refuses_what_is_no_shard(void **state)
{
    fixture *f = *state;
    const char *feed = put(f, "a.txt", "a");
    ttag_reader_opts opts = TTAG_READER_OPTS_INIT;
    opts.shards = 3;
    for (opts.shard = 0; opts.shard <= 4; opts.shard += 4)
        assert_int_equal(ttag_reader_open(&f->reader, &feed, 1, &opts, &f->err), TTAG_INVALID);
    const char *pipes[] = {path_of(f, "live"), "-"};
    assert_int_equal(mkfifo(pipes[0], 0644), 0);
    opts.shard = 1;
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(ttag_reader_open(&f->reader, &pipes[i], 1, &opts, &f->err), TTAG_INVALID);
        assert_string_equal(f->err.path, pipes[i]);
        assert_null(f->reader);
    }
}

#ifdef TTAG_FAULTS
static ttag_status read_all(const char *feed)
{
    ttag_reader *reader;
    ttag_article article;
    ttag_status status = ttag_reader_open(&reader, &feed, 1, NULL, NULL);
    if (status != TTAG_OK)
        return status;
    while ((status = ttag_reader_next(reader, &article, NULL)) == TTAG_OK || status == TTAG_PARSE)
        ;
    ttag_reader_free(reader);
    return status;
}

static void reader__survives_lack_of_memory(void **state)
{
    fixture *f = *state;
    put_folder(f, "a");
    put(f, "a/b.txt", "Head\n\nMalware Security News\n\nBody");
    put(f, "c.jsonl", "{\"text\":\"one\",\"tags\":[\"A\"]}\n{\"text\":\"two\"}\n");
    for (size_t n = 1;; n++) {
        mem_fail_after(n);
        ttag_status status = read_all(f->root);
        mem_fail_after(0);
        if (status == TTAG_END)
            break;
        assert_int_equal(status, TTAG_NOMEM);
    }
    for (size_t n = 1;; n++) {
        mem_fail_after(n);
        ttag_status status = ttag_feed_check(f->root, NULL);
        mem_fail_after(0);
        if (status == TTAG_OK)
            break;
        assert_int_equal(status, TTAG_NOMEM);
    }
}
#endif

/* ---- walk and lines, where the reader does not show it ---- */

static void walk_format__by_ending(void **state)
{
    (void)state;
    static const struct {
        const char *path;
        ttag_input_format format;
    } cases[] = {
        {"a.jsonl", TTAG_INPUT_JSONL},      {"a.jsonl.gz", TTAG_INPUT_JSONL},
        {"x/a.JSONL.GZ", TTAG_INPUT_JSONL}, {"a.txt", TTAG_INPUT_ARTICLE},
        {"a.Txt.gz", TTAG_INPUT_ARTICLE},   {"a.json", TTAG_INPUT_AUTO},
        {"a.gz", TTAG_INPUT_AUTO},          {"a.txt.zip", TTAG_INPUT_AUTO},
        {"atxt", TTAG_INPUT_AUTO},          {"", TTAG_INPUT_AUTO},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(walk_format(cases[i].path), cases[i].format);
}

static void walk_feed__names(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"-", "-"}, {"a.txt", "a.txt"}, {"no/such/a.txt", "a.txt"}, {"/a", "a"}, {"", ""}};
    walk_list list = {0};
    arena memory = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(walk_feed(&list, cases[i][0], &memory, NULL, NULL), TTAG_OK);
        assert_int_equal(list.n, i + 1);
        assert_string_equal(list.files[i].path, cases[i][0]);
        assert_true(view_equal(list.files[i].name, view_of(cases[i][1])));
    }
    walk_dispose(&list);
    arena_dispose(&memory);
}

static void lines__one_object_reads_many_files(void **state)
{
    fixture *f = *state;
    const char *a = put(f, "a", "1\n\n3\r\n\r4\r\r\n"), *b = put(f, "b", "");
    lines l = {0};
    ttag_view line;
    for (int round = 0; round < 2; round++) {
        static const char *const expected[] = {"1", "", "3", "\r4\r"};
        assert_int_equal(lines_open(&l, a, 100, NULL, NULL), TTAG_OK);
        for (size_t i = 0; i < 4; i++) {
            assert_int_equal(lines_next(&l, &line, NULL), TTAG_OK);
            assert_true(view_equal(line, view_of(expected[i])));
            assert_int_equal(l.number, i + 1);
        }
        assert_int_equal(lines_next(&l, &line, NULL), TTAG_END);
        lines_close(&l);
        assert_int_equal(lines_open(&l, b, 100, NULL, NULL), TTAG_OK);
        assert_int_equal(lines_next(&l, &line, NULL), TTAG_END);
        lines_close(&l);
        assert_int_equal(lines_open(&l, b, 100, NULL, NULL), TTAG_OK);
        assert_int_equal(lines_whole(&l, &line, NULL), TTAG_OK);
        assert_int_equal(line.size, 0);
        lines_close(&l);
        assert_int_equal(lines_open(&l, "/no/such/file", 100, NULL, NULL), TTAG_IO);
    }
    lines_dispose(&l);
}

static void lines_at_hand__whole_lines_that_are_neither_blank_nor_too_long(void **state)
{
    fixture *f = *state;
    const char *path = put(f, "a", "one\ntwo\r\nthree\n\n \r\nabcdefgh\nabcdefghi\nsix\nend");
    static const struct {
        size_t most, enough, n, number; /* number: of the line given out last, afterwards */
        const char *text;
    } steps[] = {
        {1, 100, 1, 1, "one\n"},
        {9, 0, 0, 1, ""},
        {9, 6, 2, 3, "two\r\nthree\n"}, /* enough within the second */
        {9, 100, 0, 3, ""},             /* blank */
    };
    lines l = {0};
    ttag_view text, line;
    assert_int_equal(lines_open(&l, path, 8, NULL, NULL), TTAG_OK);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        assert_int_equal(lines_at_hand(&l, &text, steps[i].most, steps[i].enough), steps[i].n);
        assert_true(view_equal(text, view_of(steps[i].text)));
        assert_int_equal(l.number, steps[i].number);
    }
    assert_int_equal(lines_next(&l, &line, NULL), TTAG_OK);
    assert_int_equal(lines_next(&l, &line, NULL), TTAG_OK);
    assert_int_equal(lines_at_hand(&l, &text, 9, 100), 1);
    assert_true(view_equal(text, view_of("abcdefgh\n")));
    assert_int_equal(lines_next(&l, &line, NULL), TTAG_LIMIT);
    assert_int_equal(lines_at_hand(&l, &text, 9, 100), 1);
    assert_true(view_equal(text, view_of("six\n")));
    assert_int_equal(lines_at_hand(&l, &text, 9, 100), 0); /* its line feed may yet come */
    assert_int_equal(lines_next(&l, &line, NULL), TTAG_OK);
    assert_true(view_equal(line, view_of("end")));
    assert_int_equal(l.number, 9);
    assert_int_equal(lines_at_hand(&l, &text, 9, 100), 0);
    lines_dispose(&l);
}

static void lines_at_hand__none_begins_behind_the_cut(void **state)
{
    fixture *f = *state;
    const char *path = put(f, "a",
                           "\xef\xbb\xbf"
                           "ab\ncd\nef\n");
    static const struct {
        uint64_t to; /* behind the mark */
        size_t n;
    } cases[] = {{1, 1}, {3, 1}, {4, 2}, {6, 2}, {7, 3}, {9, 3}, {99, 3}};
    lines l = {0};
    ttag_view text;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(lines_open(&l, path, 100, NULL, NULL), TTAG_OK);
        assert_int_equal(lines_cut(&l, 0, cases[i].to, NULL), TTAG_OK);
        assert_int_equal(lines_at_hand(&l, &text, 9, 100), cases[i].n);
        assert_int_equal(text.size, 3 * cases[i].n);
        assert_int_equal(lines_at_hand(&l, &text, 9, 100), 0);
        lines_close(&l);
    }
    lines_dispose(&l);
}

static void lines_cut_first__without_its_end(void **state)
{
    (void)state;
    static const char *const expected[] = {"a", "", "\rb", "c"};
    ttag_view text = view_of("a\n\r\n\rb\r\nc");
    for (size_t i = 0; i < 4; i++)
        assert_true(view_equal(lines_cut_first(&text), view_of(expected[i])));
    assert_int_equal(text.size, 0);
}

/* Runs and single records by turns give what single records give. */
static void reader_next_run__the_same_records(void **state)
{
    fixture *f = *state;
    put(f, "a.jsonl", "1\n2\r\n\n4\n5\n6");
    put(f, "b.txt", "an article\n");
    put(f, "c.jsonl", "1\n");
    static const struct {
        size_t file, line;
        const char *bytes;
    } expected[] = {{0, 1, "1"}, {0, 2, "2"}, {0, 4, "4"},
                    {0, 5, "5"}, {0, 6, "6"}, {1, 1, "an article\n"},
                    {2, 1, "1"}};
    static const char *const names[] = {"a.jsonl", "b.txt", "c.jsonl"};
    size_t n = 0, runs = 0;
    start_one(f, f->root);
    for (ttag_status status = TTAG_OK; status == TTAG_OK;) {
        record_run run = {.n = 0};
        ttag_record record;
        if (reader_next_run(f->reader, &run, 2, 100))
            runs++;
        else if ((status = ttag_reader_next_record(f->reader, &record, &f->err)) != TTAG_OK)
            break;
        do {
            if (run.n > 0)
                record_run_next(&run, &record);
            assert_in_range(n, 0, 6);
            assert_true(view_equal(record.bytes, view_of(expected[n].bytes)));
            assert_true(view_equal(record.name, view_of(names[expected[n].file])));
            assert_int_equal(record.line, expected[n++].line);
        } while (run.n > 0);
    }
    assert_int_equal(n, 7);
    assert_int_equal(runs, 2); /* 2; 5: files begin, and blank lines are passed over, singly */
    assert_int_equal(ttag_reader_seen(f->reader)->records, 7);
}

#define IN_FOLDER(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(reader__lines_in_order_with_their_numbers),
        IN_FOLDER(reader__goes_on_behind_a_refused_record),
        IN_FOLDER(reader__skips_a_byte_order_mark),
        IN_FOLDER(reader__a_file_without_records_is_only_a_warning),
        IN_FOLDER(reader__a_huge_line_is_skipped_between_its_neighbours),
        IN_FOLDER(reader__long_lines_within_the_bound_are_whole),
        IN_FOLDER(reader__text_files_are_one_record_each),
        IN_FOLDER(reader__empty_and_overlong_text_files_are_refused),
        IN_FOLDER(reader__format_by_ending_else_by_first_byte),
        IN_FOLDER(reader__gzipped_and_plain_give_the_same),
        IN_FOLDER(reader__a_damaged_gzip_file_does_not_stop_the_next),
        IN_FOLDER(reader__missing_files_and_odd_folders_have_their_turn),
        IN_FOLDER(reader__a_folder_in_byte_order_with_names_below_it),
        IN_FOLDER(reader__links_are_followed_but_not_for_ever),
        IN_FOLDER(reader__pipes_in_a_folder_are_passed_over),
        IN_FOLDER(reader__an_unreadable_folder_is_named),
        IN_FOLDER(feed_check__finds_what_cannot_be_opened),
        IN_FOLDER(reader__arguments_are_checked),
        IN_FOLDER(reader__paths_outlive_their_files),
        IN_FOLDER(reader__stops_when_told_to),
        IN_FOLDER(reader__undecoded_records),
        IN_FOLDER(reader__knows_when_a_live_pipe_has_nothing),
        IN_FOLDER(reader__knows_that_a_file_comes_before_a_pipe),
        IN_FOLDER(reader__shards_make_the_whole),
        IN_FOLDER(reader__shards_of_a_file_larger_than_the_buffer),
        IN_FOLDER(reader__refuses_what_is_no_shard),
#ifdef TTAG_FAULTS
        IN_FOLDER(reader__survives_lack_of_memory),
#endif
        cmocka_unit_test(walk_format__by_ending),
        cmocka_unit_test(walk_feed__names),
        IN_FOLDER(lines__one_object_reads_many_files),
        IN_FOLDER(lines_at_hand__whole_lines_that_are_neither_blank_nor_too_long),
        IN_FOLDER(lines_at_hand__none_begins_behind_the_cut),
        cmocka_unit_test(lines_cut_first__without_its_end),
        IN_FOLDER(reader_next_run__the_same_records),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
