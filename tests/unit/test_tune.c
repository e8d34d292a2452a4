/* Which settings a training takes: figures by fold, the rule of choice, and ttag_train with it. */
#include "unit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "train/fold_figures.h"
#include "ttag/train.h"

#define assert_near(value, expected, most) assert_true(fabs((value) - (expected)) <= (most))

/* ---- Figures by fold. ---- */

static void fold_counts__cut_by_the_other_folds(void **state)
{
    /* Fold 1 parts at 2 (of 1 and 3), fold 0 at 0 (of -1 and 1): each is cut where the other is. */
    const float scores[] = {1, -1, 3, 1};
    const signed char truth[] = {1, -1, 1, -1};
    const uint8_t folds[] = {0, 0, 1, 1};
    const cut_rule rule = {TTAG_THRESHOLDS_F1, 0};
    fold_counts counts[2];
    (void)state;
    assert_int_equal(fold_counts_cross(counts, &rule, scores, truth, folds, 2, 4), TTAG_OK);
    assert_near(counts[0].tp, 0, 0);
    assert_near(counts[0].fn, 1, 0);
    assert_near(counts[0].fp, 0, 0);
    assert_near(counts[1].tp, 1, 0);
    assert_near(counts[1].fp, 1, 0);
    assert_near(counts[1].fn, 0, 0);
}

static void fold_counts__at_a_cut_without_the_unknown(void **state)
{
    const float scores[] = {1, 2, 3, 4, 5};
    const signed char truth[] = {1, -1, 0, 1, 1};
    const uint8_t folds[] = {0, 1, 0, 1, FOLD_NONE};
    fold_counts counts[2];
    (void)state;
    fold_counts_at(counts, 2, scores, truth, folds, 2, 5);
    assert_near(counts[0].tp + counts[0].fp, 0, 0);
    assert_near(counts[0].fn, 1, 0);
    assert_near(counts[1].tp, 1, 0);
    assert_near(counts[1].fp, 1, 0);
}

static void fold_figures__micro_and_macro(void **state)
{
    /* two tags, two folds; the second tag is on no article of the second fold */
    const fold_counts counts[] = {{1, 1, 0}, {2, 0, 2}, {0, 0, 1}, {0, 3, 0}};
    fold_figures found;
    (void)state;
    fold_figures_sum(&found, counts, 2, 2);
    assert_int_equal(found.n_folds, 2);
    assert_near(found.micro[0], 2.0 / 4, 1e-15); /* tp 1, fp 1, fn 1 */
    assert_near(found.macro[0], (2.0 / 3 + 0) / 2, 1e-15);
    assert_near(found.micro[1], 4.0 / 9, 1e-15); /* tp 2, fp 3, fn 2 */
    assert_near(found.macro[1], 4.0 / 6, 1e-15);
}

static fold_figures figures(const double *both, uint32_t n)
{
    fold_figures f = {.n_folds = n};
    for (uint32_t k = 0; k < n; k++)
        f.micro[k] = f.macro[k] = both[k];
    return f;
}

static void choice__more_than_a_standard_error(void **state)
{
    const fold_figures old = figures((double[]){.5, .6, .7}, 3);
    /* gains .03, .01, .02: mean .02, s = .01, error .01 / sqrt(3) */
    const fold_figures better = figures((double[]){.53, .61, .72}, 3);
    /* gains .05, -.03, -.01: mean .00333, s = .0416, error .024 */
    const fold_figures lucky = figures((double[]){.55, .57, .69}, 3);
    const fold_figures worse = figures((double[]){.49, .59, .69}, 3);
    fold_gain gain = fold_gain_of(&better, &old);
    (void)state;
    assert_near(gain.mean, .02, 1e-12);
    assert_near(gain.error, .01 / sqrt(3), 1e-12);
    assert_true(fold_gain_convinces(gain));
    gain = fold_gain_of(&lucky, &old);
    assert_true(gain.mean > 0);
    assert_false(fold_gain_convinces(gain));
    assert_false(fold_gain_convinces(fold_gain_of(&worse, &old)));
    assert_false(fold_gain_convinces(fold_gain_of(&old, &old)));
}

