/* One article to tags: scores and probabilities by hand, rules, implications, evidence, formats. */
#include <float.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/random.h"
#include "base/sigmoid.h"
#include "classify/classified.h"
#include "classify/cuts.h"
#include "classify/decisions.h"
#include "classify/implications.h"
#include "classify/score.h"
#include "model_fixture.h"

static ttag_workspace *workspace(model_fixture *f, const ttag_classify_opts *opts)
{
    ttag_workspace *work;
    fixture_open(f);
    assert_int_equal(ttag_workspace_new(&work, f->model, opts, NULL), TTAG_OK);
    return work;
}

static ttag_classification classify(ttag_workspace *work, const char *text)
{
    ttag_classification result;
    assert_int_equal(ttag_classify_text(work, &result, text, NULL), TTAG_OK);
    assert_int_equal(result.n_decisions, N_TAGS);
    return result;
}

static const ttag_decision *decision_of(const ttag_classification *result, uint32_t tag)
{
    for (size_t i = 0; i < result->n_decisions; i++)
        if (result->decisions[i].tag == tag)
            return &result->decisions[i];
    fail_msg("tag %u is not in the result", tag);
    return NULL;
}

static void assert_near(double found, double expected)
{
    if (!(fabs(found - expected) <= 1e-6))
        fail_msg("%.9g is not %.9g", found, expected);
}

/* ---- Scores and probabilities. ---- */

static void classify__scores_by_hand(void **state)
{
    ttag_workspace *work = workspace(*state, NULL);
    ttag_classification result = classify(work, "Alpha, beta; alpha! unheard-of");
    assert_true(result.scores[MALWARE] == 2 * 1.5F + 0.5F - 1);
    assert_true(result.scores[NEWS] == 2 * 0.25F - 0.5F);
    assert_true(result.scores[VULNERABILITIES] == -1 - 3);
    assert_true(result.scores[LINUX] == -2 + 2 - 1);
    assert_near(decision_of(&result, MALWARE)->probability, 1 / (1 + exp(-2 * 2.5 + 0.125)));
    assert_near(decision_of(&result, NEWS)->probability, 0.5);
    assert_near(decision_of(&result, VULNERABILITIES)->probability, 1 / (1 + exp(4)));
    assert_int_equal(result.n_given, 2);
    assert_int_equal(result.given[0].tag, MALWARE);
    assert_int_equal(result.given[1].tag, NEWS);
    ttag_workspace_free(work);
}

static void classify__without_known_terms_scores_are_biases(void **state)
{
    model_fixture *f = *state;
    ttag_workspace *work = workspace(f, NULL);
    const char *texts[] = {"", "nothing known here"};
    for (size_t i = 0; i < 2; i++) {
        ttag_classification result = classify(work, texts[i]);
        for (size_t t = 0; t < N_TAGS; t++)
            assert_true(result.scores[t] == f->tags[t].bias);
        assert_int_equal(result.n_given, 0);
    }
    ttag_workspace_free(work);
}

static void classify__decisions_fall_and_ties_go_by_position(void **state)
{
    ttag_workspace *work = workspace(*state, NULL);
    ttag_classification result = classify(work, "beta beta gamma");
    assert_int_equal(result.decisions[0].tag, VULNERABILITIES); /* raised to Linux's probability */
    assert_int_equal(result.decisions[1].tag, LINUX);
    for (size_t i = 1; i < N_TAGS; i++)
        assert_true(result.decisions[i - 1].probability >= result.decisions[i].probability);
    ttag_workspace_free(work);
}

static void score_tags__is_finite_whatever_the_weights(void **state)
{
    model_fixture *f = *state;
    const float bad[] = {NAN, INFINITY, -INFINITY, FLT_MAX};
    const uint32_t terms[] = {ALPHA, BETA};
    const float values[] = {2, 1};
    ttag_vector vector = {2, terms, values};
    float scores[STRIDE];
    scorer s;
    assert_true(scorer_init(&s, &f->parts));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        f->weights[ALPHA * STRIDE + MALWARE] = bad[i];
        score_tags(scores, &s, &vector);
        assert_true(scores[MALWARE] == -FLT_MAX);
        assert_true(scores[LINUX] == -1);
    }
    scorer_dispose(&s);
}

/* Both lists hold the same: what is given, and what is within the band. */
static void classify__marks_what_is_near_its_threshold(void **state)
{
    model_fixture *f = *state;
    ttag_classify_opts opts = TTAG_CLASSIFY_OPTS_INIT;
    opts.unsure = 0.2;
    ttag_workspace *all = workspace(f, &opts), *some;
    opts.given_only = true;
    assert_int_equal(ttag_workspace_new(&some, f->model, &opts, NULL), TTAG_OK);
    size_t n_marked = 0, n_not_given = 0;
    for (int n = 0; n < 64; n++) {
        char text[256] = "";
        for (int k = 0; k < n / 4; k++)
            strcat(text, k % 4 < n % 4 ? "alpha " : k % 3 ? "beta " : "gamma delta ");
        ttag_classification a, b;
        assert_int_equal(ttag_classify_text(all, &a, text, NULL), TTAG_OK);
        assert_int_equal(ttag_classify_text(some, &b, text, NULL), TTAG_OK);
        size_t listed = 0;
        for (size_t i = 0; i < a.n_decisions; i++) {
            const ttag_decision *d = &a.decisions[i];
            const ttag_model_tag *tag = &f->tags[d->tag];
            double distance = fabs((double)d->probability - (double)tag->threshold);
            if (d->implied_by == TTAG_NO_TAG)
                assert_int_equal(d->review, !tag->constant && distance <= 0.2);
            n_marked += d->review;
            n_not_given += d->review && !d->given;
            if (!d->given && !d->review)
                continue;
            assert_in_range(listed, 0, b.n_decisions - 1);
            assert_int_equal(b.decisions[listed].tag, d->tag);
            assert_int_equal(b.decisions[listed++].review, d->review);
        }
        assert_int_equal(listed, b.n_decisions);
        assert_int_equal(a.n_given, b.n_given);
    }
    assert_true(n_not_given > 0 && n_marked > n_not_given);
    ttag_workspace_free(all);
    ttag_workspace_free(some);
    opts.unsure = -0.1;
    assert_int_equal(ttag_workspace_new(&some, f->model, &opts, NULL), TTAG_INVALID);
}

