/* Equal articles first, of which one each is compared with the others; then a forest over all. */
#include "audit/clusters.h"

#include <stdlib.h>
#include <string.h>

#include "audit/near_pairs.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/radix.h"

#define NOBODY UINT32_MAX

/* Articles of both feeds, those of `against` behind the others. */
typedef struct joining {
    const clusters_task *task;
    article_words *words; /* n_all; borrowed insides */
    size_t n_all;
    uint32_t *first;   /* n_all: first article with the same words */
    uint32_t *outside; /* n_all, of firsts: the first equal one of `against`, or NOBODY */
    uint32_t *which;   /* n_which firsts */
    size_t n_which;
    near_pair *pairs;
    size_t n_pairs;
    uint32_t *parents;       /* n of the feed: a forest */
    double *least;           /* n of the feed, of roots: least similarity that joined them */
    uint32_t *best;          /* n_all, of firsts: the most similar article of `against`, NOBODY */
    double *best_similarity; /* n_all */
} joining;

/* ---- Equal words. ---- */

/* Among the items of one hash: an earlier one with the same words, or itself. */
static uint32_t first_equal(const joining *j, const radix_item *items, size_t at)
{
    uint32_t self = (uint32_t)items[at].what;
    for (size_t k = at; k > 0 && items[k - 1].key == items[at].key; k--) {
        uint32_t other = (uint32_t)items[k - 1].what;
        if (article_words_equal(&j->words[other], &j->words[self]))
            return j->first[other];
    }
    return self;
}

static ttag_status find_equal(joining *j)
{
    radix_item *room = mem_new(2 * j->n_all, sizeof *room);
    if (!room)
        return TTAG_NOMEM;
    for (size_t i = 0; i < j->n_all; i++) {
        const article_words *w = &j->words[i];
        uint64_t key = w->n ? hash64(w->hashes, w->n * sizeof *w->hashes) : 0;
        room[i] = (radix_item){key, i};
    }
    const radix_item *items = radix_sort(room, room + j->n_all, j->n_all, UINT64_MAX);
    for (size_t k = 0; k < j->n_all; k++) {
        uint32_t i = (uint32_t)items[k].what;
        j->first[i] = j->words[i].n ? first_equal(j, items, k) : i; /* no words: no copies */
    }
    mem_free(room);
    return TTAG_OK;
}

static void list_firsts(joining *j)
{
    size_t n = j->task->feed->n;
    for (size_t i = 0; i < j->n_all; i++)
        j->outside[i] = j->best[i] = NOBODY;
    for (size_t i = 0; i < j->n_all; i++) {
        if (j->first[i] == i && j->words[i].n)
            j->which[j->n_which++] = (uint32_t)i;
        if (i >= n && j->outside[j->first[i]] == NOBODY)
            j->outside[j->first[i]] = (uint32_t)i;
    }
}

/* ---- The forest. ---- */

static uint32_t root_of(uint32_t *parents, uint32_t i)
{
    while (parents[i] != i)
        i = parents[i] = parents[parents[i]];
    return i;
}

/* The first article of a tree is its root. */
static void join(joining *j, uint32_t a, uint32_t b, double similarity)
{
    uint32_t x = root_of(j->parents, a), y = root_of(j->parents, b);
    if (x == y)
        return; /* what joined them before is not made worse */
    uint32_t low = x < y ? x : y, high = x < y ? y : x;
    double least = j->least[high] < similarity ? j->least[high] : similarity;
    j->parents[high] = low;
    j->least[low] = least < j->least[low] ? least : j->least[low];
}

/* `inside` and its equals have a likeness outside. */
static void leak(joining *j, uint32_t inside, uint32_t outside, double similarity)
{
    if (outside == NOBODY || inside >= j->task->feed->n)
        return;
    bool better = j->best[inside] == NOBODY || similarity > j->best_similarity[inside];
    if (better) {
        j->best[inside] = outside;
        j->best_similarity[inside] = similarity;
    }
}

static int by_similarity(const void *a, const void *b)
{
    const near_pair *x = a, *y = b;
    if (x->similarity < y->similarity || x->similarity > y->similarity)
        return x->similarity < y->similarity ? 1 : -1;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return (x->b > y->b) - (x->b < y->b);
}

/* The most similar pairs first, so that `least` is of the weakest link that was needed. */
static void join_all(joining *j)
{
    size_t n = j->task->feed->n;
    for (uint32_t i = 0; i < n; i++) {
        j->parents[i] = i;
        j->least[i] = 1;
    }
    for (uint32_t i = 0; i < n; i++) {
        join(j, j->first[i], i, 1);
        if (j->first[i] == i)
            leak(j, i, j->outside[i], 1);
    }
    qsort(j->pairs, j->n_pairs, sizeof *j->pairs, by_similarity);
    for (size_t k = 0; k < j->n_pairs; k++) {
        const near_pair *p = &j->pairs[k];
        if (p->a < n && p->b < n)
            join(j, p->a, p->b, p->similarity);
        leak(j, p->a, j->outside[p->b], p->similarity);
        leak(j, p->b, j->outside[p->a], p->similarity);
    }
}

/* ---- Clusters from the forest. ---- */

