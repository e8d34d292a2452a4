/* The figures of an evaluation, against scikit-learn's (golden/metrics) and by hand. */
#include <math.h>
#include <string.h>

#include "unit.h"

#include "base/input.h"
#include "base/memory.h"
#include "evaluate/by_score.h"
#include "evaluate/metrics.h"
#include "evaluate/ranking.h"
#include "evaluate/reliability.h"
#include "tests/json_tree/json_tree.h"

#define MAX_TAGS 32

/* ---- The golden table. ---- */

typedef struct figures {
    ttag_evaluation e;
    ttag_tag_scores tags[MAX_TAGS];
} figures;

static void close_to(const char *where, const char *what, double found, double wanted)
{
    if (!(fabs(found - wanted) <= 1e-9))
        fail_msg("%s: %s is %.17g; expected %.17g", where, what, found, wanted);
}

static size_t whole(const tree *object, const char *name)
{
    return (size_t)tree_number(tree_member(object, name));
}

static void take_digits(unsigned char *pairs, const tree *rows, unsigned char bit)
{
    for (const tree *row = tree_first(rows); row; row = tree_next(row)) {
        ttag_view digits = tree_string(row);
        for (size_t i = 0; i < digits.size; i++)
            *pairs++ |= digits.bytes[i] == '1' ? bit : 0;
    }
}

static void take_numbers(float *numbers, const tree *rows)
{
    for (const tree *row = tree_first(rows); row; row = tree_next(row))
        for (const tree *number = tree_first(row); number; number = tree_next(number))
            *numbers++ = (float)tree_number(number);
}

static outcomes read_outcomes(const tree *example)
{
    outcomes o = {0};
    o.n_tags = o.n_scored = whole(example, "scored");
    assert_int_equal(outcomes_extend(&o, whole(example, "documents"), NULL), TTAG_OK);
    assert_int_equal(outcomes_widen(&o, whole(example, "n_tags"), NULL), TTAG_OK);
    take_digits(o.pairs, tree_member(example, "truth"), PAIR_TRUE);
    take_digits(o.pairs, tree_member(example, "given"), PAIR_GIVEN);
    take_digits(o.pairs, tree_member(example, "unknown"), PAIR_UNKNOWN);
    take_numbers(o.scores, tree_member(example, "scores"));
    take_numbers(o.probabilities, tree_member(example, "probabilities"));
    return o;
}

static void measure(figures *f, const outcomes *o, unsigned threads)
{
    assert_true(o->n_tags <= MAX_TAGS);
    memset(f, 0, sizeof *f);
    metrics_fill(&f->e, f->tags, o);
    assert_int_equal(by_score_fill(&f->e, f->tags, o, threads, NULL, NULL), TTAG_OK);
}

static void check_mean(const char *where, const tree *wanted, const char *name, ttag_scores found)
{
    const tree *mean = tree_member(wanted, name);
    close_to(where, name, found.precision, tree_number(tree_member(mean, "precision")));
    close_to(where, name, found.recall, tree_number(tree_member(mean, "recall")));
    close_to(where, name, found.f1, tree_number(tree_member(mean, "f1")));
}

static void check_tags(const char *where, const tree *wanted, const ttag_tag_scores *found)
{
    for (const tree *tag = tree_first(wanted); tag; tag = tree_next(tag), found++) {
        assert_int_equal(found->support, whole(tag, "support"));
        assert_int_equal(found->tp, whole(tag, "tp"));
        assert_int_equal(found->fp, whole(tag, "fp"));
        assert_int_equal(found->fn, whole(tag, "fn"));
        close_to(where, "precision of a tag", found->precision,
                 tree_number(tree_member(tag, "precision")));
        close_to(where, "recall of a tag", found->recall, tree_number(tree_member(tag, "recall")));
        close_to(where, "f1 of a tag", found->f1, tree_number(tree_member(tag, "f1")));
        close_to(where, "average_precision", found->average_precision,
                 tree_number(tree_member(tag, "average_precision")));
    }
}

