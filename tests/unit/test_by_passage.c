/* Articles scored by their passages, with a model made by hand. */
#include "unit.h"

#include <math.h>

#include "articles/wholes.h"
#include "base/memory.h"
#include "base/sigmoid.h"
#include "classify/workspace.h"
#include "features/combine.h"
#include "features/vectorizer.h"
#include "tests/unit/model_fixture.h"

static ttag_passage_rule by_sentence(uint32_t window, uint32_t other, uint32_t top)
{
    return (ttag_passage_rule){TTAG_UNIT_SENTENCE, {window, other}, top};
}

/* ---- Pieces. ---- */

/* All passages, "text|" each. */
static void expect_pieces(const ttag_article *article, const char *expected)
{
    const ttag_text_opts text = TTAG_TEXT_OPTS_PLAIN;
    buffer found = {0};
    piece_walk walk = piece_walk_over(article, &text, TTAG_UNIT_SENTENCE);
    text_piece next;
    while (piece_walk_next(&walk, &next)) {
        const ttag_view bytes = next.passage.text;
        buffer_printf(&found, "%s%.*s|", next.title ? "t:" : "", (int)bytes.size,
                      bytes.bytes ? bytes.bytes : "");
    }
    assert_true(buffer_ok(&found));
    assert_string_equal(found.bytes, expected);
    buffer_dispose(&found);
}

static void pieces__are_passages(void **state)
{
    (void)state;
    const ttag_article article = {.title = view("A title"),
                                  .text = view("a b c d  e f\ng. H i. J k l m n.")};
    expect_pieces(&article, "t:A title|a b c d  e f|g.|H i.|J k l m n.|");
}

static void pieces__are_one_at_least(void **state)
{
    (void)state;
    expect_pieces(&(ttag_article){.text = view("")}, "|");
    expect_pieces(&(ttag_article){.text = view(" -- ")}, "|");
    expect_pieces(&(ttag_article){.title = view("T"), .text = view("")}, "t:T|");
}

static void expect_windows(size_t n, uint32_t words, const char *expected)
{
    buffer found = {0};
    size_t first;
    window_walk walk = windows_over(n, words);
    buffer_text(&found, "");
    while (next_window(&walk, &first))
        buffer_printf(&found, "%zu ", first);
    assert_true(buffer_ok(&found));
    assert_string_equal(found.bytes ? found.bytes : "", expected);
    buffer_dispose(&found);
}

static void windows__overlap_and_end_with_the_passage(void **state)
{
    (void)state;
    expect_windows(6, 0, "");
    expect_windows(0, 4, "");
    expect_windows(4, 4, "");
    expect_windows(5, 4, "0 1 ");
    expect_windows(6, 4, "0 2 ");
    expect_windows(9, 4, "0 2 4 5 ");
    expect_windows(6, 2, "0 1 2 3 4 ");
    expect_windows(6, 5, "0 1 ");
    expect_windows(9, 3, "0 1 2 3 4 5 6 ");
}

/* A run's vector is that of its words as a text. */
static void expect_run(ttag_vectorizer *v, ttag_vectorizer *other, const char *passage,
                       size_t first, size_t n, const char *text)
{
    ttag_vector found, expected;
    size_t n_words;
    const ttag_article alone = {.text = view(text), .weight = 1};
    const ttag_article whole = {.text = view(passage), .weight = 1};
    assert_int_equal(vectorizer_find(v, &whole, &n_words, NULL), TTAG_OK);
    assert_int_equal(vectorizer_run(v, &found, 0, n_words, NULL), TTAG_OK);
    assert_int_equal(vectorizer_run(v, &found, first, n, NULL), TTAG_OK);
    assert_int_equal(ttag_vectorize(other, &expected, &alone, NULL), TTAG_OK);
    assert_int_equal(found.size, expected.size);
    assert_memory_equal(found.terms, expected.terms, found.size * sizeof *found.terms);
    assert_memory_equal(found.values, expected.values, found.size * sizeof *found.values);
}

