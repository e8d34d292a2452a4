/* Making the small model smaller: which weights go, what becomes of scores, what is measured. */
#include "base/hash.h"
#include "base/memory.h"
#include "classify/packed_rows.h"
#include "evaluate/shrink_loss.h"
#include "evaluate/shrink_refit.h"
#include "rbf_fixture.h"
#include "ttag/evaluate.h"
#include "ttag/shrink.h"

typedef struct shrink_fixture {
    model_fixture f;
    char feed[96], small[96];
    bool stop;
    ttag_model *shrunk;
} shrink_fixture;

static const char FEED[] =
    "{\"text\":\"alpha alpha alpha beta\",\"tags\":[\"Malware\",\"Security News\"]}\n"
    "{\"text\":\"beta gamma\",\"tags\":[\"VulnerabilitiesLinux\",\"VulnerabilitiesAll\"]}\n"
    "{\"text\":\"delta delta delta\",\"tags\":[\"Security News\"]}\n"
    "{\"text\":\"alpha gamma other words\",\"tags\":[\"Other\"]}\n"
    "{\"text\":\"beta\",\"tags\":[]}\n"
    "{\"text\":\"not labelled\"}\n"
    "{\"text\":\n";

static int setup(void **state)
{
    shrink_fixture *s = calloc(1, sizeof *s);
    assert_non_null(s);
    fixture_init(&s->f);
    snprintf(s->feed, sizeof s->feed, "%s/feed.jsonl", s->f.folder);
    snprintf(s->small, sizeof s->small, "%s/smaller.ttag", s->f.folder);
    FILE *feed = fopen(s->feed, "w");
    assert_non_null(feed);
    assert_true(fputs(FEED, feed) >= 0);
    assert_int_equal(fclose(feed), 0);
    fixture_open(&s->f);
    *state = s;
    return 0;
}

static int teardown(void **state)
{
    shrink_fixture *s = *state;
    ttag_model_close(s->shrunk);
    unlink(s->feed);
    unlink(s->small);
    fixture_dispose(&s->f);
    free(s);
    return 0;
}

static bool wants_stop(void *payload)
{
    return ((shrink_fixture *)payload)->stop;
}

static const ttag_shrink_opts DEFAULTS = TTAG_SHRINK_OPTS_INIT;

static ttag_status run(shrink_fixture *s, ttag_shrunk *done, bool with_feed, ttag_shrink_opts opts,
                       ttag_error *err)
{
    const ttag_monitor monitor = {.cancelled = wants_stop, .payload = s};
    const char *path = s->feed;
    ttag_reader *feed = NULL;
    opts.monitor = &monitor;
    ttag_status status = TTAG_OK;
    if (with_feed)
        status = ttag_reader_open(&feed, &path, 1, NULL, err);
    if (status == TTAG_OK)
        status = ttag_model_shrink(done, s->f.model, feed, s->small, &opts, err);
    ttag_reader_free(feed);
    return status;
}

/* Shrinks and opens what was saved. */
static ttag_shrunk shrunk(shrink_fixture *s, bool with_feed, ttag_shrink_opts opts)
{
    ttag_shrunk done;
    ttag_error err = {0};
    ttag_model_close(s->shrunk);
    s->shrunk = NULL;
    if (run(s, &done, with_feed, opts, &err) != TTAG_OK ||
        ttag_model_open(&s->shrunk, s->small, &err) != TTAG_OK ||
        ttag_model_verify(s->shrunk, &err) != TTAG_OK)
        fail_msg("%s", err.text);
    assert_true(done.saved);
    assert_int_equal(done.after.file_size, ttag_model_size(s->shrunk));
    return done;
}

static ttag_evaluation *evaluated(const char *path, const ttag_model *model)
{
    ttag_reader *feed;
    ttag_evaluation *e;
    assert_int_equal(ttag_reader_open(&feed, &path, 1, NULL, NULL), TTAG_OK);
    assert_int_equal(ttag_evaluate(&e, model, feed, NULL, NULL), TTAG_OK);
    ttag_reader_free(feed);
    return e;
}