static void classify__given_only_is_the_same_but_for_the_rest(void **state)
{
    static const char *const texts[] = {"",
                                        "alpha",
                                        "beta beta gamma",
                                        "alpha beta",
                                        "delta gamma",
                                        "gamma gamma",
                                        "beta beta alpha"};
    ttag_classify_opts opts = TTAG_CLASSIFY_OPTS_INIT;
    opts.explain = 2;
    model_fixture *f = *state;
    ttag_workspace *all = workspace(f, &opts), *some;
    opts.given_only = true;
    assert_int_equal(ttag_workspace_new(&some, f->model, &opts, NULL), TTAG_OK);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        ttag_classification a, b;
        assert_int_equal(ttag_classify_text(all, &a, texts[i], NULL), TTAG_OK);
        assert_int_equal(ttag_classify_text(some, &b, texts[i], NULL), TTAG_OK);
        assert_int_equal(b.n_given, a.n_given);
        assert_int_equal(b.n_decisions, a.n_given);
        assert_non_null(a.scores);
        assert_null(b.scores);
        for (size_t k = 0; k < a.n_given; k++) {
            const ttag_decision *x = &a.given[k], *y = &b.given[k];
            assert_int_equal(b.decisions[k].tag, y->tag);
            assert_true(x->tag == y->tag && x->given && y->given && x->score == y->score &&
                        x->probability == y->probability && x->implied_by == y->implied_by);
            assert_int_equal(x->n_because, y->n_because);
            for (size_t e = 0; e < x->n_because; e++)
                assert_true(view_equal(x->because[e].term, y->because[e].term) &&
                            x->because[e].weight == y->because[e].weight);
        }
    }
    ttag_workspace_free(all);
    ttag_workspace_free(some);
}

static float any_weight(rng *r)
{
    return (float)((double)(rng_next(r) >> 11) / 4503599627370496.0 - 1);
}

/* Every number of tags, in every way: the same bits as one sum after the other. */
static void score_tags__sums_terms_in_order(void **state)
{
    (void)state;
    enum { TERMS = 50, MOST_TAGS = 230, IN_ARTICLE = 20 };
    rng r;
    rng_seed(&r, 5);
    static ttag_model_tag tags[MOST_TAGS];
    for (size_t n_tags = 1; n_tags <= MOST_TAGS; n_tags += n_tags < 120 ? 1 : 11) {
        size_t stride = (n_tags + 7) / 8 * 8;
        float *weights = calloc(TERMS * stride, sizeof *weights);
        float *scores = malloc(stride * sizeof *scores);
        assert_true(weights && scores);
        for (size_t t = 0; t < n_tags; t++) {
            tags[t] = (ttag_model_tag){.bias = any_weight(&r), .constant = t % 17 == 3};
            for (size_t term = 0; term < TERMS; term++)
                weights[term * stride + t] = any_weight(&r);
        }
        ttag_model_parts parts = {.vocabulary = {.n_terms = TERMS},
                                  .n_tags = n_tags,
                                  .tags = tags,
                                  .weight_stride = stride,
                                  .weights = weights};
        uint32_t terms[IN_ARTICLE];
        float values[IN_ARTICLE];
        for (size_t j = 0; j < IN_ARTICLE; j++) {
            terms[j] = (uint32_t)((j * 37 + n_tags) % TERMS);
            values[j] = any_weight(&r);
        }
        scorer s;
        assert_true(scorer_init(&s, &parts));
        sum_way ways[SUM_WAYS];
        size_t n_ways = sum_ways(ways);
        for (size_t i = 0; i < 5 * n_ways; i++) {
            size_t size = i / n_ways * IN_ARTICLE / 4;
            s.way = ways[i % n_ways];
            score_tags(scores, &s, &(ttag_vector){size, terms, values});
            for (size_t t = 0; t < n_tags; t++) {
                float sum = 0;
                for (size_t j = 0; j < size; j++) {
                    float product = values[j] * weights[terms[j] * stride + t];
                    sum += product;
                }
                float expected = tags[t].constant ? tags[t].bias : sum + tags[t].bias;
                assert_memory_equal(&scores[t], &expected, sizeof expected);
            }
        }
        scorer_dispose(&s);
        free(weights);
        free(scores);
    }
}

static int compare_keys(const void *a, const void *b)
{
    uint64_t x, y;
    memcpy(&x, a, sizeof x);
    memcpy(&y, b, sizeof y);
    return (x > y) - (x < y);
}

