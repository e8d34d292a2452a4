/* train/folds, and the labels and groups they are made from. */
#include "unit.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/random.h"
#include "base/view.h"
#include "train/folds.h"

/* ---- Labels from a description. ---- */

static void add(label_log *log, ttag_article *article)
{
    size_t n_tags;
    assert_int_equal(label_log_see(log, article, &n_tags), TTAG_OK);
    assert_int_equal(label_log_add(log, article), TTAG_OK);
}

/* An article with tags t0, t1, … where `bits` is set. */
static void add_bits(label_log *log, unsigned bits, const char *group, const char *whole)
{
    static const char *const NAMES[] = {"t0", "t1", "t2", "t3", "t4", "t5", "t6", "t7"};
    ttag_view tags[8];
    ttag_article article = {.tags = tags, .labelled = true, .weight = 1};
    for (unsigned t = 0; t < 8; t++)
        if (bits & 1u << t)
            tags[article.n_tags++] = view_of(NAMES[t]);
    article.group = view_of(group);
    article.article = view_of(whole);
    add(log, &article);
}

static void make(labels *l, label_log *log)
{
    assert_int_equal(labels_make(l, log, NULL, 1), TTAG_OK);
    label_log_dispose(log);
}

static size_t count_in(const labels *l, const uint8_t *fold, size_t tag, unsigned which)
{
    size_t count = 0;
    for (size_t k = l->starts[tag]; k < l->starts[tag + 1]; k++)
        count += fold[l->articles[k]] == which;
    return count;
}

/* Largest difference between two folds in articles of a tag (or of all: tag == n_tags). */
static size_t imbalance(const labels *l, const uint8_t *fold, size_t tag, unsigned n_folds)
{
    size_t least = SIZE_MAX, most = 0;
    for (unsigned f = 0; f < n_folds; f++) {
        size_t count = 0;
        if (tag < l->n_tags)
            count = count_in(l, fold, tag, f);
        else
            for (size_t i = 0; i < l->n_articles; i++)
                count += fold[i] == f;
        least = count < least ? count : least;
        most = count > most ? count : most;
    }
    return most - least;
}

/* ---- Labels. ---- */

static void labels_make__sorts_drops_and_lists(void **state)
{
    (void)state;
    label_log log = {0};
    labels l;
    ttag_view zebra[] = {{"zebra", 5}, {"ape", 3}};
    ttag_view ape[] = {{"ape", 3}};
    ttag_view lone[] = {{"lone", 4}};
    ttag_view odd[] = {{"ape", 3}, {"never carried", 13}};
    add(&log, &(ttag_article){.tags = zebra, .n_tags = 2, .labelled = true});
    add(&log, &(ttag_article){.tags = ape, .n_tags = 1, .labelled = true});
    add(&log, &(ttag_article){.tags = zebra, .n_tags = 1, .unknown = odd, .n_unknown = 2});
    add(&log, &(ttag_article){.tags = lone, .n_tags = 1, .unknown_others = true});
    assert_int_equal(labels_make(&l, &log, NULL, 2), TTAG_OK);
    assert_int_equal(l.n_articles, 4);
    assert_int_equal(l.n_tags, 2);
    assert_true(view_equal(l.names[0], view_of("ape")));
    assert_true(view_equal(l.names[1], view_of("zebra")));
    assert_int_equal(l.n_dropped, 1);
    assert_true(view_equal(l.dropped[0].name, view_of("lone")));
    assert_int_equal(l.dropped[0].support, 1);
    signed char truth[4];
    labels_truth(&l, 0, truth);
    assert_memory_equal(truth, ((signed char[]){1, 1, 0, 0}), 4);
    labels_truth(&l, 1, truth);
    assert_memory_equal(truth, ((signed char[]){1, -1, 1, 0}), 4);
    labels_dispose(&l);
    label_log_dispose(&log);
}

static void labels_make__a_carried_tag_is_not_unknown(void **state)
{
    (void)state;
    label_log log = {0};
    labels l;
    ttag_view tag = {"ape", 3};
    add(&log,
        &(ttag_article){
            .tags = &tag, .n_tags = 1, .unknown = &tag, .n_unknown = 1, .unknown_others = true});
    make(&l, &log);
    signed char truth;
    labels_truth(&l, 0, &truth);
    assert_int_equal(truth, 1);
    labels_dispose(&l);
}

