/* What pages are made of, by hand: notes, worst errors, pairs of tags, sources and months. */
#include <math.h>
#include <string.h>

#include "unit.h"

#include "base/memory.h"
#include "base/view.h"
#include "evaluate/article_notes.h"
#include "evaluate/breakdown.h"
#include "evaluate/tag_pairs.h"
#include "evaluate/worst_errors.h"

enum { T = PAIR_TRUE, U = PAIR_UNKNOWN, G = PAIR_GIVEN };

static bool is(ttag_view found, const char *wanted)
{
    return view_equal(found, view_of(wanted));
}

/* ---- Notes. ---- */

static ttag_article article_of(const char *id, const char *source, const char *date)
{
    return (ttag_article){.text = view_of("text"),
                          .id = view_of(id),
                          .source = view_of(source),
                          .date = view_of(date),
                          .path = "feed.jsonl",
                          .line = 12};
}

static void notes__name_articles_by_id_or_place(void **state)
{
    (void)state;
    const char *const ids[] = {"\"a \\u00e9\"", "17", NULL};
    const char *const wanted[] = {"a é", "17", "feed.jsonl:12"};
    article_notes notes = {0};
    for (size_t i = 0; i < 3; i++) {
        ttag_article a = article_of(ids[i], NULL, NULL);
        assert_int_equal(article_notes_add(&notes, &a, NULL), TTAG_OK);
        assert_true(is(notes.items[i].name, wanted[i]));
        assert_int_equal(notes.items[i].source, INTERN_NONE);
    }
    char longest[600];
    memset(longest, 'x', sizeof longest);
    memcpy(longest + 199, "é", 2); /* the second byte would be the last */
    ttag_article a = article_of(NULL, NULL, NULL);
    a.article = (ttag_view){longest, sizeof longest};
    assert_int_equal(article_notes_add(&notes, &a, NULL), TTAG_OK);
    assert_int_equal(notes.items[3].name.size, 199);
    article_notes_dispose(&notes);
}

static void notes__read_months(void **state)
{
    (void)state;
    const char *const dates[] = {"2031-04",  "2031-04-05T10:00:00Z", "2031-13-01", "2031-00",
                                 "31-04-05", "2031/04/05",           "2031-041",   ""};
    const uint32_t april = 2031 * 12 + 3;
    const uint32_t wanted[] = {april, april, 0, 0, 0, 0, 0, 0};
    article_notes notes = {0}, all = {0};
    for (size_t i = 0; i < 8; i++) {
        ttag_article a = article_of("1", i % 2 ? "Odd" : "Even", dates[i]);
        assert_int_equal(article_notes_add(&notes, &a, NULL), TTAG_OK);
        assert_int_equal(notes.items[i].month, wanted[i]);
    }
    ttag_article a = article_of("1", "Odd", "");
    assert_int_equal(article_notes_add(&all, &a, NULL), TTAG_OK);
    assert_int_equal(article_notes_append(&all, &notes, NULL), TTAG_OK);
    assert_int_equal(all.count, 9);
    assert_int_equal(all.items[0].source, all.items[2].source); /* numbered anew */
    assert_true(is(intern_view(&all.sources, all.items[1].source), "Even"));
    article_notes_dispose(&notes);
    article_notes_dispose(&all);
}

/* ---- Sources and months. ---- */

static outcomes outcomes_of(const unsigned char *pairs, size_t n_documents, size_t n_tags)
{
    outcomes o = {.n_tags = n_tags, .n_scored = n_tags};
    assert_int_equal(outcomes_extend(&o, n_documents, NULL), TTAG_OK);
    memcpy(o.pairs, pairs, n_documents * n_tags);
    return o;
}

static void breakdown__adds_up(void **state)
{
    (void)state;
    const unsigned char pairs[] = {
        T | G, 0,     /* Gazette, May: right */
        G,     U | G, /* Courier, April: one wrong; what is unknown does not count */
        T,     T | G, /* Gazette, April: one missed, one right */
        0,     0      /* neither said */
    };
    const char *const sources[] = {"Gazette", "Courier", "Gazette", NULL};
    const char *const dates[] = {"2031-05-01", "2031-04-09", "2031-04-01", NULL};
    outcomes o = outcomes_of(pairs, 4, 2);
    article_notes notes = {0};
    for (size_t i = 0; i < 4; i++) {
        ttag_article a = article_of("1", sources[i], dates[i]);
        assert_int_equal(article_notes_add(&notes, &a, NULL), TTAG_OK);
    }
    slice *s;
    size_t n;
    assert_int_equal(breakdown_by_source(&s, &n, &notes, &o, NULL), TTAG_OK);
    assert_int_equal(n, 3);
    assert_true(is(intern_view(&notes.sources, s[0].key), "Gazette"));
    assert_int_equal(s[0].documents, 2);
    assert_int_equal(s[0].exact, 1);
    assert_true(fabs(s[0].scores.f1 - 0.8) < 1e-12);
    assert_int_equal(s[1].fp, 1);
    assert_int_equal(s[2].key, INTERN_NONE);
    mem_free(s);
    assert_int_equal(breakdown_by_month(&s, &n, &notes, &o, NULL), TTAG_OK);
    assert_int_equal(n, 3);
    assert_int_equal(s[0].key, 2031 * 12 + 3);
    assert_int_equal(s[0].documents, 2);
    assert_int_equal(s[1].key, 2031 * 12 + 4);
    assert_int_equal(s[2].key, 0);
    mem_free(s);
    article_notes_dispose(&notes);
    outcomes_dispose(&o);
}