static void scores_of(float scores[N_TAGS], const ttag_model *model, const char *text)
{
    ttag_workspace *work;
    ttag_classification result;
    assert_int_equal(ttag_workspace_new(&work, model, NULL, NULL), TTAG_OK);
    assert_int_equal(ttag_classify_text(work, &result, text, NULL), TTAG_OK);
    memcpy(scores, result.scores, N_TAGS * sizeof *scores);
    ttag_workspace_free(work);
}

/* ---- What matters. ---- */

/* The fixture has df 1 and idf 1; of Malware the weights are 1.5, 0.5, -2 and 0: the spread is
   sqrt(6.5). */
static void importance__is_the_formula(void **state)
{
    shrink_fixture *s = *state;
    importance m;
    assert_int_equal(importance_init(&m, ttag_model_get(s->f.model), NULL), TTAG_OK);
    assert_int_equal(m.total, 10);
    assert_true(m.of_term[ALPHA] == 1 && m.of_term[GAMMA] == 1);
    assert_true(fabs((double)m.of_tag[MALWARE] - 0.6262845) < 1e-6);
    assert_int_equal(importance_cut(&m, 0), importance_cut(&m, 0.09)); /* not one of ten */
    assert_true(importance_cut(&m, 0.1) > importance_cut(&m, 0));
    importance_dispose(&m);
}

static void weigh_evenly(shrink_fixture *s)
{
    fixture_weigh(&s->f, ALPHA, 1, 1, 1, 1);
    fixture_weigh(&s->f, BETA, 0.5F, 0.5F, 0.5F, 0.5F);
    fixture_weigh(&s->f, DELTA, 0.25F, 0.25F, 0.25F, 0.25F);
    fixture_weigh(&s->f, GAMMA, 0.01F, 0.01F, 0.01F, 0.01F);
    fixture_open(&s->f);
}

static void shrink__a_term_that_is_gone_is_an_unknown_one(void **state)
{
    shrink_fixture *s = *state;
    ttag_shrink_opts opts = DEFAULTS;
    float with[N_TAGS], without[N_TAGS];
    opts.prune = 0.25;
    s->f.parts.text.l2_norm = true;
    weigh_evenly(s);
    ttag_shrunk done = shrunk(s, false, opts);
    const ttag_vocabulary *v = &ttag_model_get(s->shrunk)->vocabulary;
    assert_int_equal(done.before.terms, 4);
    assert_int_equal(done.after.terms, 3);
    assert_int_equal(done.before.weights, 16);
    assert_int_equal(done.after.weights, 12);
    assert_int_equal(ttag_vocabulary_find(v, view("gamma")), UINT32_MAX);
    assert_int_equal(ttag_vocabulary_find(v, view("delta")), 2);
    assert_true(v->idf[2] == 1 && v->df[2] == 1);
    scores_of(with, s->shrunk, "alpha gamma delta");
    scores_of(without, s->shrunk, "alpha unheard delta");
    assert_memory_equal(with, without, sizeof with);
}

static void shrink__works_on_hashed_vocabularies(void **state)
{
    shrink_fixture *s = *state;
    ttag_shrink_opts opts = DEFAULTS;
    float before[N_TAGS], after[N_TAGS];
    opts.prune = 0.25;
    opts.weights = TTAG_WEIGHT_FLOAT32;
    ttag_features_free(s->f.features);
    s->f.parts.text.hash_bits = 28;
    s->f.features = fixture_features(&s->f.parts.text);
    s->f.parts.vocabulary = *ttag_features_vocabulary(s->f.features);
    weigh_evenly(s); /* in order of the terms' numbers, whichever that is */
    ttag_shrunk done = shrunk(s, false, opts);
    assert_int_equal(done.after.terms, 3);
    ttag_view term = ttag_vocabulary_term(&s->f.parts.vocabulary, 0);
    char *first = strndup(term.bytes, term.size);
    assert_non_null(first);
    scores_of(before, s->f.model, first);
    scores_of(after, s->shrunk, first);
    free(first);
    assert_true(before[0] >= 0 && after[0] >= 0); /* bias -1, weight of the first term 1 */
}

