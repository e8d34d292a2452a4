/* How often 95 % intervals hold the true value, over simulated evaluations. */
#include <stdio.h>

#include "unit.h"

#include "base/random.h"
#include "evaluate/bootstrap.h"
#include "evaluate/metrics.h"

enum { SIMULATIONS = 2000, REPLICATES = 1000, ARTICLES = 600, TAGS = 6, SUPPORT = 50 };

/* A tag in easy and in hard articles, so that the outcomes of one article hang together. */
typedef struct world_tag {
    double share;           /* of articles that carry it */
    double found[2];        /* chance that it is given then, … */
    double false_alarms[2]; /* … and else */
} world_tag;

static const double HARD = 0.3;
static const world_tag WORLD[TAGS] = {
    {0.40, {0.97, 0.80}, {0.02, 0.08}}, {0.14, {0.99, 0.95}, {0.001, 0.01}},
    {0.13, {0.90, 0.60}, {0.01, 0.04}}, {0.12, {0.55, 0.35}, {0.03, 0.06}},
    {0.20, {0.85, 0.75}, {0.05, 0.05}}, {0.13, {0.98, 0.98}, {0.004, 0.004}},
};

static bool happens(rng *r, double chance)
{
    return (double)(rng_next(r) >> 11) * 0x1p-53 < chance;
}

static void draw_article(rng *r, unsigned char *pairs)
{
    int hard = happens(r, HARD);
    for (size_t t = 0; t < TAGS; t++) {
        const world_tag *w = &WORLD[t];
        bool is_true = happens(r, w->share);
        bool given = happens(r, is_true ? w->found[hard] : w->false_alarms[hard]);
        pairs[t] = (unsigned char)((is_true ? PAIR_TRUE : 0) | (given ? PAIR_GIVEN : 0));
    }
}

/* Shares of hits, false alarms and misses of a tag among all articles there could be. */
static void expect(double *cases, const world_tag *w)
{
    double found = (1 - HARD) * w->found[0] + HARD * w->found[1];
    double wrong = (1 - HARD) * w->false_alarms[0] + HARD * w->false_alarms[1];
    cases[VERDICT_HIT] = w->share * found;
    cases[VERDICT_MISSED] = w->share * (1 - found);
    cases[VERDICT_FALSE] = (1 - w->share) * wrong;
}

static ttag_scores true_scores(const double *c)
{
    double hit = c[VERDICT_HIT], wrong = c[VERDICT_FALSE], missed = c[VERDICT_MISSED];
    return (ttag_scores){hit / (hit + wrong), hit / (hit + missed),
                         2 * hit / (2 * hit + wrong + missed)};
}

typedef struct tally_of {
    size_t held, all;
} tally_of;

static void judge(tally_of *t, ttag_interval found, double truth)
{
    t->held += found.low <= truth && truth <= found.high;
    t->all++;
}

typedef struct coverage {
    tally_of micro, macro, f1[TAGS], precision[TAGS], recall[TAGS];
} coverage;

static void simulate(coverage *c, uint64_t seed, const ttag_scores *truth, ttag_scores micro)
{
    unsigned char pairs[TAGS];
    size_t support[TAGS] = {0};
    verdicts v = {0};
    bootstrap b = {0};
    bootstrap_opts opts = BOOTSTRAP_OPTS_INIT;
    rng r;
    double macro = 0;
    opts.replicates = REPLICATES;
    opts.seed = seed;
    opts.threads = 2;
    rng_seed(&r, seed);
    for (size_t i = 0; i < ARTICLES; i++) {
        draw_article(&r, pairs);
        for (size_t t = 0; t < TAGS; t++)
            support[t] += pairs[t] & PAIR_TRUE;
        assert_int_equal(verdicts_add(&v, pairs, TAGS, NULL), TTAG_OK);
    }
    assert_int_equal(bootstrap_fill(&b, &v, &opts, NULL), TTAG_OK);
    judge(&c->micro, b.micro.f1, micro.f1);
    for (size_t t = 0; t < TAGS; t++) {
        macro += truth[t].f1 / TAGS;
        if (support[t] < SUPPORT)
            continue;
        judge(&c->f1[t], b.tags[t].f1, truth[t].f1);
        judge(&c->precision[t], b.tags[t].precision, truth[t].precision);
        judge(&c->recall[t], b.tags[t].recall, truth[t].recall);
    }
    judge(&c->macro, b.macro.f1, macro);
    bootstrap_dispose(&b);
    verdicts_dispose(&v);
}

static void check(const char *what, tally_of t, double least, double most)
{
    double share = (double)t.held / (double)t.all;
    printf("%-12s %.4f of %zu\n", what, share, t.all);
    if (!(share >= least && share <= most))
        fail_msg("%s: %.4f of %zu intervals hold the true value; expected %g to %g", what, share,
                 t.all, least, most);
}

static void intervals__hold_the_truth_in_95_of_100_cases(void **state)
{
    (void)state;
    coverage c = {0};
    ttag_scores truth[TAGS];
    double all[VERDICT_KINDS] = {0}, cases[VERDICT_KINDS];
    for (size_t t = 0; t < TAGS; t++) {
        expect(cases, &WORLD[t]);
        truth[t] = true_scores(cases);
        for (int k = 0; k < VERDICT_KINDS; k++)
            all[k] += cases[k];
    }
    for (uint64_t seed = 1; seed <= SIMULATIONS; seed++)
        simulate(&c, seed, truth, true_scores(all));
    check("micro", c.micro, 0.93, 0.97);
    check("macro", c.macro, 0.93, 0.97);
    for (size_t t = 0; t < TAGS; t++) {
        assert_true(c.f1[t].all > SIMULATIONS / 2);
        check("tag f1", c.f1[t], 0.93, 0.97);
        check("  precision", c.precision[t], 0.93, 1); /* few false alarms: too wide */
        check("  recall", c.recall[t], 0.93, 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(intervals__hold_the_truth_in_95_of_100_cases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
