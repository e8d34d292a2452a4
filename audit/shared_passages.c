/* Fingerprints that several articles have → runs in common, extended both ways → passages. */
#include "audit/shared_passages.h"

#include <stdlib.h>

#include "articles/utf8.h"
#include "audit/fingerprints.h"
#include "audit/word_scan.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/radix.h"

enum { BLOCK = 256 /* articles that a worker takes at once */ };

/* A run that article `first` shares with `other`: words from `at` and from `other_at`. */
typedef struct match {
    uint32_t first, other, at, other_at, words;
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

/* The longest run around both places that the two articles have in common; words 0: none. */
static match extend(const search *s, uint64_t a, uint64_t b)
{
    match m = {(uint32_t)(a >> 32), (uint32_t)(b >> 32), (uint32_t)a, (uint32_t)b, 0};
    size_t n_first, n_other;
    const uint64_t *first = text_words(s, m.first, &n_first);
    const uint64_t *other = text_words(s, m.other, &n_other);
    while (m.at > 0 && m.other_at > 0 && first[m.at - 1] == other[m.other_at - 1]) {
        m.at--;
        m.other_at--;
    }
    while (m.at + m.words < n_first && m.other_at + m.words < n_other &&
           first[m.at + m.words] == other[m.other_at + m.words])
        m.words++;
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
    if (status == TTAG_OK)
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

/* Where the words of a run are in the article's text, in bytes. */
static ttag_view words_at(ttag_view text, size_t first, size_t words, size_t *start)
{
    word_scan scan = {.text = text};
    size_t from = 0;
    for (size_t i = 0; i < first + words && word_scan_next(&scan); i++)
        from = i == first ? scan.start : from;
    *start = from;
    return (ttag_view){text.bytes + from, scan.end - from};
}

static ttag_audit_place place_of(const audited_feed *feed, uint32_t article, size_t first,
                                 size_t words, ttag_view *passage)
{
    size_t start;
    ttag_view text = feed->articles[article].text;
    *passage = words_at(text, first, words, &start);
    size_t before = utf8_count((ttag_view){text.bytes, start});
    return (ttag_audit_place){article, before, before + utf8_count(*passage), words};
}

/* The passage of matches[first … end - 1], which overlap; of each other article its longest run. */
static void add_passage(shared_passages *out, size_t *n_places, search *s, size_t first, size_t end)
{
    match *m = s->matches;
    uint32_t article = m[first].first, from = m[first].at, to = from;
    ttag_view passage;
    for (size_t k = first; k < end; k++)
        to = m[k].at + m[k].words > to ? m[k].at + m[k].words : to;
    ttag_audit_passage *p = &out->items[out->n++];
    ttag_audit_place *places = out->places + *n_places;
    *p = (ttag_audit_passage){.places = places, .n = 1, .words = to - from};
    places[0] = place_of(s->task->feed, article, from, to - from, &p->text);
    qsort(m + first, end - first, sizeof *m, by_other);
    for (size_t k = first; k < end; k++)
        if (k == first || m[k].other != m[k - 1].other)
            places[p->n++] =
                place_of(s->task->feed, m[k].other, m[k].other_at, m[k].words, &passage);
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
        size_t to = s->matches[first].at + s->matches[first].words;
        for (end = first + 1; end < n; end++) {
            const match *m = &s->matches[end];
            if (m->first != s->matches[first].first || m->at >= to)
                break;
            to = m->at + m->words > to ? m->at + m->words : to;
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
    search s = {.task = task, .run = task->least / 2};
    s.window = task->least - s.run + 1;
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
