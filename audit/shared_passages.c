/* Fingerprints that several articles have → what is in common around them → passages. */
#include "audit/shared_passages.h"

#include <stdlib.h>

#include "articles/utf8.h"
#include "audit/fingerprints.h"
#include "audit/word_scan.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/radix.h"

enum {
    BLOCK = 256, /* articles that a worker takes at once */
    RUN_LEAST = 4,
    GAP_MOST = 4, /* changed words on either side that a passage goes on behind … */
    BRIDGE = 4    /* … if so many equal ones follow */
};

/* What article `first` shares with `other`: from `at` to `end`, from `other_at` to `other_end`; of
   these words so many are equal, the others are in gaps. */
typedef struct match {
    uint32_t first, other, at, end, other_at, other_end, words;
} match;

typedef struct search {
    const passages_task *task;
    size_t run, window;
    size_t n_blocks;
    fingerprint_list *blocks; /* n_blocks */
    size_t *ends;             /* n of the feed: of the article's fingerprints in its block's */
    radix_item *items;        /* n_items: hash, article << 32 | word */
    size_t n_items;
    match *matches;
    size_t n_matches, matches_capacity;
} search;

static const uint64_t *text_words(const search *s, uint32_t article, size_t *n)
{
    const article_words *w = &s->task->feed->words[article];
    *n = w->n - w->n_title;
    return w->n ? w->hashes + w->n_title : NULL;
}

/* ---- Fingerprints of all articles. ---- */

static ttag_status print_block(void *context, size_t block, unsigned worker)
{
    search *s = context;
    size_t n = s->task->feed->n, end = (block + 1) * BLOCK < n ? (block + 1) * BLOCK : n;
    (void)worker;
    for (size_t i = block * BLOCK; i < end; i++) {
        size_t n_words;
        const uint64_t *words = text_words(s, (uint32_t)i, &n_words);
        if (!fingerprints_add(&s->blocks[block], words, n_words, s->run, s->window))
            return TTAG_NOMEM;
        s->ends[i] = s->blocks[block].n;
    }
    return TTAG_OK;
}

static ttag_status sort_fingerprints(search *s)
{
    size_t n = 0, at = 0;
    for (size_t b = 0; b < s->n_blocks; b++)
        n += s->blocks[b].n;
    s->items = mem_new(2 * n, sizeof *s->items);
    if (!s->items)
        return TTAG_NOMEM;
    for (size_t i = 0; i < s->task->feed->n; i++) {
        fingerprint_list *block = &s->blocks[i / BLOCK];
        for (size_t k = i % BLOCK ? s->ends[i - 1] : 0; k < s->ends[i]; k++)
            s->items[at++] = (radix_item){block->items[k].hash, i << 32 | block->items[k].at};
    }
    radix_item *sorted = radix_sort(s->items, s->items + n, n, UINT64_MAX);
    if (sorted != s->items && n)
        memcpy(s->items, sorted, n * sizeof *sorted);
    s->n_items = n;
    return TTAG_OK;
}

/* ---- Runs in common. ---- */

/* Words of two articles, compared from left to right (step 1) or from right to left (step -1). */
typedef struct side_by_side {
    const uint64_t *first, *other;
    size_t n_first, n_other;
    ptrdiff_t step;
} side_by_side;

/* Equal words from i and j on, at most `most`. */
static size_t equal_words(const side_by_side *s, ptrdiff_t i, ptrdiff_t j, size_t most)
{
    size_t n = 0;
    while (n < most && i >= 0 && j >= 0 && (size_t)i < s->n_first && (size_t)j < s->n_other &&
           s->first[i] == s->other[j]) {
        i += s->step;
        j += s->step;
        n++;
    }
    return n;
}

/* The shortest gap behind which words are equal again; false: there is none. */
static bool pass_gap(const side_by_side *s, ptrdiff_t *i, ptrdiff_t *j)
{
    for (ptrdiff_t both = 1; both <= 2 * GAP_MOST; both++)
        for (ptrdiff_t own = both > GAP_MOST ? both - GAP_MOST : 0; own <= both && own <= GAP_MOST;
             own++) {
            ptrdiff_t x = *i + own * s->step, y = *j + (both - own) * s->step;
            if (equal_words(s, x, y, BRIDGE) == BRIDGE) {
                *i = x;
                *j = y;
                return true;
            }
        }
    return false;
}