static void check_example(const tree *example)
{
    const char *where = tree_string(tree_member(example, "name")).bytes;
    const tree *wanted = tree_member(example, "expected");
    outcomes o = read_outcomes(example);
    figures f, again;
    measure(&f, &o, 1);
    measure(&again, &o, 4);
    assert_memory_equal(&f, &again, sizeof f); /* any number of threads */

    assert_int_equal(f.e.documents, whole(example, "documents"));
    check_mean(where, wanted, "micro", f.e.micro);
    check_mean(where, wanted, "macro", f.e.macro);
    check_mean(where, wanted, "weighted", f.e.weighted);
    check_mean(where, wanted, "samples", f.e.samples);
    check_mean(where, wanted, "per_article", f.e.per_article);
    close_to(where, "subset_accuracy", f.e.subset_accuracy,
             tree_number(tree_member(wanted, "subset_accuracy")));
    close_to(where, "hamming_loss", f.e.hamming_loss,
             tree_number(tree_member(wanted, "hamming_loss")));
    close_to(where, "jaccard", f.e.jaccard, tree_number(tree_member(wanted, "jaccard")));
    close_to(where, "map", f.e.map, tree_number(tree_member(wanted, "map")));
    close_to(where, "ece", f.e.ece, tree_number(tree_member(wanted, "ece")));
    check_tags(where, tree_member(wanted, "tags"), f.tags);
    outcomes_dispose(&o);
}

static void metrics__agree_with_scikit_learn(void **state)
{
    (void)state;
    mapping table;
    ttag_error err;
    if (mapping_open(&table, "golden/metrics/expected.jsonl", &err) != TTAG_OK)
        fail_msg("%s", err.text);
    const char *line = (const char *)table.bytes, *end = line + table.size;
    size_t examples = 0, position;
    const char *reason;
    while (line < end) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        assert_non_null(stop);
        tree *example = tree_parse((ttag_view){line, (size_t)(stop - line)}, &position, &reason);
        assert_non_null(example);
        check_example(example);
        tree_free(example);
        line = stop + 1;
        examples++;
    }
    assert_int_equal(examples, 14);
    mapping_close(&table);
}

/* ---- By hand. ---- */

enum { T = PAIR_TRUE, U = PAIR_UNKNOWN, G = PAIR_GIVEN };

static outcomes outcomes_of(const unsigned char *pairs, size_t n_documents, size_t n_tags)
{
    outcomes o = {0};
    o.n_tags = o.n_scored = n_tags;
    assert_int_equal(outcomes_extend(&o, n_documents, NULL), TTAG_OK);
    memcpy(o.pairs, pairs, n_documents * n_tags);
    return o;
}

static void unknown_pairs__count_nowhere(void **state)
{
    (void)state;
    const unsigned char pairs[] = {
        T | G, U | G, 0, /* one right; what is unknown and given is no false alarm */
        U,     T,     G, /* one missed, one false alarm */
    };
    outcomes o = outcomes_of(pairs, 2, 3);
    figures f;
    measure(&f, &o, 1);
    close_to("", "micro.precision", f.e.micro.precision, 1.0 / 2);
    close_to("", "micro.recall", f.e.micro.recall, 1.0 / 2);
    close_to("", "macro.f1", f.e.macro.f1, 1.0 / 3);
    close_to("", "samples.f1", f.e.samples.f1, 1.0 / 2);
    close_to("", "subset_accuracy", f.e.subset_accuracy, 1.0 / 2);
    close_to("", "hamming_loss", f.e.hamming_loss, 2.0 / 4); /* of four known pairs */
    close_to("", "jaccard", f.e.jaccard, 1.0 / 2);
    assert_int_equal(f.tags[1].support, 1);
    assert_int_equal(f.tags[1].fp, 0);
    outcomes_dispose(&o);
}

static void unknown_pairs__leave_the_ranking(void **state)
{
    (void)state;
    const unsigned char pairs[] = {U, T, 0, T};
    outcomes o = outcomes_of(pairs, 4, 1);
    const float scores[] = {9, 3, 2, 1};
    memcpy(o.scores, scores, sizeof scores);
    figures f;
    measure(&f, &o, 1);
    close_to("", "average_precision", f.tags[0].average_precision, 1.0 / 2 + 1.0 / 2 * 2 / 3);
    outcomes_dispose(&o);
}

