/* Walks the lists of all articles once for each replicate; replicates in parallel. */
#include "evaluate/replicates.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "evaluate/metrics.h"
#include "evaluate/resample.h"

/* ---- Articles that count alike. ---- */

/* How many hits, false alarms and misses an article has: its own figures follow from that, and few
   different ones occur. */
typedef struct profile {
    uint32_t cases[VERDICT_KINDS];
    uint32_t article;
} profile;

static profile profile_of(const verdicts *v, size_t article)
{
    profile p = {.article = (uint32_t)article};
    for (size_t i = v->starts[article]; i < v->starts[article + 1]; i++)
        p.cases[v->items[i] % VERDICT_KINDS]++;
    return p;
}

static int by_cases(const void *a, const void *b)
{
    const profile *x = a, *y = b;
    for (int i = 0; i < VERDICT_KINDS; i++)
        if (x->cases[i] != y->cases[i])
            return x->cases[i] < y->cases[i] ? -1 : 1;
    return 0;
}

/* Leaves each profile once in `profiles` and its number for each article in `of`; returns how many
   there are. */
static size_t number_profiles(profile *profiles, uint32_t *of, const verdicts *v)
{
    size_t kept = 0;
    for (size_t i = 0; i < v->n_documents; i++)
        profiles[i] = profile_of(v, i);
    if (v->n_documents > 0)
        qsort(profiles, v->n_documents, sizeof *profiles, by_cases);
    for (size_t i = 0; i < v->n_documents; i++) {
        if (kept == 0 || by_cases(&profiles[kept - 1], &profiles[i]) != 0) {
            of[profiles[i].article] = (uint32_t)kept;
            profiles[kept++] = profiles[i];
        } else {
            of[profiles[i].article] = (uint32_t)kept - 1;
        }
    }
    return kept;
}

/* ---- One replicate. ---- */

typedef struct job {
    const verdicts *v;
    replicates *out;
    uint64_t seed;
    profile *profiles; /* n_profiles */
    size_t n_profiles;
    uint32_t *profile_of; /* n_documents */
    uint8_t *weights;     /* workers x n_documents */
    uint32_t *alike;      /* workers x n_profiles: articles drawn of each */
} job;

/* samples and its like: means over articles */
static void mean_of_articles(replicate_means *m, const job *j, const uint32_t *alike)
{
    ttag_scores sum = {0, 0, 0};
    double exact = 0, jaccard = 0, with_tags = 0, all = (double)j->v->n_documents;
    for (size_t i = 0; i < j->n_profiles; i++) {
        const uint32_t *c = j->profiles[i].cases;
        size_t hits = c[VERDICT_HIT], wrong = (size_t)c[VERDICT_FALSE] + c[VERDICT_MISSED];
        double drawn = alike[i];
        scores_add(&sum, scores_from(hits, c[VERDICT_FALSE], c[VERDICT_MISSED]), drawn);
        with_tags += hits + c[VERDICT_MISSED] > 0 ? drawn : 0;
        exact += wrong == 0 ? drawn : 0;
        jaccard += hits > 0 ? drawn * (double)hits / (double)(hits + wrong) : 0;
    }
    m->samples = scores_mean(sum, all);
    m->per_article = scores_mean(sum, with_tags); /* without a true tag all three are 0 */
    m->subset_accuracy = all > 0 ? exact / all : 0;
    m->jaccard = all > 0 ? jaccard / all : 0;
}

