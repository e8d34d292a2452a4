/* Models of the RBF kernel: scores, evidence and term weights by the formula over dense rows. */
#include "base/exponential.h"
#include "base/memory.h"
#include "base/random.h"
#include "classify/score_rbf.h"
#include "rbf_fixture.h"

static void assert_near(double found, double expected, double bound)
{
    if (!(fabs(found - expected) <= bound))
        fail_msg("%.9g is not %.9g", found, expected);
}

static ttag_workspace *workspace(rbf_fixture *f, const ttag_classify_opts *opts)
{
    ttag_workspace *work;
    fixture_open(&f->small);
    assert_int_equal(ttag_workspace_new(&work, f->small.model, opts, NULL), TTAG_OK);
    return work;
}

/* ---- e^-y. ---- */

static void exp_minus__agrees_with_libm(void **state)
{
    (void)state;
    for (double y = 0; y < 699; y += 0.0317)
        assert_near(exp_minus(y) / exp(-y), 1, 1e-11);
    for (double y = 0; y < 2; y += 0.000317)
        assert_near(exp_minus(y) / exp(-y), 1, 1e-11);
    assert_true(exp_minus(0) == 1 && exp_minus(1e-300) == 1);
}

static void exp_minus__ends_at_its_bounds(void **state)
{
    static const double below[] = {-0.0, -1e-9, -1, -1e308};
    static const double above[] = {700, 701, 1e6, 1e308};
    (void)state;
    for (size_t i = 0; i < 4; i++) {
        assert_true(exp_minus(below[i]) == 1);
        assert_near(exp_minus(above[i]) / exp(-700), 1, 1e-11);
    }
}

static void exp_minus__lanes_do_not_touch(void **state)
{
    const double of_lanes[EXP_LANES] = {0, 1e-3, 0.5, 1, 3, 20, 900, -1};
    exp_lanes y;
    (void)state;
    memcpy(&y, of_lanes, sizeof y);
    exp_minus_lanes(&y);
    for (size_t l = 0; l < EXP_LANES; l++)
        assert_true(y[l] == exp_minus(of_lanes[l]));
}

/* ---- Scores. ---- */

/* A text, and how often it holds each term. */
typedef struct counted_text {
    const char *text;
    double counts[N_TERMS];
} counted_text;

static const counted_text texts[] = {
    {"", {0}},
    {"alpha", {1, 0, 0, 0}},
    {"unheard of", {0}},
    {"beta delta beta", {0, 2, 1, 0}},
    {"gamma alpha beta gamma", {1, 1, 0, 2}},
    {"delta delta delta delta delta delta", {0, 0, 6, 0}},
    {"alpha alpha alpha alpha beta gamma", {4, 1, 0, 1}},
    {"beta", {0, 1, 0, 0}},
    {"gamma", {0, 0, 0, 1}},
    {"delta alpha", {1, 0, 1, 0}},
    {"alpha beta delta gamma", {1, 1, 1, 1}},
};

enum { N_TEXTS = sizeof texts / sizeof *texts };

static void rbf__scores_are_those_of_the_formula(void **state)
{
    rbf_fixture *f = *state;
    ttag_workspace *work = workspace(f, NULL);
    for (size_t i = 0; i < N_TEXTS; i++) {
        ttag_classification result;
        assert_int_equal(ttag_classify_text(work, &result, texts[i].text, NULL), TTAG_OK);
        for (size_t tag = 0; tag < N_TAGS; tag++)
            assert_near((double)result.scores[tag], rbf_by_hand(f, tag, texts[i].counts), 1e-6);
        assert_true(result.scores[NEWS] == f->small.tags[NEWS].bias);
    }
    ttag_workspace_free(work);
}

static void rbf__norms_are_those_of_the_articles(void **state)
{
    rbf_fixture *f = *state;
    ttag_text_opts *text = &f->small.parts.text;
    double x[N_TERMS] = {[ALPHA] = 1 / sqrt(5), [BETA] = 2 / sqrt(5)};
    ttag_classification result;
    text->l2_norm = true;
    ttag_workspace *work = workspace(f, NULL);
    assert_int_equal(ttag_classify_text(work, &result, "beta alpha beta", NULL), TTAG_OK);
    assert_near((double)result.scores[LINUX], rbf_by_hand(f, LINUX, x), 1e-6);
    ttag_workspace_free(work);
}

