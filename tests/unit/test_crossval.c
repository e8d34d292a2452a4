/* Who is trained on and who is withheld in a cross-validation; the figures are compared with those
   of programs run by hand in tests/cli/crossval. */
#include "unit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "evaluate/crossval_parts.h"

enum { ARTICLES = 60, EXTRA = 40, FOLDS = 4 };

/* A reader of these bytes; the file is gone, but open. */
static ttag_reader *reader_of(buffer *bytes, char *path)
{
    const char *feed = path;
    ttag_reader *reader;
    ttag_reader_opts opts = TTAG_READER_OPTS_INIT;
    int file = mkstemp(path);
    assert_true(file >= 0 && buffer_ok(bytes));
    assert_true(write(file, bytes->bytes, bytes->size) == (ssize_t)bytes->size);
    close(file);
    opts.format = TTAG_INPUT_JSONL;
    assert_int_equal(ttag_reader_open(&reader, &feed, 1, &opts, NULL), TTAG_OK);
    buffer_dispose(bytes);
    return reader;
}

/* Groups of three, articles of two passages, chained where both are named. */
static void put_articles(buffer *b)
{
    for (unsigned i = 0; i < ARTICLES; i++) {
        buffer_printf(b, "{\"text\":\"t%u\",\"tags\":[%s],\"date\":\"20%02u-01-01\"", i,
                      i % 3   ? "\"a\""
                      : i % 2 ? "\"b\""
                              : "",
                      99 - i);
        if (i % 4 == 1)
            buffer_printf(b, ",\"group\":\"g%u\"", i / 12);
        if (i % 4 < 2)
            buffer_printf(b, ",\"article\":\"w%u\"", i / 4);
        buffer_text(b, "}\n");
    }
}

static void put_extra(buffer *b)
{
    for (unsigned i = 0; i < EXTRA; i++)
        buffer_printf(b, "{\"text\":\"x%u\",\"tags\":[\"a\"],\"article\":\"w%u\"}\n", i, i);
}

/* The parts of both feeds. */
static void with_parts(ttag_crossval_by by, void (*check)(const crossval_parts *p))
{
    buffer articles = {0}, extras = {0};
    char path[] = "/tmp/ttag-crossval-XXXXXX", extra_path[] = "/tmp/ttag-crossval-XXXXXX";
    put_articles(&articles);
    put_extra(&extras);
    ttag_reader *feed = reader_of(&articles, path);
    ttag_extra_feed extra = {reader_of(&extras, extra_path), 0.5};
    ttag_crossval_opts opts = TTAG_CROSSVAL_OPTS_INIT;
    ttag_train_opts train = TTAG_TRAIN_OPTS_INIT;
    opts.folds = FOLDS;
    opts.by = by;
    train.extra = &extra;
    train.n_extra = 1;
    crossval_parts p = {0};
    assert_int_equal(crossval_parts_read(&p, feed, &opts, &train, NULL), TTAG_OK);
    check(&p);
    crossval_parts_dispose(&p);
    ttag_reader_free(feed);
    ttag_reader_free(extra.feed);
    unlink(path);
    unlink(extra_path);
}

static bool holds(const uint32_t *numbers, size_t n, uint32_t number)
{
    for (size_t k = 0; k < n; k++)
        if (numbers[k] == number)
            return true;
    return false;
}

/* No group is on both sides, of the feed or of the extra one. */
static void check_sides(const crossval_parts *p)
{
    uint32_t tested[ARTICLES + EXTRA], seen[ARTICLES + EXTRA];
    for (uint32_t fold = 0; fold < FOLDS; fold++) {
        size_t n_tested = crossval_parts_list(p, tested, fold, UINT32_MAX, true);
        size_t n_seen = crossval_parts_list(p, seen, fold, UINT32_MAX, false);
        n_seen += crossval_parts_list(p, seen + n_seen, fold, 0, false);
        assert_true(n_tested > 0 && n_seen > 0);
        for (size_t i = 0; i < n_tested; i++)
            for (size_t k = 0; k < n_seen; k++)
                assert_true(p->labels.groups[tested[i]] != p->labels.groups[seen[k]]);
    }
}

