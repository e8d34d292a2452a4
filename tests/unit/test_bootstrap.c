/* Samples of articles, and intervals made of them. */
#include <math.h>
#include <string.h>

#include "unit.h"

#include "base/memory.h"
#include "evaluate/bootstrap.h"
#include "evaluate/metrics.h"
#include "evaluate/resample.h"

enum { N = 40, T = 5 };

/* Some of everything, by a fixed rule; every seventh pair of the last tag is unknown. */
static outcomes small_table(void)
{
    outcomes o = {.n_tags = T, .n_scored = T};
    assert_int_equal(outcomes_extend(&o, N, NULL), TTAG_OK);
    rng r;
    rng_seed(&r, 7);
    for (size_t i = 0; i < (size_t)N * T; i++) {
        o.pairs[i] = (unsigned char)(rng_below(&r, 3) == 0 ? PAIR_TRUE : 0);
        o.pairs[i] |= (unsigned char)(rng_below(&r, 4) == 0 ? PAIR_GIVEN : 0);
        if (i % T == T - 1 && i % 7 == 0)
            o.pairs[i] = (unsigned char)((o.pairs[i] & PAIR_GIVEN) | PAIR_UNKNOWN);
    }
    return o;
}

static verdicts verdicts_of(const outcomes *o)
{
    verdicts v = {0};
    assert_int_equal(verdicts_take(&v, o, NULL), TTAG_OK);
    return v;
}

/* ---- Lists. ---- */

static void verdicts__hold_what_counts(void **state)
{
    (void)state;
    const unsigned char first[4] = {PAIR_TRUE | PAIR_GIVEN, 0, PAIR_GIVEN, PAIR_TRUE};
    const unsigned char second[4] = {PAIR_UNKNOWN, PAIR_UNKNOWN | PAIR_GIVEN, 0, 0};
    verdicts v = {0};
    assert_int_equal(verdicts_add(&v, first, 4, NULL), TTAG_OK);
    assert_int_equal(verdicts_add(&v, second, 4, NULL), TTAG_OK);
    assert_int_equal(v.n_documents, 2);
    assert_int_equal(v.n_tags, 4);
    assert_int_equal(v.starts[0], 0);
    assert_int_equal(v.starts[1], 3);
    assert_int_equal(v.starts[2], 3);
    assert_int_equal(v.items[0], 0 * VERDICT_KINDS + VERDICT_HIT);
    assert_int_equal(v.items[1], 2 * VERDICT_KINDS + VERDICT_FALSE);
    assert_int_equal(v.items[2], 3 * VERDICT_KINDS + VERDICT_MISSED);
    verdicts_dispose(&v);
}

/* ---- Draws. ---- */

/* Of 3 articles, 3 draws: (3,0,0) has a chance of 1/27, (2,1,0) of 3/27, (1,1,1) of 6/27. */
static void resample__is_multinomial(void **state)
{
    (void)state;
    enum { DRAWS = 27000 };
    int seen[64] = {0};
    rng r;
    resample_seed(&r, 1, 0);
    for (int i = 0; i < DRAWS; i++) {
        uint8_t w[3];
        resample_articles(&r, w, 3);
        assert_int_equal(w[0] + w[1] + w[2], 3);
        seen[w[0] * 16 + w[1] * 4 + w[2]]++;
    }
    double chi = 0; /* 10 kinds: above 27.9 in one case of a thousand */
    for (int a = 0; a <= 3; a++)
        for (int b = 0; a + b <= 3; b++) {
            static const double factorial[] = {1, 1, 2, 6};
            double wanted = DRAWS / 27.0 * 6 / (factorial[a] * factorial[b] * factorial[3 - a - b]);
            double off = seen[a * 16 + b * 4 + 3 - a - b] - wanted;
            chi += off * off / wanted;
        }
    assert_true(chi < 27.9);
}

