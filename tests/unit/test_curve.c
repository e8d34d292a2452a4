/* Learning curves: which articles a smaller model gets, and figures beside those of a
   cross-validation of the same folds. */
#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/view.h"
#include "evaluate/curve_parts.h"
#include "evaluate/curve_words.h"

enum { ARTICLES = 120, FOLDS = 4 };

/* A reader of 120 articles: tag a by its word in nine of ten, tag b by a word that is a coin's
   toss; every third article is in a group of three. */
static ttag_reader *open_feed(char *path)
{
    buffer b = {0};
    ttag_reader *reader;
    ttag_reader_opts opts = TTAG_READER_OPTS_INIT;
    const char *feed = path;
    for (unsigned i = 0; i < ARTICLES; i++) {
        bool a = i % 2, noisy = i % 10 == 9;
        buffer_printf(&b, "{\"text\":\"%s word%u other%u\",\"tags\":[%s%s]",
                      a != noisy ? "ransom" : "patch", i * 7 % 13, i * 5 % 11, a ? "\"a\"" : "",
                      i * 37 % 50 < 20 ? (a ? ",\"b\"" : "\"b\"") : "");
        if (i % 3 == 0)
            buffer_printf(&b, ",\"group\":\"g%u\"", i / 9);
        buffer_text(&b, "}\n");
    }
    int file = mkstemp(path);
    assert_true(file >= 0 && buffer_ok(&b));
    assert_true(write(file, b.bytes, b.size) == (ssize_t)b.size);
    close(file);
    buffer_dispose(&b);
    opts.format = TTAG_INPUT_JSONL;
    assert_int_equal(ttag_reader_open(&reader, &feed, 1, &opts, NULL), TTAG_OK);
    return reader;
}

static ttag_train_opts fast(void)
{
    ttag_train_opts train = TTAG_TRAIN_OPTS_INIT;
    const ttag_text_opts plain = TTAG_TEXT_OPTS_PLAIN;
    train.text = plain;
    train.partitions = 1;
    train.threads = 2;
    return train;
}

static bool holds(const uint32_t *numbers, size_t n, uint32_t number)
{
    for (size_t k = 0; k < n; k++)
        if (numbers[k] == number)
            return true;
    return false;
}

/* A share or a little more, groups whole, rising, a smaller share within a larger one. */
static void curve_parts__nested_and_whole(void **state)
{
    (void)state;
    char path[] = "/tmp/ttag-curve-XXXXXX";
    ttag_reader *feed = open_feed(path);
    ttag_crossval_opts opts = TTAG_CROSSVAL_OPTS_INIT;
    ttag_train_opts train = fast();
    crossval_parts p = {0};
    uint32_t all[ARTICLES], some[ARTICLES], before[ARTICLES];
    opts.folds = FOLDS;
    assert_int_equal(crossval_parts_read(&p, feed, &opts, &train, NULL), TTAG_OK);
    size_t n = crossval_parts_list(&p, all, 1, UINT32_MAX, false), n_before = 0;
    for (unsigned eighths = 1; eighths <= 8; eighths++) {
        memcpy(some, all, sizeof all);
        size_t kept = curve_parts_take(&p, some, n, eighths / 8.0, 7);
        assert_true(kept >= n * eighths / 8 && kept <= n * eighths / 8 + 4);
        for (size_t i = 0; i < kept; i++) {
            assert_true(holds(all, n, some[i]) && (i == 0 || some[i - 1] < some[i]));
            for (size_t k = 0; k < n; k++)
                if (p.labels.groups[all[k]] == p.labels.groups[some[i]])
                    assert_true(holds(some, kept, all[k]));
        }
        for (size_t i = 0; i < n_before; i++)
            assert_true(holds(some, kept, before[i]));
        memcpy(before, some, sizeof some);
        n_before = kept;
    }
    assert_int_equal(n_before, n);
    crossval_parts_dispose(&p);
    ttag_reader_free(feed);
    unlink(path);
}

static ttag_curve *measure(uint32_t threads)
{
    char path[] = "/tmp/ttag-curve-XXXXXX";
    ttag_reader *feed = open_feed(path);
    ttag_curve_opts opts = TTAG_CURVE_OPTS_INIT;
    ttag_train_opts train = fast();
    ttag_curve *curve;
    train.threads = threads;
    opts.crossval.folds = FOLDS;
    opts.crossval.train = &train;
    opts.points = 3;
    opts.replicates = 200;
    assert_int_equal(ttag_curve_measure(&curve, feed, &opts, NULL), TTAG_OK);
    ttag_reader_free(feed);
    unlink(path);
    return curve;
}

static void within(const ttag_curve_figure *f)
{
    assert_true(f->interval.low <= f->f1 && f->f1 <= f->interval.high);
    assert_true(f->interval.low >= 0 && f->interval.high <= 1);
}

