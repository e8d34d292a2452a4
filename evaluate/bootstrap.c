/* Percentiles of replicates. */
#include "evaluate/bootstrap.h"

#include <stddef.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "evaluate/metrics.h"
#include "evaluate/resample.h"

static const double TAIL = 0.025;

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Linear between the neighbours of share (count - 1), as numpy.quantile. */
static double quantile(const double *sorted, size_t count, double share)
{
    double place = share * (double)(count - 1);
    size_t below = (size_t)place, above = below + 1 < count ? below + 1 : below;
    return sorted[below] + (place - (double)below) * (sorted[above] - sorted[below]);
}

ttag_interval interval_of(double *values, size_t count)
{
    qsort(values, count, sizeof *values, by_size);
    return (ttag_interval){quantile(values, count, TAIL), quantile(values, count, 1 - TAIL)};
}

/* ---- The three of a tag, or of all pairs together. ---- */

/* The cases, and room for as many values of each figure. */
typedef struct worker_room {
    double *precision, *recall, *f1; /* replicates */
} worker_room;

static worker_room room_of(double *rooms, size_t count, unsigned worker)
{
    double *mine = rooms + (size_t)3 * count * worker;
    return (worker_room){mine, mine + count, mine + 2 * count};
}

static ttag_interval interval_holding(double *values, size_t count, double figure)
{
    if (count == 0) /* 0 / 0 throughout */
        return (ttag_interval){0, 1};
    ttag_interval found = interval_of(values, count);
    if (found.low > figure)
        found.low = figure;
    if (found.high < figure)
        found.high = figure;
    return found;
}

/* Adds the ratio to the values if it is one. */
static void note(double *values, size_t *count, double part, double whole)
{
    if (whole > 0)
        values[(*count)++] = part / whole;
}

static void sum_cases(uint64_t *sum, const replicates *r, size_t replicate, size_t first, size_t n)
{
    for (int k = 0; k < VERDICT_KINDS; k++)
        sum[k] = 0;
    for (size_t t = first; t < first + n; t++) {
        const uint32_t *cases = replicates_cases(r, replicate, t);
        for (int k = 0; k < VERDICT_KINDS; k++)
            sum[k] += cases[k];
    }
}

/* Of `n` tags from `first` on, taken together; 0 / 0 counts as 0 in the figure itself. */
static ttag_score_intervals of_cases(const replicates *r, size_t first, size_t n, rng *extra,
                                     worker_room room)
{
    size_t n_precision = 0, n_recall = 0, n_f1 = 0;
    uint64_t cases[VERDICT_KINDS];
    for (size_t i = 0; i < r->count; i++) {
        sum_cases(cases, r, i, first, n);
        double hits = (double)cases[VERDICT_HIT] + resample_half(extra);
        double wrong = (double)cases[VERDICT_FALSE] + resample_half(extra);
        double missed = (double)cases[VERDICT_MISSED] + resample_half(extra);
        note(room.precision, &n_precision, hits, hits + wrong);
        note(room.recall, &n_recall, hits, hits + missed);
        note(room.f1, &n_f1, 2 * hits, 2 * hits + wrong + missed);
    }
    sum_cases(cases, r, r->count, first, n);
    ttag_scores s = scores_from(cases[VERDICT_HIT], cases[VERDICT_FALSE], cases[VERDICT_MISSED]);
    return (ttag_score_intervals){interval_holding(room.precision, n_precision, s.precision),
                                  interval_holding(room.recall, n_recall, s.recall),
                                  interval_holding(room.f1, n_f1, s.f1)};
}

/* ---- Means. ---- */

static void gather(worker_room room, const replicates *r, size_t offset)
{
    for (size_t i = 0; i < r->count; i++) {
        const ttag_scores *s = (const void *)((const char *)&r->means[i] + offset);
        room.precision[i] = s->precision;
        room.recall[i] = s->recall;
        room.f1[i] = s->f1;
    }
}