/* micro, macro and weighted: sums and means over tags */
static void mean_of_tags(replicate_means *m, const uint32_t *counts, size_t n_tags)
{
    size_t all[VERDICT_KINDS] = {0};
    ttag_scores macro = {0, 0, 0}, weighted = {0, 0, 0};
    for (size_t t = 0; t < n_tags; t++) {
        const uint32_t *c = counts + t * VERDICT_KINDS;
        ttag_scores s = scores_from(c[VERDICT_HIT], c[VERDICT_FALSE], c[VERDICT_MISSED]);
        scores_add(&macro, s, 1);
        scores_add(&weighted, s, (double)c[VERDICT_HIT] + c[VERDICT_MISSED]);
        for (int k = 0; k < VERDICT_KINDS; k++)
            all[k] += c[k];
    }
    m->micro = scores_from(all[VERDICT_HIT], all[VERDICT_FALSE], all[VERDICT_MISSED]);
    m->macro = scores_mean(macro, (double)n_tags);
    m->weighted = scores_mean(weighted, (double)(all[VERDICT_HIT] + all[VERDICT_MISSED]));
}

static ttag_status draw_one(void *context, size_t number, unsigned worker)
{
    const job *j = context;
    const verdicts *v = j->v;
    uint8_t *weights = j->weights + worker * v->n_documents;
    uint32_t *alike = j->alike + worker * j->n_profiles;
    uint32_t *counts = j->out->counts + number * v->n_tags * VERDICT_KINDS;
    rng r;
    resample_seed(&r, j->seed, number);
    if (number < j->out->count)
        resample_articles(&r, weights, (uint32_t)v->n_documents);
    else
        memset(weights, 1, v->n_documents);
    memset(alike, 0, j->n_profiles * sizeof *alike);
    memset(counts, 0, v->n_tags * VERDICT_KINDS * sizeof *counts);
    for (size_t i = 0; i < v->n_documents; i++) {
        alike[j->profile_of[i]] += weights[i];
        for (size_t k = v->starts[i]; k < v->starts[i + 1]; k++)
            counts[v->items[k]] += weights[i];
    }
    mean_of_articles(&j->out->means[number], j, alike);
    mean_of_tags(&j->out->means[number], counts, v->n_tags);
    return TTAG_OK;
}

/* ---- All of them. ---- */

static bool allocate(job *j, unsigned threads)
{
    const size_t n = j->v->n_documents, rows = j->out->count + 1;
    size_t n_counts, n_weights;
    if (!size_mul(&n_counts, rows, j->v->n_tags * VERDICT_KINDS) ||
        !size_mul(&n_weights, n, threads))
        return false;
    j->out->counts = mem_new(n_counts, sizeof *j->out->counts);
    j->out->means = mem_new(rows, sizeof *j->out->means);
    j->profiles = mem_new(n, sizeof *j->profiles);
    j->profile_of = mem_new(n, sizeof *j->profile_of);
    j->weights = mem_new(n_weights, sizeof *j->weights);
    if (!j->out->counts || !j->out->means || !j->profiles || !j->profile_of || !j->weights)
        return false;
    j->n_profiles = number_profiles(j->profiles, j->profile_of, j->v);
    return size_mul(&n_counts, j->n_profiles, threads) &&
           (j->alike = mem_new(n_counts, sizeof *j->alike)) != NULL;
}

ttag_status replicates_draw(replicates *r, const verdicts *v, size_t count, uint64_t seed,
                            unsigned threads, const ttag_monitor *monitor, ttag_error *err)
{
    *r = (replicates){.count = count, .n_tags = v->n_tags};
    job j = {.v = v, .out = r, .seed = seed};
    ttag_status status = allocate(&j, threads) ? TTAG_OK : TTAG_NOMEM;
    if (status == TTAG_OK)
        status = parallel_for(threads, count + 1, draw_one, &j, monitor, NULL);
    if (status == TTAG_CANCELLED)
        fail(err, status, "stopped before all samples were drawn");
    else if (status != TTAG_OK)
        fail_memory(err);
    mem_free(j.profiles);
    mem_free(j.profile_of);
    mem_free(j.weights);
    mem_free(j.alike);
    return status;
}

void replicates_dispose(replicates *r)
{
    mem_free(r->means);
    mem_free(r->counts);
    *r = (replicates){0};
}
