/* A feed through the pipeline: every record once, in order, with what was said about it. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/view.h"
#include "train/intake.h"

static const ttag_text_opts plain = TTAG_TEXT_OPTS_PLAIN;

/* ---- A folder of files for each test, and what was heard and taken. ---- */

enum { MOST_FILES = 8 };

typedef struct fixture {
    char root[64];
    char paths[MOST_FILES][128];
    size_t n_files;
    buffer
        heard; /* a line for each message: "r" from the reader, "t" from the task, and the text */
    buffer taken; /* a line for each item */
    double progress;
    size_t cancel_after; /* asks of the task's monitor; 0: never */
    size_t fail_at;      /* batch that the taker refuses, from 1; 0: none */
    size_t n_batches;
    ttag_monitor of_reader, of_task;
    ttag_reader *reader;
} fixture;

static void hear(fixture *f, char whom, ttag_level level, const char *place, const char *text)
{
    const char *name = place ? strrchr(place, '/') : NULL;
    text = strrchr(text, '/') ? strrchr(text, '/') + 1 : text;
    buffer_printf(&f->heard, "%c%d %s%s%s\n", whom, (int)level, name ? name + 1 : "",
                  name ? ": " : "", text);
}

static void hear_reader(void *payload, ttag_level level, const char *place, const char *text)
{
    hear(payload, 'r', level, place, text);
}

static void hear_task(void *payload, ttag_level level, const char *place, const char *text)
{
    hear(payload, 't', level, place, text);
}

static void watch(void *payload, const char *activity, double done, double total)
{
    fixture *f = payload;
    assert_string_equal(activity, "reading");
    assert_true(done >= f->progress && total == 0);
    f->progress = done;
}

static bool cancel(void *payload)
{
    fixture *f = payload;
    return f->cancel_after > 0 && --f->cancel_after == 0;
}

static int set_up(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    if (!f)
        return -1;
    strcpy(f->root, "/tmp/ttag_intake_XXXXXX");
    f->of_reader = (ttag_monitor){hear_reader, NULL, NULL, f};
    f->of_task = (ttag_monitor){hear_task, watch, cancel, f};
    buffer_text(&f->heard, "");
    buffer_text(&f->taken, "");
    *state = f;
    return mkdtemp(f->root) ? 0 : -1;
}

static int tear_down(void **state)
{
    fixture *f = *state;
    ttag_reader_free(f->reader);
    while (f->n_files > 0)
        remove(f->paths[--f->n_files]);
    int left = rmdir(f->root);
    buffer_dispose(&f->heard);
    buffer_dispose(&f->taken);
    free(f);
    return left;
}

static void put(fixture *f, const char *name, const buffer *text)
{
    char path[sizeof f->paths[0]];
    snprintf(path, sizeof path, "%s/%s", f->root, name);
    strcpy(f->paths[f->n_files++], path);
    FILE *out = fopen(path, "wb");
    assert_non_null(out);
    assert_int_equal(fwrite(text->bytes, 1, text->size, out), text->size);
    assert_int_equal(fclose(out), 0);
}

static void open_reader(fixture *f)
{
    const char *feed = f->root;
    ttag_reader_opts opts = TTAG_READER_OPTS_INIT;
    opts.monitor = &f->of_reader;
    ttag_reader_free(f->reader);
    assert_int_equal(ttag_reader_open(&f->reader, &feed, 1, &opts, NULL), TTAG_OK);
}

static ttag_status note_batch(void *context, feed_batch *batch, ttag_error *err)
{
    static const char kinds[] = {[FEED_RECORD] = '?',
                                 [FEED_REFUSED] = 'x',
                                 [FEED_COUNTED] = 'c',
                                 [FEED_HELD] = 'h',
                                 [FEED_UNLABELLED] = '-'};
    fixture *f = context;
    size_t row = 0;
    if (++f->n_batches == f->fail_at)
        return fail(err, TTAG_LIMIT, "enough");
    for (size_t i = 0; i < batch->n_items; i++) {
        const feed_item *item = &batch->items[i];
        const ttag_article *a = &item->copy.article;
        buffer_printf(&f->taken, "%c", kinds[item->kind]);
        if (item->kind == FEED_COUNTED || item->kind == FEED_HELD)
            buffer_printf(&f->taken, " %zu %.*s", a->line, (int)a->text.size, a->text.bytes);
        if (item->kind == FEED_COUNTED) {
            size_t start = row > 0 ? batch->terms.rows[row - 1].end : 0;
            ttag_view last = intern_view(&batch->terms.names,
                                         batch->terms.cells[batch->terms.rows[row].end - 1].term);
            buffer_printf(&f->taken, " (%zu, %.*s)", batch->terms.rows[row].end - start,
                          (int)last.size, last.bytes);
            row++;
        }
        buffer_char(&f->taken, '\n');
    }
    assert_int_equal(row, batch->terms.n_rows);
    return TTAG_OK;
}

