/* ttag_train on passages: which rows there are, whole articles out of fold, cuts for all tags. */
#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/view.h"
#include "features/combine.h"
#include "train/collect.h"
#include "train/combining.h"
#include "ttag/train.h"

#define NO (-FLT_MAX) /* passage */

static char path[32];

/* Opens a feed of these bytes, which it disposes of. */
static ttag_reader *open_feed(buffer *feed)
{
    const char *name = path;
    snprintf(path, sizeof path, "/tmp/ttag-passages-XXXXXX");
    ttag_reader *reader;
    ttag_reader_opts opts = TTAG_READER_OPTS_INIT;
    int file = mkstemp(path);
    assert_true(file >= 0 && buffer_ok(feed));
    assert_true(write(file, feed->bytes, feed->size) == (ssize_t)feed->size);
    close(file);
    opts.format = TTAG_INPUT_JSONL;
    assert_int_equal(ttag_reader_open(&reader, &name, 1, &opts, NULL), TTAG_OK);
    buffer_dispose(feed);
    return reader;
}

static void close_feed(ttag_reader *reader)
{
    ttag_reader_free(reader);
    unlink(path);
}

/* n articles of four labelled passages: every other one on ransom, two of four on phishing. */
static void put_articles(buffer *b, unsigned n)
{
    static const char *const FILL[] = {"The office was closed on monday", "Nobody said a word",
                                       "It rained all week in town", "A train came late again"};
    for (unsigned i = 0; i < n; i++) {
        const char *ransom = i % 2 ? "The gang encrypted disks and asked for payment" : FILL[i % 3];
        const char *lure = i % 4 < 2 ? "A lure asked users for their password" : FILL[(i + 1) % 4];
        for (unsigned s = 0; s < 4; s++) {
            const char *text = s == 1 ? ransom : s == 2 ? lure : FILL[(i + s) % 4];
            bool r = s == 1 && i % 2, p = s == 2 && i % 4 < 2;
            buffer_printf(b, "{\"text\":\"%s\",\"article\":\"a%u\",\"tags\":[%s%s%s]}\n", text, i,
                          r ? "\"Ransom\"" : "", r && p ? "," : "", p ? "\"Phish\"" : "");
        }
    }
}

static void put_wholes(buffer *b, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        buffer_printf(b,
                      "{\"title\":\"Title\",\"text\":\"The office was closed. %s. %s.\","
                      "\"tags\":[%s]}\n",
                      i % 2 ? "The gang encrypted disks and asked for payment" : "It rained",
                      i % 3 ? "A train came" : "Nobody said a word", i % 2 ? "\"Ransom\"" : "");
}

static ttag_trained *train(buffer *feed, ttag_train_opts opts)
{
    ttag_error err = {0};
    ttag_trained *trained;
    ttag_reader *reader = open_feed(feed);
    if (ttag_train(&trained, reader, &opts, &err) != TTAG_OK)
        fail_msg("%s", err.text);
    close_feed(reader);
    return trained;
}

static ttag_train_opts by_sentence(void)
{
    ttag_train_opts opts = TTAG_TRAIN_OPTS_INIT;
    opts.threads = 1;
    opts.unit = TTAG_UNIT_SENTENCE;
    return opts;
}

static void rows__are_passages(void **state)
{
    (void)state;
    ttag_train_opts opts = by_sentence();
    buffer feed = {0};
    corpus c;
    put_articles(&feed, 2); /* 4 rows each */
    put_wholes(&feed, 2);   /* 3 sentences and a title each */
    ttag_reader *reader = open_feed(&feed);
    opts.min_docs = 1;
    assert_int_equal(corpus_collect(&c, reader, &opts, NULL, 1, NULL), TTAG_OK);
    assert_int_equal(c.counts.used, 10);
    assert_int_equal(c.labels.n_articles, 16);
    assert_int_equal(ttag_features_matrix(c.features)->n_rows, 16);
    assert_int_equal(c.labels.n_groups, 4);
    assert_int_equal(c.wholes.count, 4);
    for (size_t i = 1; i < 16; i++)
        assert_int_equal(c.labels.groups[i] == c.labels.groups[i - 1],
                         c.wholes.of_row[i] == c.wholes.of_row[i - 1]);
    corpus_dispose(&c);
    close_feed(reader);
}