static void shrink__of_no_share_changes_no_score(void **state)
{
    static const char *const texts[] = {"alpha", "alpha beta gamma delta delta", "nothing", "beta"};
    shrink_fixture *s = *state;
    ttag_shrink_opts opts = DEFAULTS;
    float before[N_TAGS], after[N_TAGS];
    for (int type = TTAG_WEIGHT_FLOAT32; type <= TTAG_WEIGHT_FLOAT16; type++) {
        opts.prune = 0;
        opts.weights = (ttag_weight_type)type; /* the fixture's weights are halves */
        ttag_shrunk done = shrunk(s, true, opts);
        assert_int_equal(done.after.terms, done.before.terms);
        assert_int_equal(done.after.weights, done.before.weights);
        assert_true(done.scale == 1);
        for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
            scores_of(before, s->f.model, texts[i]);
            scores_of(after, s->shrunk, texts[i]);
            for (size_t t = 0; t < N_TAGS; t++)
                assert_true(before[t] == after[t]);
        }
    }
}

/* ---- Scores fitted. ---- */

/* y = 2 z + 1 with z = 1 and -1: factor 2, and each bias 1 higher. */
static void shrink_refit__by_hand(void **state)
{
    shrink_fixture *s = *state;
    const ttag_model_parts *large = ttag_model_get(s->f.model);
    importance m;
    small_model small;
    float old_scores[2 * N_TAGS], new_scores[2 * N_TAGS];
    for (size_t i = 0; i < 2 * N_TAGS; i++) {
        float z = i < N_TAGS ? 1 : -1, bias = large->tags[i % N_TAGS].bias;
        old_scores[i] = 2 * z + 1 + bias;
        new_scores[i] = z + bias;
    }
    outcomes a = {.n_documents = 2, .n_tags = N_TAGS, .n_scored = N_TAGS, .scores = old_scores};
    outcomes b = {.n_documents = 2, .n_tags = N_TAGS, .n_scored = N_TAGS, .scores = new_scores};
    assert_int_equal(importance_init(&m, large, NULL), TTAG_OK);
    assert_int_equal(small_model_init(&small, &m, 0, TTAG_WEIGHT_FLOAT32, true, NULL), TTAG_OK);
    assert_true(shrink_refit(&small, large, &a, &b) == 2);
    assert_true(packed_weight(&small.model.parts, ALPHA, MALWARE) == 3.0F);
    for (size_t t = 0; t < N_TAGS; t++)
        assert_true(small.tags[t].bias == large->tags[t].bias + 1);
    for (size_t i = 0; i < 2 * N_TAGS; i++) /* z = 0: there is nothing to fit */
        new_scores[i] = large->tags[i % N_TAGS].bias;
    assert_true(shrink_refit(&small, large, &a, &b) == 1);
    small_model_dispose(&small);
    importance_dispose(&m);
}

/* ---- What is measured. ---- */

static void shrink__f1_is_that_of_evaluate(void **state)
{
    static const double shares[] = {TTAG_PRUNE_AUTO, 0, 0.3, 0.5};
    shrink_fixture *s = *state;
    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++) {
        ttag_shrink_opts opts = DEFAULTS;
        opts.prune = shares[i];
        opts.max_loss = opts.max_macro_loss = 1;
        ttag_shrunk done = shrunk(s, true, opts);
        ttag_evaluation *before = evaluated(s->feed, s->f.model);
        ttag_evaluation *after = evaluated(s->feed, s->shrunk);
        assert_true(done.before.micro_f1 == before->micro.f1);
        assert_true(done.before.macro_f1 == before->macro.f1);
        assert_true(done.after.micro_f1 == after->micro.f1);
        assert_true(done.after.macro_f1 == after->macro.f1);
        assert_int_equal(done.documents, 5);
        assert_int_equal(done.unlabelled, 1);
        assert_int_equal(done.refused, 1);
        ttag_evaluation_free(before);
        ttag_evaluation_free(after);
    }
}