static void per_article__leaves_out_articles_without_a_tag(void **state)
{
    (void)state;
    const unsigned char pairs[] = {
        T | G, T, /* precision 1, recall 1/2, f1 2/3 */
        0,     0, /* nothing true, nothing given: 0 in samples */
        G,     0, /* nothing true: 0 in samples */
        T | G, G, /* precision 1/2, recall 1, f1 2/3 */
        U,     G, /* nothing known to be true */
    };
    outcomes o = outcomes_of(pairs, 5, 2);
    figures f;
    measure(&f, &o, 1);
    close_to("", "samples.f1", f.e.samples.f1, (2.0 / 3 + 2.0 / 3) / 5);
    close_to("", "per_article.f1", f.e.per_article.f1, 2.0 / 3);
    close_to("", "per_article.precision", f.e.per_article.precision, 3.0 / 4);
    close_to("", "per_article.recall", f.e.per_article.recall, 3.0 / 4);
    outcomes_dispose(&o);
}

static void metrics__one_tag(void **state)
{
    (void)state;
    const unsigned char pairs[] = {T | G, T, G, 0};
    outcomes o = outcomes_of(pairs, 4, 1);
    figures f;
    measure(&f, &o, 1);
    close_to("", "micro.f1", f.e.micro.f1, 1.0 / 2);
    close_to("", "macro.f1", f.e.macro.f1, 1.0 / 2);
    close_to("", "subset_accuracy", f.e.subset_accuracy, 1.0 / 2);
    close_to("", "hamming_loss", f.e.hamming_loss, 1.0 / 2);
    close_to("", "map", f.e.map, 1.0 / 2); /* all scores tie: the share of positives */
    outcomes_dispose(&o);
}

static void metrics__no_tags_no_articles(void **state)
{
    (void)state;
    outcomes none = {0}, no_tags = {0};
    assert_int_equal(outcomes_extend(&no_tags, 3, NULL), TTAG_OK);
    figures f;
    measure(&f, &none, 2);
    close_to("", "macro.f1", f.e.macro.f1, 0);
    close_to("", "subset_accuracy", f.e.subset_accuracy, 0);
    measure(&f, &no_tags, 2);
    assert_int_equal(f.e.documents, 3);
    close_to("", "hamming_loss", f.e.hamming_loss, 0);
    close_to("", "subset_accuracy", f.e.subset_accuracy, 1);
    outcomes_dispose(&no_tags);
    outcomes_dispose(&none);
}

static void ranked_sort__rising_and_stable(void **state)
{
    (void)state;
    ranked items[] = {{0.5F, 0}, {-INFINITY, 1}, {-0.0F, 2}, {3e-42F, 3}, {-2, 4},
                      {0, 5},    {INFINITY, 6},  {0.5F, 7},  {-1e30F, 8}, {-2, 9}};
    const uint32_t order[] = {1, 8, 4, 9, 2, 5, 3, 0, 7, 6};
    ranked spare[10];
    ranked_sort(items, spare, 10);
    for (size_t i = 0; i < 10; i++)
        assert_int_equal(items[i].positive, order[i]);
    assert_true(ranked_tied(items[4], items[5])); /* -0 and 0 */
    assert_false(ranked_tied(items[5], items[6]));
}

static void average_precision__by_hand(void **state)
{
    (void)state;
    const ranked items[] = {{1, 1}, {2, 0}, {3, 1}, {4, 1}};
    close_to("", "distinct", average_precision(items, 4), 1.0 / 3 + 1.0 / 3 + 1.0 / 3 * 3 / 4);
    const ranked tied[] = {{1, 1}, {2, 0}, {2, 1}};
    close_to("", "tied", average_precision(tied, 3), 1.0 / 2 * 1 / 2 + 1.0 / 2 * 2 / 3);
    const ranked negative[] = {{1, 0}, {2, 0}};
    close_to("", "no positive", average_precision(negative, 2), 0);
    close_to("", "no pair", average_precision(negative, 0), 0);
}

static void calibration_error__bins_of_equal_mass(void **state)
{
    (void)state;
    ranked items[16]; /* the first bin holds two, the others one */
    for (size_t i = 0; i < 16; i++)
        items[i] = (ranked){(float)i / 16, i >= 8};
    double sum = fabs(0.0 / 16 + 1.0 / 16); /* items 0 and 1, neither positive */
    for (size_t i = 2; i < 16; i++)
        sum += fabs((double)i / 16 - (i >= 8));
    close_to("", "ece", calibration_error(items, 16), sum / 16);
    close_to("", "nothing", calibration_error(items, 0), 0);
}