static void training__learns_from_labelled_passages(void **state)
{
    (void)state;
    buffer feed = {0};
    put_articles(&feed, 24);
    ttag_trained *trained = train(&feed, by_sentence());
    const ttag_model_parts *parts = ttag_trained_parts(trained);
    assert_int_equal(parts->passages.unit, TTAG_UNIT_SENTENCE);
    assert_int_equal(parts->n_tags, 2);
    assert_int_equal(parts->tags[0].support, 12); /* articles, not passages */
    assert_int_equal(parts->tags[1].support, 12);
    assert_true(parts->tags[0].oof_f1 > 0.99F && parts->tags[1].oof_f1 > 0.99F);
    assert_true(parts->calibrated);
    assert_non_null(strstr(parts->card.bytes, "\"unit\":\"sentence\""));
    assert_non_null(strstr(parts->card.bytes, "\"per_article_f1\":1"));
    ttag_trained_free(trained);
}

static void training__learns_from_labelled_articles(void **state)
{
    (void)state;
    for (int solver = TTAG_SOLVER_LIBSVM; solver <= TTAG_SOLVER_LINEAR; solver++) {
        ttag_train_opts opts = by_sentence();
        buffer feed = {0};
        opts.solver = (ttag_solver)solver;
        put_wholes(&feed, 24);
        ttag_trained *trained = train(&feed, opts);
        const ttag_model_parts *parts = ttag_trained_parts(trained);
        assert_int_equal(parts->n_tags, 1);
        assert_int_equal(parts->tags[0].support, 12);
        assert_true(parts->tags[0].oof_f1 > 0.6F);
        ttag_trained_free(trained);
    }
}

static void training__gives_the_same_for_any_number_of_threads(void **state)
{
    (void)state;
    for (int solver = TTAG_SOLVER_LIBSVM; solver <= TTAG_SOLVER_LINEAR; solver++) {
        ttag_trained *trained[2];
        for (uint32_t k = 0; k < 2; k++) {
            ttag_train_opts opts = by_sentence();
            buffer feed = {0};
            opts.threads = 1 + 2 * k;
            opts.solver = (ttag_solver)solver;
            put_articles(&feed, 70);
            put_wholes(&feed, 20);
            trained[k] = train(&feed, opts);
        }
        const ttag_model_parts *a = ttag_trained_parts(trained[0]);
        const ttag_model_parts *b = ttag_trained_parts(trained[1]);
        assert_true(view_equal(a->card, b->card));
        assert_memory_equal(a->weights, b->weights,
                            a->vocabulary.n_terms * a->weight_stride * sizeof *a->weights);
        assert_memory_equal(&a->passages, &b->passages, sizeof a->passages);
        assert_true(a->second.offset == b->second.offset && a->second.used == b->second.used);
        for (size_t t = 0; t < a->n_tags; t++)
            assert_true(a->tags[t].cut == b->tags[t].cut && a->tags[t].slope == b->tags[t].slope);
        ttag_trained_free(trained[0]);
        ttag_trained_free(trained[1]);
    }
}

/* Rows of labelled passages are those of articles of one sentence each. */
static void training__scales_the_terms_of_passages(void **state)
{
    (void)state;
    for (int solver = TTAG_SOLVER_LIBSVM; solver <= TTAG_SOLVER_LINEAR; solver++) {
        ttag_trained *trained[2];
        for (int k = 0; k < 2; k++) {
            ttag_train_opts opts = by_sentence();
            buffer feed = {0};
            opts.unit = k ? TTAG_UNIT_ARTICLE : TTAG_UNIT_SENTENCE;
            opts.solver = (ttag_solver)solver;
            opts.term_scaling = TTAG_SCALING_RATIO;
            opts.averaging = k ? TTAG_AVERAGING_NONE : opts.averaging; /* passages know none */
            put_articles(&feed, 40);
            trained[k] = train(&feed, opts);
        }
        const ttag_model_parts *sentences = ttag_trained_parts(trained[0]);
        const ttag_model_parts *articles = ttag_trained_parts(trained[1]);
        size_t n = articles->vocabulary.n_terms * articles->weight_stride;
        assert_non_null(strstr(sentences->card.bytes, "\"term_scaling\":\"ratio\""));
        assert_int_equal(sentences->vocabulary.n_terms, articles->vocabulary.n_terms);
        assert_memory_equal(sentences->weights, articles->weights, n * sizeof(float));
        assert_true(sentences->tags[0].oof_f1 > 0.99F && sentences->tags[1].oof_f1 > 0.99F);
        ttag_trained_free(trained[0]);
        ttag_trained_free(trained[1]);
    }
}