/* Two tags, three articles. Before: n 2 2 0, d 2 3 1, F1 4/6; after: n 2 0 0, d 2 2 1, F1 2/5; the
   third article's second tag is unknown. In fractions: what they move after minus before is
   6/25 - 1/9, -4/25 - 0 and -2/25 + 1/9. */
static void micro_loss_error__by_hand(void **state)
{
    enum { TP = PAIR_TRUE | PAIR_GIVEN };
    unsigned char before[] = {TP, 0, TP, PAIR_GIVEN, PAIR_TRUE, PAIR_UNKNOWN | PAIR_GIVEN};
    unsigned char after[] = {TP, 0, PAIR_TRUE, PAIR_GIVEN, PAIR_TRUE, PAIR_UNKNOWN | PAIR_GIVEN};
    outcomes a = {.n_documents = 3, .n_tags = 2, .n_scored = 2, .pairs = before};
    outcomes b = {.n_documents = 3, .n_tags = 2, .n_scored = 2, .pairs = after};
    double moved[] = {6 / 25.0 - 1 / 9.0, -4 / 25.0, -2 / 25.0 + 1 / 9.0};
    double squares = moved[0] * moved[0] + moved[1] * moved[1] + moved[2] * moved[2];
    (void)state;
    assert_true(fabs(micro_loss_error(&a, &b) - sqrt(squares)) < 1e-12);
    assert_true(micro_loss_error(&a, &a) == 0);
}

static void shrink__auto_keeps_within_the_losses(void **state)
{
    shrink_fixture *s = *state;
    ttag_shrink_opts opts = DEFAULTS;
    opts.max_loss = opts.max_macro_loss = 0;
    ttag_shrunk done = shrunk(s, true, opts);
    assert_true(done.after.micro_f1 >= done.before.micro_f1);
    assert_true(done.after.macro_f1 >= done.before.macro_f1);
}

/* Models being tried are of no file and have no place for a warm copy, which one of a file makes
   after some MB of text. */
static void shrink__takes_a_feed_of_much_text(void **state)
{
    enum { RECORDS = 24, WORDS = 50000 };
    shrink_fixture *s = *state;
    FILE *feed = fopen(s->feed, "w");
    assert_non_null(feed);
    for (int i = 0; i < RECORDS; i++) { /* several batches, whose figures must not run together */
        fputs(i % 3 ? "{\"tags\":[\"Malware\"],\"text\":\"" : "{\"tags\":[],\"text\":\"", feed);
        for (int w = 0; w < WORDS; w++)
            fputs(i % 2 ? "alpha " : "delta ", feed);
        fputs("\"}\n", feed);
    }
    assert_int_equal(fclose(feed), 0);
    ttag_shrink_opts opts = DEFAULTS;
    opts.threads = 1;
    opts.prune = 0.25;
    opts.max_loss = opts.max_macro_loss = 1;
    const ttag_shrunk done = shrunk(s, true, opts);
    ttag_evaluation *before = evaluated(s->feed, s->f.model),
                    *after = evaluated(s->feed, s->shrunk);
    assert_true(done.before.micro_f1 == before->micro.f1);
    assert_true(done.after.micro_f1 == after->micro.f1);
    ttag_evaluation_free(before);
    ttag_evaluation_free(after);
}