static void decision_keys_sort__agrees_with_qsort(void **state)
{
    (void)state;
    rng r;
    rng_seed(&r, 5);
    for (size_t n = 0; n < 70; n++) {
        uint64_t mine[70], theirs[70];
        for (size_t i = 0; i < n; i++)
            mine[i] = theirs[i] = rng_below(&r, 40);
        decision_keys_sort(mine, n);
        qsort(theirs, n, sizeof *theirs, compare_keys);
        assert_memory_equal(mine, theirs, n * sizeof *mine);
    }
}

/* ---- Which tags are given. ---- */

static float printed(float x)
{
    char text[32];
    snprintf(text, sizeof text, "%.9g", (double)x);
    return strtof(text, NULL);
}

static double uniform(rng *r, double low, double high)
{
    return low + (high - low) * ((double)(rng_next(r) >> 11) / 9007199254740992.0);
}

/* Thresholds as training makes them: the probability of a decision value. */
static void decide_tags__given_is_probability_at_or_over_threshold(void **state)
{
    (void)state;
    rng r;
    rng_seed(&r, 11);
    ttag_classify_opts opts = TTAG_CLASSIFY_OPTS_INIT;
    size_t n_given = 0, n_equal = 0;
    for (int i = 0; i < 200000; i++) {
        double slope = -uniform(&r, 0.01, 30), offset = uniform(&r, -5, 5);
        float cut = (float)uniform(&r, -3, 3), score = (float)uniform(&r, -4, 4);
        if (i % 4 == 0)
            score = cut;
        if (i % 4 == 1)
            score = nextafterf(cut, i % 8 == 1 ? -9.0F : 9.0F);
        ttag_model_tag tag = {
            .threshold = platt_probability(slope, offset, cut), .slope = slope, .offset = offset};
        ttag_model_parts parts = {.n_tags = 1, .tags = &tag, .calibrated = true};
        ttag_decision d;
        decide_tags(&d, &score, &parts, &opts);
        assert_true(d.probability >= 0 && d.probability <= 1);
        assert_int_equal(d.given, d.probability >= tag.threshold);
        assert_int_equal(d.given, printed(d.probability) >= printed(tag.threshold));
        assert_true(d.given || score < cut); /* monotone */
        n_given += d.given;
        n_equal += score == cut;
    }
    assert_true(n_given > 50000 && n_given < 150000 && n_equal > 40000);
}

/* Which tags are given, and all that is said of them, is what deciding about all tags gives. */
static void cuts__leave_out_what_is_not_given(void **state)
{
    (void)state;
    enum { TAGS = 40, POINTS = 4 };
    float points[TAGS][2 * POINTS];
    rng r;
    rng_seed(&r, 12);
    for (int round = 0; round < 300; round++) {
        ttag_model_tag tags[TAGS];
        float scores[TAGS], cuts[TAGS], cut_at[TAGS];
        for (size_t t = 0; t < TAGS; t++) {
            double slope = -exp(uniform(&r, -8, 8)), offset = uniform(&r, -30, 30);
            float cut = cut_at[t] = (float)uniform(&r, -3, 3);
            tags[t] = (ttag_model_tag){.slope = slope, .offset = offset, .constant = t == 7};
            for (size_t k = 0; t % 3 == 0 && k < POINTS; k++) { /* all over where the cuts are */
                points[t][2 * k] = (float)(uniform(&r, 0, 1) + (double)k * 2 - 4);
                points[t][2 * k + 1] = (float)(exp(uniform(&r, -4, 0)) + (double)k * 2 - 4);
                tags[t].points = points[t];
                tags[t].n_points = POINTS;
            }
            tags[t].threshold = t % 9 == 0   ? 1
                                : t % 9 == 1 ? 0
                                : t % 9 == 2 ? 0.9999999F
                                             : tag_probability(&tags[t], cut);
        }
        ttag_model_parts parts = {.n_tags = TAGS, .tags = tags, .calibrated = round % 8 != 0};
        ttag_classify_opts opts = TTAG_CLASSIFY_OPTS_INIT;
        opts.cut = round % 16 == 1  ? TTAG_CUT_ZERO
                   : round % 16 < 5 ? TTAG_CUT_FIXED
                                    : TTAG_CUT_MODEL;
        opts.probability = round % 16 == 2 ? 1 : round % 16 == 3 ? 0 : 0.25;
        cuts_find(cuts, &parts, &opts);
        for (int steps = -200; steps <= 200; steps++) { /* over the cuts, by the smallest steps */
            ttag_decision all[TAGS], some[TAGS];
            uint64_t keys[TAGS];
            for (size_t t = 0; t < TAGS; t++) {
                bool near = isfinite(cuts[t]) && steps % 2 == 0;
                scores[t] = near ? cuts[t] : cut_at[t];
                for (int i = 0; i < abs(steps); i++)
                    scores[t] = nextafterf(scores[t], steps < 0 ? -9.0F : 9.0F);
                if (abs(steps) == 200)
                    scores[t] = steps < 0 ? -FLT_MAX : FLT_MAX;
            }
            decide_tags(all, scores, &parts, &opts);
            size_t n = cuts_decide(some, keys, scores, cuts, &parts, &opts), seen = 0;
            for (size_t t = 0; t < TAGS; t++) {
                if (!all[t].given)
                    continue;
                assert_in_range(seen, 0, n - 1);
                assert_true(keys[seen++] == decision_key(&all[t]));
                assert_true(some[t].given && some[t].score == all[t].score &&
                            some[t].probability == all[t].probability);
            }
            assert_int_equal(seen, n);
        }
    }
}