static ttag_status read_all(fixture *f, unsigned threads, ttag_error *err)
{
    static const ttag_boilerplate nothing = {false, NULL, 0};
    intake_task task = {
        f->reader, {&plain, NULL, NULL, TTAG_UNIT_ARTICLE, &nothing}, threads, &f->of_task};
    buffer_clear(&f->heard);
    buffer_clear(&f->taken);
    f->n_batches = 0;
    f->progress = 0;
    return intake_read(&task, note_batch, f, err);
}

static const unsigned thread_counts[] = {1, 2, 5};
enum { N_THREAD_COUNTS = sizeof thread_counts / sizeof *thread_counts };

/* ---- Tests. ---- */

static const char FIRST[] = "{\"text\":\"one two\",\"tags\":[\"A\"]}\n"
                            "{\"text\":\"no labels\"}\n"
                            "\n"
                            "{\"text\":7}\n"
                            "{\"text\":\"three words here\",\"tags\":[]}\n"
                            "{\"text\":\"b\xff"
                            "d bytes\",\"tags\":[\"A\"],\"unknown\":[\"B\"]}\n";
static const char LAST[] = "[]\n"
                           "{\"text\":\"last one\",\"tags\":[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\","
                           "\"g\",\"h\",\"i\",\"j\"]}\n"
                           "{\"text\":\"nine tags\",\"tags\":[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\","
                           "\"g\",\"h\",\"i\",\"\\u0001\"]}\n";

static void put_text(fixture *f, const char *name, const char *text)
{
    buffer b = {0};
    buffer_text(&b, text);
    put(f, name, &b);
    buffer_dispose(&b);
}

static void intake__takes_all_in_order(void **state)
{
    fixture *f = *state;
    put_text(f, "a.jsonl", FIRST);
    put_text(f, "b.jsonl", "\n\n");
    put_text(f, "c.pdf", "passed over");
    put_text(f, "d.jsonl", LAST);
    put_text(f, "e.jsonl", "");
    for (size_t t = 0; t < N_THREAD_COUNTS; t++) {
        open_reader(f);
        assert_int_equal(read_all(f, thread_counts[t], NULL), TTAG_OK);
        assert_string_equal(f->taken.bytes, "c 1 one two (2, two)\n"
                                            "-\n"
                                            "x\n"
                                            "c 5 three words here (3, here)\n"
                                            "c 6 b\xef\xbf\xbd"
                                            "d bytes (1, bytes)\n"
                                            "x\n"
                                            "h 2 last one\n"
                                            "c 3 nine tags (2, tags)\n");
        assert_string_equal(
            f->heard.bytes,
            "r3 c.pdf: passed over: its ending is none that is read, such as .jsonl, "
            ".txt, .rss or .csv\n"
            "t0 a.jsonl:4:9: \"text\" is a number; expected a string\n"
            "r1 b.jsonl: holds no record\n"
            "t0 d.jsonl:1: expected a JSON object, got an array\n"
            "r1 e.jsonl: holds no record\n");
        const ttag_reader_counts *seen = ttag_reader_seen(f->reader);
        assert_int_equal(seen->records, 8);
        assert_int_equal(seen->refused, 2);
        assert_int_equal(seen->bad_records, 1);
        assert_int_equal(seen->bad_bytes, 1);
        assert_int_equal((int)f->progress, 8);
    }
}

