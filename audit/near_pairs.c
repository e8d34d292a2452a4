/* Signatures, bands, candidates, exact similarities. */
#include "audit/near_pairs.h"

#include <string.h>

#include "audit/min_hash.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/radix.h"

enum {
    BLOCK = 256,      /* articles or candidates that a worker takes at once */
    BEFORE_MOST = 32, /* neighbours before it that one of a band is compared with … */
    FIRST_MOST = 4    /* … and first ones */
};

/* What a signature may say too little by: over four standard errors. */
static const double ESTIMATE_SLACK = 0.15;

/* Pairs as a << 32 | b, places in task->which. */
typedef struct pair_list {
    radix_item *items;
    size_t n, capacity;
} pair_list;

typedef struct near_search {
    const near_task *task;
    min_hash_keys keys;
    shingle_set *sets;    /* n */
    uint32_t *signatures; /* n x MIN_HASHES */
    uint32_t *compared;   /* n_compared places in which: those with enough shingles */
    size_t n_compared;
    radix_item *room;       /* threads x 2 n_compared */
    pair_list found[BANDS]; /* candidates of each band */
    radix_item *pairs;      /* n_pairs: all of them, ascending, each once */
    size_t n_pairs;
    double *similarities; /* n_pairs */
} near_search;

/* ---- Signatures. ---- */

static ttag_status sign_block(void *context, size_t block, unsigned worker)
{
    near_search *s = context;
    size_t end = (block + 1) * BLOCK < s->task->n ? (block + 1) * BLOCK : s->task->n;
    (void)worker;
    for (size_t i = block * BLOCK; i < end; i++) {
        if (!shingle_set_make(&s->sets[i], &s->task->words[s->task->which[i]]))
            return TTAG_NOMEM;
        if (s->sets[i].n >= NEAR_LEAST_SHINGLES)
            min_hash(s->signatures + i * MIN_HASHES, &s->keys, &s->sets[i]);
    }
    return TTAG_OK;
}

/* ---- Candidates. ---- */

static bool propose(const near_search *s, pair_list *out, size_t a, size_t b)
{
    const uint32_t *signatures = s->signatures;
    double agree =
        (double)min_hash_agreement(signatures + a * MIN_HASHES, signatures + b * MIN_HASHES);
    if (agree < (s->task->least - ESTIMATE_SLACK) * MIN_HASHES)
        return true;
    if (!mem_grow(&out->items, &out->capacity, out->n + 1, sizeof *out->items))
        return false;
    out->items[out->n++] = (radix_item){(uint64_t)a << 32 | b, 0};
    return true;
}

/* items[0 … n - 1] agree in a band. */
static bool propose_all(const near_search *s, pair_list *out, const radix_item *items, size_t n)
{
    for (size_t j = 1; j < n; j++) {
        size_t near = j > BEFORE_MOST ? j - BEFORE_MOST : 0;
        for (size_t i = 0; i < near && i < FIRST_MOST; i++)
            if (!propose(s, out, (size_t)items[i].what, (size_t)items[j].what))
                return false;
        for (size_t i = near; i < j; i++)
            if (!propose(s, out, (size_t)items[i].what, (size_t)items[j].what))
                return false;
    }
    return true;
}

static ttag_status look_at_band(void *context, size_t band, unsigned worker)
{
    near_search *s = context;
    radix_item *items = s->room + 2 * s->n_compared * worker;
    for (size_t i = 0; i < s->n_compared; i++) {
        const uint32_t *signature = s->signatures + (size_t)s->compared[i] * MIN_HASHES;
        uint64_t key = hash64(signature + band * BAND_ROWS, BAND_ROWS * sizeof *signature);
        items[i] = (radix_item){key, s->compared[i]};
    }
    items = radix_sort(items, items + s->n_compared, s->n_compared, UINT64_MAX);
    for (size_t first = 0, end; first < s->n_compared; first = end) {
        for (end = first + 1; end < s->n_compared && items[end].key == items[first].key;)
            end++;
        if (!propose_all(s, &s->found[band], items + first, end - first))
            return TTAG_NOMEM;
    }
    return TTAG_OK;
}

