/* Differences of replicates. */
#include "evaluate/paired.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "evaluate/metrics.h"

/* p = 2 min(share of replicates <= 0, share of those >= 0): the level of the largest percentile
   interval that leaves 0 outside, so that p < 0.05 says what the interval says. */
ttag_change paired_change(double *values, size_t n, double a, double b)
{
    ttag_change c = {a, b, interval_of(values, n), 1};
    size_t fallen = 0, risen = 0;
    for (size_t i = 0; i < n; i++) {
        fallen += values[i] <= 0;
        risen += values[i] >= 0;
    }
    double p = 2 * (double)((fallen < risen ? fallen : risen) + 1) / (double)(n + 1);
    c.p = p < 1 ? p : 1;
    return c;
}

typedef struct job {
    ttag_comparison *out;
    ttag_compared_tag *tags;
    replicates sides[2];
    double *rooms; /* threads x replicates */
} job;

/* ---- Means. ---- */

/* A figure's place in replicate_means. */
static double mean_at(const replicates *r, size_t i, size_t offset)
{
    return *(const double *)(const void *)((const char *)&r->means[i] + offset);
}

static ttag_change change_of_mean(const job *j, size_t offset, double *room)
{
    const replicates *a = &j->sides[0], *b = &j->sides[1];
    for (size_t i = 0; i < a->count; i++)
        room[i] = mean_at(b, i, offset) - mean_at(a, i, offset);
    return paired_change(room, a->count, mean_at(a, a->count, offset),
                         mean_at(b, b->count, offset));
}

static ttag_score_changes changes_of_mean(const job *j, size_t offset, double *room)
{
    return (ttag_score_changes){change_of_mean(j, offset + offsetof(ttag_scores, precision), room),
                                change_of_mean(j, offset + offsetof(ttag_scores, recall), room),
                                change_of_mean(j, offset + offsetof(ttag_scores, f1), room)};
}

static void fill_means(const job *j, double *room)
{
    ttag_comparison *c = j->out;
    c->micro = changes_of_mean(j, offsetof(replicate_means, micro), room);
    c->macro = changes_of_mean(j, offsetof(replicate_means, macro), room);
    c->weighted = changes_of_mean(j, offsetof(replicate_means, weighted), room);
    c->samples = changes_of_mean(j, offsetof(replicate_means, samples), room);
    c->per_article = changes_of_mean(j, offsetof(replicate_means, per_article), room);
    c->subset_accuracy = change_of_mean(j, offsetof(replicate_means, subset_accuracy), room);
    c->jaccard = change_of_mean(j, offsetof(replicate_means, jaccard), room);
}

/* ---- Tags. ---- */

static ttag_scores scores_at(const replicates *r, size_t replicate, size_t tag)
{
    const uint32_t *c = replicates_cases(r, replicate, tag);
    return scores_from(c[VERDICT_HIT], c[VERDICT_FALSE], c[VERDICT_MISSED]);
}

static void fill_tag(const job *j, size_t tag, double *room)
{
    const replicates *a = &j->sides[0], *b = &j->sides[1];
    const size_t n = a->count;
    double *precision = room, *recall = room + n, *f1 = room + 2 * n;
    for (size_t i = 0; i < n; i++) {
        ttag_scores of_a = scores_at(a, i, tag), of_b = scores_at(b, i, tag);
        precision[i] = of_b.precision - of_a.precision;
        recall[i] = of_b.recall - of_a.recall;
        f1[i] = of_b.f1 - of_a.f1;
    }
    ttag_scores of_a = scores_at(a, n, tag), of_b = scores_at(b, n, tag);
    j->tags[tag].scores = (ttag_score_changes){
        paired_change(precision, n, of_a.precision, of_b.precision),
        paired_change(recall, n, of_a.recall, of_b.recall), paired_change(f1, n, of_a.f1, of_b.f1)};
}

/* ---- All of them. ---- */

/* Index 0 is that of the means, the others are those of the tags. */
static ttag_status fill_one(void *context, size_t index, unsigned worker)
{
    const job *j = context;
    double *room = j->rooms + (size_t)3 * j->sides[0].count * worker;
    if (index == 0)
        fill_means(j, room);
    else
        fill_tag(j, index - 1, room);
    return TTAG_OK;
}

static ttag_status fill_all(job *j, const bootstrap_opts *opts, ttag_error *err)
{
    size_t n_rooms;
    if (size_mul(&n_rooms, opts->replicates, (size_t)3 * opts->threads))
        j->rooms = mem_new(n_rooms, sizeof *j->rooms);
    ttag_status status = TTAG_NOMEM;
    if (j->rooms)
        status =
            parallel_for(opts->threads, j->sides[0].n_tags + 1, fill_one, j, opts->monitor, NULL);
    mem_free(j->rooms);
    if (status == TTAG_CANCELLED)
        return fail(err, status, "stopped before all changes were found");
    return status == TTAG_OK ? TTAG_OK : fail_memory(err);
}

ttag_status paired_fill(ttag_comparison *c, ttag_compared_tag *tags, const verdicts *a,
                        const verdicts *b, const bootstrap_opts *opts, ttag_error *err)
{
    job j = {.out = c, .tags = tags};
    ttag_status status = replicates_draw(&j.sides[0], a, opts->replicates, opts->seed,
                                         opts->threads, opts->monitor, err);
    if (status == TTAG_OK)
        status = replicates_draw(&j.sides[1], b, opts->replicates, opts->seed, opts->threads,
                                 opts->monitor, err);
    if (status == TTAG_OK)
        status = fill_all(&j, opts, err);
    replicates_dispose(&j.sides[0]);
    replicates_dispose(&j.sides[1]);
    return status;
}