static void rbf__constant_tags_are_always_given(void **state)
{
    rbf_fixture *f = *state;
    ttag_classification result;
    f->small.tags[MALWARE].constant = true;
    f->small.tags[MALWARE].bias = 1;
    f->small.tags[MALWARE].threshold = 0;
    ttag_workspace *work = workspace(f, NULL);
    assert_int_equal(ttag_classify_text(work, &result, "alpha", NULL), TTAG_OK);
    assert_int_equal(result.given[0].tag, MALWARE);
    assert_true(result.scores[MALWARE] == 1 && result.given[0].probability == 1);
    ttag_workspace_free(work);
}

static void rbf__scores_are_biases_without_support_vectors(void **state)
{
    rbf_fixture *f = *state;
    static const uint64_t none[N_TERMS + N_TAGS + 2];
    ttag_classification result;
    f->small.parts.support = (ttag_support_vectors){.gamma = 1,
                                                    .squares = f->squares,
                                                    .term_starts = none,
                                                    .vectors = f->vectors,
                                                    .values = f->values,
                                                    .coef_starts = none,
                                                    .coef_vectors = f->vectors,
                                                    .coefs = f->coefs};
    ttag_classify_opts opts = TTAG_CLASSIFY_OPTS_INIT;
    opts.explain = 5;
    opts.all = true;
    ttag_workspace *work = workspace(f, &opts);
    assert_int_equal(ttag_classify_text(work, &result, "alpha beta", NULL), TTAG_OK);
    for (size_t tag = 0; tag < N_TAGS; tag++)
        assert_true(result.scores[tag] == f->small.tags[tag].bias);
    for (size_t i = 0; i < result.n_decisions; i++)
        assert_int_equal(result.decisions[i].n_because, 0);
    ttag_workspace_free(work);
}

/* Coefficients that large are those of duplicates with contradicting tags. */
static void rbf__large_coefficients_cancel(void **state)
{
    rbf_fixture *f = *state;
    ttag_classification result;
    size_t first = (size_t)f->coef_starts[LINUX];
    f->coefs[first] = -1e6F;
    f->coefs[first + 1] = 1e6F;
    double x[N_TERMS] = {[ALPHA] = 1}; /* |x - z|² is 0 and 6 */
    double expected = rbf_by_hand(f, LINUX, x) + (-1e6 + 1) + (1e6 - 1) * exp(-RBF_GAMMA * 6);
    ttag_workspace *work = workspace(f, NULL);
    assert_int_equal(ttag_classify_text(work, &result, "alpha", NULL), TTAG_OK);
    assert_near((double)result.scores[LINUX] / expected, 1, 1e-6);
    ttag_workspace_free(work);
}

/* ---- Many articles. ---- */

typedef struct kept_scores {
    float scores[N_TEXTS][N_TAGS];
    size_t seen, stop;
} kept_scores;

static ttag_status keep_scores(void *payload, size_t index, const ttag_classification *result)
{
    kept_scores *kept = payload;
    assert_int_equal(index, kept->seen++);
    if (index == kept->stop)
        return TTAG_CANCELLED;
    memcpy(kept->scores[index], result->scores, sizeof kept->scores[index]);
    return TTAG_OK;
}

static void classify_many__same_bytes_however_they_stand(void **state)
{
    ttag_workspace *work = workspace(*state, NULL);
    ttag_article articles[N_TEXTS];
    float alone[N_TEXTS][N_TAGS];
    for (size_t i = 0; i < N_TEXTS; i++) {
        ttag_classification result;
        articles[i] = (ttag_article){.text = view(texts[i].text), .weight = 1};
        assert_int_equal(ttag_classify(work, &result, &articles[i], NULL), TTAG_OK);
        memcpy(alone[i], result.scores, sizeof alone[i]);
    }
    for (size_t first = 0; first < N_TEXTS; first++) {
        kept_scores kept = {.stop = SIZE_MAX};
        size_t n = N_TEXTS - first;
        assert_int_equal(ttag_classify_many(work, articles + first, n, keep_scores, &kept, NULL),
                         TTAG_OK);
        assert_int_equal(kept.seen, n);
        assert_memory_equal(kept.scores, alone + first, n * sizeof *alone);
    }
    ttag_workspace_free(work);
}

