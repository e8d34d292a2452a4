/* ttag_train from a feed in a file to the parts of a model. */
#include "train_fixture.h"

#include <math.h>

#include "base/memory.h"
#include "base/sigmoid.h"

/* ---- Whole trainings. ---- */

static void ttag_train__learns_what_is_there(void **state)
{
    (void)state;
    buffer feed = {0};
    put_usual(&feed);
    run r = train(&feed, usual_opts());
    const ttag_model_tag *ransom = tag_of(&r, "Ransom");
    const ttag_model_parts *parts = ttag_trained_parts(r.trained);
    assert_non_null(ransom);
    assert_int_equal(parts->n_tags, 2);
    assert_int_equal(parts->weight_stride, 8);
    assert_true(parts->calibrated);
    assert_int_equal(ransom->support, 40);
    assert_true(ransom->oof_f1 > 0.9f && ransom->oof_f1 <= 1.0f);
    assert_true(!isnan(ransom->cut_spread));
    assert_true(ransom->slope < 0);
    assert_true(ransom->threshold == platt_probability(ransom->slope, ransom->offset, ransom->cut));
    assert_true(weight_of(&r, "ransomware", "Ransom") > 0);
    assert_true(weight_of(&r, "phishing", "Phish") > 0);
    assert_true(weight_of(&r, "ransomware", "Phish") < weight_of(&r, "phishing", "Phish"));
    assert_int_equal(ttag_trained_counts(r.trained)->used, 60);
    assert_true(r.progress > 0);
    assert_int_equal(r.said.size, 0);
    run_dispose(&r);
}

static void ttag_train__is_the_same_for_any_threads(void **state)
{
    (void)state;
    ttag_train_opts opts = usual_opts();
    buffer feed = {0};
    put_usual(&feed);
    run one = train(&feed, opts);
    for (opts.threads = 2; opts.threads < 5; opts.threads++) {
        put_usual(&feed);
        run more = train(&feed, opts);
        assert_same(&one, &more);
        run_dispose(&more);
    }
    run_dispose(&one);
}

static void ttag_train__depends_on_the_seed(void **state)
{
    (void)state;
    ttag_train_opts opts = usual_opts();
    buffer feed = {0};
    put_usual(&feed);
    run one = train(&feed, opts);
    opts.seed = 2;
    put_usual(&feed);
    run two = train(&feed, opts);
    assert_true(tag_of(&one, "Ransom")->cut != tag_of(&two, "Ransom")->cut);
    assert_true(tag_of(&one, "Ransom")->bias == tag_of(&two, "Ransom")->bias);
    run_dispose(&one);
    run_dispose(&two);
}

static void ttag_train__without_thresholds(void **state)
{
    (void)state;
    ttag_train_opts opts = usual_opts();
    opts.thresholds = TTAG_THRESHOLDS_NONE;
    buffer feed = {0};
    put_usual(&feed);
    run r = train(&feed, opts);
    const ttag_model_tag *tag = tag_of(&r, "Ransom");
    assert_false(ttag_trained_parts(r.trained)->calibrated);
    assert_true(tag->slope == -1 && tag->offset == 0 && tag->threshold == 0.5f && tag->cut == 0);
    assert_true(isnan(tag->oof_precision) && isnan(tag->oof_recall) && isnan(tag->oof_f1));
    assert_true(isnan(tag->cut_spread));
    run_dispose(&r);
}

static void ttag_train__takes_as_many_partitions_as_asked(void **state)
{
    (void)state;
    ttag_train_opts opts = usual_opts();
    opts.partitions = 1;
    buffer feed = {0};
    put_usual(&feed);
    run r = train(&feed, opts);
    assert_true(isnan(tag_of(&r, "Ransom")->cut_spread));
    run_dispose(&r);
}

/* ---- Folds that cannot be. ---- */

static void ttag_train__takes_fewer_folds_where_groups_are_few(void **state)
{
    (void)state;
    buffer feed = {0};
    for (unsigned i = 0; i < 30; i++)
        put_record(&feed, 1 + i % 2, i,
                   i % 3 == 0   ? "\"group\":\"a\",\"tags\":[\"Ransom\"]"
                   : i % 3 == 1 ? "\"group\":\"b\",\"tags\":[\"Phish\"]"
                                : "\"group\":\"c\",\"tags\":[\"Phish\",\"Ransom\"]");
    run r = train(&feed, usual_opts());
    assert_true(said(&r, "5 folds asked for, but there are only 3 groups of articles: 3 folds"));
    assert_true(ttag_trained_parts(r.trained)->calibrated);
    run_dispose(&r);
}