/* ---- Pairs of tags. ---- */

static void pairs__are_counted(void **state)
{
    (void)state;
    const unsigned char pairs[] = {
        T | G, T | G, 0, /* together */
        T,     0,     G, /* the third in place of the first */
        T,     T,     G, /* the third in place of both */
        T | G, U | G, G, /* what is unknown is given to nobody */
    };
    outcomes o = outcomes_of(pairs, 4, 3);
    const ttag_tag_scores tags[] = {
        {.support = 4}, {.support = 2}, {.support = 3}}; /* as if, to change their order */
    const ttag_evaluation e = {.tags = tags, .n_tags = 3, .documents = 4};
    tag_pairs p;
    assert_int_equal(tag_pairs_init(&p, &e, &o, NULL), TTAG_OK);
    assert_int_equal(p.tags[1], 2);
    /* positions: 0 the first tag, 1 the third, 2 the second */
    assert_int_equal(p.true_true[0 * 3 + 2], 2);
    assert_int_equal(p.true_true[0 * 3 + 0], 4);
    assert_int_equal(p.given_true[1 * 3 + 0], 3);
    assert_int_equal(p.wrong_missed[1 * 3 + 0], 2);
    assert_int_equal(p.wrong_missed[1 * 3 + 2], 1);
    assert_int_equal(p.given[2], 1);
    tag_pair *largest;
    size_t n;
    assert_int_equal(tag_pairs_largest(&largest, &n, &p, p.wrong_missed, false, 1, NULL), TTAG_OK);
    assert_int_equal(n, 1);
    assert_true(largest[0].row == 1 && largest[0].column == 0 && largest[0].count == 2);
    mem_free(largest);
    assert_int_equal(tag_pairs_largest(&largest, &n, &p, p.true_true, true, 9, NULL), TTAG_OK);
    assert_int_equal(n, 1);
    mem_free(largest);
    tag_pairs_dispose(&p);
    outcomes_dispose(&o);
}

/* ---- Worst errors. ---- */

/* Five articles, one tag: which of them are errors, and how far off, is in the arrays. */
static void worst__are_kept_in_order(void **state)
{
    (void)state;
    const unsigned char pairs[] = {G, G, G, 0, G};
    const float probabilities[] = {0.6F, 0.9F, 0.6F, 0.2F, 0.7F};
    const bool is_true[] = {false, false, false, true, true};
    outcomes o = outcomes_of(pairs, 5, 1);
    memcpy(o.probabilities, probabilities, sizeof probabilities);
    truth labels = {0};
    const ttag_view name = view_of("A");
    assert_int_equal(truth_add_tag(&labels, name, NULL), TTAG_OK);
    ttag_article articles[5] = {0};
    for (size_t i = 0; i < 5; i++) {
        const truth_labels says = {.tags = &name, .n_tags = is_true[i]};
        assert_int_equal(truth_add(&labels, &says, NULL), TTAG_OK);
        articles[i].text = (ttag_view){"01234" + i, 1};
    }
    worst_errors w = {0};
    assert_int_equal(worst_errors_start(&w, 1, 2, NULL), TTAG_OK);
    assert_int_equal(worst_errors_note(&w, &o, &labels, articles, 5, NULL), TTAG_OK);
    worst_error **list;
    size_t n;
    assert_int_equal(worst_errors_list(&list, &n, &w, ERROR_GIVEN, 9, NULL), TTAG_OK);
    assert_int_equal(n, 2); /* of three */
    assert_true(list[0]->row == 1 && list[1]->row == 0 && list[1]->text[0] == '0');
    mem_free(list);
    assert_int_equal(worst_errors_list(&list, &n, &w, ERROR_MISSED, 9, NULL), TTAG_OK);
    assert_true(n == 1 && list[0]->row == 3);
    mem_free(list);
    worst_errors_dispose(&w);
    truth_dispose(&labels);
    outcomes_dispose(&o);
}

static void worst__pass_over_the_unknown(void **state)
{
    (void)state;
    const unsigned char pairs[] = {G, G};
    outcomes o = outcomes_of(pairs, 1, 2);
    truth labels = {0};
    assert_int_equal(truth_add_tag(&labels, view_of("A"), NULL), TTAG_OK);
    assert_int_equal(truth_add_tag(&labels, view_of("B"), NULL), TTAG_OK);
    const truth_labels nothing = {.unknown_others = true};
    assert_int_equal(truth_add(&labels, &nothing, NULL), TTAG_OK);
    const ttag_article article = {.text = view_of("text")};
    worst_errors w = {0};
    assert_int_equal(worst_errors_start(&w, 2, 3, NULL), TTAG_OK);
    assert_int_equal(worst_errors_note(&w, &o, &labels, &article, 1, NULL), TTAG_OK);
    assert_int_equal(w.counts[0] + w.counts[1] + w.counts[2] + w.counts[3], 0);
    worst_errors_dispose(&w);
    truth_dispose(&labels);
    outcomes_dispose(&o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(notes__name_articles_by_id_or_place),
        cmocka_unit_test(notes__read_months),
        cmocka_unit_test(breakdown__adds_up),
        cmocka_unit_test(pairs__are_counted),
        cmocka_unit_test(worst__are_kept_in_order),
        cmocka_unit_test(worst__pass_over_the_unknown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