static void decide_tags__extreme_scores_keep_within_bounds(void **state)
{
    (void)state;
    ttag_classify_opts opts = TTAG_CLASSIFY_OPTS_INIT;
    const double slopes[] = {-1e308, -1, -1e-300};
    const float scores[] = {-FLT_MAX, -1e4F, -0.0F, 0, 1e4F, FLT_MAX};
    for (size_t i = 0; i < 3; i++) {
        float last = 0;
        for (size_t j = 0; j < 6; j++) {
            ttag_model_tag tag = {.threshold = 0.5F, .slope = slopes[i]};
            ttag_model_parts parts = {.n_tags = 1, .tags = &tag, .calibrated = true};
            ttag_decision d;
            decide_tags(&d, &scores[j], &parts, &opts);
            assert_true(d.probability >= last && d.probability <= 1);
            last = d.probability;
        }
    }
}

static void decide_tags__without_calibration_cuts_at_score_zero(void **state)
{
    (void)state;
    ttag_classify_opts opts = TTAG_CLASSIFY_OPTS_INIT;
    ttag_model_tag tag = {.threshold = 0.5F, .slope = -1};
    ttag_model_parts parts = {.n_tags = 1, .tags = &tag};
    const float scores[] = {-1e-30F, 0, 1e-30F, -2, 2};
    for (size_t i = 0; i < sizeof scores / sizeof *scores; i++) {
        ttag_decision d;
        decide_tags(&d, &scores[i], &parts, &opts);
        assert_int_equal(d.given, scores[i] >= 0);
        assert_near(d.probability, 1 / (1 + exp(-(double)scores[i])));
    }
}

static void classify__cut_rules(void **state)
{
    model_fixture *f = *state;
    ttag_classify_opts opts = TTAG_CLASSIFY_OPTS_INIT;
    opts.cut = TTAG_CUT_ZERO;
    ttag_workspace *work = workspace(f, &opts);
    ttag_classification result = classify(work, "beta beta"); /* Malware 0, Linux 3 */
    assert_int_equal(result.n_given, 3);
    assert_true(decision_of(&result, MALWARE)->given);
    assert_true(decision_of(&result, LINUX)->given);
    assert_int_equal(decision_of(&result, VULNERABILITIES)->implied_by, LINUX);
    ttag_workspace_free(work);

    opts.cut = TTAG_CUT_FIXED;
    opts.probability = 0.3;
    work = workspace(f, &opts);
    result = classify(work, "nothing"); /* News: 1 / (1 + e^0.5) = 0.378 */
    assert_int_equal(result.n_given, 1);
    assert_int_equal(result.given[0].tag, NEWS);
    ttag_workspace_free(work);

    opts.probability = 0;
    work = workspace(f, &opts);
    assert_int_equal(classify(work, "nothing").n_given, N_TAGS);
    ttag_workspace_free(work);
}

static void classify__constant_tags_are_always_given(void **state)
{
    model_fixture *f = *state;
    f->tags[NEWS].constant = true;
    f->tags[NEWS].threshold = 1;
    ttag_classify_opts opts = TTAG_CLASSIFY_OPTS_INIT;
    opts.probability = 1;
    const ttag_cut_rule rules[] = {TTAG_CUT_MODEL, TTAG_CUT_ZERO, TTAG_CUT_FIXED};
    for (size_t i = 0; i < 3; i++) {
        opts.cut = rules[i];
        ttag_workspace *work = workspace(f, &opts);
        ttag_classification result = classify(work, "delta delta alpha");
        const ttag_decision *d = decision_of(&result, NEWS);
        assert_true(d->given && d->probability == 1 && d->score == f->tags[NEWS].bias);
        ttag_workspace_free(work);
    }
}

static void workspace_new__refuses_bad_options(void **state)
{
    model_fixture *f = *state;
    ttag_workspace *work;
    ttag_error err = {0};
    ttag_classify_opts opts = TTAG_CLASSIFY_OPTS_INIT;
    fixture_open(f);
    opts.cut = TTAG_CUT_FIXED;
    const double bad[] = {-0.1, 1.1, NAN};
    for (size_t i = 0; i < 3; i++) {
        opts.probability = bad[i];
        assert_int_equal(ttag_workspace_new(&work, f->model, &opts, &err), TTAG_INVALID);
        assert_null(work);
        assert_non_null(strstr(err.text, "expected a probability, 0 to 1"));
    }
}

/* ---- Implications. ---- */

/* Five tags with the given probabilities, all thresholds 0.5, after implying. */
static void imply(ttag_decision d[5], const float probabilities[5], const ttag_model_tag tags[5],
                  const ttag_classify_opts *opts)
{
    ttag_model_parts parts = {.n_tags = 5, .tags = tags, .calibrated = true};
    implications scratch;
    assert_true(implications_init(&scratch, 5));
    for (uint32_t i = 0; i < 5; i++)
        d[i] = (ttag_decision){.tag = i,
                               .probability = probabilities[i],
                               .given = probabilities[i] >= 0.5F,
                               .implied_by = TTAG_NO_TAG};
    imply_tags(d, &parts, opts, &scratch);
    implications_dispose(&scratch);
}