static void classify_many__ends_where_it_is_told_to(void **state)
{
    ttag_workspace *work = workspace(*state, NULL);
    ttag_article articles[N_TEXTS] = {{.weight = 1}};
    kept_scores kept = {.stop = 9};
    assert_int_equal(ttag_classify_many(work, articles, N_TEXTS, keep_scores, &kept, NULL),
                     TTAG_CANCELLED);
    assert_int_equal(kept.seen, 10);
    assert_int_equal(ttag_classify_many(work, NULL, 0, keep_scores, &kept, NULL), TTAG_OK);
    ttag_workspace_free(work);
}

static void classify_many__linear_models_too(void **state)
{
    rbf_fixture *f = *state;
    kept_scores kept = {.stop = SIZE_MAX};
    ttag_article articles[2] = {{.text = view("alpha")}, {.text = view("beta")}};
    f->small.parts.kernel = TTAG_KERNEL_LINEAR;
    f->small.parts.weights = f->small.weights;
    ttag_workspace *work = workspace(f, NULL);
    assert_int_equal(ttag_classify_many(work, articles, 2, keep_scores, &kept, NULL), TTAG_OK);
    assert_true(kept.scores[0][MALWARE] == 1.5F - 1 && kept.scores[1][MALWARE] == 0.5F - 1);
    ttag_workspace_free(work);
}

/* Blocks of articles with many terms: each article's score is its own. */
static void rbf_block__articles_do_not_touch(void **state)
{
    enum { TERMS = 3000, ROWS = 40, EACH = 30 };
    static uint64_t term_starts[TERMS + 1];
    static uint32_t vectors[TERMS], coef_vectors[ROWS];
    static float values[TERMS], coefs[ROWS];
    static double squares[ROWS];
    const uint64_t coef_starts[2] = {0, ROWS};
    ttag_model_tag tag = {.bias = 0.5F};
    ttag_model_parts parts = {.n_tags = 1, .tags = &tag, .weight_stride = 8};
    uint32_t terms[RBF_LANES][EACH];
    float of_terms[RBF_LANES][EACH];
    ttag_vector articles[RBF_LANES];
    rbf_block block = {0};
    float scores[RBF_LANES * 8], alone[8];
    rng random;
    (void)state;
    rng_seed(&random, 5);
    for (uint32_t t = 0; t < TERMS; t++) {
        term_starts[t + 1] = t + 1;
        vectors[t] = (uint32_t)rng_below(&random, ROWS);
        values[t] = (float)rng_below(&random, 1000) / 1000;
        squares[vectors[t]] += (double)values[t] * (double)values[t];
    }
    for (uint32_t i = 0; i < ROWS; i++) {
        coef_vectors[i] = i;
        coefs[i] = (float)rng_below(&random, 1000) / 500 - 1;
    }
    parts.vocabulary.n_terms = TERMS;
    parts.kernel = TTAG_KERNEL_RBF;
    parts.support = (ttag_support_vectors){0.01,   ROWS,        squares,      term_starts, vectors,
                                           values, coef_starts, coef_vectors, coefs};
    assert_int_equal(rbf_block_init(&block, &parts), TTAG_OK);
    for (size_t l = 0; l < RBF_LANES; l++) {
        for (uint32_t j = 0; j < EACH; j++) {
            terms[l][j] = (uint32_t)(rng_below(&random, TERMS / EACH) * EACH + (j * 7 + l) % EACH);
            of_terms[l][j] = (float)rng_below(&random, 1000) / 300;
        }
        articles[l] = (ttag_vector){EACH, terms[l], of_terms[l]};
        assert_true(rbf_block_add(&block, &parts, &articles[l]));
    }
    assert_true(rbf_block_score(&block, scores, &parts));
    for (size_t l = 0; l < RBF_LANES; l++) {
        rbf_block_clear(&block);
        assert_true(rbf_block_add(&block, &parts, &articles[l]));
        assert_true(rbf_block_score(&block, alone, &parts));
        assert_true(alone[0] == scores[l * 8]);
    }
    rbf_block_dispose(&block);
}