static void label_log__ignores_names_that_no_model_takes(void **state)
{
    (void)state;
    label_log log = {0};
    size_t n_tags;
    ttag_view tags[] = {{"", 0}, {"a\nb", 3}, {"\xc2\x85", 2}, {"\xc3\xa9t\xc3\xa9", 5}};
    ttag_article article = {.tags = tags, .n_tags = 4, .labelled = true, .weight = 1};
    assert_int_equal(label_log_see(&log, &article, &n_tags), TTAG_OK);
    assert_int_equal(n_tags, 1);
    assert_int_equal(log.unfit.count, 3);
    label_log_dispose(&log);
}

static void groups__chain_through_group_and_article(void **state)
{
    (void)state;
    label_log log = {0};
    labels l;
    add_bits(&log, 1, NULL, NULL);
    add_bits(&log, 1, "story", NULL);
    add_bits(&log, 1, NULL, "report");
    add_bits(&log, 1, "story", "report"); /* ties the two before together */
    add_bits(&log, 1, "report", NULL);    /* a group of that name is another thing */
    add_bits(&log, 1, NULL, NULL);
    add_bits(&log, 1, NULL, "report");
    make(&l, &log);
    assert_int_equal(l.n_groups, 4);
    assert_memory_equal(l.groups, ((uint32_t[]){0, 1, 1, 1, 2, 3, 1}), 7 * sizeof(uint32_t));
    labels_dispose(&l);
}

/* ---- Folds. ---- */

static void folds_assign__spreads_single_tags_to_within_one(void **state)
{
    (void)state;
    label_log log = {0};
    labels l;
    uint8_t fold[203];
    for (unsigned i = 0; i < 203; i++)
        add_bits(&log, i % 11 == 0 ? 1 : i % 3 == 0 ? 2 : i % 2 == 0 ? 4 : 8, NULL, NULL);
    make(&l, &log);
    assert_int_equal(folds_assign(fold, &l, 5, 1), TTAG_OK);
    for (size_t t = 0; t < l.n_tags; t++)
        assert_true(imbalance(&l, fold, t, 5) <= 1);
    assert_true(imbalance(&l, fold, l.n_tags, 5) <= 4); /* each of four tags may add one */
    labels_dispose(&l);
}

static void folds_assign__spreads_many_tags_evenly(void **state)
{
    (void)state;
    label_log log = {0};
    labels l;
    rng random;
    uint8_t fold[1000];
    rng_seed(&random, 5);
    for (unsigned i = 0; i < 1000; i++) {
        unsigned bits = 0;
        for (unsigned t = 0; t < 8; t++)
            bits |= (unsigned)(rng_below(&random, 2u << t) == 0) << t; /* from 500 down to 4 */
        add_bits(&log, bits, NULL, NULL);
    }
    make(&l, &log);
    assert_int_equal(folds_assign(fold, &l, 5, 1), TTAG_OK);
    for (size_t t = 0; t < l.n_tags; t++) {
        size_t support = labels_support(&l, t);
        assert_true(imbalance(&l, fold, t, 5) <= 2 + support / 50);
    }
    assert_true(imbalance(&l, fold, l.n_tags, 5) <= 8);
    labels_dispose(&l);
}

static void folds_assign__never_splits_a_group(void **state)
{
    (void)state;
    label_log log = {0};
    labels l;
    uint8_t fold[300], of_group[300];
    char name[16];
    for (unsigned i = 0; i < 300; i++) {
        snprintf(name, sizeof name, "g%u", i * i % 37);
        add_bits(&log, 1u << i % 5, name, NULL);
    }
    make(&l, &log);
    for (uint64_t seed = 0; seed < 20; seed++) {
        assert_int_equal(folds_assign(fold, &l, 4, seed), TTAG_OK);
        memset(of_group, 255, sizeof of_group);
        for (size_t i = 0; i < 300; i++) {
            assert_true(fold[i] < 4);
            assert_true(of_group[l.groups[i]] == 255 || of_group[l.groups[i]] == fold[i]);
            of_group[l.groups[i]] = fold[i];
        }
    }
    labels_dispose(&l);
}