static void imply_tags__goes_through_others_and_around_cycles(void **state)
{
    (void)state;
    const uint32_t to[] = {1, 2, 0}; /* 0 -> 1 -> 2 -> 0 */
    ttag_model_tag tags[5] = {{.implies = &to[0], .n_implies = 1},
                              {.implies = &to[1], .n_implies = 1},
                              {.implies = &to[2], .n_implies = 1}};
    const float probabilities[] = {0.75F, 0.25F, 0.125F, 0.25F, 0.25F};
    ttag_classify_opts opts = TTAG_CLASSIFY_OPTS_INIT;
    ttag_decision d[5];
    imply(d, probabilities, tags, &opts);
    assert_int_equal(d[0].implied_by, TTAG_NO_TAG);
    for (size_t i = 1; i < 3; i++) {
        assert_true(d[i].given && d[i].probability == 0.75F);
        assert_int_equal(d[i].implied_by, 0);
    }
    assert_false(d[3].given || d[4].given);
}

static void imply_tags__names_the_most_probable(void **state)
{
    (void)state;
    const uint32_t parent = 4, middle = 2;
    ttag_model_tag tags[5] = {{.implies = &parent, .n_implies = 1},
                              {.implies = &middle, .n_implies = 1},
                              {.implies = &parent, .n_implies = 1},
                              {.implies = &parent, .n_implies = 1}};
    ttag_classify_opts opts = TTAG_CLASSIFY_OPTS_INIT;
    ttag_decision d[5];
    /* 1 leads to 4 through 2, which is given by itself */
    imply(d, (const float[]){0.75F, 0.875F, 0.5F, 0.625F, 0.25F}, tags, &opts);
    assert_int_equal(d[4].implied_by, 1);
    assert_true(d[4].probability == 0.875F);
    assert_int_equal(d[2].implied_by, TTAG_NO_TAG);
    /* equal ones: the first */
    imply(d, (const float[]){0.75F, 0.25F, 0.75F, 0.75F, 0.25F}, tags, &opts);
    assert_int_equal(d[4].implied_by, 0);
    /* a parent that is given by itself stays as it is */
    imply(d, (const float[]){0.75F, 0.25F, 0.75F, 0.75F, 0.5F}, tags, &opts);
    assert_int_equal(d[4].implied_by, TTAG_NO_TAG);
    assert_true(d[4].probability == 0.5F);
}

static void imply_tags__raises_to_the_own_threshold(void **state)
{
    (void)state;
    const uint32_t parent = 4;
    ttag_model_tag tags[5] = {{.implies = &parent, .n_implies = 1}};
    tags[4].threshold = 0.9375F;
    ttag_classify_opts opts = TTAG_CLASSIFY_OPTS_INIT;
    ttag_decision d[5];
    const float probabilities[] = {0.5F, 0, 0, 0, 0.25F};
    imply(d, probabilities, tags, &opts);
    assert_true(d[4].probability == 0.9375F);
    opts.cut = TTAG_CUT_FIXED;
    opts.probability = 0.625;
    imply(d, probabilities, tags, &opts);
    assert_true(d[4].probability == 0.625F);
}

static void classify__implications_can_be_switched_off(void **state)
{
    ttag_classify_opts opts = TTAG_CLASSIFY_OPTS_INIT;
    ttag_workspace *work = workspace(*state, &opts);
    ttag_classification result = classify(work, "beta beta gamma");
    const ttag_decision *raised = decision_of(&result, VULNERABILITIES);
    assert_int_equal(result.n_given, 2);
    assert_int_equal(raised->implied_by, LINUX);
    assert_true(raised->score == -5);
    assert_near(raised->probability, 1 / (1 + exp(-3.75)));
    ttag_workspace_free(work);
    opts.no_implies = true;
    work = workspace(*state, &opts);
    result = classify(work, "beta beta gamma");
    assert_int_equal(result.n_given, 1);
    assert_int_equal(result.given[0].tag, LINUX);
    ttag_workspace_free(work);
}

/* ---- Evidence. ---- */

static void assert_evidence(const ttag_evidence *evidence, const char *term, float weight)
{
    assert_true(view_equal(evidence->term, view(term)));
    assert_true(evidence->weight == weight);
}

static void classify__because_names_the_strongest_terms_for_a_tag(void **state)
{
    ttag_classify_opts opts = TTAG_CLASSIFY_OPTS_INIT;
    opts.explain = 2;
    ttag_workspace *work = workspace(*state, &opts);
    ttag_classification result = classify(work, "gamma beta alpha alpha beta beta delta");
    const ttag_decision *linux_ = decision_of(&result, LINUX);
    assert_true(linux_->given);
    assert_int_equal(linux_->n_because, 2); /* alpha speaks against it */
    assert_evidence(&linux_->because[0], "beta", 6);
    assert_evidence(&linux_->because[1], "gamma", 0.75F);
    const ttag_decision *malware = &result.given[0];
    while (malware->tag != MALWARE)
        malware++;
    assert_int_equal(malware->n_because, 2);
    assert_evidence(&malware->because[0], "alpha", 3);
    assert_evidence(&malware->because[1], "beta", 1.5F);
    ttag_workspace_free(work);
}

static void classify__because_is_bounded_and_ties_go_by_occurrence(void **state)
{
    model_fixture *f = *state;
    fixture_weigh(f, ALPHA, 2, 0, 0, 0);
    fixture_weigh(f, BETA, 2, 0, 0, 0);
    fixture_weigh(f, DELTA, 2, 0, 0, 0);
    fixture_weigh(f, GAMMA, 3, 0, 0, 0);
    ttag_classify_opts opts = TTAG_CLASSIFY_OPTS_INIT;
    opts.explain = 3;
    ttag_workspace *work = workspace(f, &opts);
    ttag_classification result = classify(work, "delta alpha gamma beta");
    assert_int_equal(result.given[0].n_because, 3);
    assert_evidence(&result.given[0].because[0], "gamma", 3);
    assert_evidence(&result.given[0].because[1], "delta", 2);
    assert_evidence(&result.given[0].because[2], "alpha", 2);
    ttag_workspace_free(work);
    opts.explain = UINT32_MAX;
    work = workspace(f, &opts);
    assert_int_equal(classify(work, "delta alpha gamma beta").given[0].n_because, 4);
    ttag_workspace_free(work);
}

