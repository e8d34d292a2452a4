/* ttag_export_svmlight: three files, whole or not at all. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/view.h"
#include "ttag/articles.h"
#include "ttag/features.h"

/* ---- A folder for each test. ---- */

typedef struct fixture {
    char root[64];
    char feed[96], out[96], tags[104], terms[104];
    buffer messages; /* "level place: text\n" */
    bool cancelled;
    ttag_monitor monitor;
    ttag_export_opts opts; /* counts as they are: raw tf, no idf, no norm */
    ttag_error err;
} fixture;

static void take_message(void *payload, ttag_level level, const char *place, const char *text)
{
    fixture *f = payload;
    buffer_printf(&f->messages, "%d %s: %s\n", (int)level, place ? place : "", text);
}

static bool is_stopped(void *payload)
{
    return ((fixture *)payload)->cancelled;
}

static int set_up(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    if (!f)
        return -1;
    strcpy(f->root, "/tmp/ttag_svmlight_XXXXXX");
    if (!mkdtemp(f->root))
        return -1;
    snprintf(f->feed, sizeof f->feed, "%s/feed.jsonl", f->root);
    snprintf(f->out, sizeof f->out, "%s/out", f->root);
    snprintf(f->tags, sizeof f->tags, "%s.tags", f->out);
    snprintf(f->terms, sizeof f->terms, "%s.terms", f->out);
    f->monitor = (ttag_monitor){take_message, NULL, is_stopped, f};
    f->opts = (ttag_export_opts)TTAG_EXPORT_OPTS_INIT;
    f->opts.text = (ttag_text_opts)TTAG_TEXT_OPTS_PLAIN;
    f->opts.text.sublinear_tf = f->opts.text.smooth_idf = f->opts.text.l2_norm = false;
    f->opts.monitor = &f->monitor;
    buffer_text(&f->messages, "");
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    fixture *f = *state;
    unlink(f->feed);
    unlink(f->out);
    unlink(f->tags);
    unlink(f->terms);
    int left = rmdir(f->root); /* fails if a temporary file was left behind */
    buffer_dispose(&f->messages);
    free(f);
    return left;
}