static void folds_assign__repeats_itself_by_seed(void **state)
{
    (void)state;
    label_log log = {0};
    labels l;
    uint8_t a[120], b[120];
    for (unsigned i = 0; i < 120; i++)
        add_bits(&log, i % 13, NULL, NULL);
    make(&l, &log);
    assert_int_equal(folds_assign(a, &l, 5, 42), TTAG_OK);
    assert_int_equal(folds_assign(b, &l, 5, 42), TTAG_OK);
    assert_memory_equal(a, b, sizeof a);
    assert_int_equal(folds_assign(b, &l, 5, 43), TTAG_OK);
    assert_memory_not_equal(a, b, sizeof a);
    labels_dispose(&l);
}

static void folds_assign__articles_without_tags_fill_up(void **state)
{
    (void)state;
    label_log log = {0};
    labels l;
    uint8_t fold[50];
    for (unsigned i = 0; i < 50; i++)
        add_bits(&log, i < 7, NULL, NULL);
    make(&l, &log);
    assert_int_equal(folds_assign(fold, &l, 10, 1), TTAG_OK);
    assert_int_equal(imbalance(&l, fold, l.n_tags, 10), 0);
    assert_int_equal(imbalance(&l, fold, 0, 10), 1);
    labels_dispose(&l);
}

/* Extra articles go where an article of their group goes, else nowhere; and have no say in where
   that is. */
static void folds_assign__extra_articles_follow(void **state)
{
    (void)state;
    label_log log = {0}, alone = {0};
    labels l, scored;
    uint8_t fold[70], without[60];
    char group[8], whole[8];
    for (unsigned i = 0; i < 60; i++) {
        snprintf(group, sizeof group, "g%u", i / 3);
        snprintf(whole, sizeof whole, "w%u", i);
        add_bits(&log, 1u << i % 4, i % 2 ? group : NULL, whole);
        add_bits(&alone, 1u << i % 4, i % 2 ? group : NULL, whole);
    }
    ttag_view tags[] = {{"t0", 2}, {"t9", 2}};
    for (unsigned i = 0; i < 10; i++) {
        ttag_article article = {.tags = tags, .n_tags = 2, .labelled = true, .weight = 1};
        snprintf(whole, sizeof whole, "w%u", i < 5 ? i * 7 : 1000 + i);
        article.article = view_of(whole);
        assert_int_equal(label_log_known(&log, &article), 1);
        assert_int_equal(label_log_add_extra(&log, &article), TTAG_OK);
    }
    make(&l, &log);
    make(&scored, &alone);
    assert_int_equal(l.n_articles, 70);
    assert_int_equal(l.n_scored, 60);
    assert_int_equal(l.n_tags, 4); /* t9 is none of them */
    assert_int_equal(l.scored[0], 15);
    assert_int_equal(labels_support(&l, 0), 25);
    assert_int_equal(l.n_scored_groups, scored.n_groups);
    assert_int_equal(folds_assign(fold, &l, 5, 3), TTAG_OK);
    assert_int_equal(folds_assign(without, &scored, 5, 3), TTAG_OK);
    assert_memory_equal(fold, without, sizeof without);
    for (unsigned i = 0; i < 5; i++) {
        assert_int_equal(fold[60 + i], fold[i * 7]);
        assert_int_equal(fold[65 + i], FOLD_NONE);
    }
    labels_dispose(&l);
    labels_dispose(&scored);
}

static void folds_possible__is_bounded_by_groups(void **state)
{
    (void)state;
    label_log log = {0};
    labels l;
    for (unsigned i = 0; i < 6; i++)
        add_bits(&log, 1, i < 3 ? "a" : "b", NULL);
    make(&l, &log);
    assert_int_equal(folds_possible(&l, 5), 2);
    assert_int_equal(folds_possible(&l, 2), 2);
    labels_dispose(&l);
    make(&l, &log);
    assert_int_equal(folds_possible(&l, 5), 0);
    assert_int_equal(folds_assign(NULL, &l, 2, 1), TTAG_OK);
    labels_dispose(&l);
}