/* Goes as far as words are equal, short gaps aside; *i and *j stand behind the last equal ones.
   Returns how many are equal. */
static size_t go(const side_by_side *s, ptrdiff_t *i, ptrdiff_t *j)
{
    size_t words = 0;
    do {
        size_t n = equal_words(s, *i, *j, SIZE_MAX);
        *i += (ptrdiff_t)n * s->step;
        *j += (ptrdiff_t)n * s->step;
        words += n;
    } while (pass_gap(s, i, j));
    return words;
}

/* What the two articles have in common around both places. */
static match extend(const search *s, uint64_t a, uint64_t b)
{
    match m = {.first = (uint32_t)(a >> 32), .other = (uint32_t)(b >> 32)};
    side_by_side both = {.step = 1};
    both.first = text_words(s, m.first, &both.n_first);
    both.other = text_words(s, m.other, &both.n_other);
    ptrdiff_t i = (uint32_t)a, j = (uint32_t)b;
    size_t words = go(&both, &i, &j);
    m.end = (uint32_t)i;
    m.other_end = (uint32_t)j;
    both.step = -1;
    i = (ptrdiff_t)(uint32_t)a - 1;
    j = (ptrdiff_t)(uint32_t)b - 1;
    words += go(&both, &i, &j);
    m.at = (uint32_t)(i + 1);
    m.other_at = (uint32_t)(j + 1);
    m.words = (uint32_t)words;
    return m;
}

/* The article of items[first] against the others that have its fingerprint. */
static ttag_status match_others(search *s, size_t first, size_t end)
{
    const uint32_t *cluster_of = s->task->cluster_of;
    uint32_t self = (uint32_t)(s->items[first].what >> 32);
    for (size_t k = first + 1; k < end; k++) {
        uint32_t other = (uint32_t)(s->items[k].what >> 32);
        bool copies = cluster_of[self] != CLUSTER_NONE && cluster_of[self] == cluster_of[other];
        if (other == self || copies)
            continue;
        match m = extend(s, s->items[first].what, s->items[k].what);
        if (m.words < s->task->least)
            continue;
        if (!mem_grow(&s->matches, &s->matches_capacity, s->n_matches + 1, sizeof *s->matches))
            return TTAG_NOMEM;
        s->matches[s->n_matches++] = m;
    }
    return TTAG_OK;
}