static void choice__macro_counts_as_much_as_micro(void **state)
{
    const fold_figures old = figures((double[]){.5, .6}, 2);
    fold_figures other = old;
    (void)state;
    other.micro[0] = .54;
    other.macro[0] = .5 - .02;
    other.micro[1] = .6 - .02;
    other.macro[1] = .64;
    fold_gain gain = fold_gain_of(&other, &old);
    assert_near(gain.mean, .01, 1e-12);
    assert_near(gain.error, 0, 1e-9);
    assert_true(fold_gain_convinces(gain));
}

static void figures__mean_and_spread(void **state)
{
    mean_spread m = mean_spread_of((double[]){1, 2, 6}, 3);
    (void)state;
    assert_near(m.mean, 3, 1e-15);
    assert_near(m.spread, sqrt(7), 1e-12);
    assert_true(isnan(mean_spread_of((double[]){1}, 1).spread));
}

/* ---- Trainings. ---- */

/* Articles of two tags by words that say so, some of them wrong. */
static void put_feed(buffer *b, unsigned n)
{
    static const char *const TAGS[] = {"", "\"Ransom\"", "\"Phish\"", "\"Phish\",\"Ransom\""};
    static const char *const WORDS[] = {"monday report", "gang leak monday", "mailbox lure report",
                                        "gang mailbox report"};
    for (unsigned i = 0; i < n; i++) {
        unsigned topics = i % 7 % 4;
        buffer_printf(b, "{\"text\":\"%s staff%u said word%u\",\"tags\":[%s]}\n", WORDS[topics],
                      i % 5, i % 11, TAGS[i % 13 == 0 ? (topics + 1) % 4 : topics]);
    }
}

typedef struct run {
    ttag_trained *trained;
    ttag_status status;
    buffer said;
    double seconds;
} run;