static void runs__have_the_vectors_of_their_words(void **state)
{
    (void)state;
    const char passage[] = "The worms dropped worms and a dropper; worms again!";
    for (uint32_t kind = 0; kind < 6; kind++) {
        ttag_extractor *extractor;
        ttag_features *features;
        ttag_vectorizer *v, *other;
        ttag_text_opts opts = TTAG_TEXT_OPTS_PASSAGES;
        const ttag_article article = {.text = view(passage), .weight = 1};
        opts.word_ngrams = 1 + kind % 3;
        opts.hash_bits = kind == 4 ? 12 : 0;
        if (kind == 5)
            opts.char_least = opts.char_most = 0;
        assert_int_equal(ttag_extractor_new(&extractor, &opts, NULL), TTAG_OK);
        assert_int_equal(ttag_extractor_add(extractor, &article, NULL), TTAG_OK);
        assert_int_equal(ttag_extractor_finish(&features, extractor, NULL), TTAG_OK);
        const ttag_vocabulary *vocabulary = ttag_features_vocabulary(features);
        assert_int_equal(ttag_vectorizer_new(&v, vocabulary, &opts, NULL), TTAG_OK);
        assert_int_equal(ttag_vectorizer_new(&other, vocabulary, &opts, NULL), TTAG_OK);
        expect_run(v, other, passage, 0, 8, passage);
        expect_run(v, other, passage, 1, 3, "worms dropped worms");
        expect_run(v, other, passage, 3, 4, "worms and dropper worms");
        expect_run(v, other, passage, 7, 1, "again");
        expect_run(v, other, passage, 2, 0, "");
        expect_run(v, other, "Unheard of worms", 0, 3, "unheard of worms");
        expect_run(v, other, "", 0, 0, "");
        ttag_vectorizer_free(v);
        ttag_vectorizer_free(other);
        ttag_features_free(features);
        ttag_extractor_free(extractor);
    }
}

