/* Terms in byte order with a hash table over them; every bound is checked when it is used. */
#include "features/vocabulary.h"

#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "base/view.h"
#include "features/tfidf.h"

/* Longest search; far over what a table at most half full needs. It keeps a stranger's table, all
   slots taken, from costing more than this for each word. */
enum { PROBES_MOST = 1024 };

ttag_view ttag_vocabulary_term(const ttag_vocabulary *v, uint32_t number)
{
    if (number >= v->n_terms)
        return (ttag_view){NULL, 0};
    uint64_t start = v->offsets[number], end = v->offsets[number + (size_t)1];
    if (start > end || end > v->n_bytes)
        return (ttag_view){NULL, 0};
    return (ttag_view){v->bytes + start, (size_t)(end - start)};
}

uint32_t ttag_vocabulary_find(const ttag_vocabulary *v, ttag_view term)
{
    if (v->n_slots == 0 || term.size == 0) /* an absent term is an empty view */
        return UINT32_MAX;
    size_t mask = v->n_slots - 1;
    size_t slot = (size_t)hash64(term.bytes, term.size) & mask;
    for (size_t probe = 0; probe <= mask && probe < PROBES_MOST; probe++) {
        uint32_t entry = v->slots[slot];
        if (entry == 0)
            return UINT32_MAX;
        if (entry <= v->n_terms && view_equal(ttag_vocabulary_term(v, entry - 1), term))
            return entry - 1;
        slot = (slot + 1) & mask;
    }
    return UINT32_MAX;
}

/* Room for n terms of n_bytes in all, and a table at most half full. */
static bool allocate(vocabulary_store *out, size_t n, size_t n_bytes, size_t *n_slots)
{
    size_t twice;
    if (!size_mul(&twice, n, 2))
        return false;
    *n_slots = 16;
    while (*n_slots < twice)
        *n_slots *= 2;
    out->offsets = mem_new(n + 1, sizeof *out->offsets);
    out->bytes = mem_new(n_bytes, 1);
    out->df = mem_new(n, sizeof *out->df);
    out->idf = mem_new(n, sizeof *out->idf);
    out->slots = mem_zero(*n_slots, sizeof *out->slots);
    if (out->offsets && out->bytes && out->df && out->idf && out->slots)
        return true;
    vocabulary_store_dispose(out);
    return false;
}

static void enter(uint32_t *slots, size_t n_slots, ttag_view term, uint32_t entry)
{
    size_t slot = (size_t)hash64(term.bytes, term.size) & (n_slots - 1);
    while (slots[slot] != 0)
        slot = (slot + 1) & (n_slots - 1);
    slots[slot] = entry;
}

bool vocabulary_build(vocabulary_store *out, const vocabulary_entry *entries, size_t n_entries,
                      size_t n_articles, bool smooth_idf)
{
    size_t n_bytes = 0, n_slots;
    for (size_t i = 0; i < n_entries; i++)
        n_bytes += entries[i].term.size;
    if (!allocate(out, n_entries, n_bytes, &n_slots))
        return false;
    uint64_t offset = 0;
    for (size_t i = 0; i < n_entries; i++) {
        ttag_view term = entries[i].term;
        out->offsets[i] = offset;
        memcpy(out->bytes + offset, term.bytes, term.size);
        offset += term.size;
        out->df[i] = entries[i].df;
        out->idf[i] = inverse_document_frequency(n_articles, entries[i].df, smooth_idf);
        enter(out->slots, n_slots, term, (uint32_t)i + 1);
    }
    out->offsets[n_entries] = offset;
    out->view = (ttag_vocabulary){n_entries, out->offsets, out->bytes, n_bytes,
                                  out->df,   out->idf,     out->slots, n_slots};
    return true;
}

void vocabulary_store_dispose(vocabulary_store *store)
{
    mem_free(store->offsets);
    mem_free(store->bytes);
    mem_free(store->df);
    mem_free(store->idf);
    mem_free(store->slots);
    *store = (vocabulary_store){0};
}