static void hear(void *payload, ttag_level level, const char *place, const char *text)
{
    run *r = payload;
    (void)level;
    (void)place;
    buffer_printf(&r->said, "%s\n", text);
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Trains on a file of n records. */
static void train(run *r, unsigned n, ttag_train_opts opts)
{
    char path[] = "/tmp/ttag-tune-XXXXXX";
    const char *name = path;
    buffer feed = {0};
    ttag_reader_opts reading = TTAG_READER_OPTS_INIT;
    ttag_monitor monitor = {.message = hear, .payload = r};
    ttag_reader *reader = NULL;
    *r = (run){.status = TTAG_NOMEM};
    int file = mkstemp(path);
    put_feed(&feed, n);
    assert_true(file >= 0 && write(file, feed.bytes, feed.size) == (ssize_t)feed.size);
    close(file);
    buffer_dispose(&feed);
    reading.format = TTAG_INPUT_JSONL;
    opts.monitor = opts.monitor ? opts.monitor : &monitor;
    assert_int_equal(ttag_reader_open(&reader, &name, 1, &reading, NULL), TTAG_OK);
    double began = now();
    r->status = ttag_train(&r->trained, reader, &opts, NULL);
    r->seconds = now() - began;
    ttag_reader_free(reader);
    unlink(path);
    assert_true((r->status == TTAG_OK) == (r->trained != NULL));
}

static void run_dispose(run *r)
{
    ttag_trained_free(r->trained);
    buffer_dispose(&r->said);
}

static ttag_train_opts opts_of(ttag_tune tune)
{
    ttag_train_opts opts = TTAG_TRAIN_OPTS_INIT;
    opts.tune = tune;
    opts.threads = 1;
    opts.folds = 3;
    return opts;
}

static const char *card_of(const run *r)
{
    assert_int_equal(r->status, TTAG_OK);
    return ttag_trained_parts(r->trained)->card.bytes;
}

/* How many rows of the card's table hold `text`. */
static size_t rows_with(const run *r, const char *text)
{
    size_t n = 0;
    const char *at = strstr(card_of(r), "\"tune\":[");
    for (at = at ? strstr(at, text) : NULL; at; at = strstr(at + 1, text))
        n++;
    return n;
}

static void tune__tells_what_it_compared(void **state)
{
    run r;
    (void)state;
    train(&r, 84, opts_of(TTAG_TUNE_QUICK));
    assert_non_null(strstr(card_of(&r), "\"tune\":\"quick\""));
    assert_non_null(strstr(r.said.bytes, "settings compared on 84 articles, 3 folds"));
    assert_int_equal(rows_with(&r, "\"chosen\":true"), 1);
    assert_true(rows_with(&r, "\"term_scaling\":\"none\"") >= 1);
    assert_true(rows_with(&r, "\"word_ngrams\":2") >= 6); /* first, three variants, two rules */
    run_dispose(&r);
}

static void tune__leaves_alone_what_is_given(void **state)
{
    ttag_train_opts opts = opts_of(TTAG_TUNE_FULL);
    run r;
    (void)state;
    opts.cost = 2;
    opts.keep = TTAG_KEEP_WORD_NGRAMS | TTAG_KEEP_CHAR_NGRAMS | TTAG_KEEP_TERM_SCALING |
                TTAG_KEEP_COST | TTAG_KEEP_THRESHOLDS;
    train(&r, 84, opts);
    assert_int_equal(rows_with(&r, "\"word_ngrams\""), 1);
    run_dispose(&r);
    opts.keep &= ~(uint32_t)TTAG_KEEP_WORD_NGRAMS;
    train(&r, 84, opts);
    assert_int_equal(rows_with(&r, "\"char_ngrams\":\"3-5\",\"term_scaling\":\"ratio\",\"cost\":2,"
                                   "\"thresholds\":\"f1\""),
                     3);
    assert_int_equal(rows_with(&r, "\"word_ngrams\""), 3);
    run_dispose(&r);
    opts.keep = 0;
    opts.thresholds = TTAG_THRESHOLDS_PRECISION;
    opts.bound = 0.9;
    train(&r, 84, opts);
    assert_int_equal(rows_with(&r, "\"thresholds\":\"f1"), 0);
    run_dispose(&r);
}

/* The parts are those of a training with the chosen options. */
static void tune__gives_what_the_options_give(void **state)
{
    ttag_train_opts opts = opts_of(TTAG_TUNE_QUICK);
    run tuned, plain;
    (void)state;
    train(&tuned, 84, opts);
    const ttag_model_parts *a = ttag_trained_parts(tuned.trained);
    opts.text = a->text;
    const char *row = strstr(card_of(&tuned), "\"chosen\":true");
    while (strncmp(row, "{\"word_ngrams\"", 14) != 0)
        row--;
    const char *end = strchr(row, '}'), *none = strstr(row, "\"term_scaling\":\"none\"");
    const char *three = strstr(row, "\"cost\":3"), *best = strstr(row, "\"f1-best\"");
    const char *count = strstr(row, "\"f1-count\"");
    opts.term_scaling = none && none < end ? TTAG_SCALING_NONE : TTAG_SCALING_RATIO;
    opts.cost = three && three < end ? 3 : 1;
    opts.thresholds = best && best < end     ? TTAG_THRESHOLDS_F1_BEST
                      : count && count < end ? TTAG_THRESHOLDS_F1_COUNT
                                             : TTAG_THRESHOLDS_F1;
    opts.tune = TTAG_TUNE_NONE;
    train(&plain, 84, opts);
    const ttag_model_parts *b = ttag_trained_parts(plain.trained);
    assert_int_equal(a->n_tags, b->n_tags);
    assert_int_equal(a->vocabulary.n_terms, b->vocabulary.n_terms);
    assert_memory_equal(a->weights, b->weights,
                        a->vocabulary.n_terms * a->weight_stride * sizeof *a->weights);
    for (size_t t = 0; t < a->n_tags; t++)
        assert_true(memcmp(&a->tags[t].cut, &b->tags[t].cut, sizeof a->tags[t].cut) == 0);
    run_dispose(&tuned);
    run_dispose(&plain);
}

static void tune__same_card_for_any_number_of_threads(void **state)
{
    ttag_train_opts opts = opts_of(TTAG_TUNE_QUICK);
    run one, three;
    (void)state;
    train(&one, 84, opts);
    opts.threads = 3;
    train(&three, 84, opts);
    assert_string_equal(card_of(&one), card_of(&three));
    run_dispose(&one);
    run_dispose(&three);
}

static void tune__ends_with_the_budget(void **state)
{
    ttag_train_opts opts = opts_of(TTAG_TUNE_FULL);
    run r;
    (void)state;
    opts.budget = 1e-3;
    train(&r, 84, opts);
    assert_non_null(strstr(card_of(&r), "\"tune_cut_short\":true,\"tune\":[]"));
    assert_non_null(strstr(r.said.bytes, "no settings were compared: there is too little time"));
    run_dispose(&r);
    opts.budget = 0.5;
    opts.partitions = 5;
    train(&r, 2100, opts);
    assert_int_equal(r.status, TTAG_OK);
    assert_true(r.seconds < 5); /* a machine may be busy; without a budget it takes longer */
    run_dispose(&r);
}

static bool asks_after(void *payload)
{
    int *left = payload;
    return --*left < 0;
}

static void tune__stops_when_asked(void **state)
{
    int left = 50;
    const ttag_monitor monitor = {.cancelled = asks_after, .payload = &left};
    ttag_train_opts opts = opts_of(TTAG_TUNE_QUICK);
    run r;
    (void)state;
    opts.monitor = &monitor;
    train(&r, 84, opts);
    assert_int_equal(r.status, TTAG_CANCELLED);
    run_dispose(&r);
    left = 50;
    opts.tune = TTAG_TUNE_FULL;
    opts.keep_partial = true;
    train(&r, 84, opts);
    assert_int_equal(r.status, TTAG_OK);
    assert_non_null(strstr(card_of(&r), "\"stopped\""));
    run_dispose(&r);
}

static void tune__wants_the_linear_kernel(void **state)
{
    ttag_train_opts opts = opts_of(TTAG_TUNE_QUICK);
    (void)state;
    opts.kernel = TTAG_KERNEL_RBF;
    assert_non_null(strstr(ttag_train_opts_check(&opts), "linear kernel"));
    opts = opts_of((ttag_tune)3);
    assert_non_null(ttag_train_opts_check(&opts));
}

static void tune__out_of_memory(void **state)
{
    ttag_train_opts opts = opts_of(TTAG_TUNE_QUICK);
    (void)state;
#ifdef TTAG_FAULTS
    size_t n = 1, step = 1;
    run r;
    opts.text.char_least = opts.text.char_most = 0;
    opts.keep = TTAG_KEEP_CHAR_NGRAMS | TTAG_KEEP_COST;
    for (r.status = TTAG_NOMEM; r.status != TTAG_OK; n += step) {
        char path[] = "/tmp/ttag-tune-XXXXXX";
        const char *name = path;
        ttag_reader *reader = NULL;
        buffer feed = {0};
        ttag_error err;
        int file = mkstemp(path);
        put_feed(&feed, 28);
        assert_true(file >= 0 && write(file, feed.bytes, feed.size) == (ssize_t)feed.size);
        close(file);
        buffer_dispose(&feed);
        ttag_reader_opts reading = TTAG_READER_OPTS_INIT;
        reading.format = TTAG_INPUT_JSONL;
        assert_int_equal(ttag_reader_open(&reader, &name, 1, &reading, NULL), TTAG_OK);
        r = (run){0};
        mem_fail_after(n);
        r.status = ttag_train(&r.trained, reader, &opts, &err);
        mem_fail_after(0);
        assert_true(r.status == TTAG_OK || (r.status == TTAG_NOMEM && !r.trained));
        ttag_reader_free(reader);
        unlink(path);
        run_dispose(&r);
        step = 1 + n / 64; /* what trials and training allocate comes again and again */
    }
    assert_true(n > 100);
#else
    (void)opts;
    skip();
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fold_counts__cut_by_the_other_folds),
        cmocka_unit_test(fold_counts__at_a_cut_without_the_unknown),
        cmocka_unit_test(fold_figures__micro_and_macro),
        cmocka_unit_test(choice__more_than_a_standard_error),
        cmocka_unit_test(choice__macro_counts_as_much_as_micro),
        cmocka_unit_test(figures__mean_and_spread),
        cmocka_unit_test(tune__tells_what_it_compared),
        cmocka_unit_test(tune__leaves_alone_what_is_given),
        cmocka_unit_test(tune__gives_what_the_options_give),
        cmocka_unit_test(tune__same_card_for_any_number_of_threads),
        cmocka_unit_test(tune__ends_with_the_budget),
        cmocka_unit_test(tune__stops_when_asked),
        cmocka_unit_test(tune__wants_the_linear_kernel),
        cmocka_unit_test(tune__out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