static ttag_score_intervals of_means(const replicates *r, size_t offset, worker_room room)
{
    const ttag_scores *s = (const void *)((const char *)&r->means[r->count] + offset);
    gather(room, r, offset);
    return (ttag_score_intervals){interval_holding(room.precision, r->count, s->precision),
                                  interval_holding(room.recall, r->count, s->recall),
                                  interval_holding(room.f1, r->count, s->f1)};
}

/* low = 2 figure - high of the replicates, and the other way round */
static ttag_interval mirrored(ttag_interval i, double figure)
{
    double low = 2 * figure - i.high, high = 2 * figure - i.low;
    return (ttag_interval){low < 0 ? 0 : low, high > 1 ? 1 : high};
}

static ttag_score_intervals of_macro(const replicates *r, worker_room room)
{
    const ttag_scores *s = &r->means[r->count].macro;
    ttag_score_intervals found = of_means(r, offsetof(replicate_means, macro), room);
    return (ttag_score_intervals){mirrored(found.precision, s->precision),
                                  mirrored(found.recall, s->recall), mirrored(found.f1, s->f1)};
}

static void of_articles(bootstrap *b, const replicates *r, worker_room room)
{
    for (size_t i = 0; i < r->count; i++) {
        room.precision[i] = r->means[i].subset_accuracy;
        room.recall[i] = r->means[i].jaccard;
    }
    const replicate_means *whole = &r->means[r->count];
    b->subset_accuracy = interval_holding(room.precision, r->count, whole->subset_accuracy);
    b->jaccard = interval_holding(room.recall, r->count, whole->jaccard);
}

/* ---- All of them. ---- */

typedef struct job {
    bootstrap *b;
    const replicates *r;
    const bootstrap_opts *opts;
    double *rooms; /* threads x 3 x replicates */
} job;

/* Index 0 is that of the means, the others are those of the tags. */
static ttag_status fill_one(void *context, size_t index, unsigned worker)
{
    const job *j = context;
    const replicates *r = j->r;
    bootstrap *b = j->b;
    worker_room room = room_of(j->rooms, r->count, worker);
    rng extra;
    resample_seed(&extra, ~j->opts->seed, index);
    if (index > 0) {
        b->tags[index - 1] = of_cases(r, index - 1, 1, &extra, room);
        return TTAG_OK;
    }
    b->micro = of_cases(r, 0, r->n_tags, &extra, room);
    b->macro = of_macro(r, room);
    b->weighted = of_means(r, offsetof(replicate_means, weighted), room);
    b->samples = of_means(r, offsetof(replicate_means, samples), room);
    b->per_article = of_means(r, offsetof(replicate_means, per_article), room);
    of_articles(b, r, room);
    return TTAG_OK;
}

static ttag_status fill_from(bootstrap *b, const replicates *r, const bootstrap_opts *opts,
                             ttag_error *err)
{
    size_t n_rooms;
    *b = (bootstrap){.n_tags = r->n_tags, .tags = mem_zero(r->n_tags, sizeof *b->tags)};
    job j = {b, r, opts, NULL};
    if (size_mul(&n_rooms, r->count, (size_t)3 * opts->threads))
        j.rooms = mem_new(n_rooms, sizeof *j.rooms);
    ttag_status status = TTAG_NOMEM;
    if (b->tags && j.rooms)
        status = parallel_for(opts->threads, r->n_tags + 1, fill_one, &j, opts->monitor, NULL);
    if (status == TTAG_CANCELLED)
        fail(err, status, "stopped before all intervals were found");
    else if (status != TTAG_OK)
        fail_memory(err);
    mem_free(j.rooms);
    return status;
}

ttag_status bootstrap_fill(bootstrap *b, const verdicts *v, const bootstrap_opts *opts,
                           ttag_error *err)
{
    replicates r = {0};
    *b = (bootstrap){0};
    ttag_status status =
        replicates_draw(&r, v, opts->replicates, opts->seed, opts->threads, opts->monitor, err);
    if (status == TTAG_OK)
        status = fill_from(b, &r, opts, err);
    replicates_dispose(&r);
    return status;
}

void bootstrap_dispose(bootstrap *b)
{
    mem_free(b->tags);
    *b = (bootstrap){0};
}