static void shrink__writes_nothing_that_lost_too_much(void **state)
{
    shrink_fixture *s = *state;
    ttag_shrunk done;
    ttag_shrink_opts opts = DEFAULTS;
    /* The articles with alpha alone are given their tags; without alpha's weights they are not. */
    opts.prune = 0.9;
    opts.max_loss = 0;
    assert_int_equal(run(s, &done, true, opts, NULL), TTAG_OK);
    assert_false(done.saved);
    assert_true(done.after.micro_f1 < done.before.micro_f1);
    assert_int_equal(done.after.file_size, 0);
    assert_int_equal(access(s->small, F_OK), -1);
}

static void shrink__without_a_feed_measures_nothing(void **state)
{
    shrink_fixture *s = *state;
    ttag_shrunk done = shrunk(s, false, DEFAULTS);
    assert_true(done.prune == 0);
    assert_true(isnan(done.before.micro_f1) && isnan(done.after.macro_f1));
    assert_int_equal(done.documents, 0);
}

/* ---- The card. ---- */

static void shrink__says_so_in_the_card(void **state)
{
    shrink_fixture *s = *state;
    size_t size;
    char expected[33], from[64];
    unsigned char *bytes = fixture_slurp(s->f.path, &size);
    digest *d = digest_new();
    assert_non_null(d);
    digest_add(d, bytes, size);
    digest_hex(d, expected);
    digest_free(d);
    free(bytes);
    shrunk(s, true, DEFAULTS);
    ttag_view card = ttag_model_get(s->shrunk)->card;
    char *text = strndup(card.bytes, card.size);
    assert_non_null(text);
    snprintf(from, sizeof from, "\"shrunk\":{\"from\":\"%s\"", expected);
    assert_memory_equal(text, "{\"made\":\"by hand\",\"shrunk\":{", 27);
    assert_non_null(strstr(text, from));
    assert_non_null(strstr(text, "\"weights\":\"int8\",\"prune\":"));
    assert_non_null(strstr(text, "\"articles\":5,\"before\":{\"terms\":4,\"weights\":10,"));
    free(text);
}

/* ---- What is refused. ---- */

static void assert_refused(shrink_fixture *s, ttag_shrink_opts opts, ttag_status status,
                           const char *message)
{
    ttag_shrunk done;
    ttag_error err = {0};
    ttag_status got = run(s, &done, true, opts, &err);
    if (got != status || !strstr(err.text, message))
        fail_msg("status %d, \"%s\"; expected %d, \"%s\"", got, err.text, status, message);
    assert_int_equal(access(s->small, F_OK), -1);
}

static void shrink__refuses_bad_options(void **state)
{
    shrink_fixture *s = *state;
    ttag_shrink_opts opts = DEFAULTS;
    opts.prune = 1;
    assert_refused(s, opts, TTAG_INVALID, "the share to prune is 1; expected 0 to 0.999");
    opts.prune = NAN;
    assert_refused(s, opts, TTAG_INVALID, "the share to prune is nan");
    opts = DEFAULTS;
    opts.max_loss = -1;
    assert_refused(s, opts, TTAG_INVALID, "the largest loss is -1; expected 0 or more");
    opts = DEFAULTS;
    opts.weights = (ttag_weight_type)7;
    assert_refused(s, opts, TTAG_INVALID, "the type of weights 7 is unknown");
    opts = DEFAULTS;
    s->stop = true;
    assert_refused(s, opts, TTAG_CANCELLED, "stopped");
}

static void shrink__refuses_what_was_shrunk_before(void **state)
{
    shrink_fixture *s = *state;
    shrunk(s, false, DEFAULTS);
    ttag_model_close(s->f.model);
    s->f.model = s->shrunk;
    s->shrunk = NULL;
    unlink(s->small);
    assert_refused(s, DEFAULTS, TTAG_INVALID, "the model was shrunk before; expected the one");
}