static void ttag_train__of_one_group_has_no_thresholds(void **state)
{
    (void)state;
    buffer feed = {0};
    for (unsigned i = 0; i < 12; i++)
        put_record(&feed, 1 + i % 2, i,
                   i % 2 ? "\"article\":\"a\",\"tags\":[\"Phish\"]"
                         : "\"article\":\"a\",\"tags\":[\"Ransom\"]");
    run r = train(&feed, usual_opts());
    assert_true(said(&r, "without folds there are no thresholds"));
    assert_false(ttag_trained_parts(r.trained)->calibrated);
    run_dispose(&r);
}

/* All positive articles in one group: some training parts have none of them. */
static void ttag_train__takes_folds_without_a_positive(void **state)
{
    (void)state;
    buffer feed = {0};
    put_usual(&feed);
    for (unsigned i = 0; i < 4; i++)
        put_record(&feed, 2, 500 + i, "\"group\":\"one\",\"tags\":[\"Story\"]");
    run r = train(&feed, usual_opts());
    const ttag_model_tag *story = tag_of(&r, "Story");
    assert_true(isfinite(story->cut) && story->slope < 0);
    assert_true(story->threshold > 0 && story->threshold < 1);
    run_dispose(&r);
}

/* ---- The card. ---- */

static void ttag_train__writes_a_card(void **state)
{
    (void)state;
    buffer feed = {0};
    put_usual(&feed);
    put_record(&feed, 0, 600, "\"tags\":[\"A \\\"quoted\\\" one\"]");
    run r = train(&feed, usual_opts());
    size_t position;
    const char *reason;
    tree *card = tree_parse(ttag_trained_parts(r.trained)->card, &position, &reason);
    assert_non_null(card);
    assert_true(view_equal(tree_string(path_in(card, "format", NULL)), view_of("threattag-model")));
    assert_true(view_equal(tree_string(path_in(card, "program", NULL)), view_of(TTAG_VERSION)));
    assert_null(tree_member(card, "date"));
    assert_int_equal(tree_string(path_in(card, "data", "digest")).size, 32);
    assert_true(tree_number(path_in(card, "data", "articles")) == 61);
    assert_true(view_equal(tree_string(path_in(card, "solver", "name")), view_of("libsvm")));
    assert_true(tree_number(path_in(card, "options", "cost")) == 1);
    assert_true(tree_number(path_in(card, "out_of_fold", "micro_f1")) > 0.9);
    const tree *dropped = tree_first(path_in(card, "dropped_tags", NULL));
    assert_true(
        view_equal(tree_string(path_in(dropped, "tag", NULL)), view_of("A \"quoted\" one")));
    const tree *tag = tree_first(path_in(card, "tags", NULL));
    assert_true(view_equal(tree_string(path_in(tag, "tag", NULL)), view_of("Phish")));
    assert_true(tree_number(path_in(tag, "partitions", NULL)) == 3);
    assert_true(tree_number(path_in(tag, "support_vectors", NULL)) > 2);
    assert_true(fabs(tree_number(path_in(tag, "relative_gap", NULL))) < 1e-2);
    tree_free(card);
    run_dispose(&r);
}

static void ttag_train__dates_the_card_when_told(void **state)
{
    (void)state;
    buffer feed = {0};
    put_usual(&feed);
    setenv("SOURCE_DATE_EPOCH", "86400", 1);
    run r = train(&feed, usual_opts());
    unsetenv("SOURCE_DATE_EPOCH");
    ttag_view card = ttag_trained_parts(r.trained)->card;
    buffer copy = {0};
    buffer_view(&copy, card);
    assert_non_null(strstr(copy.bytes, "\"date\":\"1970-01-02T00:00:00Z\""));
    buffer_dispose(&copy);
    run_dispose(&r);
}

/* ---- Failures. ---- */

static void ttag_train__of_nothing(void **state)
{
    (void)state;
    buffer feed = {0};
    put_held(&feed, 0, 34, "a treaty");
    for (unsigned i = 0; i < 4; i++)
        buffer_printf(&feed, "{\"text\":\"article %u\"}\n", i);
    run r = train(&feed, usual_opts());
    assert_int_equal(r.status, TTAG_EMPTY);
    assert_string_equal(r.err.text, "nothing to learn: 5 records read, 4 without tags, 1 "
                                    "blanket-tagged; expected articles with a `tags` array, a "
                                    "tag line or a column `tags`");
    assert_true(said(&r, "carries 34 of 34 tags: blanket-tagged, kept out of training"));
    run_dispose(&r);
}

static void ttag_train__of_tags_that_are_all_too_rare(void **state)
{
    (void)state;
    ttag_train_opts opts = usual_opts();
    opts.min_docs = 100;
    buffer feed = {0};
    put_usual(&feed);
    run r = train(&feed, opts);
    assert_int_equal(r.status, TTAG_EMPTY);
    assert_non_null(strstr(r.err.text, "no tag with 100 positive articles"));
    run_dispose(&r);
}