static void put_feed(const fixture *f, const char *text)
{
    FILE *file = fopen(f->feed, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static ttag_status export(fixture *f, const char *path, size_t *rows)
{
    ttag_reader *reader = NULL;
    const char *feed = f->feed;
    ttag_status status = ttag_reader_open(&reader, &feed, 1, NULL, &f->err);
    if (status == TTAG_OK)
        status = ttag_export_svmlight(reader, path, &f->opts, rows, &f->err);
    ttag_reader_free(reader);
    return status;
}

static void assert_file(const char *path, const char *expected)
{
    char got[4096];
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    got[fread(got, 1, sizeof got - 1, file)] = '\0';
    fclose(file);
    assert_string_equal(got, expected);
}

static void assert_nothing_written(const fixture *f)
{
    assert_int_not_equal(access(f->out, F_OK), 0);
    assert_int_not_equal(access(f->tags, F_OK), 0);
    assert_int_not_equal(access(f->terms, F_OK), 0);
}

/* ---- What is written. ---- */

static const char three_records[] =
    "{\"title\":\"Red\",\"text\":\"blue red\",\"tags\":[\"Worm\",\"Data, lost\"]}\n"
    "{\"text\":\"green green blue\",\"tags\":[]}\n"
    "\n"
    "{\"text\":\"red\",\"tags\":[\"Data, lost\",\"Ärger\"]}\n"
    "{\"text\":\"blue\"}\n";

static void export__numbers_tags_by_name_and_terms_from_1(void **state)
{
    fixture *f = *state;
    size_t rows = 0;
    put_feed(f, three_records);
    assert_int_equal(export(f, f->out, &rows), TTAG_OK);
    assert_int_equal(rows, 4);
    assert_file(f->out, "1,2 1:1 3:2\n"
                        " 1:1 2:2\n"
                        "1,3 3:1\n"
                        " 1:1\n");
    assert_file(f->tags, "Data, lost\nWorm\nÄrger\n");
    assert_file(f->terms, "blue\ngreen\nred\n");
    assert_string_equal(f->messages.bytes, "");
}

static void export__takes_the_callers_tags_in_their_order(void **state)
{
    fixture *f = *state;
    const ttag_view tags[] = {view_of("Worm"), view_of("Unseen"), view_of("Ärger")};
    f->opts.tags = tags;
    f->opts.n_tags = 3;
    put_feed(f, three_records);
    assert_int_equal(export(f, f->out, NULL), TTAG_OK);
    assert_file(f->out, "1 1:1 3:2\n"
                        " 1:1 2:2\n"
                        "3 3:1\n"
                        " 1:1\n");
    assert_file(f->tags, "Worm\nUnseen\nÄrger\n");
}

/* red: 1 + ln 2 times (ln(5 / 3) + 1) in the first row, blue: ln(5 / 4) + 1; values as %.9g */
static void export__writes_weighed_values(void **state)
{
    fixture *f = *state;
    f->opts.text = (ttag_text_opts)TTAG_TEXT_OPTS_PLAIN;
    put_feed(f, three_records);
    assert_int_equal(export(f, f->out, NULL), TTAG_OK);
    FILE *file = fopen(f->out, "r");
    assert_non_null(file);
    double blue, red;
    assert_int_equal(fscanf(file, "1,2 1:%lf 3:%lf\n", &blue, &red), 2);
    fclose(file);
    /* worked out by hand */
    double x_blue = 1.22314355131421, x_red = 1.69314718055995 * 1.51082562376599;
    assert_true((blue / red - x_blue / x_red) < 1e-6 && (blue / red - x_blue / x_red) > -1e-6);
    assert_true(blue * blue + red * red < 1.000001 && blue * blue + red * red > 0.999999);
}

static void export__uses_a_given_vocabulary(void **state)
{
    fixture *f = *state;
    ttag_extractor *extractor;
    ttag_features *features;
    const ttag_article article = {.text = {"red yellow", 10}};
    assert_int_equal(ttag_extractor_new(&extractor, &f->opts.text, NULL), TTAG_OK);
    assert_int_equal(ttag_extractor_add(extractor, &article, NULL), TTAG_OK);
    assert_int_equal(ttag_extractor_finish(&features, extractor, NULL), TTAG_OK);
    f->opts.vocabulary = ttag_features_vocabulary(features);
    put_feed(f, three_records);
    size_t rows = 0;
    assert_int_equal(export(f, f->out, &rows), TTAG_OK);
    assert_int_equal(rows, 4);
    /* no tag and no term: a row all the same */
    assert_file(f->out, "1,2 1:2\n"
                        " 1:0\n"
                        "1,3 1:1\n"
                        " 1:0\n");
    assert_file(f->terms, "red\nyellow\n");
    ttag_extractor_free(extractor);
    ttag_features_free(features);
    const ttag_vocabulary none = {0};
    f->opts.vocabulary = &none;
    assert_int_equal(export(f, f->out, &rows), TTAG_EMPTY);
}

static void export__keeps_a_name_on_its_line(void **state)
{
    fixture *f = *state;
    put_feed(f, "{\"text\":\"one two\",\"tags\":[\"a\\nb\"]}\n");
    assert_int_equal(export(f, f->out, NULL), TTAG_OK);
    assert_file(f->tags, "a b\n");
}

/* ---- What is refused. ---- */

static void export__passes_over_refused_records(void **state)
{
    fixture *f = *state;
    size_t rows = 0;
    put_feed(f, "{\"text\":\"red\"}\n"
                "{\"text\":\n"
                "{\"text\":\"blue\"}\n");
    assert_int_equal(export(f, f->out, &rows), TTAG_OK);
    assert_int_equal(rows, 2);
    assert_file(f->out, " 2:1\n 1:1\n");
    assert_file(f->tags, "");
    assert_non_null(strstr(f->messages.bytes, "/feed.jsonl:2:"));
}

static void export__needs_records_and_terms(void **state)
{
    fixture *f = *state;
    size_t rows = 7;
    put_feed(f, "{\"text\":\n");
    assert_int_equal(export(f, f->out, &rows), TTAG_EMPTY);
    assert_int_equal(rows, 0);
    assert_string_equal(f->err.text, "no record could be read; expected one or more");
    put_feed(f, "{\"text\":\"\"}\n");
    assert_int_equal(export(f, f->out, &rows), TTAG_EMPTY);
    assert_nothing_written(f);
}

static void export__leaves_nothing_behind_on_failure(void **state)
{
    fixture *f = *state;
    put_feed(f, three_records);
    char path[128];
    snprintf(path, sizeof path, "%s/absent/out", f->root);
    assert_int_equal(export(f, path, NULL), TTAG_IO);
    assert_int_equal(f->err.code, TTAG_IO);
    f->cancelled = true;
    assert_int_equal(export(f, f->out, NULL), TTAG_CANCELLED);
    f->cancelled = false;
    f->opts.text.word_ngrams = 0;
    assert_int_equal(export(f, f->out, NULL), TTAG_INVALID);
    assert_nothing_written(f);
}

#ifdef TTAG_FAULTS
static void export__survives_lack_of_memory(void **state)
{
    fixture *f = *state;
    put_feed(f, three_records);
    for (int given = 0; given < 2; given++) {
        const ttag_view tags[] = {view_of("Worm")};
        f->opts.tags = given ? tags : NULL;
        f->opts.n_tags = (size_t)given;
        for (size_t n = 1;; n++) {
            mem_fail_after(n);
            ttag_status status = export(f, f->out, NULL);
            mem_fail_after(0);
            if (status == TTAG_OK) {
                assert_true(n > 20);
                break;
            }
            assert_int_equal(status, TTAG_NOMEM);
        }
        assert_file(f->terms, "blue\ngreen\nred\n");
    }
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(export__numbers_tags_by_name_and_terms_from_1, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(export__takes_the_callers_tags_in_their_order, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(export__writes_weighed_values, set_up, tear_down),
        cmocka_unit_test_setup_teardown(export__uses_a_given_vocabulary, set_up, tear_down),
        cmocka_unit_test_setup_teardown(export__keeps_a_name_on_its_line, set_up, tear_down),
        cmocka_unit_test_setup_teardown(export__passes_over_refused_records, set_up, tear_down),
        cmocka_unit_test_setup_teardown(export__needs_records_and_terms, set_up, tear_down),
        cmocka_unit_test_setup_teardown(export__leaves_nothing_behind_on_failure, set_up,
                                        tear_down),
#ifdef TTAG_FAULTS
        cmocka_unit_test_setup_teardown(export__survives_lack_of_memory, set_up, tear_down),
#endif
    };
    return cmocka_run_group_tests_name("svmlight", tests, NULL, NULL);
}