static void put_many(fixture *f, size_t n)
{
    buffer b = {0};
    for (size_t i = 0; i < n; i++) {
        if (i % 97 == 5)
            buffer_printf(&b, "{\"text\":%zu}\n", i);
        else
            buffer_printf(&b, "{\"text\":\"word%zu and word%zu\",\"tags\":[\"T%zu\"]}\n", i % 501,
                          i, i % 3);
    }
    put(f, "many.jsonl", &b);
    buffer_dispose(&b);
}

static void intake__is_the_same_for_any_threads(void **state)
{
    fixture *f = *state;
    buffer heard = {0}, taken = {0};
    put_many(f, 3000);
    for (size_t t = 0; t < N_THREAD_COUNTS; t++) {
        open_reader(f);
        assert_int_equal(read_all(f, thread_counts[t], NULL), TTAG_OK);
        assert_true(f->n_batches > 10);
        if (t == 0) {
            buffer_view(&heard, buffer_as_view(&f->heard));
            buffer_view(&taken, buffer_as_view(&f->taken));
        }
        assert_string_equal(f->heard.bytes, heard.bytes);
        assert_string_equal(f->taken.bytes, taken.bytes);
    }
    buffer_dispose(&heard);
    buffer_dispose(&taken);
}

static void intake__stops_when_cancelled_or_refused(void **state)
{
    fixture *f = *state;
    ttag_error err;
    put_many(f, 3000);
    for (size_t t = 0; t < N_THREAD_COUNTS; t++) {
        open_reader(f);
        f->cancel_after = 3;
        assert_int_equal(read_all(f, thread_counts[t], &err), TTAG_CANCELLED);
        assert_int_equal(err.code, TTAG_CANCELLED);
        assert_true(f->n_batches < 4);
        f->cancel_after = 0;
        open_reader(f);
        f->fail_at = 2;
        assert_int_equal(read_all(f, thread_counts[t], &err), TTAG_LIMIT);
        assert_string_equal(err.text, "enough");
        assert_int_equal(f->n_batches, 2);
        f->fail_at = 0;
        ttag_article article; /* the reader goes on behind what was read, with its own monitor */
        buffer_clear(&f->heard);
        while (ttag_reader_next(f->reader, &article, &err) != TTAG_END)
            assert_int_not_equal(err.code, TTAG_NOMEM);
        put_text(f, "none.jsonl", "");
        open_reader(f);
        while (ttag_reader_next(f->reader, &article, &err) != TTAG_END)
            continue;
        assert_non_null(strstr(f->heard.bytes, "r1 none.jsonl: holds no record"));
    }
}

static void intake__of_nothing(void **state)
{
    fixture *f = *state;
    put_text(f, "none.jsonl", "");
    open_reader(f);
    assert_int_equal(read_all(f, 2, NULL), TTAG_OK);
    assert_string_equal(f->heard.bytes, "r1 none.jsonl: holds no record\n");
    assert_string_equal(f->taken.bytes, "");
}

#ifdef TTAG_FAULTS
static void intake__survives_want_of_memory(void **state)
{
    fixture *f = *state;
    put_text(f, "a.jsonl", FIRST);
    put_text(f, "b.jsonl", "");
    put_text(f, "d.jsonl", LAST);
    open_reader(f); /* so that the test's own buffers have room */
    assert_int_equal(read_all(f, 1, NULL), TTAG_OK);
    for (size_t t = 0; t < 2; t++) {
        ttag_status status = TTAG_NOMEM;
        for (size_t n = 1; status != TTAG_OK; n++) {
            ttag_error err = {0};
            open_reader(f);
            mem_fail_after(n);
            status = read_all(f, thread_counts[t], &err);
            mem_fail_after(0);
            assert_true(status == TTAG_OK || (status == TTAG_NOMEM && err.code == TTAG_NOMEM));
        }
        assert_non_null(strstr(f->taken.bytes, "c 3 nine tags (2, tags)\n"));
    }
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(intake__takes_all_in_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(intake__is_the_same_for_any_threads, set_up, tear_down),
        cmocka_unit_test_setup_teardown(intake__stops_when_cancelled_or_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(intake__of_nothing, set_up, tear_down),
#ifdef TTAG_FAULTS
        cmocka_unit_test_setup_teardown(intake__survives_want_of_memory, set_up, tear_down),
#endif
    };
    return cmocka_run_group_tests_name("intake", tests, NULL, NULL);
}