/* Models of all articles are those of a cross-validation. */
static void curve__ends_as_a_crossval(void **state)
{
    (void)state;
    char path[] = "/tmp/ttag-curve-XXXXXX";
    ttag_reader *feed = open_feed(path);
    ttag_crossval_opts opts = TTAG_CROSSVAL_OPTS_INIT;
    ttag_train_opts train = fast();
    ttag_crossval *crossval;
    opts.folds = FOLDS;
    opts.train = &train;
    assert_int_equal(ttag_crossvalidate(&crossval, feed, &opts, NULL), TTAG_OK);
    ttag_reader_free(feed);
    unlink(path);
    ttag_curve *curve = measure(2);
    const ttag_curve_point *last = &curve->points[2];
    assert_int_equal(curve->n_points, 3);
    assert_true(last->micro.f1 == crossval->pooled->micro.f1);
    assert_true(last->macro.f1 == crossval->pooled->macro.f1);
    assert_int_equal(curve->documents, ARTICLES);
    assert_true(last->articles == ARTICLES * (FOLDS - 1.0) / FOLDS && last->share == 1);
    assert_int_equal(curve->n_tags, crossval->pooled->n_tags);
    for (size_t t = 0; t < curve->n_tags; t++) {
        assert_true(view_equal(curve->tags[t].tag, crossval->pooled->tags[t].tag));
        assert_int_equal(curve->tags[t].support, crossval->pooled->tags[t].support);
        assert_true(curve->tags[t].points[2].f1 == crossval->pooled->tags[t].f1);
    }
    ttag_crossval_free(crossval);
    ttag_curve_free(curve);
}

static void curve__gains_and_intervals(void **state)
{
    (void)state;
    ttag_curve *curve = measure(1);
    assert_true(isnan(curve->points[0].micro_gain.a));
    for (size_t i = 0; i < curve->n_points; i++) {
        const ttag_curve_point *p = &curve->points[i];
        within(&p->micro);
        within(&p->macro);
        if (i == 0)
            continue;
        assert_true(p->micro_gain.a == p[-1].micro.f1 && p->micro_gain.b == p->micro.f1);
        assert_true(p->macro_gain.a == p[-1].macro.f1 && p->macro_gain.b == p->macro.f1);
        assert_true(p->share == 2 * p[-1].share && p->articles > p[-1].articles);
    }
    for (size_t t = 0; t < curve->n_tags; t++) {
        const ttag_curve_tag *tag = &curve->tags[t];
        within(&tag->points[0]);
        assert_true(tag->gain.a == tag->points[1].f1 && tag->gain.b == tag->points[2].f1);
    }
    const ttag_interval *gain = &curve->points[2].micro_gain.change;
    ttag_curve_verdict expected = gain->low > 0       ? TTAG_CURVE_RISES
                                  : gain->high < 0.01 ? TTAG_CURVE_FLAT
                                                      : TTAG_CURVE_OPEN;
    assert_int_equal(curve->verdict, expected);
    ttag_curve_free(curve);
}

static char *written(const ttag_curve *curve, int form)
{
    char *bytes = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&bytes, &size);
    assert_non_null(out);
    ttag_status status = form == 0   ? ttag_curve_write_json(curve, out, NULL)
                         : form == 1 ? ttag_curve_write_text(curve, out, NULL)
                                     : ttag_curve_write_html(curve, out, "a <feed>", NULL);
    assert_int_equal(status, TTAG_OK);
    fclose(out);
    return bytes;
}

static void curve__same_for_any_threads(void **state)
{
    (void)state;
    ttag_curve *one = measure(1), *three = measure(3);
    for (int form = 0; form < 3; form++) {
        char *a = written(one, form), *b = written(three, form);
        assert_string_equal(a, b);
        free(a);
        free(b);
    }
    ttag_curve_free(one);
    ttag_curve_free(three);
}

static void curve__is_put_into_words(void **state)
{
    (void)state;
    const ttag_change up = {0.5, 0.625, {0.0625, 0.25}, 0.01},
                      more = {0.25, 0.75, {0.25, 0.5}, 0.01},
                      open = {0.5, 0.625, {-0.25, 0.25}, 0.5};
    const ttag_curve_figure flat[2] = {{0.5, {0, 1}}, {0.625, {0, 1}}};
    const ttag_curve_tag tags[] = {{view_of("open"), 5, flat, open},
                                   {view_of("up"), 5, flat, up},
                                   {view_of("<b>more"), 5, flat, more}};
    const ttag_curve_point points[] = {{0.5, 50, flat[0], flat[0], up, up},
                                       {1, 100, flat[1], flat[1], up, up}};
    const ttag_curve c = {.documents = 120,
                          .folds = 4,
                          .replicates = 10,
                          .points = points,
                          .n_points = 2,
                          .tags = tags,
                          .n_tags = 3,
                          .verdict = TTAG_CURVE_RISES};
    buffer words = {0};
    size_t order[3];
    curve_put_verdict(&words, &c);
    assert_string_equal(words.bytes,
                        "More labels help: from 50 to 100 articles micro-F1 went from 0.500 to "
                        "0.625, by +0.125 (95 %: +0.062 to +0.250).");
    buffer_dispose(&words);
    assert_int_equal(curve_rank_risers(order, &c), 2);
    assert_int_equal(order[0], 2);
    assert_int_equal(order[1], 1);
    char *page = written(&c, 2);
    assert_non_null(strstr(page, "a &lt;feed&gt;"));
    assert_non_null(strstr(page, "&lt;b&gt;more"));
    assert_null(strstr(page, "<b>more"));
    free(page);
}