static void resample__streams_differ(void **state)
{
    (void)state;
    uint8_t a[100], b[100], c[100], one[1];
    rng r;
    resample_seed(&r, 1, 0);
    resample_articles(&r, a, 100);
    resample_seed(&r, 1, 1);
    resample_articles(&r, b, 100);
    resample_seed(&r, 2, 0);
    resample_articles(&r, c, 100);
    assert_memory_not_equal(a, b, 100);
    assert_memory_not_equal(a, c, 100);
    assert_memory_not_equal(b, c, 100);
    resample_articles(&r, one, 1);
    assert_int_equal(one[0], 1);
    resample_articles(&r, NULL, 0);
}

/* Poisson: mean and variance 1/2, P(0) = e^-1/2. */
static void resample_half__has_mean_one_half(void **state)
{
    (void)state;
    enum { DRAWS = 200000 };
    double sum = 0, squares = 0, none = 0;
    rng r;
    resample_seed(&r, 3, 0);
    for (int i = 0; i < DRAWS; i++) {
        double k = resample_half(&r);
        sum += k;
        squares += k * k;
        none += k == 0;
    }
    double mean = sum / DRAWS;
    assert_true(fabs(mean - 0.5) < 0.006);
    assert_true(fabs(squares / DRAWS - mean * mean - 0.5) < 0.012);
    assert_true(fabs(none / DRAWS - exp(-0.5)) < 0.004);
}

/* ---- Replicates. ---- */

static void same_scores(ttag_scores a, ttag_scores b)
{
    assert_true(fabs(a.precision - b.precision) < 1e-12);
    assert_true(fabs(a.recall - b.recall) < 1e-12);
    assert_true(fabs(a.f1 - b.f1) < 1e-12);
}

/* The table with each row as often as it was drawn. */
static outcomes drawn_table(const outcomes *o, const uint8_t *weights)
{
    outcomes drawn = {.n_tags = T, .n_scored = T};
    size_t row = 0;
    assert_int_equal(outcomes_extend(&drawn, N, NULL), TTAG_OK);
    for (size_t i = 0; i < N; i++)
        for (int k = 0; k < weights[i]; k++)
            memcpy(drawn.pairs + T * row++, o->pairs + T * i, T);
    assert_int_equal(row, N);
    return drawn;
}

static void check_replicate(const replicates *r, size_t number, const outcomes *drawn)
{
    ttag_evaluation e = {0};
    ttag_tag_scores tags[T];
    metrics_fill(&e, tags, drawn);
    const replicate_means *m = &r->means[number];
    same_scores(m->micro, e.micro);
    same_scores(m->macro, e.macro);
    same_scores(m->weighted, e.weighted);
    same_scores(m->samples, e.samples);
    same_scores(m->per_article, e.per_article);
    assert_true(fabs(m->jaccard - e.jaccard) < 1e-12);
    assert_true(fabs(m->subset_accuracy - e.subset_accuracy) < 1e-12);
    for (size_t t = 0; t < T; t++) {
        const uint32_t *cases = replicates_cases(r, number, t);
        assert_int_equal(cases[VERDICT_HIT], tags[t].tp);
        assert_int_equal(cases[VERDICT_FALSE], tags[t].fp);
        assert_int_equal(cases[VERDICT_MISSED], tags[t].fn);
    }
}

static void replicates__are_evaluations_of_drawn_articles(void **state)
{
    (void)state;
    outcomes o = small_table();
    verdicts v = verdicts_of(&o);
    replicates r = {0};
    assert_int_equal(replicates_draw(&r, &v, 20, 9, 2, NULL, NULL), TTAG_OK);
    for (size_t i = 0; i < 20; i++) {
        uint8_t weights[N];
        rng draws;
        resample_seed(&draws, 9, i);
        resample_articles(&draws, weights, N);
        outcomes drawn = drawn_table(&o, weights);
        check_replicate(&r, i, &drawn);
        outcomes_dispose(&drawn);
    }
    check_replicate(&r, 20, &o);
    replicates_dispose(&r);
    verdicts_dispose(&v);
    outcomes_dispose(&o);
}