static void classify__because_of_other_tags_only_with_all(void **state)
{
    ttag_classify_opts opts = TTAG_CLASSIFY_OPTS_INIT;
    opts.explain = 4;
    ttag_workspace *work = workspace(*state, &opts);
    ttag_classification result = classify(work, "alpha delta");
    assert_false(decision_of(&result, MALWARE)->given);
    assert_int_equal(decision_of(&result, MALWARE)->n_because, 0);
    ttag_workspace_free(work);
    opts.all = true;
    work = workspace(*state, &opts);
    result = classify(work, "alpha delta");
    assert_int_equal(decision_of(&result, MALWARE)->n_because, 1);
    assert_evidence(decision_of(&result, MALWARE)->because, "alpha", 1.5F);
    ttag_workspace_free(work);
}

/* ---- Formats. ---- */

typedef struct written {
    ttag_classify_opts opts;
    ttag_article article;
    ttag_decision decisions[N_TAGS];
    size_t n_given;
    bool uncalibrated;
    buffer out;
} written;

static const ttag_evidence reasons[] = {{{"ransom\x1bware", 11}, 0.5F}, {{"a\xff\"b", 4}, 0.25F}};

static written two_given(void)
{
    written w = {.opts = TTAG_CLASSIFY_OPTS_INIT, .n_given = 2};
    w.article = (ttag_article){.id = view("\"a-17\""), .path = "feed.jsonl", .line = 12};
    w.decisions[0] =
        (ttag_decision){VULNERABILITIES, true, -1.5F, 0.9375F, LINUX, NULL, 0, NULL, 0, false};
    w.decisions[1] =
        (ttag_decision){LINUX, true, 1.875F, 0.875F, TTAG_NO_TAG, reasons, 2, NULL, 0, false};
    w.decisions[2] =
        (ttag_decision){NEWS, false, 0.1F, 0.25F, TTAG_NO_TAG, NULL, 0, NULL, 0, false};
    w.decisions[3] =
        (ttag_decision){MALWARE, false, -1e-9F, 0.0009F, TTAG_NO_TAG, NULL, 0, NULL, 0, false};
    return w;
}

static void assert_written(model_fixture *f, written w, const char *expected)
{
    ttag_classification result = {w.decisions, N_TAGS, w.decisions, w.n_given, NULL, NULL, 0};
    ttag_model_parts parts = f->parts;
    parts.calibrated = !w.uncalibrated;
    if (w.opts.explain == 0)
        w.decisions[1].n_because = 0;
    put_classified(&w.out, &(classified){&parts, &w.opts, NULL, &w.article, &result});
    assert_true(buffer_ok(&w.out));
    assert_string_equal(w.out.bytes, expected);
    buffer_dispose(&w.out);
}

static void put_classified__text(void **state)
{
    model_fixture *f = *state;
    written w = two_given();
    assert_written(f, w, "a-17\tVulnerabilitiesAll (0.94), VulnerabilitiesLinux (0.88)\n");
    w.opts.top = 1;
    assert_written(f, w, "a-17\tVulnerabilitiesAll (0.94)\n");
    w.opts.top = 3;
    w.opts.all = true;
    assert_written(f, w,
                   "a-17\tVulnerabilitiesAll (0.94), VulnerabilitiesLinux (0.88), "
                   "not Security News (0.25)\n");
    w = two_given();
    w.opts.explain = 2;
    w.opts.top = 2;
    assert_written(f, w,
                   "a-17\tVulnerabilitiesAll (0.94), VulnerabilitiesLinux (0.88) "
                   "[ransom ware, a\xef\xbf\xbd\"b]\n");
    w = two_given();
    w.n_given = 0;
    w.article.id = view("\"tab\\there \\u00e9 \\ud83d\\ude00 \\n\\u001b[31m\"");
    assert_written(f, w, "tab here \xc3\xa9 \xf0\x9f\x98\x80   [31m\t-\n");
    w.article.id = view("17");
    assert_written(f, w, "17\t-\n");
    w.article.id = (ttag_view){NULL, 0};
    assert_written(f, w, "feed.jsonl:12\t-\n");
}

static void put_classified__tsv(void **state)
{
    model_fixture *f = *state;
    written w = two_given();
    w.opts.format = TTAG_OUTPUT_TSV;
    assert_written(f, w,
                   "a-17\tVulnerabilitiesAll\t0.9375\t-1.5\n"
                   "a-17\tVulnerabilitiesLinux\t0.875\t1.875\n");
    w.opts.all = true;
    assert_written(f, w,
                   "a-17\tVulnerabilitiesAll\t0.9375\t-1.5\t1\n"
                   "a-17\tVulnerabilitiesLinux\t0.875\t1.875\t1\n"
                   "a-17\tSecurity News\t0.25\t0.100000001\t0\n"
                   "a-17\tMalware\t0.000899999985\t-9.99999972e-10\t0\n");
    w.opts.all = false;
    w.n_given = 0;
    assert_written(f, w, "a-17\t\t\t\n");
}