static void training__without_folds_takes_the_best_passage(void **state)
{
    (void)state;
    ttag_train_opts opts = by_sentence();
    buffer feed = {0};
    opts.thresholds = TTAG_THRESHOLDS_NONE;
    put_articles(&feed, 8);
    ttag_trained *trained = train(&feed, opts);
    const ttag_passage_rule *rule = &ttag_trained_parts(trained)->passages;
    assert_int_equal(rule->windows[0], 0);
    assert_int_equal(rule->top, 1);
    ttag_trained_free(trained);
}

static void options__want_the_linear_kernel(void **state)
{
    (void)state;
    ttag_train_opts opts = by_sentence();
    assert_null(ttag_train_opts_check(&opts));
    opts.kernel = TTAG_KERNEL_RBF;
    assert_non_null(ttag_train_opts_check(&opts));
    opts.unit = (ttag_unit)3;
    assert_non_null(ttag_train_opts_check(&opts));
}

/* Two tags, four articles in two folds. A cut of one tag that is found on the other fold errs; the
   shared one does not. */
static void combining__prefers_what_holds_on_other_folds(void **state)
{
    (void)state;
    float first[] = {1, NO, NO, -1, NO, NO, 0.2F, NO, NO, -1, NO, NO};
    float second[] = {1, NO, NO, -1, NO, NO, 0.2F, NO, NO, -1, NO, NO};
    float third[] = {0.1F, NO, NO, -1, NO, NO, 1, NO, NO, -1, NO, NO};
    float *const highest[] = {first, second, third};
    const uint32_t partitions[] = {1, 1, 1};
    const signed char truth[] = {1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1};
    const uint8_t folds[] = {0, 0, 1, 1};
    probe_set probes = {.n_wholes = 4, .rules = {{.rule = {.top = 1}}}, .n_rules = 1};
    const cut_rule rule = {TTAG_THRESHOLDS_F1, 0};
    const combining_task task = {.probes = &probes,
                                 .highest = highest,
                                 .partitions = partitions,
                                 .truth = truth,
                                 .rule = &rule,
                                 .n_tags = 3,
                                 .folds = folds,
                                 .n_folds = 2,
                                 .threads = 1};
    combining c;
    assert_int_equal(combining_choose(&c, &task), TTAG_OK);
    assert_int_equal(c.n_trials, 3);
    /* own cuts: 0 from {1, -1}, -0.4 from {0.2, -1} …: all right here */
    assert_true(c.trials[CUTS_OWN].micro_f1 == 1 && c.best.kind == CUTS_OWN);
    combining_dispose(&c);
    first[6] = second[6] = -0.1F; /* under (1 - 1) / 2, which the first fold suggests */
    assert_int_equal(combining_choose(&c, &task), TTAG_OK);
    assert_true(c.trials[CUTS_OWN].micro_f1 < 1);
    assert_true(c.best.micro_f1 >= c.trials[CUTS_OWN].micro_f1);
    combining_dispose(&c);
}

/* Two tags, eight articles. */
static float stage_first[] = {1.5F,   0.5F, 0.25F,  0.75F, -0.5F, -1,    -0.25F, -0.5F,
                              -0.75F, -1,   -1.25F, -1.5F, 0.5F,  0.25F, 0,      -0.5F,
                              NO,     NO,   -0.75F, -1,    NO,    0.25F, -0.25F, -0.5F};
static float stage_second[] = {0.5F, -0.25F, -0.5F, -0.5F,  -0.75F, -1,    1.25F, 1,
                               0.5F, -0.75F, -1,    -1.25F, -0.25F, -0.5F, -1,    0.75F,
                               NO,   NO,     0.25F, -1,     NO,     -1,    -1.5F, -1.75F};
static const signed char stage_truth[] = {1, 1, -1, -1, 1, -1, -1, 0, -1, -1, 1, -1, 1, 1, -1, -1};

static void assert_stage(const ttag_second_stage *s, const double expected[5])
{
    const double numbers[] = {(double)s->best[0], (double)s->best[1], (double)s->best[2],
                              (double)s->length, (double)s->offset};
    assert_true(s->used);
    for (size_t i = 0; i < 5; i++)
        assert_true(fabs(numbers[i] - expected[i]) < 2e-6);
}