static void shrink__refuses_support_vectors(void **state)
{
    shrink_fixture *s = *state;
    static rbf_fixture rbf;
    rbf_fixture_init(&rbf);
    fixture_open(&rbf.small);
    ttag_model *linear = s->f.model;
    s->f.model = rbf.small.model;
    assert_refused(s, DEFAULTS, TTAG_INVALID,
                   "a model of the RBF kernel has support vectors and no weights that could be "
                   "pruned; expected a linear model");
    s->f.model = linear;
    fixture_dispose(&rbf.small);
}

static void shrink__refuses_a_feed_without_labels(void **state)
{
    shrink_fixture *s = *state;
    FILE *feed = fopen(s->feed, "w");
    assert_non_null(feed);
    assert_true(fputs("{\"text\":\"alpha\"}\n", feed) >= 0);
    assert_int_equal(fclose(feed), 0);
    assert_refused(s, DEFAULTS, TTAG_EMPTY, "no labelled article was read: 1 without tags");
}

static void shrink__refuses_a_card_that_is_no_object(void **state)
{
    shrink_fixture *s = *state;
    s->f.parts.card = view("[]");
    fixture_open(&s->f);
    assert_refused(s, DEFAULTS, TTAG_FORMAT, "section \"card\" is no JSON object");
}

/* ---- Same bytes, and no memory. ---- */

static void shrink__same_bytes_for_any_threads(void **state)
{
    shrink_fixture *s = *state;
    size_t size[2];
    unsigned char *bytes[2];
    for (uint32_t i = 0; i < 2; i++) {
        ttag_shrink_opts opts = DEFAULTS;
        opts.threads = 1 + 2 * i;
        shrunk(s, true, opts);
        bytes[i] = fixture_slurp(s->small, &size[i]);
    }
    assert_int_equal(size[0], size[1]);
    assert_memory_equal(bytes[0], bytes[1], size[0]);
    free(bytes[0]);
    free(bytes[1]);
}

static void shrink__leaves_nothing_without_memory(void **state)
{
#ifdef TTAG_FAULTS
    shrink_fixture *s = *state;
    ttag_shrink_opts opts = DEFAULTS;
    ttag_status status = TTAG_NOMEM;
    opts.threads = 1;
    opts.prune = 0.3;
    opts.max_loss = opts.max_macro_loss = 1;
    for (size_t n = 1; status != TTAG_OK; n++) {
        ttag_shrunk done;
        mem_fail_after(n);
        status = run(s, &done, true, opts, NULL);
        mem_fail_after(0);
        assert_true(status == TTAG_OK || status == TTAG_NOMEM);
        if (status == TTAG_OK)
            assert_int_equal(access(s->small, F_OK), 0);
    }
#else
    (void)state;
    skip();
#endif
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {CASE(importance__is_the_formula),
                                       CASE(shrink__a_term_that_is_gone_is_an_unknown_one),
                                       CASE(shrink__works_on_hashed_vocabularies),
                                       CASE(shrink__of_no_share_changes_no_score),
                                       CASE(shrink_refit__by_hand),
                                       CASE(shrink__f1_is_that_of_evaluate),
                                       CASE(micro_loss_error__by_hand),
                                       CASE(shrink__auto_keeps_within_the_losses),
                                       CASE(shrink__takes_a_feed_of_much_text),
                                       CASE(shrink__writes_nothing_that_lost_too_much),
                                       CASE(shrink__without_a_feed_measures_nothing),
                                       CASE(shrink__says_so_in_the_card),
                                       CASE(shrink__refuses_bad_options),
                                       CASE(shrink__refuses_what_was_shrunk_before),
                                       CASE(shrink__refuses_support_vectors),
                                       CASE(shrink__refuses_a_feed_without_labels),
                                       CASE(shrink__refuses_a_card_that_is_no_object),
                                       CASE(shrink__same_bytes_for_any_threads),
                                       CASE(shrink__leaves_nothing_without_memory)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