static void put_classified__csv(void **state)
{
    model_fixture *f = *state;
    written w = two_given();
    w.opts.format = TTAG_OUTPUT_CSV;
    assert_written(f, w,
                   "a-17,,,,,VulnerabilitiesAll;VulnerabilitiesLinux,0.9375;0.875,-1.5;1.875,\r\n");
    w.opts.all = true;
    w.opts.top = 3;
    w.opts.unsure = 0.1;
    w.article.id = view("-5");
    w.article.title = view("=1+1");
    w.article.url = view("https://p.example/a,b");
    w.article.source = view("The \"Pond\"\n News");
    assert_written(f, w,
                   "-5,'=1+1,\"https://p.example/a,b\",,\"The \"\"Pond\"\"  News\","
                   "VulnerabilitiesAll;VulnerabilitiesLinux;Security News,"
                   "0.9375;0.875;0.25,-1.5;1.875;0.100000001,1;1;0,0;0;0,\r\n");
    w = two_given();
    w.opts.format = TTAG_OUTPUT_CSV;
    w.n_given = 0;
    w.article.id = view("\"-5\"");
    assert_written(f, w, "'-5,,,,,,,,\r\n");
}

static void put_refused__csv_and_documents(void **state)
{
    (void)state;
    ttag_classify_opts opts = TTAG_CLASSIFY_OPTS_INIT;
    refused r = {&opts, NULL, "x.jsonl", 12, "\"text\" is missing"};
    buffer out = {0};
    opts.format = TTAG_OUTPUT_CSV;
    put_refused(&out, &r);
    opts.all = true;
    put_refused(&out, &r);
    opts.unsure = 0.1;
    put_refused(&out, &r);
    opts.format = TTAG_OUTPUT_MISP;
    put_refused(&out, &r);
    opts.format = TTAG_OUTPUT_STIX;
    put_refused(&out, &r);
    assert_string_equal(out.bytes, "x.jsonl:12,,,,,,,,\"\"\"text\"\" is missing\"\r\n"
                                   "x.jsonl:12,,,,,,,,,\"\"\"text\"\" is missing\"\r\n"
                                   "x.jsonl:12,,,,,,,,,,\"\"\"text\"\" is missing\"\r\n");
    buffer_dispose(&out);
}

static void put_classified__jsonl(void **state)
{
    model_fixture *f = *state;
    written w = two_given();
    w.opts.format = TTAG_OUTPUT_JSONL;
    assert_written(f, w,
                   "{\"id\":\"a-17\",\"tags\":["
                   "{\"tag\":\"VulnerabilitiesAll\",\"probability\":0.9375,\"score\":-1.5,"
                   "\"implied_by\":\"VulnerabilitiesLinux\"},"
                   "{\"tag\":\"VulnerabilitiesLinux\",\"probability\":0.875,\"score\":1.875}]}\n");
    w.opts.explain = 2;
    w.opts.top = 2;
    w.opts.all = true;
    w.article.id = view("17.0");
    w.article.bad_bytes = 3;
    assert_written(f, w,
                   "{\"id\":17.0,\"tags\":["
                   "{\"tag\":\"VulnerabilitiesAll\",\"probability\":0.9375,\"score\":-1.5,"
                   "\"given\":true,\"implied_by\":\"VulnerabilitiesLinux\",\"because\":[]},"
                   "{\"tag\":\"VulnerabilitiesLinux\",\"probability\":0.875,\"score\":1.875,"
                   "\"given\":true,\"because\":[{\"term\":\"ransom\\u001bware\",\"weight\":0.5},"
                   "{\"term\":\"a\xef\xbf\xbd\\\"b\",\"weight\":0.25}]}],\"bad_bytes\":3}\n");
    w = two_given();
    w.opts.format = TTAG_OUTPUT_JSONL;
    w.n_given = 0;
    w.uncalibrated = true;
    w.article.id = (ttag_view){NULL, 0};
    assert_written(f, w, "{\"id\":null,\"line\":12,\"tags\":[],\"calibrated\":false}\n");
    w.article.id = view("null");
    assert_written(f, w, "{\"id\":null,\"line\":12,\"tags\":[],\"calibrated\":false}\n");
}

static void put_classified__jsonl_keeps_the_record(void **state)
{
    model_fixture *f = *state;
    written w = two_given();
    w.opts.format = TTAG_OUTPUT_JSONL;
    w.opts.keep = true;
    w.n_given = 0;
    w.article.record = view("{ \"text\" : \"a \\u0062\", \"id\": \"a-17\", \"n\": 1.50, "
                            "\"tags\": [\"x\"], \"id\": 2, \"deep\": {\"tags\": [1, 2]} }");
    assert_written(f, w,
                   "{\"text\":\"a \\u0062\",\"id\":\"a-17\",\"n\":1.50,\"input_tags\":[\"x\"],"
                   "\"deep\":{\"tags\": [1, 2]},\"tags\":[]}\n");
    w.article.record = view("{\"text\":\"\",\"file\":1,\"line\":2,\"error\":3,\"calibrated\":4,"
                            "\"bad_bytes\":5,\"input_tags\":6,\"t\\u0061gs\":7,\"input_x\":8}");
    w.article.id = (ttag_view){NULL, 0};
    assert_written(f, w,
                   "{\"text\":\"\",\"input_file\":1,\"input_line\":2,\"input_error\":3,"
                   "\"input_calibrated\":4,\"input_bad_bytes\":5,\"input_input_tags\":6,"
                   "\"input_t\\u0061gs\":7,\"input_x\":8,\"id\":null,\"line\":12,\"tags\":[]}\n");
    w.article.id = view("\"f.txt\"");
    w.article.record = (ttag_view){NULL, 0};
    assert_written(f, w, "{\"id\":\"f.txt\",\"tags\":[]}\n");
}