static void by_score__few_positives_say_nothing_of_probabilities(void **state)
{
    (void)state;
    unsigned char pairs[40] = {0};
    memset(pairs, PAIR_TRUE, 19);
    outcomes o = outcomes_of(pairs, 40, 1);
    figures f;
    measure(&f, &o, 1);
    close_to("", "ece", f.e.ece, 0);
    o.pairs[39] = PAIR_TRUE;
    measure(&f, &o, 1); /* all probabilities are 0, and half of the articles positive */
    close_to("", "ece", f.e.ece, 20.0 / 40);
    outcomes_dispose(&o);
}

static void outcomes__keep_rows_when_widened(void **state)
{
    (void)state;
    const unsigned char pairs[] = {T, G, U, T | G};
    outcomes o = outcomes_of(pairs, 2, 2);
    assert_int_equal(outcomes_widen(&o, 3, NULL), TTAG_OK);
    const unsigned char wide[] = {T, G, 0, U, T | G, 0};
    assert_memory_equal(o.pairs, wide, sizeof wide);
    assert_int_equal(o.n_scored, 2);
    outcomes_dispose(&o);

    outcomes huge = {.n_tags = 3, .n_scored = 3};
    ttag_error err;
    assert_int_equal(outcomes_extend(&huge, (size_t)UINT32_MAX + 1, &err), TTAG_LIMIT);
    assert_int_equal(err.code, TTAG_LIMIT);
    huge.n_tags = huge.n_scored = SIZE_MAX / 2;
    assert_int_equal(outcomes_extend(&huge, 3, &err), TTAG_NOMEM);
}

static bool stop_now(void *payload)
{
    (void)payload;
    return true;
}

static void by_score__can_be_stopped(void **state)
{
    (void)state;
    const unsigned char pairs[] = {T, T, T, T};
    outcomes o = outcomes_of(pairs, 2, 2);
    ttag_monitor monitor = {.cancelled = stop_now};
    figures f = {0};
    ttag_error err = {0};
    assert_int_equal(by_score_fill(&f.e, f.tags, &o, 1, &monitor, &err), TTAG_CANCELLED);
    assert_int_equal(err.code, TTAG_CANCELLED);
    outcomes_dispose(&o);
}

#ifdef TTAG_FAULTS
static ttag_status whole_run(double *map)
{
    outcomes o = {.n_tags = 2, .n_scored = 2};
    figures f = {0};
    ttag_status status = outcomes_extend(&o, 5, NULL);
    if (status == TTAG_OK)
        status = outcomes_extend(&o, 50, NULL);
    if (status == TTAG_OK)
        status = outcomes_widen(&o, 3, NULL);
    if (status == TTAG_OK) {
        o.pairs[0] = PAIR_TRUE;
        metrics_fill(&f.e, f.tags, &o);
        status = by_score_fill(&f.e, f.tags, &o, 2, NULL, NULL);
        *map = f.e.map;
    }
    outcomes_dispose(&o);
    return status;
}

static void metrics__out_of_memory(void **state)
{
    (void)state;
    double map = 0;
    size_t n = 1;
    for (;; n++) {
        mem_fail_after(n);
        ttag_status status = whole_run(&map);
        mem_fail_after(0);
        if (status == TTAG_OK)
            break;
        assert_int_equal(status, TTAG_NOMEM);
    }
    assert_true(n > 5);
    close_to("", "map", map, 1.0 / 55);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(metrics__agree_with_scikit_learn),
        cmocka_unit_test(unknown_pairs__count_nowhere),
        cmocka_unit_test(unknown_pairs__leave_the_ranking),
        cmocka_unit_test(per_article__leaves_out_articles_without_a_tag),
        cmocka_unit_test(metrics__one_tag),
        cmocka_unit_test(metrics__no_tags_no_articles),
        cmocka_unit_test(ranked_sort__rising_and_stable),
        cmocka_unit_test(average_precision__by_hand),
        cmocka_unit_test(calibration_error__bins_of_equal_mass),
        cmocka_unit_test(by_score__few_positives_say_nothing_of_probabilities),
        cmocka_unit_test(outcomes__keep_rows_when_widened),
        cmocka_unit_test(by_score__can_be_stopped),
#ifdef TTAG_FAULTS
        cmocka_unit_test(metrics__out_of_memory),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