/* Tags that some of the cluster's labelled articles carry, and others do not. */
static ttag_status disagree(clusters *out, size_t *first, size_t *n, const joining *j,
                            const ttag_audit_cluster *c, uint32_t *counts)
{
    const ttag_audited *articles = j->task->feed->articles;
    uint32_t labelled = 0;
    *first = out->n_tags;
    memset(counts, 0, j->task->n_tags * sizeof *counts);
    for (size_t i = 0; i < c->n; i++) {
        const ttag_audited *a = &articles[c->articles[i]];
        labelled += a->labelled;
        for (size_t k = 0; k < a->n_tags; k++)
            counts[a->tags[k]]++;
    }
    for (uint32_t t = 0; t < j->task->n_tags; t++) {
        if (counts[t] == 0 || counts[t] == labelled)
            continue;
        if (!mem_grow(&out->tags, &out->tags_capacity, out->n_tags + 1, sizeof *out->tags))
            return TTAG_NOMEM;
        out->tags[out->n_tags++] = t;
    }
    *n = out->n_tags - *first;
    return TTAG_OK;
}

/* Numbers the trees of two articles or more in order of their first one. */
static ttag_status number_clusters(clusters *out, joining *j, size_t **starts)
{
    size_t n = j->task->feed->n, at = 0;
    uint32_t *sizes = mem_zero(n, sizeof *sizes);
    out->cluster_of = mem_new(n, sizeof *out->cluster_of);
    out->members = mem_new(n, sizeof *out->members);
    if (!sizes || !out->cluster_of || !out->members) {
        mem_free(sizes);
        return TTAG_NOMEM;
    }
    for (uint32_t i = 0; i < n; i++)
        out->n += ++sizes[root_of(j->parents, i)] == 2;
    out->items = mem_zero(out->n, sizeof *out->items);
    *starts = mem_new(out->n, sizeof **starts);
    bool ok = out->items && *starts;
    size_t number = 0;
    for (uint32_t i = 0; ok && i < n; i++) {
        uint32_t root = root_of(j->parents, i);
        out->cluster_of[i] = CLUSTER_NONE;
        if (sizes[root] < 2)
            continue;
        if (root == i) {
            out->items[number] =
                (ttag_audit_cluster){.articles = out->members + at, .least = j->least[i]};
            out->cluster_of[i] = (uint32_t)number++;
            at += sizes[root];
        }
        ttag_audit_cluster *c = &out->items[out->cluster_of[root]];
        out->cluster_of[i] = out->cluster_of[root];
        ((uint32_t *)(uintptr_t)c->articles)[c->n++] = i;
    }
    mem_free(sizes);
    return ok ? TTAG_OK : TTAG_NOMEM;
}

static ttag_status make_clusters(clusters *out, joining *j)
{
    size_t *starts = NULL;
    uint32_t *counts = mem_new(j->task->n_tags, sizeof *counts);
    ttag_status status = counts ? number_clusters(out, j, &starts) : TTAG_NOMEM;
    for (size_t c = 0; status == TTAG_OK && c < out->n; c++)
        status = disagree(out, &starts[c], &out->items[c].n_disagreed, j, &out->items[c], counts);
    for (size_t c = 0; status == TTAG_OK && c < out->n; c++)
        if (out->items[c].n_disagreed)
            out->items[c].disagreed = out->tags + starts[c];
    mem_free(starts);
    mem_free(counts);
    return status;
}

static ttag_status list_leaks(clusters *out, const joining *j)
{
    size_t n = j->task->feed->n;
    out->leaks = mem_new(n, sizeof *out->leaks);
    if (!out->leaks)
        return TTAG_NOMEM;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t first = j->first[i];
        if (j->best[first] != NOBODY)
            out->leaks[out->n_leaks++] =
                (ttag_audit_leak){i, j->best[first] - (uint32_t)n, j->best_similarity[first]};
    }
    return TTAG_OK;
}

/* ---- All of it. ---- */

static ttag_status reserve(joining *j)
{
    const clusters_task *t = j->task;
    size_t n = t->feed->n;
    j->n_all = n + (t->against ? t->against->n : 0);
    j->words = mem_new(j->n_all, sizeof *j->words);
    j->first = mem_new(j->n_all, sizeof *j->first);
    j->outside = mem_new(j->n_all, sizeof *j->outside);
    j->which = mem_new(j->n_all, sizeof *j->which);
    j->parents = mem_new(n, sizeof *j->parents);
    j->least = mem_new(n, sizeof *j->least);
    j->best = mem_new(j->n_all, sizeof *j->best);
    j->best_similarity = mem_new(j->n_all, sizeof *j->best_similarity);
    if (!j->words || !j->first || !j->outside || !j->which || !j->parents || !j->least ||
        !j->best || !j->best_similarity)
        return TTAG_NOMEM;
    for (size_t i = 0; i < j->n_all; i++)
        j->words[i] = i < n ? t->feed->words[i] : t->against->words[i - n];
    return TTAG_OK;
}

static ttag_status run(clusters *out, joining *j)
{
    const clusters_task *t = j->task;
    ttag_status status = reserve(j);
    if (status == TTAG_OK)
        status = find_equal(j);
    if (status == TTAG_OK) {
        list_firsts(j);
        near_task near = {j->words, j->which, j->n_which, t->least, t->threads, t->monitor};
        status = near_pairs_find(&j->pairs, &j->n_pairs, &near);
    }
    if (status == TTAG_OK) {
        join_all(j);
        status = make_clusters(out, j);
    }
    return status == TTAG_OK ? list_leaks(out, j) : status;
}

ttag_status clusters_find(clusters *out, const clusters_task *task)
{
    joining j = {.task = task};
    ttag_status status = run(out, &j);
    mem_free(j.words);
    mem_free(j.first);
    mem_free(j.outside);
    mem_free(j.which);
    mem_free(j.pairs);
    mem_free(j.parents);
    mem_free(j.least);
    mem_free(j.best);
    mem_free(j.best_similarity);
    return status;
}

void clusters_dispose(clusters *c)
{
    mem_free(c->cluster_of);
    mem_free(c->items);
    mem_free(c->members);
    mem_free(c->tags);
    mem_free(c->leaks);
    *c = (clusters){0};
}