static void check_folds(const crossval_parts *p)
{
    uint32_t tested[ARTICLES + EXTRA], extra[ARTICLES + EXTRA];
    unsigned withheld[ARTICLES] = {0};
    assert_int_equal(p->n, ARTICLES);
    assert_int_equal(p->records.count, ARTICLES + EXTRA);
    check_sides(p);
    for (uint32_t fold = 0; fold < FOLDS; fold++) {
        size_t n = crossval_parts_list(p, tested, fold, UINT32_MAX, true);
        for (size_t i = 0; i < n; i++)
            withheld[tested[i]]++;
        n = crossval_parts_list(p, extra, fold, 0, false);
        for (uint32_t i = 15; i < EXTRA; i++) /* of articles that the feed does not have */
            assert_true(holds(extra, n, ARTICLES + i));
        assert_true(n < EXTRA);
    }
    for (size_t i = 0; i < ARTICLES; i++)
        assert_int_equal(withheld[i], 1);
}

static void crossval_parts__by_folds(void **state)
{
    (void)state;
    with_parts(TTAG_CROSSVAL_BY_FOLDS, check_folds);
}

/* Nothing that is trained on is later than what is withheld, but for groups' latest dates. */
static void check_dates(const crossval_parts *p)
{
    uint32_t tested[ARTICLES + EXTRA], seen[ARTICLES + EXTRA];
    check_sides(p);
    for (uint32_t fold = 0; fold < FOLDS; fold++) {
        size_t n_tested = crossval_parts_list(p, tested, fold, UINT32_MAX, true);
        size_t n_seen = crossval_parts_list(p, seen, fold, UINT32_MAX, false);
        for (size_t k = 0; k < n_seen; k++) {
            bool before_some = false;
            for (size_t i = 0; i < n_tested; i++) /* numbers fall as dates rise */
                before_some = before_some || seen[k] > tested[i];
            assert_true(before_some);
        }
    }
}

static void crossval_parts__by_date(void **state)
{
    (void)state;
    with_parts(TTAG_CROSSVAL_BY_DATE, check_dates);
}

static void ttag_crossvalidate__refuses(void **state)
{
    (void)state;
    buffer articles = {0};
    char path[] = "/tmp/ttag-crossval-XXXXXX";
    put_articles(&articles);
    ttag_reader *feed = reader_of(&articles, path);
    ttag_crossval_opts opts = TTAG_CROSSVAL_OPTS_INIT;
    ttag_crossval *found;
    ttag_error err;
    opts.folds = 1;
    assert_int_equal(ttag_crossvalidate(&found, feed, &opts, &err), TTAG_INVALID);
    opts.folds = 100;
    assert_int_equal(ttag_crossvalidate(&found, feed, &opts, &err), TTAG_EMPTY);
    assert_non_null(strstr(err.text, "groups of articles"));
    opts.folds = 2;
    assert_int_equal(ttag_crossvalidate(&found, feed, &opts, &err), TTAG_EMPTY);
    assert_non_null(strstr(err.text, "no labelled article")); /* it has been read */
    assert_null(found);
    ttag_crossval_free(NULL);
    ttag_reader_free(feed);
    unlink(path);
}

/* 0.3 and 0.1 of folds with a tag of 20 articles: mean 0.2, spread 0.1 √2; the third has none. */
static void ttag_crossval_figure__leaves_out_folds_that_measure_nothing(void **state)
{
    (void)state;
    ttag_tag_scores many = {.support = 20}, few = {.support = 19};
    ttag_evaluation folds[] = {{.n_tags = 1, .tags = &many, .ece = 0.3, .jaccard = 0.6},
                               {.n_tags = 1, .tags = &few, .ece = 0, .jaccard = 0},
                               {.n_tags = 1, .tags = &many, .ece = 0.1, .jaccard = 0.3}};
    ttag_evaluation *each[] = {&folds[0], &folds[1], &folds[2]};
    ttag_crossval all = {.n_folds = 3, .folds = each};
    double mean, spread;
    assert_true(ttag_crossval_figure(&all, "ece", &mean, &spread));
    assert_true(fabs(mean - 0.2) < 1e-12 && fabs(spread - 0.1 * sqrt(2)) < 1e-12);
    assert_true(ttag_crossval_figure(&all, "jaccard", &mean, &spread));
    assert_true(fabs(mean - 0.3) < 1e-12 && fabs(spread - 0.3) < 1e-12);
    each[0] = each[2] = &folds[1];
    assert_false(ttag_crossval_figure(&all, "ece", &mean, &spread));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(crossval_parts__by_folds),
        cmocka_unit_test(crossval_parts__by_date),
        cmocka_unit_test(ttag_crossvalidate__refuses),
        cmocka_unit_test(ttag_crossval_figure__leaves_out_folds_that_measure_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