/* Candidates of all bands, each once. */
static ttag_status put_together(near_search *s)
{
    size_t n = 0, kept = 0;
    for (size_t band = 0; band < BANDS; band++)
        n += s->found[band].n;
    radix_item *all = mem_new(2 * n, sizeof *all);
    s->pairs = all;
    if (!all)
        return TTAG_NOMEM;
    n = 0;
    for (size_t band = 0; band < BANDS; band++) {
        if (s->found[band].n)
            memcpy(all + n, s->found[band].items, s->found[band].n * sizeof *all);
        n += s->found[band].n;
        mem_free(s->found[band].items);
        s->found[band] = (pair_list){0};
    }
    const radix_item *sorted = radix_sort(all, all + n, n, UINT64_MAX);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || sorted[i].key != sorted[i - 1].key)
            all[kept++].key = sorted[i].key; /* never ahead of what is read */
    s->n_pairs = kept;
    s->similarities = mem_new(kept, sizeof *s->similarities);
    return s->similarities ? TTAG_OK : TTAG_NOMEM;
}

static ttag_status compare_block(void *context, size_t block, unsigned worker)
{
    near_search *s = context;
    size_t end = (block + 1) * BLOCK < s->n_pairs ? (block + 1) * BLOCK : s->n_pairs;
    (void)worker;
    for (size_t i = block * BLOCK; i < end; i++)
        s->similarities[i] = shingle_sets_jaccard(&s->sets[s->pairs[i].key >> 32],
                                                  &s->sets[(uint32_t)s->pairs[i].key]);
    return TTAG_OK;
}

/* ---- All of it. ---- */

static ttag_status reserve(near_search *s)
{
    size_t n = s->task->n, places, room;
    if (!size_mul(&places, n, MIN_HASHES) || !size_mul(&room, 2 * n, s->task->threads))
        return TTAG_NOMEM;
    s->sets = mem_zero(n, sizeof *s->sets);
    s->signatures = mem_new(places, sizeof *s->signatures);
    s->compared = mem_new(n, sizeof *s->compared);
    s->room = mem_new(room, sizeof *s->room);
    return s->sets && s->signatures && s->compared && s->room ? TTAG_OK : TTAG_NOMEM;
}

static ttag_status keep(near_pair **out, size_t *n_out, const near_search *s)
{
    *out = mem_new(s->n_pairs, sizeof **out);
    if (!*out)
        return TTAG_NOMEM;
    for (size_t i = 0; i < s->n_pairs; i++)
        if (s->similarities[i] >= s->task->least)
            (*out)[(*n_out)++] =
                (near_pair){s->task->which[s->pairs[i].key >> 32],
                            s->task->which[(uint32_t)s->pairs[i].key], s->similarities[i]};
    return TTAG_OK;
}

static ttag_status run(near_search *s)
{
    const near_task *t = s->task;
    ttag_status status = reserve(s);
    min_hash_keys_init(&s->keys);
    if (status == TTAG_OK)
        status =
            parallel_for(t->threads, (t->n + BLOCK - 1) / BLOCK, sign_block, s, t->monitor, NULL);
    for (size_t i = 0; status == TTAG_OK && i < t->n; i++)
        if (s->sets[i].n >= NEAR_LEAST_SHINGLES)
            s->compared[s->n_compared++] = (uint32_t)i;
    if (status == TTAG_OK)
        status = parallel_for(t->threads, BANDS, look_at_band, s, t->monitor, NULL);
    if (status == TTAG_OK)
        status = put_together(s);
    if (status == TTAG_OK)
        status = parallel_for(t->threads, (s->n_pairs + BLOCK - 1) / BLOCK, compare_block, s,
                              t->monitor, NULL);
    return status;
}

ttag_status near_pairs_find(near_pair **out, size_t *n_out, const near_task *task)
{
    near_search *s = mem_zero(1, sizeof *s);
    *out = NULL;
    *n_out = 0;
    if (!s)
        return TTAG_NOMEM;
    s->task = task;
    ttag_status status = run(s);
    if (status == TTAG_OK)
        status = keep(out, n_out, s);
    for (size_t i = 0; s->sets && i < task->n; i++)
        shingle_set_dispose(&s->sets[i]);
    for (size_t band = 0; band < BANDS; band++)
        mem_free(s->found[band].items);
    mem_free(s->sets);
    mem_free(s->signatures);
    mem_free(s->compared);
    mem_free(s->room);
    mem_free(s->pairs);
    mem_free(s->similarities);
    mem_free(s);
    return status;
}