/* ---- Evidence. ---- */

/* f(x) - f(x without the term) */
static double effect_by_hand(const rbf_fixture *f, size_t tag, const double counts[N_TERMS],
                             int term)
{
    double without[N_TERMS];
    memcpy(without, counts, sizeof without);
    without[term] = 0;
    return rbf_by_hand(f, tag, counts) - rbf_by_hand(f, tag, without);
}

static int term_of(const rbf_fixture *f, ttag_view term)
{
    return (int)ttag_vocabulary_find(&f->small.parts.vocabulary, term);
}

static ttag_status check_evidence(void *payload, size_t index, const ttag_classification *result)
{
    const rbf_fixture *f = payload;
    for (size_t i = 0; i < result->n_decisions; i++) {
        const ttag_decision *decision = &result->decisions[i];
        size_t positive = 0;
        for (int term = 0; term < N_TERMS; term++)
            positive += effect_by_hand(f, decision->tag, texts[index].counts, term) > 1e-7;
        assert_int_equal(decision->n_because, positive);
        for (size_t k = 0; k < decision->n_because; k++) {
            const ttag_evidence *because = &decision->because[k];
            assert_near(
                (double)because->weight,
                effect_by_hand(f, decision->tag, texts[index].counts, term_of(f, because->term)),
                1e-6);
            assert_true(k == 0 || because->weight <= decision->because[k - 1].weight);
        }
    }
    return TTAG_OK;
}

static void evidence__is_what_the_score_would_lose(void **state)
{
    rbf_fixture *f = *state;
    ttag_classify_opts opts = TTAG_CLASSIFY_OPTS_INIT;
    ttag_article articles[N_TEXTS];
    opts.explain = N_TERMS;
    opts.all = true;
    ttag_workspace *work = workspace(f, &opts);
    for (size_t i = 0; i < N_TEXTS; i++) {
        ttag_classification result;
        articles[i] = (ttag_article){.text = view(texts[i].text), .weight = 1};
        assert_int_equal(ttag_classify(work, &result, &articles[i], NULL), TTAG_OK);
        check_evidence(f, i, &result);
    }
    assert_int_equal(ttag_classify_many(work, articles, N_TEXTS, check_evidence, f, NULL), TTAG_OK);
    ttag_workspace_free(work);
}

static void term_weights__are_slopes_at_the_empty_article(void **state)
{
    rbf_fixture *f = *state;
    float weights[N_TERMS];
    const double step = 1e-5;
    for (size_t tag = 0; tag < N_TAGS; tag++) {
        assert_int_equal(ttag_model_term_weights(weights, &f->small.parts, tag, NULL), TTAG_OK);
        for (int term = 0; term < N_TERMS; term++) {
            double above[N_TERMS] = {0}, below[N_TERMS] = {0};
            above[term] = step;
            below[term] = -step;
            double slope = (rbf_by_hand(f, tag, above) - rbf_by_hand(f, tag, below)) / (2 * step);
            assert_near((double)weights[term], slope, 1e-6);
        }
    }
}

static void term_weights__are_the_weights_of_a_linear_model(void **state)
{
    rbf_fixture *f = *state;
    float weights[N_TERMS];
    f->small.parts.kernel = TTAG_KERNEL_LINEAR;
    f->small.parts.weights = f->small.weights;
    assert_int_equal(ttag_model_term_weights(weights, &f->small.parts, LINUX, NULL), TTAG_OK);
    assert_true(weights[ALPHA] == -1 && weights[BETA] == 2 && weights[DELTA] == 0 &&
                weights[GAMMA] == 0.75F);
}

/* ---- Memory. ---- */

#ifdef TTAG_FAULTS
static ttag_status classify_all(const ttag_model *model)
{
    ttag_workspace *work;
    ttag_article articles[N_TEXTS];
    ttag_classify_opts opts = TTAG_CLASSIFY_OPTS_INIT;
    kept_scores kept = {.stop = SIZE_MAX};
    opts.explain = 3;
    opts.all = true;
    ttag_status status = ttag_workspace_new(&work, model, &opts, NULL);
    if (status != TTAG_OK)
        return status;
    for (size_t i = 0; i < N_TEXTS; i++)
        articles[i] = (ttag_article){.text = view(texts[i].text), .weight = 1};
    status = ttag_classify_many(work, articles, N_TEXTS, keep_scores, &kept, NULL);
    ttag_workspace_free(work);
    return status;
}
#endif

