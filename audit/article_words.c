/* Words to hashes to shingles. */
#include "audit/article_words.h"

#include <stdlib.h>
#include <string.h>

#include "audit/word_scan.h"
#include "base/memory.h"

static bool add_words(article_words *out, size_t *capacity, ttag_view text)
{
    word_scan scan = {.text = text};
    while (word_scan_next(&scan)) {
        if (!mem_grow(&out->hashes, capacity, out->n + 1, sizeof *out->hashes))
            return false;
        out->hashes[out->n++] = scan.hash;
    }
    return true;
}

bool article_words_make(article_words *out, ttag_view title, ttag_view text)
{
    size_t capacity = 0;
    *out = (article_words){0};
    bool ok = add_words(out, &capacity, title);
    out->n_title = out->n;
    ok = ok && add_words(out, &capacity, text);
    if (!ok)
        article_words_dispose(out);
    return ok;
}

void article_words_dispose(article_words *words)
{
    mem_free(words->hashes);
    *words = (article_words){0};
}

bool article_words_equal(const article_words *a, const article_words *b)
{
    return a->n == b->n &&
           (a->n == 0 || memcmp(a->hashes, b->hashes, a->n * sizeof *a->hashes) == 0);
}

/* ---- Shingles. ---- */

static uint64_t shingle_of(const uint64_t *words, size_t n)
{
    uint64_t h = n;
    for (size_t i = 0; i < n; i++) {
        h = (h ^ words[i]) * 0x9fb21c651e98df25u;
        h ^= h >> 32;
    }
    return h;
}

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

bool shingle_set_make(shingle_set *out, const article_words *words)
{
    size_t run = words->n < SHINGLE ? words->n : SHINGLE;
    size_t n = run ? words->n - run + 1 : 0;
    *out = (shingle_set){mem_new(n, sizeof *out->items), 0};
    if (!out->items)
        return false;
    for (size_t i = 0; i < n; i++)
        out->items[i] = shingle_of(words->hashes + i, run);
    qsort(out->items, n, sizeof *out->items, by_value);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || out->items[i] != out->items[i - 1])
            out->items[out->n++] = out->items[i];
    return true;
}

void shingle_set_dispose(shingle_set *set)
{
    mem_free(set->items);
    *set = (shingle_set){0};
}

double shingle_sets_jaccard(const shingle_set *a, const shingle_set *b)
{
    size_t i = 0, j = 0, common = 0;
    while (i < a->n && j < b->n) {
        uint64_t x = a->items[i], y = b->items[j];
        common += x == y;
        i += x <= y;
        j += y <= x;
    }
    size_t all = a->n + b->n - common;
    return all ? (double)common / (double)all : 0;
}