static void ttag_train__of_articles_without_terms(void **state)
{
    (void)state;
    buffer feed = {0};
    for (int i = 0; i < 4; i++)
        buffer_printf(&feed, "{\"text\":\"\",\"tags\":[%s]}\n", i % 2 ? "\"a\"" : "\"b\"");
    run r = train(&feed, usual_opts());
    assert_int_equal(r.status, TTAG_EMPTY);
    run_dispose(&r);
}

static bool solved_by_libsvm(const run *r)
{
    return r->status == TTAG_OK &&
           strstr(ttag_trained_parts(r->trained)->card.bytes, "\"solver\":{\"name\":\"libsvm\"");
}

/* auto asks more of the memory than libsvm needs: the sets of all tags, added up, have to fit. */
static void ttag_train__adds_up_active_sets(void **state)
{
    (void)state;
    bool exact = false;
    ttag_train_opts opts = usual_opts();
    for (opts.memory = 1000; !exact; opts.memory += opts.memory / 8) {
        buffer feed = {0};
        opts.solver = TTAG_SOLVER_LIBSVM;
        put_usual(&feed);
        run apart = train(&feed, opts);
        opts.solver = TTAG_SOLVER_AUTO;
        put_usual(&feed);
        run together = train(&feed, opts);
        exact = solved_by_libsvm(&apart);
        assert_true(exact || apart.status == TTAG_LIMIT);
        assert_true(together.status == TTAG_OK && !solved_by_libsvm(&together));
        run_dispose(&apart);
        run_dispose(&together);
    }
}

/* scikit-learn's loss is not libsvm's. */
static void ttag_train_opts_check__leaves_libsvm_its_loss(void **state)
{
    (void)state;
    ttag_train_opts opts = usual_opts();
    opts.loss = TTAG_LOSS_SQUARED_HINGE;
    assert_null(ttag_train_opts_check(&opts));
    opts.solver = TTAG_SOLVER_LIBSVM;
    assert_non_null(strstr(ttag_train_opts_check(&opts), "hinge loss only"));
    opts.solver = TTAG_SOLVER_AUTO;
    opts.kernel = TTAG_KERNEL_RBF;
    assert_non_null(strstr(ttag_train_opts_check(&opts), "hinge loss only"));
    opts.loss = (ttag_loss)7;
    assert_non_null(strstr(ttag_train_opts_check(&opts), "hinge or squared hinge"));
}

/* Where active sets would not fit, auto takes the linear solver, and the card says so. */
static void ttag_train__of_much(void **state)
{
    (void)state;
    ttag_train_opts opts = usual_opts();
    opts.memory = 10000;
    buffer feed = {0};
    put_usual(&feed);
    run much = train(&feed, opts);
    put_usual(&feed);
    run usual = train(&feed, usual_opts());
    assert_int_equal(much.status, TTAG_OK);
    assert_non_null(
        strstr(ttag_trained_parts(much.trained)->card.bytes, "\"solver\":{\"name\":\"linear\""));
    assert_non_null(
        strstr(ttag_trained_parts(usual.trained)->card.bytes, "\"solver\":{\"name\":\"libsvm\""));
    assert_true(weight_of(&much, "ransomware", "Ransom") > 0);
    assert_true(fabsf(weight_of(&much, "ransomware", "Ransom") -
                      weight_of(&usual, "ransomware", "Ransom")) < 0.2f);
    run_dispose(&much);
    run_dispose(&usual);
}

static void ttag_train__of_too_much(void **state)
{
    (void)state;
    ttag_train_opts opts = usual_opts();
    opts.memory = 10000;
    opts.solver = TTAG_SOLVER_LIBSVM;
    buffer feed = {0};
    put_usual(&feed);
    run r = train(&feed, opts);
    assert_int_equal(r.status, TTAG_LIMIT);
    assert_non_null(strstr(r.err.text, "active set of articles does not fit"));
    run_dispose(&r);
}

static bool at_once(void *payload)
{
    (void)payload;
    return true;
}

static void ttag_train__can_be_cancelled(void **state)
{
    (void)state;
    ttag_train_opts opts = usual_opts();
    ttag_monitor monitor = {.cancelled = at_once};
    opts.monitor = &monitor;
    buffer feed = {0};
    put_usual(&feed);
    run r = train(&feed, opts);
    assert_int_equal(r.status, TTAG_CANCELLED);
    run_dispose(&r);
}

/* ---- Options. ---- */