static void rule__is_checked(void **state)
{
    (void)state;
    const ttag_passage_rule bad[] = {
        {TTAG_UNIT_ARTICLE, {0, 0}, 1},  {(ttag_unit)3, {0, 0}, 1},
        {TTAG_UNIT_SENTENCE, {0, 8}, 1}, {TTAG_UNIT_SENTENCE, {1, 0}, 1},
        {TTAG_UNIT_SENTENCE, {0, 0}, 0}, {TTAG_UNIT_SENTENCE, {0, 0}, 4}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_non_null(passage_rule_trouble(&bad[i]));
    const ttag_passage_rule good = by_sentence(8, 14, 3), none = {TTAG_UNIT_ARTICLE, {0, 0}, 0};
    assert_null(passage_rule_trouble(&good));
    assert_null(passage_rule_trouble(&none));
}

static void combining__by_hand(void **state)
{
    (void)state;
    const float streams[] = {0.5F, 2, -FLT_MAX};
    float highest[] = {-FLT_MAX, -FLT_MAX, -FLT_MAX};
    assert_true(combine_streams(streams, 1, 1) == 0.5F);
    assert_true(combine_streams(streams, 1, 2) == 1.25F);
    assert_true(combine_streams(streams, 1, 3) == 1); /* (0.5 + 2 + 0.5) / 3 */
    keep_highest(highest, 1, 2, 1);
    assert_true(combine_highest(highest, 1, 2) == 1);
    keep_highest(highest, 1, 2, 3);
    keep_highest(highest, 1, 2, 2);
    assert_true(combine_highest(highest, 1, 2) == 2.5F);
}

/* ---- Articles. ---- */

static model_fixture start(ttag_passage_rule rule)
{
    model_fixture f;
    fixture_init(&f);
    f.parts.passages = rule;
    fixture_open(&f);
    assert_memory_equal(&ttag_model_get(f.model)->passages, &rule, sizeof rule);
    return f;
}

static float malware_score(const model_fixture *f, const char *title, const char *text)
{
    ttag_workspace *work;
    ttag_classification result;
    const ttag_article article = {.title = view(title), .text = view(text), .weight = 1};
    assert_int_equal(ttag_workspace_new(&work, f->model, NULL, NULL), TTAG_OK);
    assert_int_equal(ttag_classify(work, &result, &article, NULL), TTAG_OK);
    float score = result.scores[MALWARE];
    ttag_workspace_free(work);
    return score;
}

/* Malware: alpha 1.5, beta 0.5, delta -2, bias -1; a term's value is its count. */
static void score__is_that_of_the_best_passages(void **state)
{
    (void)state;
    model_fixture f = start(by_sentence(0, 0, 1));
    assert_true(malware_score(&f, "", "Alpha delta. Alpha beta.") == 1);
    assert_true(malware_score(&f, "", "Alpha delta.") == -1.5F);
    assert_true(malware_score(&f, "Alpha alpha", "Alpha delta.") == 2);
    assert_true(malware_score(&f, "", "") == -1);
    fixture_dispose(&f);
    f = start(by_sentence(0, 0, 2));
    assert_true(malware_score(&f, "", "Alpha delta. Alpha beta. Alpha alpha.") == 1.5F);
    assert_true(malware_score(&f, "", "Alpha alpha.") == 2);
    fixture_dispose(&f);
    f = start(by_sentence(2, 0, 1)); /* -1 of the whole, 1 of its first half */
    assert_true(malware_score(&f, "", "Alpha beta delta.") == 0);
    assert_true(malware_score(&f, "", "Alpha beta.") == 1);
    fixture_dispose(&f);
}

/* Of two passages with 1 and -1.5: 0.5 + 2 · 1 + (-1.5) · 1 + (-1.5) · 0.5 - 0.25 ln 2. */
static void score__goes_through_a_second_stage(void **state)
{
    (void)state;
    model_fixture f;
    const ttag_second_stage stage = {true, {2, 1, 0.5F}, -0.25F, 0.5F};
    fixture_init(&f);
    f.parts.passages = by_sentence(0, 0, 3);
    f.parts.second = stage;
    fixture_open(&f);
    const ttag_second_stage *kept = &ttag_model_get(f.model)->second;
    assert_true(kept->used && kept->length == stage.length && kept->offset == stage.offset);
    assert_memory_equal(kept->best, stage.best, sizeof stage.best);
    assert_float_equal(malware_score(&f, "", "Alpha delta. Alpha beta."), 0.25F - 0.25F * logf(2),
                       1e-6);
    assert_float_equal(malware_score(&f, "", "Alpha beta."), 0.5F + 3.5F, 1e-6);
    fixture_dispose(&f);
}

static void second_stage__is_checked(void **state)
{
    (void)state;
    const ttag_passage_rule rule = by_sentence(8, 0, 3), two = by_sentence(8, 0, 2),
                            none = {TTAG_UNIT_ARTICLE, {0, 0}, 0};
    ttag_second_stage stage = {true, {2, 1, 0.5F}, -0.25F, 0.5F};
    assert_null(second_stage_trouble(&stage, &rule));
    assert_non_null(second_stage_trouble(&stage, &two));
    assert_non_null(second_stage_trouble(&stage, &none));
    stage.length = NAN;
    assert_non_null(second_stage_trouble(&stage, &rule));
    stage.length = -1e7F;
    assert_non_null(second_stage_trouble(&stage, &rule));
    stage = (ttag_second_stage){.used = false};
    assert_null(second_stage_trouble(&stage, &none));
    stage.offset = 1;
    assert_non_null(second_stage_trouble(&stage, &rule));
}

static void evidence__is_the_best_passages(void **state)
{
    (void)state;
    model_fixture f = start(by_sentence(0, 0, 1));
    ttag_classify_opts opts = TTAG_CLASSIFY_OPTS_INIT;
    ttag_workspace *work;
    ttag_classification result;
    const ttag_article article = {
        .title = view("Alpha"), .text = view("Größe? Alpha alpha beta. Delta!"), .weight = 1};
    opts.explain = 2;
    assert_int_equal(ttag_workspace_new(&work, f.model, &opts, NULL), TTAG_OK);
    assert_int_equal(ttag_classify(work, &result, &article, NULL), TTAG_OK);
    const ttag_decision *d = &result.given[0];
    assert_int_equal(d->tag, MALWARE);
    assert_int_equal(d->n_passages, 2);
    assert_int_equal(d->passages[0].first, 7);
    assert_int_equal(d->passages[0].behind, 24);
    assert_true(view_equal(d->passages[0].text, view("Alpha alpha beta.")));
    assert_true(d->passages[0].score == 2.5F && d->score == 2.5F);
    assert_true(d->passages[0].probability == d->probability);
    assert_true(d->passages[1].title);
    assert_true(d->passages[1].probability == platt_probability(-2, 0.125, 0.5F));
    assert_int_equal(d->n_because, 2);
    assert_true(view_equal(d->because[0].term, view("alpha")) && d->because[0].weight == 3);
    ttag_workspace_free(work);
    fixture_dispose(&f);
}

/* Sentences of "alpha", "beta" and "delta" in all mixtures, again and again. */
static void put_mixtures(buffer *text, unsigned n)
{
    static const char *const WORDS[] = {"alpha ", "beta ", "delta "};
    for (unsigned i = 0; i < n; i++) {
        buffer_text(text, "So ");
        for (unsigned rest = i * 7919 % 729; rest > 0; rest /= 3)
            buffer_text(text, WORDS[rest % 3]);
        buffer_printf(text, "%u. ", 100000 + i);
    }
    assert_true(buffer_ok(text));
}

/* What is kept of a long article is bounded, and what is shown is what would be without. */
static void evidence__of_a_long_article_needs_little_room(void **state)
{
    (void)state;
    enum { SENTENCES = 6000, SHOWN = 3 };
    model_fixture f = start(by_sentence(0, 0, 1));
    buffer text = {0};
    put_mixtures(&text, SENTENCES);
    const ttag_article article = {.text = buffer_as_view(&text), .weight = 1};
    ttag_workspace *some, *all;
    ttag_classification shown, expected;
    ttag_classify_opts opts = TTAG_CLASSIFY_OPTS_INIT;
    opts.explain = SHOWN;
    opts.all = true;
    assert_int_equal(ttag_workspace_new(&some, f.model, &opts, NULL), TTAG_OK);
    opts.explain = SENTENCES;
    assert_int_equal(ttag_workspace_new(&all, f.model, &opts, NULL), TTAG_OK);
    assert_int_equal(ttag_classify(some, &shown, &article, NULL), TTAG_OK);
    assert_int_equal(ttag_classify(all, &expected, &article, NULL), TTAG_OK);
    assert_int_equal(shown.n_given, expected.n_given);
    assert_true(shown.n_given > 0);
    for (size_t i = 0; i < shown.n_given; i++) {
        assert_int_equal(shown.given[i].n_passages, SHOWN);
        for (size_t k = 0; k < SHOWN; k++) {
            assert_true(shown.given[i].passages[k].score == expected.given[i].passages[k].score);
            assert_int_equal(shown.given[i].passages[k].first, expected.given[i].passages[k].first);
        }
    }
    assert_true(some->passages.passages_capacity < SENTENCES / 2);
    ttag_workspace_free(some);
    ttag_workspace_free(all);
    buffer_dispose(&text);
    fixture_dispose(&f);
}

static void model__refuses_what_makes_no_sense(void **state)
{
    (void)state;
    model_fixture f;
    ttag_error err;
    fixture_init(&f);
    f.parts.passages = by_sentence(0, 8, 1);
    assert_int_equal(ttag_model_save(&f.parts, f.path, &err), TTAG_INVALID);
    f.parts.passages = by_sentence(0, 0, 1);
    f.parts.kernel = TTAG_KERNEL_RBF;
    assert_int_equal(ttag_model_save(&f.parts, f.path, &err), TTAG_INVALID);
    f.parts.kernel = TTAG_KERNEL_LINEAR;
    fixture_dispose(&f);
}

/* ---- Articles in parts. ---- */

static void wholes__join_what_belongs_together(void **state)
{
    (void)state;
    whole_list list = {0};
    buffer scratch = {0};
    const ttag_article records[] = {{.text = view("one"), .article = view("a")},
                                    {.text = view("two"), .title = view("T")},
                                    {.text = view("three"), .article = view("a")},
                                    {.text = view("four"), .article = view("b")}};
    const size_t rows[] = {1, 2, 1, 1};
    const signed char of_rows[] = {-1, 0, -1, 1, -1};
    signed char truth[3];
    for (size_t i = 0; i < 4; i++)
        assert_true(whole_list_add(&list, &records[i], rows[i]));
    assert_int_equal(list.count, 3);
    assert_true(view_equal(whole_list_get(&list, 0, &scratch).text, view("one\n\nthree")));
    assert_true(view_equal(whole_list_get(&list, 1, &scratch).title, view("T")));
    assert_true(list.items[1].split && !list.items[0].split);
    whole_list_truth(&list, of_rows, truth);
    assert_int_equal(truth[0], 1);
    assert_int_equal(truth[1], 0);
    assert_int_equal(truth[2], -1);
    buffer_dispose(&scratch);
    whole_list_dispose(&list);
}

static void scoring__survives_a_lack_of_memory(void **state)
{
    (void)state;
#ifdef TTAG_FAULTS
    model_fixture f = start(by_sentence(2, 4, 2));
    ttag_classify_opts opts = TTAG_CLASSIFY_OPTS_INIT;
    const ttag_article article = {.text = view("Alpha beta alpha. Gamma delta."), .weight = 1};
    opts.explain = 2;
    for (size_t n = 1;; n++) {
        ttag_workspace *work = NULL;
        ttag_classification result;
        mem_fail_after(n);
        ttag_status status = ttag_workspace_new(&work, f.model, &opts, NULL);
        if (status == TTAG_OK)
            status = ttag_classify(work, &result, &article, NULL);
        mem_fail_after(0);
        ttag_workspace_free(work);
        if (status == TTAG_OK)
            break;
        assert_int_equal(status, TTAG_NOMEM);
    }
    fixture_dispose(&f);
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces__are_passages),
        cmocka_unit_test(windows__overlap_and_end_with_the_passage),
        cmocka_unit_test(runs__have_the_vectors_of_their_words),
        cmocka_unit_test(pieces__are_one_at_least),
        cmocka_unit_test(rule__is_checked),
        cmocka_unit_test(combining__by_hand),
        cmocka_unit_test(score__is_that_of_the_best_passages),
        cmocka_unit_test(score__goes_through_a_second_stage),
        cmocka_unit_test(second_stage__is_checked),
        cmocka_unit_test(evidence__is_the_best_passages),
        cmocka_unit_test(evidence__of_a_long_article_needs_little_room),
        cmocka_unit_test(model__refuses_what_makes_no_sense),
        cmocka_unit_test(wholes__join_what_belongs_together),
        cmocka_unit_test(scoring__survives_a_lack_of_memory),
    };
    return cmocka_run_group_tests_name("by passage", tests, NULL, NULL);
}
