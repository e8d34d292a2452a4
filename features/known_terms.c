/* Numbering, and choosing what a vocabulary is built of. */
#include "features/known_terms.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/view.h"
#include "features/vocabulary_order.h"

enum { STRINGS_AHEAD = 8, SLOTS_AHEAD = 16 };

/* ---- Numbers. ---- */

static bool hash_terms(known_terms *k, const term_batch *batch, uint32_t *numbers)
{
    for (size_t i = 0; i < batch->names.count; i++) {
        numbers[i] = hashed_terms_add(&k->hashed, intern_view(&batch->names, (uint32_t)i),
                                      batch->terms[i].hash);
        if (numbers[i] == UINT32_MAX)
            return false;
    }
    return true;
}

static bool name_terms(known_terms *k, const term_batch *batch, uint32_t *numbers)
{
    size_t n = batch->names.count;
    for (size_t i = 0; i < n; i++) {
        if (i + SLOTS_AHEAD < n)
            intern_prefetch(&k->names, batch->terms[i + SLOTS_AHEAD].hash);
        if (i + STRINGS_AHEAD < n)
            intern_prefetch_string(&k->names, batch->terms[i + STRINGS_AHEAD].hash);
        numbers[i] = intern_add_hashed(&k->names, intern_view(&batch->names, (uint32_t)i),
                                       batch->terms[i].hash);
        if (numbers[i] == INTERN_NONE)
            return false;
    }
    return true;
}

ttag_status known_terms_add(known_terms *k, const term_batch *batch, uint32_t *numbers)
{
    bool hashed = k->hashed.bits > 0;
    bool ok = hashed ? hash_terms(k, batch, numbers) : name_terms(k, batch, numbers);
    size_t n = hashed ? k->hashed.n : k->names.count;
    if (!ok && k->names.count >= INTERN_NONE - 1)
        return TTAG_LIMIT;
    if (!ok || !mem_grow(&k->df, &k->df_capacity, n, sizeof *k->df))
        return TTAG_NOMEM;
    while (k->n < n)
        k->df[k->n++] = 0;
    for (size_t i = 0; i < batch->names.count; i++)
        k->df[numbers[i]] += batch->terms[i].df;
    return TTAG_OK;
}

void known_terms_dispose(known_terms *k)
{
    intern_dispose(&k->names);
    hashed_terms_dispose(&k->hashed);
    stop_words_dispose(&k->stop);
    mem_free(k->df);
    *k = (known_terms){0};
}

/* ---- What is kept. ---- */

static bool is_kept(const known_terms *k, size_t number, const ttag_text_opts *opts,
                    size_t n_articles)
{
    return k->df[number] >= opts->min_df &&
           (double)k->df[number] <= opts->max_df * (double)n_articles &&
           (k->stop.words.count == 0 ||
            !stop_words_bound(&k->stop, intern_view(&k->names, (uint32_t)number)));
}

/* The term's bytes are NULL if memory ran out. */
static vocabulary_entry entry_of(const known_terms *k, size_t number, arena *memory)
{
    vocabulary_entry entry = {.df = k->df[number], .number = (uint32_t)number};
    if (k->hashed.bits) {
        entry.term = hashed_terms_name(&k->hashed, number, memory);
        entry.hashed = k->hashed.items[number].number;
    } else {
        entry.term = intern_view(&k->names, (uint32_t)number);
    }
    return entry;
}

static int by_falling_df(const void *a, const void *b)
{
    const vocabulary_entry *x = a, *y = b;
    if (x->df != y->df)
        return x->df < y->df ? 1 : -1;
    return view_compare(x->term, y->term);
}

vocabulary_entry *known_terms_keep(const known_terms *k, const ttag_text_opts *opts,
                                   size_t n_articles, arena *memory, size_t *n)
{
    *n = 0;
    for (size_t i = 0; i < k->n; i++)
        *n += is_kept(k, i, opts, n_articles);
    vocabulary_entry *entries = mem_new(*n, sizeof *entries);
    size_t put = 0;
    bool ok = entries;
    for (size_t i = 0; ok && i < k->n; i++) {
        if (!is_kept(k, i, opts, n_articles))
            continue;
        entries[put] = entry_of(k, i, memory);
        ok = entries[put++].term.bytes;
    }
    if (ok && opts->max_terms && *n > opts->max_terms) {
        qsort(entries, *n, sizeof *entries, by_falling_df);
        *n = opts->max_terms;
    }
    if (ok && (k->hashed.bits ? hashed_order(entries, *n) : vocabulary_order(entries, *n)))
        return entries;
    mem_free(entries);
    return NULL;
}
