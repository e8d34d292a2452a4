/* How often tests at 5 % see a difference between two models that are equally good. */
#include <stdio.h>

#include "unit.h"

#include "base/random.h"
#include "evaluate/mcnemar.h"
#include "evaluate/paired.h"

enum { SIMULATIONS = 2000, REPLICATES = 1000, ARTICLES = 600, TAGS = 6 };

/* A tag in easy and in hard articles, so that the outcomes of one article hang together, and those
   of the two models do. */
typedef struct world_tag {
    double share;           /* of articles that carry it */
    double found[2];        /* chance that a model gives it then, … */
    double false_alarms[2]; /* … and else */
} world_tag;

static const double HARD = 0.3, SAME = 0.5;
static const world_tag WORLD[TAGS] = {
    {0.40, {0.97, 0.80}, {0.02, 0.08}}, {0.14, {0.95, 0.85}, {0.01, 0.03}},
    {0.13, {0.90, 0.60}, {0.01, 0.04}}, {0.12, {0.55, 0.35}, {0.03, 0.06}},
    {0.20, {0.85, 0.75}, {0.05, 0.05}}, {0.13, {0.80, 0.70}, {0.04, 0.04}},
};

static double uniform(rng *r)
{
    return (double)(rng_next(r) >> 11) * 0x1p-53;
}

/* Both models see one article; in half of the cases, they see the same in it. */
static void draw_article(rng *r, unsigned char *a, unsigned char *b)
{
    int hard = uniform(r) < HARD;
    for (size_t t = 0; t < TAGS; t++) {
        const world_tag *w = &WORLD[t];
        unsigned char truth = uniform(r) < w->share ? PAIR_TRUE : 0;
        double chance = truth ? w->found[hard] : w->false_alarms[hard];
        double of_a = uniform(r), of_b = uniform(r);
        if (uniform(r) < SAME)
            of_b = of_a;
        a[t] = (unsigned char)(truth | (of_a < chance ? PAIR_GIVEN : 0));
        b[t] = (unsigned char)(truth | (of_b < chance ? PAIR_GIVEN : 0));
    }
}

typedef struct alarms {
    size_t micro, macro, per_article, tags, cases, pairs;
} alarms;

/* Right with one of them alone. */
static void count_discordant(size_t *only, unsigned char a, unsigned char b)
{
    bool right_a = !(a & PAIR_TRUE) == !(a & PAIR_GIVEN);
    bool right_b = !(b & PAIR_TRUE) == !(b & PAIR_GIVEN);
    only[0] += right_a && !right_b;
    only[1] += right_b && !right_a;
}

static void simulate(alarms *sum, uint64_t seed)
{
    unsigned char a[TAGS], b[TAGS];
    size_t only[TAGS][2] = {{0}};
    verdicts of_a = {0}, of_b = {0};
    ttag_comparison c = {0};
    ttag_compared_tag tags[TAGS];
    bootstrap_opts opts = BOOTSTRAP_OPTS_INIT;
    rng r;
    opts.replicates = REPLICATES;
    opts.seed = seed;
    opts.threads = 2;
    rng_seed(&r, seed);
    for (size_t i = 0; i < ARTICLES; i++) {
        draw_article(&r, a, b);
        for (size_t t = 0; t < TAGS; t++)
            count_discordant(only[t], a[t], b[t]);
        assert_int_equal(verdicts_add(&of_a, a, TAGS, NULL), TTAG_OK);
        assert_int_equal(verdicts_add(&of_b, b, TAGS, NULL), TTAG_OK);
    }
    assert_int_equal(paired_fill(&c, tags, &of_a, &of_b, &opts, NULL), TTAG_OK);
    sum->micro += c.micro.f1.p < 0.05;
    sum->macro += c.macro.f1.p < 0.05;
    sum->per_article += c.per_article.f1.p < 0.05;
    for (size_t t = 0; t < TAGS; t++) {
        sum->tags += tags[t].scores.f1.p < 0.05;
        sum->pairs += mcnemar_mid_p(only[t][0], only[t][1]) < 0.05;
        sum->cases++;
    }
    verdicts_dispose(&of_a);
    verdicts_dispose(&of_b);
}

static void check(const char *what, size_t seen, size_t cases)
{
    double share = (double)seen / (double)cases;
    printf("%-20s %.4f of %zu\n", what, share, cases);
    if (!(share >= 0.04 && share <= 0.06))
        fail_msg("%s: %.4f of %zu tests are false alarms; expected 0.04 to 0.06", what, share,
                 cases);
}

static void comparison__gives_a_false_alarm_in_5_of_100_cases(void **state)
{
    (void)state;
    alarms sum = {0};
    for (uint64_t seed = 1; seed <= SIMULATIONS; seed++)
        simulate(&sum, seed);
    check("micro f1", sum.micro, SIMULATIONS);
    check("macro f1", sum.macro, SIMULATIONS);
    check("per_article f1", sum.per_article, SIMULATIONS);
    check("f1 of tags", sum.tags, sum.cases);
    check("mcnemar of tags", sum.pairs, sum.cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comparison__gives_a_false_alarm_in_5_of_100_cases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