/* 100,000 articles, 100 tags, ten for each article: done in a moment unless something is
   quadratic. */
static void folds_assign__takes_large_data(void **state)
{
    (void)state;
    enum { ARTICLES = 100000, TAGS = 100, EACH = ARTICLES / 10 };
    labels l = {.n_articles = ARTICLES,
                .n_scored = ARTICLES,
                .n_tags = TAGS,
                .n_groups = ARTICLES,
                .n_scored_groups = ARTICLES};
    l.scored = mem_new(TAGS, sizeof *l.scored);
    l.starts = mem_new(TAGS + 1, sizeof *l.starts);
    l.articles = mem_new(TAGS * EACH, sizeof *l.articles);
    l.groups = mem_new(ARTICLES, sizeof *l.groups);
    uint8_t *fold = mem_new(ARTICLES, 1);
    assert_true(l.starts && l.articles && l.groups && l.scored && fold);
    for (uint32_t i = 0; i < ARTICLES; i++)
        l.groups[i] = i;
    for (uint32_t t = 0; t <= TAGS; t++)
        l.starts[t] = t * EACH;
    for (uint32_t t = 0; t < TAGS; t++)
        l.scored[t] = EACH;
    for (uint32_t t = 0; t < TAGS; t++)
        for (uint32_t k = 0; k < EACH; k++)
            l.articles[t * EACH + k] = k * 10 + (t * 7 + k) % 10;
    assert_int_equal(folds_assign(fold, &l, 10, 1), TTAG_OK);
    for (size_t t = 0; t < TAGS; t++)
        assert_true(imbalance(&l, fold, t, 10) < EACH / 50);
    mem_free(fold);
    labels_dispose(&l);
}

#ifdef TTAG_FAULTS
static ttag_status run_all(void)
{
    label_log log = {0};
    labels l = {0};
    uint8_t fold[30];
    ttag_status status = TTAG_OK;
    ttag_view tags[] = {{"a", 1}, {"b", 1}};
    for (size_t i = 0; status == TTAG_OK && i < 30; i++) {
        size_t n_tags;
        ttag_article article = {.tags = tags + i % 2,
                                .n_tags = 1,
                                .unknown = tags,
                                .n_unknown = i % 3 == 0,
                                .group = {i % 5 ? "g" : NULL, i % 5 ? 1 : 0}};
        status = label_log_see(&log, &article, &n_tags);
        if (status == TTAG_OK)
            status = label_log_add(&log, &article);
    }
    if (status == TTAG_OK)
        status = labels_make(&l, &log, NULL, 2);
    if (status == TTAG_OK)
        status = folds_assign(fold, &l, 3, 1);
    labels_dispose(&l);
    label_log_dispose(&log);
    return status;
}

static void folds__survive_want_of_memory(void **state)
{
    (void)state;
    for (size_t n = 1;; n++) {
        mem_fail_after(n);
        ttag_status status = run_all();
        mem_fail_after(0);
        if (status == TTAG_OK)
            break;
        assert_int_equal(status, TTAG_NOMEM);
    }
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(labels_make__sorts_drops_and_lists),
        cmocka_unit_test(labels_make__a_carried_tag_is_not_unknown),
        cmocka_unit_test(label_log__ignores_names_that_no_model_takes),
        cmocka_unit_test(groups__chain_through_group_and_article),
        cmocka_unit_test(folds_assign__spreads_single_tags_to_within_one),
        cmocka_unit_test(folds_assign__spreads_many_tags_evenly),
        cmocka_unit_test(folds_assign__never_splits_a_group),
        cmocka_unit_test(folds_assign__extra_articles_follow),
        cmocka_unit_test(folds_assign__repeats_itself_by_seed),
        cmocka_unit_test(folds_assign__articles_without_tags_fill_up),
        cmocka_unit_test(folds_possible__is_bounded_by_groups),
        cmocka_unit_test(folds_assign__takes_large_data),
#ifdef TTAG_FAULTS
        cmocka_unit_test(folds__survive_want_of_memory),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