static void ttag_train_opts_check__says_what_is_wrong(void **state)
{
    (void)state;
    ttag_train_opts good = TTAG_TRAIN_OPTS_INIT;
    const ttag_extra_feed weightless = {NULL, 0};
    ttag_train_opts bad[13];
    assert_null(ttag_train_opts_check(&good));
    for (size_t i = 0; i < 13; i++)
        bad[i] = good;
    bad[0].cost = 0;
    bad[1].cost = INFINITY;
    bad[2].tolerance = NAN;
    bad[3].folds = 1;
    bad[4].folds = 101;
    bad[5].min_docs = 0;
    bad[6].text.word_ngrams = 0;
    bad[7].partitions = 101;
    bad[8].thresholds = (ttag_threshold_rule)7;
    bad[9].budget = -1;
    bad[10].budget = NAN;
    bad[11].budget = INFINITY;
    bad[12].extra = &weightless;
    bad[12].n_extra = 1;
    for (size_t i = 0; i < 13; i++)
        assert_non_null(ttag_train_opts_check(&bad[i]));
    ttag_trained *trained;
    ttag_error err;
    assert_int_equal(ttag_train(&trained, NULL, &bad[3], &err), TTAG_INVALID);
    assert_null(trained);
    assert_non_null(strstr(err.text, "2 to 100"));
}

#ifdef TTAG_FAULTS
static void survive_want_of_memory(ttag_train_opts opts)
{
    buffer text = {0};
    for (unsigned i = 0; i < 12; i++)
        put_record(&text, i % 2 ? 1 : 2, i,
                   i % 2 ? "\"tags\":[\"Ransom\"]"
                         : "\"tags\":[\"Phish\",\"VulnerabilitiesLinux\",\"VulnerabilitiesAll\"]");
    put_held(&text, 0, 12, "held");
    put_record(&text, 1, 13, "\"tags\":[\"Ransom\"],\"weight\":2");
    char path[] = "/tmp/ttag-train-XXXXXX";
    const char *feed = path;
    int file = mkstemp(path);
    assert_true(write(file, text.bytes, text.size) == (ssize_t)text.size);
    close(file);
    buffer_dispose(&text);
    ttag_reader_opts reading = TTAG_READER_OPTS_INIT;
    reading.format = TTAG_INPUT_JSONL;
    for (size_t n = 1;; n++) {
        ttag_reader *reader = NULL;
        ttag_extra_feed extra = {NULL, 0.5};
        ttag_trained *trained = NULL;
        opts.extra = &extra;
        opts.n_extra = 1;
        mem_fail_after(n);
        ttag_status status = ttag_reader_open(&reader, &feed, 1, &reading, NULL);
        if (status == TTAG_OK)
            status = ttag_reader_open(&extra.feed, &feed, 1, &reading, NULL);
        if (status == TTAG_OK)
            status = ttag_train(&trained, reader, &opts, NULL);
        mem_fail_after(0);
        ttag_reader_free(reader);
        ttag_reader_free(extra.feed);
        ttag_trained_free(trained);
        if (status == TTAG_OK)
            break;
        assert_null(trained);
        assert_int_equal(status, TTAG_NOMEM);
    }
    unlink(path);
}

static void ttag_train__survives_want_of_memory(void **state)
{
    (void)state;
    ttag_train_opts opts = usual_opts();
    survive_want_of_memory(opts);
    opts.budget = 1e-9;
    survive_want_of_memory(opts);
    opts.solver = TTAG_SOLVER_LINEAR;
    survive_want_of_memory(opts);
    opts.solver = TTAG_SOLVER_AUTO;
    opts.kernel = TTAG_KERNEL_RBF;
    survive_want_of_memory(opts);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ttag_train__learns_what_is_there),
        cmocka_unit_test(ttag_train__is_the_same_for_any_threads),
        cmocka_unit_test(ttag_train__depends_on_the_seed),
        cmocka_unit_test(ttag_train__without_thresholds),
        cmocka_unit_test(ttag_train__takes_as_many_partitions_as_asked),
        cmocka_unit_test(ttag_train__takes_fewer_folds_where_groups_are_few),
        cmocka_unit_test(ttag_train__of_one_group_has_no_thresholds),
        cmocka_unit_test(ttag_train__takes_folds_without_a_positive),
        cmocka_unit_test(ttag_train__writes_a_card),
        cmocka_unit_test(ttag_train__dates_the_card_when_told),
        cmocka_unit_test(ttag_train__of_nothing),
        cmocka_unit_test(ttag_train__of_tags_that_are_all_too_rare),
        cmocka_unit_test(ttag_train__of_articles_without_terms),
        cmocka_unit_test(ttag_train__adds_up_active_sets),
        cmocka_unit_test(ttag_train_opts_check__leaves_libsvm_its_loss),
        cmocka_unit_test(ttag_train__of_much),
        cmocka_unit_test(ttag_train__of_too_much),
        cmocka_unit_test(ttag_train__can_be_cancelled),
        cmocka_unit_test(ttag_train_opts_check__says_what_is_wrong),
#ifdef TTAG_FAULTS
        cmocka_unit_test(ttag_train__survives_want_of_memory),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