/* The parser takes these; a strict reader of the output would not. */
static void put_classified__jsonl_mends_what_it_keeps(void **state)
{
    model_fixture *f = *state;
    written w = two_given();
    w.opts.format = TTAG_OUTPUT_JSONL;
    w.opts.keep = true;
    w.n_given = 0;
    w.article.record =
        view("{\"a\tb\":\"x\ty\\\"\n\",\"n\":[01, 1., -0.50,\t-7e3,{\"s\":\"1. \\\\\"}],"
             "\"t\":true,\"id\":\"a-17\"}");
    assert_written(f, w,
                   "{\"a\\u0009b\":\"x\\u0009y\\\"\\u000a\",\"n\":[1, 1, -0.50, -7e3,"
                   "{\"s\":\"1. \\\\\"}],\"t\":true,\"id\":\"a-17\",\"tags\":[]}\n");
}

static void put_refused__every_format(void **state)
{
    (void)state;
    ttag_classify_opts opts = TTAG_CLASSIFY_OPTS_INIT;
    refused r = {&opts, NULL, "x\xff.jsonl", 12, "\"text\" is missing"};
    buffer out = {0};
    put_refused(&out, &r);
    opts.format = TTAG_OUTPUT_TSV;
    put_refused(&out, &r);
    opts.all = true;
    put_refused(&out, &r);
    opts.format = TTAG_OUTPUT_JSONL;
    put_refused(&out, &r);
    r.line = 0;
    put_refused(&out, &r);
    assert_string_equal(out.bytes, "x\xef\xbf\xbd.jsonl:12\terror: \"text\" is missing\n"
                                   "x\xef\xbf\xbd.jsonl:12\t\t\t\n"
                                   "x\xef\xbf\xbd.jsonl:12\t\t\t\t\n"
                                   "{\"id\":null,\"file\":\"x\xef\xbf\xbd.jsonl\",\"line\":12,"
                                   "\"error\":\"\\\"text\\\" is missing\"}\n"
                                   "{\"id\":null,\"file\":\"x\xef\xbf\xbd.jsonl\","
                                   "\"error\":\"\\\"text\\\" is missing\"}\n");
    buffer_dispose(&out);
}

/* ---- Memory. ---- */

static void classify__survives_lack_of_memory(void **state)
{
#ifdef TTAG_FAULTS
    model_fixture *f = *state;
    ttag_classify_opts opts = TTAG_CLASSIFY_OPTS_INIT;
    opts.explain = 3;
    fixture_open(f);
    ttag_status status = TTAG_NOMEM;
    for (size_t n = 1; status != TTAG_OK; n++) {
        ttag_workspace *work;
        ttag_classification result;
        mem_fail_after(n);
        status = ttag_workspace_new(&work, f->model, &opts, NULL);
        if (status == TTAG_OK)
            status = ttag_classify_text(work, &result, "alpha beta gamma delta", NULL);
        mem_fail_after(0);
        assert_true(status == TTAG_OK || status == TTAG_NOMEM);
        if (work) /* it goes on as if nothing had been */
            assert_true(classify(work, "alpha").scores[MALWARE] == 0.5F);
        ttag_workspace_free(work);
    }
#else
    (void)state;
    skip();
#endif
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(classify__scores_by_hand),
        CASE(classify__without_known_terms_scores_are_biases),
        CASE(classify__decisions_fall_and_ties_go_by_position),
        CASE(score_tags__is_finite_whatever_the_weights),
        CASE(classify__marks_what_is_near_its_threshold),
        CASE(classify__given_only_is_the_same_but_for_the_rest),
        CASE(score_tags__sums_terms_in_order),
        CASE(decision_keys_sort__agrees_with_qsort),
        CASE(decide_tags__given_is_probability_at_or_over_threshold),
        CASE(cuts__leave_out_what_is_not_given),
        CASE(decide_tags__extreme_scores_keep_within_bounds),
        CASE(decide_tags__without_calibration_cuts_at_score_zero),
        CASE(classify__cut_rules),
        CASE(classify__constant_tags_are_always_given),
        CASE(workspace_new__refuses_bad_options),
        CASE(imply_tags__goes_through_others_and_around_cycles),
        CASE(imply_tags__names_the_most_probable),
        CASE(imply_tags__raises_to_the_own_threshold),
        CASE(classify__implications_can_be_switched_off),
        CASE(classify__because_names_the_strongest_terms_for_a_tag),
        CASE(classify__because_is_bounded_and_ties_go_by_occurrence),
        CASE(classify__because_of_other_tags_only_with_all),
        CASE(put_classified__text),
        CASE(put_classified__tsv),
        CASE(put_classified__csv),
        CASE(put_refused__csv_and_documents),
        CASE(put_classified__jsonl),
        CASE(put_classified__jsonl_keeps_the_record),
        CASE(put_classified__jsonl_mends_what_it_keeps),
        CASE(put_refused__every_format),
        CASE(classify__survives_lack_of_memory),
    };
    return cmocka_run_group_tests_name("classify", tests, NULL, NULL);
}