/* A page is whole, or there is none. */
static void curve__survives_want_of_memory(void **state)
{
    (void)state;
#ifdef TTAG_FAULTS
    const ttag_change none = {0.5, 0.5, {0, 0}, 1};
    const ttag_curve_figure figures[2] = {{0.5, {0, 1}}, {0.5, {0, 1}}};
    const ttag_curve_tag tag = {view_of("worm"), 5, figures, none};
    const ttag_curve_point points[] = {{0.5, 50, figures[0], figures[0], none, none},
                                       {1, 100, figures[1], figures[1], none, none}};
    const ttag_curve c = {.documents = 120,
                          .folds = 4,
                          .replicates = 10,
                          .points = points,
                          .n_points = 2,
                          .tags = &tag,
                          .n_tags = 1};
    char *whole = written(&c, 2);
    ttag_status status = TTAG_NOMEM;
    for (size_t n = 1; n < 200 && status != TTAG_OK; n++) {
        char *bytes = NULL;
        size_t size = 0;
        FILE *out = open_memstream(&bytes, &size);
        assert_non_null(out);
        mem_fail_after(n);
        status = ttag_curve_write_html(&c, out, "a <feed>", NULL);
        mem_fail_after(0);
        fclose(out);
        assert_true(status == TTAG_NOMEM || strcmp(bytes, whole) == 0);
        free(bytes);
    }
    assert_int_equal(status, TTAG_OK);
    free(whole);
#endif
}

static void curve__refuses(void **state)
{
    (void)state;
    char path[] = "/tmp/ttag-curve-XXXXXX";
    ttag_reader *feed = open_feed(path);
    ttag_curve *curve;
    ttag_curve_opts few = TTAG_CURVE_OPTS_INIT, folds = TTAG_CURVE_OPTS_INIT,
                    draws = TTAG_CURVE_OPTS_INIT;
    few.points = 1;
    folds.crossval.folds = 1;
    draws.replicates = 0;
    assert_int_equal(ttag_curve_measure(&curve, feed, &few, NULL), TTAG_INVALID);
    assert_int_equal(ttag_curve_measure(&curve, feed, &folds, NULL), TTAG_INVALID);
    assert_int_equal(ttag_curve_measure(&curve, feed, &draws, NULL), TTAG_INVALID);
    assert_null(curve);
    ttag_reader_free(feed);
    unlink(path);
}

#ifdef TTAG_FAULTS
/* Every tenth place: a run takes thousands of allocations. */
static void curve__out_of_memory(void **state)
{
    (void)state;
    ttag_status status = TTAG_NOMEM;
    for (size_t n = 1; status == TTAG_NOMEM; n += n < 50 ? 1 : n / 5) {
        char path[] = "/tmp/ttag-curve-XXXXXX";
        ttag_reader *feed = open_feed(path);
        ttag_curve_opts opts = TTAG_CURVE_OPTS_INIT;
        ttag_train_opts train = fast();
        ttag_curve *curve;
        train.threads = 1;
        train.thresholds = TTAG_THRESHOLDS_NONE;
        opts.crossval.folds = 2;
        opts.crossval.train = &train;
        opts.points = 2;
        opts.replicates = 10;
        mem_fail_after(n);
        status = ttag_curve_measure(&curve, feed, &opts, NULL);
        mem_fail_after(0);
        ttag_curve_free(curve);
        ttag_reader_free(feed);
        unlink(path);
    }
    assert_int_equal(status, TTAG_OK);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(curve_parts__nested_and_whole),
        cmocka_unit_test(curve__ends_as_a_crossval),
        cmocka_unit_test(curve__gains_and_intervals),
        cmocka_unit_test(curve__same_for_any_threads),
        cmocka_unit_test(curve__is_put_into_words),
        cmocka_unit_test(curve__survives_want_of_memory),
        cmocka_unit_test(curve__refuses),
#ifdef TTAG_FAULTS
        cmocka_unit_test(curve__out_of_memory),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