/* ---- Intervals. ---- */

/* numpy.quantile([5, 1, 4, 2, 3], [.025, .975]) */
static void interval_of__is_linear_between_values(void **state)
{
    (void)state;
    double values[] = {5, 1, 4, 2, 3}, one[] = {0.25};
    ttag_interval i = interval_of(values, 5);
    assert_true(fabs(i.low - 1.1) < 1e-12 && fabs(i.high - 4.9) < 1e-12);
    i = interval_of(one, 1);
    assert_true(i.low == 0.25 && i.high == 0.25);
}

static void bootstrap__any_number_of_threads_gives_the_same(void **state)
{
    (void)state;
    outcomes o = small_table();
    verdicts v = verdicts_of(&o);
    bootstrap one = {0}, many = {0}, other = {0};
    bootstrap_opts opts = {.replicates = 200, .seed = 5, .threads = 1};
    assert_int_equal(bootstrap_fill(&one, &v, &opts, NULL), TTAG_OK);
    opts.threads = 5;
    assert_int_equal(bootstrap_fill(&many, &v, &opts, NULL), TTAG_OK);
    opts.seed = 6;
    assert_int_equal(bootstrap_fill(&other, &v, &opts, NULL), TTAG_OK);
    assert_memory_equal(one.tags, many.tags, T * sizeof *one.tags);
    assert_memory_equal(&one, &many, offsetof(bootstrap, tags));
    assert_memory_not_equal(&one, &other, offsetof(bootstrap, tags));
    bootstrap_dispose(&one);
    bootstrap_dispose(&many);
    bootstrap_dispose(&other);
    verdicts_dispose(&v);
    outcomes_dispose(&o);
}

static void holds(ttag_interval i, double figure)
{
    assert_true(0 <= i.low && i.low <= figure && figure <= i.high && i.high <= 1);
}

static void bootstrap__intervals_hold_their_figures(void **state)
{
    (void)state;
    outcomes o = small_table();
    verdicts v = verdicts_of(&o);
    bootstrap b = {0};
    ttag_evaluation e = {0};
    ttag_tag_scores tags[T];
    metrics_fill(&e, tags, &o);
    bootstrap_opts opts = BOOTSTRAP_OPTS_INIT;
    assert_int_equal(bootstrap_fill(&b, &v, &opts, NULL), TTAG_OK);
    holds(b.micro.f1, e.micro.f1);
    holds(b.macro.f1, e.macro.f1);
    holds(b.weighted.f1, e.weighted.f1);
    holds(b.samples.recall, e.samples.recall);
    holds(b.per_article.precision, e.per_article.precision);
    holds(b.jaccard, e.jaccard);
    holds(b.subset_accuracy, e.subset_accuracy);
    for (size_t t = 0; t < T; t++) {
        holds(b.tags[t].precision, tags[t].precision);
        holds(b.tags[t].recall, tags[t].recall);
        holds(b.tags[t].f1, tags[t].f1);
        assert_true(b.tags[t].f1.high - b.tags[t].f1.low > 0.1);
    }
    bootstrap_dispose(&b);
    verdicts_dispose(&v);
    outcomes_dispose(&o);
}

/* Nothing is certain: 100 hits leave room for a miss, and of a tag that nobody has seen nothing is
   known. By Jeffreys' prior 95 % of the mass lies above 0.975 for 100 of 100. */