/* Expected: scikit-learn 1.2.1, LogisticRegression(C=1, tol=1e-12) on columns with mean 0 and
   standard deviation 1, an article's last passage in place of those that it lacks. */
static void second_stage__agrees_with_scikit_learn(void **state)
{
    (void)state;
    static const double EXPECTED[] = {1.15067433, 1.25055935, 0.34415522, -0.15159466,
                                      0.444705642337087};
    static const double WITHOUT[] = {0.37377566, 1.26439468, 0.79656886, -0.25563492,
                                     1.1067376382166723};
    static const size_t COUNTS[] = {20, 8, 30, 12, 5, 1, 2, 40};
    static const uint8_t FOLDS[] = {0, 1, 0, 1, 0, 1, 0, 1};
    float lengths[8], scores[8] = {0};
    for (size_t i = 0; i < 8; i++)
        lengths[i] = log_passages(COUNTS[i]);
    const probe_set probes = {.n_wholes = 8, .log_passages = lengths};
    float *const highest[] = {stage_first, stage_second, NULL};
    const uint32_t partitions[] = {1, 1, 1};
    const stage_task task = {&probes, 3, highest, partitions, stage_truth, 0};
    const stage_fold odd = {true, 0, FOLDS, 1};
    ttag_second_stage stage;
    assert_true(second_stage_fit(&stage, &task, NULL));
    assert_stage(&stage, EXPECTED);
    assert_true(second_stage_fit(&stage, &task, &odd));
    assert_stage(&stage, WITHOUT);
    second_stage_apply(scores, &stage, &task, 1, &odd);
    assert_true(scores[0] == 0 && scores[2] == 0); /* of the other fold */
    double by_hand = WITHOUT[4] + (WITHOUT[0] + WITHOUT[1] + WITHOUT[2]) * 0.75; /* ln 1 = 0 */
    assert_true(fabs((double)scores[5] - by_hand) < 1e-5);
}

static void second_stage__wants_rows_of_both_kinds(void **state)
{
    (void)state;
    float lengths[8] = {0};
    const probe_set probes = {.n_wholes = 8, .log_passages = lengths};
    float *const highest[] = {stage_first, NULL};
    const uint32_t partitions[] = {1, 1};
    const signed char negative[] = {-1, -1, -1, -1, 0, 0, 0, 0};
    stage_task task = {&probes, 1, highest, partitions, negative, 0};
    ttag_second_stage stage;
    assert_false(second_stage_fit(&stage, &task, NULL));
    assert_false(stage.used);
    task.truth = stage_truth; /* and what never changes has no factor */
    assert_true(second_stage_fit(&stage, &task, NULL));
    assert_true(stage.length == 0);
}

static void combining__moves_cuts_and_counts(void **state)
{
    (void)state;
    const float scores[] = {1, 0.5F, 0, -1};
    const signed char truth[] = {1, -1, 1, -1};
    combining c = {.best = {.kind = CUTS_BETWEEN}, .shared = -0.5F};
    threshold t = {.cut = 0.75F, .f1 = 9};
    combining_move_cut(&t, &c, scores, 1, truth, 4);
    assert_true(t.cut == 0.125F && t.tp == 1 && t.fp == 1 && t.fn == 1 && t.f1 == 0.5);
    c.best.kind = CUTS_SHARED;
    combining_move_cut(&t, &c, scores, 1, truth, 4);
    assert_true(t.cut == -0.5F && t.tp == 2 && t.fp == 1 && t.recall == 1);
    c.best.kind = CUTS_OWN;
    t.cut = 0.25F;
    combining_move_cut(&t, &c, scores, 1, truth, 4);
    assert_true(t.cut == 0.25F);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows__are_passages),
        cmocka_unit_test(training__learns_from_labelled_passages),
        cmocka_unit_test(training__learns_from_labelled_articles),
        cmocka_unit_test(training__gives_the_same_for_any_number_of_threads),
        cmocka_unit_test(training__scales_the_terms_of_passages),
        cmocka_unit_test(training__without_folds_takes_the_best_passage),
        cmocka_unit_test(options__want_the_linear_kernel),
        cmocka_unit_test(combining__prefers_what_holds_on_other_folds),
        cmocka_unit_test(combining__moves_cuts_and_counts),
        cmocka_unit_test(second_stage__agrees_with_scikit_learn),
        cmocka_unit_test(second_stage__wants_rows_of_both_kinds),
    };
    return cmocka_run_group_tests_name("train passages", tests, NULL, NULL);
}