static void rbf__survives_lack_of_memory(void **state)
{
#ifdef TTAG_FAULTS
    rbf_fixture *f = *state;
    ttag_status status = TTAG_NOMEM;
    fixture_open(&f->small);
    for (size_t n = 1; status != TTAG_OK; n++) {
        mem_fail_after(n);
        status = classify_all(f->small.model);
        mem_fail_after(0);
        assert_true(status == TTAG_OK || status == TTAG_NOMEM);
    }
    float weights[N_TERMS];
    mem_fail_after(1);
    status = ttag_model_term_weights(weights, &f->small.parts, 0, NULL);
    mem_fail_after(0);
    assert_int_equal(status, TTAG_NOMEM);
#else
    (void)state;
    skip();
#endif
}

/* Twelve records, two of which are refused, through a stream on one thread. */
#ifdef TTAG_FAULTS
static ttag_status stream_feed(const ttag_model *model, const char *path)
{
    ttag_reader_opts reading = TTAG_READER_OPTS_INIT;
    ttag_classify_opts opts = TTAG_CLASSIFY_OPTS_INIT;
    ttag_classify_counts counts;
    ttag_reader *reader;
    FILE *out = fopen("/dev/null", "w");
    assert_non_null(out);
    reading.format = TTAG_INPUT_JSONL;
    opts.threads = 1;
    opts.explain = 2;
    ttag_status status = ttag_reader_open(&reader, &path, 1, &reading, NULL);
    if (status == TTAG_OK) {
        status = ttag_classify_stream(model, reader, out, &opts, &counts, NULL);
        ttag_reader_free(reader);
    }
    fclose(out);
    if (status == TTAG_OK) {
        assert_int_equal(counts.records, 12);
        assert_int_equal(counts.refused, 2);
    }
    return status;
}
#endif

static void rbf__streams_survive_lack_of_memory(void **state)
{
#ifdef TTAG_FAULTS
    rbf_fixture *f = *state;
    char path[] = "/tmp/ttag-feed-XXXXXX";
    int file = mkstemp(path);
    ttag_status status = TTAG_NOMEM;
    assert_true(file >= 0);
    FILE *feed = fdopen(file, "w");
    assert_non_null(feed);
    for (int i = 0; i < 12; i++)
        fputs(i % 5 == 3 ? "nonsense\n" : "{\"text\":\"alpha beta\",\"id\":\"a\\u0301\"}\n", feed);
    fclose(feed);
    fixture_open(&f->small);
    for (size_t n = 1; status != TTAG_OK; n++) {
        mem_fail_after(n);
        status = stream_feed(f->small.model, path);
        mem_fail_after(0);
        assert_true(status == TTAG_OK || status == TTAG_NOMEM);
    }
    unlink(path);
#else
    (void)state;
    skip();
#endif
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, rbf_fixture_setup, rbf_fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(exp_minus__agrees_with_libm),
        CASE(exp_minus__ends_at_its_bounds),
        CASE(exp_minus__lanes_do_not_touch),
        CASE(rbf__scores_are_those_of_the_formula),
        CASE(rbf__norms_are_those_of_the_articles),
        CASE(rbf__constant_tags_are_always_given),
        CASE(rbf__scores_are_biases_without_support_vectors),
        CASE(rbf__large_coefficients_cancel),
        CASE(classify_many__same_bytes_however_they_stand),
        CASE(classify_many__ends_where_it_is_told_to),
        CASE(classify_many__linear_models_too),
        CASE(rbf_block__articles_do_not_touch),
        CASE(evidence__is_what_the_score_would_lose),
        CASE(term_weights__are_slopes_at_the_empty_article),
        CASE(term_weights__are_the_weights_of_a_linear_model),
        CASE(rbf__survives_lack_of_memory),
        CASE(rbf__streams_survive_lack_of_memory),
    };
    return cmocka_run_group_tests_name("rbf", tests, NULL, NULL);
}