static void bootstrap__perfect_and_empty_tags(void **state)
{
    (void)state;
    const unsigned char pairs[2] = {PAIR_TRUE | PAIR_GIVEN, 0};
    verdicts v = {0};
    bootstrap b = {0};
    bootstrap_opts opts = BOOTSTRAP_OPTS_INIT;
    for (int i = 0; i < 100; i++)
        assert_int_equal(verdicts_add(&v, pairs, 2, NULL), TTAG_OK);
    assert_int_equal(bootstrap_fill(&b, &v, &opts, NULL), TTAG_OK);
    assert_true(b.tags[0].recall.high == 1 && b.tags[0].f1.high == 1);
    assert_true(b.tags[0].recall.low > 0.96 && b.tags[0].recall.low < 0.99);
    assert_true(b.tags[1].f1.low == 0 && b.tags[1].f1.high == 1);
    bootstrap_dispose(&b);
    verdicts_dispose(&v);
}

static void bootstrap__one_article(void **state)
{
    (void)state;
    const unsigned char pairs[1] = {PAIR_TRUE | PAIR_GIVEN};
    verdicts v = {0};
    bootstrap b = {0};
    bootstrap_opts opts = BOOTSTRAP_OPTS_INIT;
    opts.replicates = 1;
    assert_int_equal(verdicts_add(&v, pairs, 1, NULL), TTAG_OK);
    assert_int_equal(bootstrap_fill(&b, &v, &opts, NULL), TTAG_OK);
    holds(b.micro.f1, 1);
    bootstrap_dispose(&b);
    opts.replicates = 500;
    assert_int_equal(bootstrap_fill(&b, &v, &opts, NULL), TTAG_OK);
    assert_true(b.micro.f1.low < 0.6 && b.micro.f1.high == 1);
    bootstrap_dispose(&b);
    verdicts_dispose(&v);
}

static bool stop(void *payload)
{
    (void)payload;
    return true;
}

static void bootstrap__can_be_stopped(void **state)
{
    (void)state;
    outcomes o = small_table();
    verdicts v = verdicts_of(&o);
    bootstrap b = {0};
    ttag_error err = {0};
    const ttag_monitor monitor = {.cancelled = stop};
    bootstrap_opts opts = BOOTSTRAP_OPTS_INIT;
    opts.monitor = &monitor;
    assert_int_equal(bootstrap_fill(&b, &v, &opts, &err), TTAG_CANCELLED);
    assert_true(err.text[0] != '\0');
    bootstrap_dispose(&b);
    verdicts_dispose(&v);
    outcomes_dispose(&o);
}

static void bootstrap__survives_lack_of_memory(void **state)
{
    (void)state;
#ifdef TTAG_FAULTS
    outcomes o = small_table();
    bootstrap_opts opts = {.replicates = 10, .seed = 5, .threads = 1};
    ttag_status status = TTAG_NOMEM;
    for (size_t n = 1; status == TTAG_NOMEM; n++) {
        verdicts v = {0};
        bootstrap b = {0};
        mem_fail_after(n);
        status = verdicts_take(&v, &o, NULL);
        if (status == TTAG_OK)
            status = bootstrap_fill(&b, &v, &opts, NULL);
        mem_fail_after(0);
        assert_true(n < 100);
        bootstrap_dispose(&b);
        verdicts_dispose(&v);
    }
    assert_int_equal(status, TTAG_OK);
    outcomes_dispose(&o);
#else
    skip();
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(verdicts__hold_what_counts),
        cmocka_unit_test(resample__is_multinomial),
        cmocka_unit_test(resample__streams_differ),
        cmocka_unit_test(resample_half__has_mean_one_half),
        cmocka_unit_test(replicates__are_evaluations_of_drawn_articles),
        cmocka_unit_test(interval_of__is_linear_between_values),
        cmocka_unit_test(bootstrap__any_number_of_threads_gives_the_same),
        cmocka_unit_test(bootstrap__intervals_hold_their_figures),
        cmocka_unit_test(bootstrap__perfect_and_empty_tags),
        cmocka_unit_test(bootstrap__one_article),
        cmocka_unit_test(bootstrap__can_be_stopped),
        cmocka_unit_test(bootstrap__survives_lack_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