static int compare(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

static int by_place(const void *a, const void *b)
{
    const match *x = a, *y = b;
    int order = compare(x->first, y->first);
    order = order ? order : compare(x->at, y->at);
    order = order ? order : compare(y->words, x->words);
    order = order ? order : compare(x->other, y->other);
    return order ? order : compare(x->other_at, y->other_at);
}

static ttag_status find_matches(search *s)
{
    ttag_status status = TTAG_OK;
    for (size_t first = 0, end; status == TTAG_OK && first < s->n_items; first = end) {
        for (end = first + 1; end < s->n_items && s->items[end].key == s->items[first].key;)
            end++;
        status = match_others(s, first, end);
    }
    if (status == TTAG_OK && s->n_matches)
        qsort(s->matches, s->n_matches, sizeof *s->matches, by_place);
    return status;
}

/* ---- Passages. ---- */

static int by_other(const void *a, const void *b)
{
    const match *x = a, *y = b;
    int order = compare(x->other, y->other);
    order = order ? order : compare(y->words, x->words);
    return order ? order : compare(x->other_at, y->other_at);
}

/* Words from `at` to `end` of the article's text. */
static ttag_audit_place place_of(const audited_feed *feed, uint32_t article, size_t at, size_t end,
                                 ttag_view *passage)
{
    ttag_view text = feed->articles[article].text;
    word_scan scan = {.text = text};
    size_t from = 0;
    for (size_t i = 0; i < end && word_scan_next(&scan); i++)
        from = i == at ? scan.start : from;
    *passage = (ttag_view){text.bytes + from, scan.end - from};
    size_t before = utf8_count((ttag_view){text.bytes, from});
    return (ttag_audit_place){article, before, before + utf8_count(*passage), 0};
}

/* The passage of matches[first … end - 1], which overlap; of each other article the longest one. */
static void add_passage(shared_passages *out, size_t *n_places, search *s, size_t first, size_t end)
{
    match *m = s->matches;
    uint32_t article = m[first].first, from = m[first].at, to = from;
    ttag_view passage;
    for (size_t k = first; k < end; k++)
        to = m[k].end > to ? m[k].end : to;
    ttag_audit_passage *p = &out->items[out->n++];
    ttag_audit_place *places = out->places + *n_places;
    *p = (ttag_audit_passage){.places = places, .n = 1, .words = to - from};
    places[0] = place_of(s->task->feed, article, from, to, &p->text);
    places[0].words = to - from;
    qsort(m + first, end - first, sizeof *m, by_other);
    for (size_t k = first; k < end; k++)
        if (k == first || m[k].other != m[k - 1].other) {
            places[p->n] =
                place_of(s->task->feed, m[k].other, m[k].other_at, m[k].other_end, &passage);
            places[p->n++].words = m[k].words;
        }
    *n_places += p->n;
}

static int by_repeated(const void *a, const void *b)
{
    const ttag_audit_passage *x = a, *y = b;
    int order = compare(y->words * (y->n - 1), x->words * (x->n - 1));
    order = order ? order : compare(x->places[0].article, y->places[0].article);
    return order ? order : compare(x->places[0].start, y->places[0].start);
}

static ttag_status make_passages(shared_passages *out, search *s)
{
    size_t n_places = 0, n = s->n_matches;
    out->items = mem_new(n, sizeof *out->items);
    out->places = mem_new(2 * n, sizeof *out->places);
    if (!out->items || !out->places)
        return TTAG_NOMEM;
    for (size_t first = 0, end; first < n; first = end) {
        size_t to = s->matches[first].end;
        for (end = first + 1; end < n; end++) {
            const match *m = &s->matches[end];
            if (m->first != s->matches[first].first || m->at >= to)
                break;
            to = m->end > to ? m->end : to;
        }
        add_passage(out, &n_places, s, first, end);
    }
    qsort(out->items, out->n, sizeof *out->items, by_repeated);
    return TTAG_OK;
}

/* ---- All of it. ---- */

static ttag_status run(shared_passages *out, search *s)
{
    size_t n = s->task->feed->n;
    s->n_blocks = (n + BLOCK - 1) / BLOCK;
    s->blocks = mem_zero(s->n_blocks, sizeof *s->blocks);
    s->ends = mem_new(n, sizeof *s->ends);
    if (!s->blocks || !s->ends)
        return TTAG_NOMEM;
    ttag_status status =
        parallel_for(s->task->threads, s->n_blocks, print_block, s, s->task->monitor, NULL);
    if (status == TTAG_OK)
        status = sort_fingerprints(s);
    if (status == TTAG_OK)
        status = find_matches(s);
    return status == TTAG_OK ? make_passages(out, s) : status;
}

ttag_status shared_passages_find(shared_passages *out, const passages_task *task)
{
    search s = {.task = task, .run = task->least / 4};
    s.run = s.run < RUN_LEAST ? RUN_LEAST : s.run;
    s.window = task->least / 2 - s.run + 1; /* runs of half of it are found */
    ttag_status status = run(out, &s);
    for (size_t b = 0; s.blocks && b < s.n_blocks; b++)
        fingerprints_dispose(&s.blocks[b]);
    mem_free(s.blocks);
    mem_free(s.ends);
    mem_free(s.items);
    mem_free(s.matches);
    return status;
}

void shared_passages_dispose(shared_passages *p)
{
    mem_free(p->items);
    mem_free(p->places);
    *p = (shared_passages){0};
}
