/* A feed through the stream: one record out for each record in, in order, for any number of
 * threads.
 */
#include <pthread.h>
#include <signal.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "model_fixture.h"

/* ---- Helpers. ---- */

typedef struct stream_fixture {
    model_fixture f;
    char feed[96];
} stream_fixture;

static int setup(void **state)
{
    stream_fixture *s = malloc(sizeof *s);
    assert_non_null(s);
    fixture_init(&s->f);
    fixture_open(&s->f);
    snprintf(s->feed, sizeof s->feed, "%s/feed.jsonl", s->f.folder);
    *state = s;
    return 0;
}

static int teardown(void **state)
{
    stream_fixture *s = *state;
    unlink(s->feed);
    fixture_dispose(&s->f);
    free(s);
    return 0;
}

static void write_feed(const stream_fixture *s, const char *text, size_t size)
{
    FILE *file = fopen(s->feed, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

/* What the monitor was told. */
typedef struct told {
    char text[4096];
    size_t errors, warnings;
    size_t calls_left; /* until cancelled; 0: never */
} told;

static void on_message(void *payload, ttag_level level, const char *place, const char *text)
{
    told *t = payload;
    size_t used = strlen(t->text);
    snprintf(t->text + used, sizeof t->text - used, "%s%s%s\n", place ? place : "",
             place ? ": " : "", text);
    t->errors += level == TTAG_ERROR;
    t->warnings += level == TTAG_WARNING;
}

static bool on_cancelled(void *payload)
{
    told *t = payload;
    if (t->calls_left > 1)
        t->calls_left--;
    return t->calls_left == 1;
}

typedef struct run {
    ttag_classify_opts opts;
    ttag_status status;
    ttag_classify_counts counts;
    char *out;
    size_t out_size;
    told told;
} run;

static void run_dispose(run *r)
{
    free(r->out);
    *r = (run){0};
}

/* Classifies the feed into memory. */
static void run_stream(const stream_fixture *s, run *r)
{
    ttag_monitor monitor = {on_message, NULL, on_cancelled, &r->told};
    ttag_reader_opts reader_opts = TTAG_READER_OPTS_INIT;
    ttag_reader *reader;
    const char *feed = s->feed;
    r->opts.monitor = &monitor;
    reader_opts.monitor = &monitor;
    assert_int_equal(ttag_reader_open(&reader, &feed, 1, &reader_opts, NULL), TTAG_OK);
    FILE *out = open_memstream(&r->out, &r->out_size);
    assert_non_null(out);
    r->status = ttag_classify_stream(s->f.model, reader, out, &r->opts, &r->counts, NULL);
    fclose(out);
    ttag_reader_free(reader);
    r->opts.monitor = NULL;
}

/* ---- A small feed, to the letter. ---- */

static const char SMALL[] = "{\"id\":\"a\",\"text\":\"alpha alpha beta\"}\n"
                            "\n"
                            "{\"id\":2,\"text\":\"nothing\"}\n"
                            "{\"id\":3,\"text\":\n"
                            "{\"text\":\"beta beta gamma\"}\n";

static void stream__text(void **state)
{
    stream_fixture *s = *state;
    run r = {.opts = TTAG_CLASSIFY_OPTS_INIT};
    write_feed(s, SMALL, sizeof SMALL - 1);
    r.opts.threads = 1;
    run_stream(s, &r);
    char expected[1024];
    const char *refused = strstr(r.out, "error: ");
    assert_non_null(refused);
    snprintf(expected, sizeof expected,
             "a\tMalware (0.99), Security News (0.50)\n"
             "2\t-\n"
             "%s:4\t%.*s\n"
             "%s:5\tVulnerabilitiesAll (0.98), VulnerabilitiesLinux (0.98)\n",
             s->feed, (int)strcspn(refused, "\n"), refused, s->feed);
    assert_string_equal(r.out, expected);
    assert_int_equal(r.status, TTAG_OK);
    assert_int_equal(r.counts.records, 4);
    assert_int_equal(r.counts.refused, 1);
    assert_int_equal(r.told.errors, 1);
    char place[128];
    snprintf(place, sizeof place, "%s:4", s->feed);
    assert_non_null(strstr(r.told.text, place));
    run_dispose(&r);
}

static void stream__tsv(void **state)
{
    stream_fixture *s = *state;
    run r = {.opts = TTAG_CLASSIFY_OPTS_INIT};
    const char feed[] = "{\"id\":\"a\",\"text\":\"nothing\"}\n{\"id\":\"b\",\"text\":1}\n";
    write_feed(s, feed, sizeof feed - 1);
    r.opts.format = TTAG_OUTPUT_TSV;
    run_stream(s, &r);
    char expected[256];
    snprintf(expected, sizeof expected, "a\t\t\t\n%s:2\t\t\t\n", s->feed);
    assert_string_equal(r.out, expected);
    run_dispose(&r);
}

static void stream__jsonl(void **state)
{
    stream_fixture *s = *state;
    run r = {.opts = TTAG_CLASSIFY_OPTS_INIT};
    const char feed[] = "{\"text\":\"beta beta \xff\",\"n\":1}\n{\"id\":\"b\"}\n";
    write_feed(s, feed, sizeof feed - 1);
    r.opts.format = TTAG_OUTPUT_JSONL;
    r.opts.keep = true;
    r.opts.cut = TTAG_CUT_ZERO;
    r.opts.no_implies = true;
    r.opts.explain = 1;
    run_stream(s, &r);
    char expected[1024];
    snprintf(expected, sizeof expected,
             "{\"text\":\"beta beta \xef\xbf\xbd\",\"n\":1,\"id\":null,\"line\":1,\"tags\":["
             "{\"tag\":\"VulnerabilitiesLinux\",\"probability\":0.952574134,\"score\":3,"
             "\"because\":[{\"term\":\"beta\",\"weight\":4}]},"
             "{\"tag\":\"Malware\",\"probability\":0.468790621,\"score\":0,"
             "\"because\":[{\"term\":\"beta\",\"weight\":1}]}],\"bad_bytes\":1}\n"
             "{\"id\":null,\"file\":\"%s\",\"line\":2,\"error\":\"",
             s->feed);
    assert_memory_equal(r.out, expected, strlen(expected));
    assert_int_equal(r.told.warnings, 1);
    assert_non_null(strstr(r.told.text, "1 bytes that are not UTF-8 were read as U+FFFD"));
    run_dispose(&r);
}

static void stream__missing_file_is_a_record(void **state)
{
    stream_fixture *s = *state;
    run r = {.opts = TTAG_CLASSIFY_OPTS_INIT};
    r.opts.format = TTAG_OUTPUT_JSONL;
    run_stream(s, &r);
    assert_int_equal(r.status, TTAG_OK);
    assert_int_equal(r.counts.records, 1);
    assert_int_equal(r.counts.refused, 1);
    char expected[160];
    snprintf(expected, sizeof expected, "{\"id\":null,\"file\":\"%s\",\"error\":\"", s->feed);
    assert_memory_equal(r.out, expected, strlen(expected));
    assert_int_equal(r.told.errors, 1);
    run_dispose(&r);
}

/* ---- A large feed: order, threads, memory. ---- */

enum { N_RECORDS = 5000 };

/* Records of many sizes, every 50th refused, every 70th without an id. */
static void write_large_feed(const stream_fixture *s)
{
    FILE *file = fopen(s->feed, "wb");
    assert_non_null(file);
    static const char *const words[] = {"alpha", "beta", "gamma", "delta", "epsilon"};
    for (int i = 0; i < N_RECORDS; i++) {
        if (i % 50 == 49) {
            fprintf(file, "{\"id\":%d,\"text\":7}\n", i);
            continue;
        }
        fprintf(file, i % 70 == 69 ? "{\"text\":\"" : "{\"id\":%d,\"text\":\"", i);
        for (int j = 0; j < i * 7919 % (i % 300 == 7 ? 5000 : 40); j++)
            fprintf(file, "%s ", words[(i + j * j) % 5]);
        fputs("\"}\n", file);
    }
    assert_int_equal(fclose(file), 0);
}

static void stream__any_number_of_threads_gives_the_same_bytes(void **state)
{
    stream_fixture *s = *state;
    write_large_feed(s);
    static const ttag_output_format formats[] = {TTAG_OUTPUT_JSONL, TTAG_OUTPUT_TEXT,
                                                 TTAG_OUTPUT_TSV};
    for (size_t i = 0; i < 3; i++) {
        run one = {.opts = TTAG_CLASSIFY_OPTS_INIT};
        one.opts.format = formats[i];
        one.opts.explain = 2;
        one.opts.keep = true;
        one.opts.threads = 1;
        run_stream(s, &one);
        assert_int_equal(one.status, TTAG_OK);
        assert_int_equal(one.counts.records, N_RECORDS);
        assert_int_equal(one.counts.refused, N_RECORDS / 50);
        for (uint32_t threads = 2; threads <= 4; threads += 2) {
            run many = {.opts = one.opts};
            many.opts.threads = threads;
            run_stream(s, &many);
            assert_int_equal(many.status, TTAG_OK);
            assert_int_equal(many.counts.records, N_RECORDS);
            assert_int_equal(many.out_size, one.out_size);
            assert_memory_equal(many.out, one.out, one.out_size);
            assert_string_equal(many.told.text, one.told.text); /* messages come in order as well */
            run_dispose(&many);
        }
        run_dispose(&one);
    }
}

static void stream__keeps_the_order(void **state)
{
    stream_fixture *s = *state;
    write_large_feed(s);
    run r = {.opts = TTAG_CLASSIFY_OPTS_INIT};
    r.opts.threads = 3;
    run_stream(s, &r);
    char *line = r.out;
    for (int i = 0; i < N_RECORDS; i++) {
        char place[160];
        bool named = i % 50 != 49 && i % 70 != 69;
        if (named)
            snprintf(place, sizeof place, "%d\t", i);
        else
            snprintf(place, sizeof place, "%s:%d\t", s->feed, i + 1);
        assert_memory_equal(line, place, strlen(place));
        line = strchr(line, '\n');
        assert_non_null(line);
        line++;
    }
    assert_int_equal(*line, '\0');
    run_dispose(&r);
}

static void stream__survives_lack_of_memory(void **state)
{
#ifdef TTAG_FAULTS
    stream_fixture *s = *state;
    write_feed(s, SMALL, sizeof SMALL - 1);
    for (uint32_t threads = 1; threads <= 2; threads++) {
        ttag_status status = TTAG_NOMEM;
        for (size_t n = 1; status != TTAG_OK; n++) {
            ttag_classify_opts opts = TTAG_CLASSIFY_OPTS_INIT;
            opts.threads = threads;
            opts.format = TTAG_OUTPUT_JSONL;
            opts.keep = true;
            opts.explain = 2;
            char *bytes = NULL;
            size_t size = 0;
            FILE *out = open_memstream(&bytes, &size);
            assert_non_null(out);
            ttag_reader *reader;
            const char *feed = s->feed;
            mem_fail_after(n);
            status = ttag_reader_open(&reader, &feed, 1, NULL, NULL);
            if (status == TTAG_OK)
                status = ttag_classify_stream(s->f.model, reader, out, &opts, NULL, NULL);
            mem_fail_after(0);
            assert_true(status == TTAG_OK || status == TTAG_NOMEM);
            ttag_reader_free(reader);
            fclose(out);
            free(bytes);
        }
    }
#else
    (void)state;
    skip();
#endif
}

/* ---- Ends that come early. ---- */

static void stream__a_reader_that_leaves_is_no_error(void **state)
{
    stream_fixture *s = *state;
    write_large_feed(s);
    signal(SIGPIPE, SIG_IGN);
    for (uint32_t threads = 1; threads <= 2; threads++) {
        int ends[2];
        assert_int_equal(pipe(ends), 0);
        close(ends[0]);
        FILE *out = fdopen(ends[1], "w");
        assert_non_null(out);
        ttag_reader *reader;
        const char *feed = s->feed;
        ttag_classify_opts opts = TTAG_CLASSIFY_OPTS_INIT;
        ttag_classify_counts counts;
        opts.threads = threads;
        assert_int_equal(ttag_reader_open(&reader, &feed, 1, NULL, NULL), TTAG_OK);
        assert_int_equal(ttag_classify_stream(s->f.model, reader, out, &opts, &counts, NULL),
                         TTAG_OK);
        assert_int_equal(counts.records, 0);
        assert_true(ttag_reader_seen(reader)->records < N_RECORDS);
        ttag_reader_free(reader);
        fclose(out);
    }
}

static void stream__a_full_disk_is_an_error(void **state)
{
    stream_fixture *s = *state;
    write_large_feed(s);
    FILE *out = fopen("/dev/full", "w");
    if (!out)
        skip();
    ttag_reader *reader;
    const char *feed = s->feed;
    ttag_error err = {0};
    assert_int_equal(ttag_reader_open(&reader, &feed, 1, NULL, NULL), TTAG_OK);
    assert_int_equal(ttag_classify_stream(s->f.model, reader, out, NULL, NULL, &err), TTAG_IO);
    assert_non_null(strstr(err.text, "cannot write the results: "));
    ttag_reader_free(reader);
    fclose(out);
}

static void stream__when_cancelled_answers_what_was_read(void **state)
{
    stream_fixture *s = *state;
    write_large_feed(s);
    for (uint32_t threads = 1; threads <= 2; threads++) {
        run r = {.opts = TTAG_CLASSIFY_OPTS_INIT};
        r.opts.threads = threads;
        r.told.calls_left = 4; /* asked before each piece of the file is read */
        run_stream(s, &r);
        assert_int_equal(r.status, TTAG_CANCELLED);
        assert_true(r.counts.records > 100 && r.counts.records < N_RECORDS);
        size_t lines = 0;
        for (size_t i = 0; i < r.out_size; i++)
            lines += r.out[i] == '\n';
        assert_int_equal(lines, r.counts.records);
        run_dispose(&r);
    }
}

static void stream__refuses_an_unknown_format(void **state)
{
    stream_fixture *s = *state;
    ttag_classify_opts opts = TTAG_CLASSIFY_OPTS_INIT;
    opts.format = (ttag_output_format)9;
    ttag_reader *reader;
    const char *feed = s->feed;
    assert_int_equal(ttag_reader_open(&reader, &feed, 1, NULL, NULL), TTAG_OK);
    assert_int_equal(ttag_classify_stream(s->f.model, reader, stderr, &opts, NULL, NULL),
                     TTAG_INVALID);
    ttag_reader_free(reader);
}

/* ---- A live pipe: each record is answered before the next one comes. ---- */

typedef struct live {
    const stream_fixture *s;
    char fifo[120];
    int out;
    ttag_status status;
} live;

static void *live_stream(void *argument)
{
    live *l = argument;
    ttag_reader_opts reader_opts = TTAG_READER_OPTS_INIT;
    ttag_classify_opts opts = TTAG_CLASSIFY_OPTS_INIT;
    ttag_reader *reader;
    const char *feed = l->fifo;
    FILE *out = fdopen(l->out, "w");
    reader_opts.format = TTAG_INPUT_JSONL;
    opts.threads = 2;
    l->status = ttag_reader_open(&reader, &feed, 1, &reader_opts, NULL);
    if (l->status == TTAG_OK)
        l->status = ttag_classify_stream(l->s->f.model, reader, out, &opts, NULL, NULL);
    ttag_reader_free(reader);
    fclose(out);
    return NULL;
}

static void assert_answer(int fd, const char *expected)
{
    char answer[256] = "";
    size_t size = 0;
    while (!memchr(answer, '\n', size)) {
        ssize_t n = read(fd, answer + size, sizeof answer - 1 - size);
        assert_true(n > 0);
        size += (size_t)n;
    }
    answer[size] = '\0';
    assert_string_equal(answer, expected);
}

static void stream__answers_a_live_pipe_at_once(void **state)
{
    live l = {.s = *state};
    snprintf(l.fifo, sizeof l.fifo, "%s/live", l.s->f.folder);
    assert_int_equal(mkfifo(l.fifo, 0600), 0);
    int answers[2];
    assert_int_equal(pipe(answers), 0);
    l.out = answers[1];
    pthread_t thread;
    alarm(60); /* a record that is never answered must not hang the tests */
    assert_int_equal(pthread_create(&thread, NULL, live_stream, &l), 0);
    FILE *feed = fopen(l.fifo, "w");
    assert_non_null(feed);
    for (int i = 0; i < 5; i++) {
        char expected[64];
        fprintf(feed, "{\"id\":%d,\"text\":\"alpha alpha\"}\n", i);
        fflush(feed);
        snprintf(expected, sizeof expected, "%d\tMalware (0.98), Security News (0.50)\n", i);
        assert_answer(answers[0], expected);
    }
    fclose(feed);
    pthread_join(thread, NULL);
    alarm(0);
    assert_int_equal(l.status, TTAG_OK);
    close(answers[0]);
    unlink(l.fifo);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(stream__text),
        CASE(stream__tsv),
        CASE(stream__jsonl),
        CASE(stream__missing_file_is_a_record),
        CASE(stream__any_number_of_threads_gives_the_same_bytes),
        CASE(stream__keeps_the_order),
        CASE(stream__survives_lack_of_memory),
        CASE(stream__a_reader_that_leaves_is_no_error),
        CASE(stream__a_full_disk_is_an_error),
        CASE(stream__when_cancelled_answers_what_was_read),
        CASE(stream__refuses_an_unknown_format),
        CASE(stream__answers_a_live_pipe_at_once),
    };
    return cmocka_run_group_tests_name("stream", tests, NULL, NULL);
}
