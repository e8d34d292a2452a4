/* Terms in byte order with a hash table over them; every bound is checked when it is used. A slot
   holds a short term itself and of a long one a part of its hash, so that hardly ever bytes are
   compared in vain; but compared they are. */
#include "features/vocabulary.h"

#include <string.h>

#include "base/memory.h"
#include "features/first_slots.h"
#include "features/tfidf.h"

enum {
    /* Longest search; far over what a table at most half full needs. It keeps a stranger's table,
       all slots taken, from costing more than this for each word. */
    PROBES_MOST = 1024
};

ttag_view ttag_vocabulary_term(const ttag_vocabulary *v, uint32_t number)
{
    if (number >= v->n_terms)
        return (ttag_view){NULL, 0};
    uint64_t start = v->offsets[number], end = v->offsets[number + (size_t)1];
    if (start > end || end > v->n_bytes)
        return (ttag_view){NULL, 0};
    return (ttag_view){v->bytes + start, (size_t)(end - start)};
}

/* ---- One term. ---- */

/* An n-gram, or TITLE_PREFIX or CHAR_PREFIX and that, as a slot has it. */
typedef struct query {
    uint64_t hash, key;
    uint64_t mask; /* the bits of a slot's key that are to be those of `key` */
    size_t size, prefix;
    const char *before; /* prefix bytes */
    const char *ngram;  /* size - prefix bytes */
} query;

static query query_of(const text_term *term, const char *ngram, bool of_title)
{
    if (of_title) {
        uint64_t hash = title_hash(term->hash);
        return (query){
            hash,         hash, ~SLOT_OFFSET, TITLE_PREFIX_SIZE + term->size, TITLE_PREFIX_SIZE,
            TITLE_PREFIX, ngram};
    }
    uint64_t mask = term->size <= KEY_BYTES ? UINT64_MAX : ~SLOT_OFFSET;
    return (query){term->hash, term->key, mask, term->size, 0, "", ngram};
}

/* Of an n-gram of characters, whose hash is that of the term. */
static query query_of_chars(const text_term *term, const char *ngram)
{
    return (query){term->hash,       term->hash,  ~SLOT_OFFSET, CHAR_PREFIX_SIZE + term->size,
                   CHAR_PREFIX_SIZE, CHAR_PREFIX, ngram};
}

/* Of the bytes of a whole term. */
static query query_of_bytes(ttag_view term)
{
    if (is_char_term(term)) {
        const char *ngram = term.bytes + CHAR_PREFIX_SIZE;
        text_term characters = token_term(ngram, term.size - CHAR_PREFIX_SIZE, 0);
        characters.hash = char_hash(characters.hash);
        return query_of_chars(&characters, ngram);
    }
    bool of_title = is_title_term(term);
    size_t prefix = of_title ? TITLE_PREFIX_SIZE : 0;
    text_term ngram = ngram_term(term.bytes + prefix, term.size - prefix, 0);
    return query_of(&ngram, term.bytes + prefix, of_title);
}

/* Of the number that a term with this hash has in a hashed vocabulary. */
static query query_of_number(uint32_t hash_bits, uint64_t hash)
{
    uint32_t number = hashed_number(hash, hash_bits);
    return (query){.hash = number, .key = number, .mask = UINT64_MAX};
}

/* Whether the term that begins where the slot says is the one asked for. */
static bool has_bytes(const ttag_vocabulary *v, uint64_t key, const query *q)
{
    uint64_t start = key & SLOT_OFFSET;
    if (start > v->n_bytes || v->n_bytes - start < q->size)
        return false;
    const char *bytes = v->bytes + start;
    return memcmp(bytes, q->before, q->prefix) == 0 &&
           memcmp(bytes + q->prefix, q->ngram, q->size - q->prefix) == 0;
}

static uint32_t find(const ttag_vocabulary *v, const query *q)
{
    size_t mask = v->n_slots - 1;
    for (size_t probe = 0; probe <= mask && probe < PROBES_MOST; probe++) {
        const ttag_slot *slot = &v->slots[((size_t)q->hash + probe) & mask];
        if (slot->entry == 0)
            break;
        if (((slot->key ^ q->key) & q->mask) == 0 && slot->size == q->size &&
            slot->entry <= v->n_terms && (q->mask == UINT64_MAX || has_bytes(v, slot->key, q)))
            return slot->entry - 1;
    }
    return TERM_NONE;
}

uint32_t ttag_vocabulary_find(const ttag_vocabulary *v, ttag_view term)
{
    if (v->n_slots == 0 || term.size == 0)
        return TERM_NONE;
    query q = query_of_bytes(term);
    if (v->hash_bits)
        q = query_of_number(v->hash_bits, q.hash);
    return find(v, &q);
}

/* ---- Many terms at once. ---- */

void vocabulary_expect(const ttag_vocabulary *v, const text_term *terms, size_t n)
{
    if (v->n_slots > 0)
        for (size_t i = 0; i < n; i++)
            __builtin_prefetch(&v->slots[(size_t)terms[i].hash & (v->n_slots - 1)]);
}

static uint32_t find_term(const ttag_vocabulary *v, const text_term *term, const char *bytes)
{
    query q = query_of(term, bytes + term->start, false);
    return find(v, &q);
}

/* Where the bytes begin that the term's first slot speaks of. Anything may stand there. */
static uint64_t first_offset(const ttag_vocabulary *v, const text_term *term)
{
    return v->slots[(size_t)term->hash & (v->n_slots - 1)].key & SLOT_OFFSET;
}

/* Whether a long term that is likely that of its first slot is so. */
static bool is_first(const ttag_vocabulary *v, const text_term *term, const char *bytes)
{
    uint64_t start = first_offset(v, term);
    if (term->size <= SHORT_BYTES && v->n_bytes >= SHORT_BYTES && start <= v->n_bytes - SHORT_BYTES)
        return short_bytes_equal(v->bytes + start, bytes + term->start, term->size);
    query q = query_of(term, bytes + term->start, false);
    return has_bytes(v, start, &q);
}

/* Positions may be anything, so that they are added to numbers. */
static void prefetch_bytes(const ttag_vocabulary *v, const text_term *terms, uint64_t which)
{
    for (; which; which &= which - 1) {
        uint64_t start = first_offset(v, &terms[__builtin_ctzll(which)]);
        __builtin_prefetch((const void *)((uintptr_t)v->bytes + (uintptr_t)start));
    }
}

/* Of those in `which`, the ones that the vocabulary has, by looking further than the first slot. */
static uint64_t find_further(const ttag_vocabulary *v, uint32_t *numbers, const text_term *terms,
                             uint64_t which, const char *bytes)
{
    uint64_t found = 0;
    for (; which; which &= which - 1) {
        int i = __builtin_ctzll(which);
        if (numbers[i] == TERM_NONE) /* the slot is free */
            continue;
        numbers[i] = find_term(v, &terms[i], bytes);
        found |= (uint64_t)(numbers[i] != TERM_NONE) << i;
    }
    return found;
}

/* Of the long ones in `which`, those that are what they seem. */
static uint64_t make_sure(const ttag_vocabulary *v, const text_term *terms, uint64_t which,
                          const char *bytes)
{
    uint64_t sure = 0;
    for (; which; which &= which - 1) {
        int i = __builtin_ctzll(which);
        sure |= (uint64_t)is_first(v, &terms[i], bytes) << i;
    }
    return sure;
}

/* Bits of those that the vocabulary has; numbers[TERMS_AT_ONCE], of the others anything. */
static uint64_t find_spelled(const ttag_vocabulary *v, uint32_t *numbers, const text_term *terms,
                             size_t n, const char *bytes)
{
    first_slots first;
    first_slots_best()->look(&first, numbers, v, terms, n);
    uint64_t unsure = first.likely & first.longs, found = first.likely & ~first.longs;
    prefetch_bytes(v, terms, unsure);
    uint64_t further = ~first.likely & UINT64_MAX >> (TERMS_AT_ONCE - n);
    found |= find_further(v, numbers, terms, further, bytes);
    uint64_t sure = make_sure(v, terms, unsure, bytes);
    return found | sure | find_further(v, numbers, terms, unsure & ~sure, bytes);
}

static size_t find_hashed(const ttag_vocabulary *v, uint32_t *numbers, const text_term *terms,
                          size_t n, bool of_title)
{
    query queries[TERMS_AT_ONCE];
    size_t found = 0;
    for (size_t i = 0; i < n; i++) {
        uint64_t hash = of_title ? title_hash(terms[i].hash) : terms[i].hash;
        queries[i] = query_of_number(v->hash_bits, hash);
        __builtin_prefetch(&v->slots[(size_t)queries[i].hash & (v->n_slots - 1)]);
    }
    for (size_t i = 0; i < n; i++) {
        numbers[found] = find(v, &queries[i]);
        found += numbers[found] != TERM_NONE;
    }
    return found;
}

size_t vocabulary_find_all(const ttag_vocabulary *v, uint32_t numbers[TERMS_AT_ONCE],
                           const text_term *terms, size_t n, const char *bytes)
{
    if (v->n_slots == 0 || n == 0)
        return 0;
    if (v->hash_bits)
        return find_hashed(v, numbers, terms, n, false);
    uint64_t found = find_spelled(v, numbers, terms, n, bytes);
    return first_slots_best()->keep(numbers, found);
}

void vocabulary_find_each(const ttag_vocabulary *v, uint32_t *numbers, const text_term *terms,
                          size_t n, const char *bytes)
{
    uint32_t some[TERMS_AT_ONCE];
    uint64_t found = 0;
    if (v->n_slots > 0 && n > 0 && !v->hash_bits)
        found = find_spelled(v, some, terms, n, bytes);
    for (size_t i = 0; v->n_slots > 0 && v->hash_bits && i < n; i++) {
        query q = query_of_number(v->hash_bits, terms[i].hash);
        some[i] = find(v, &q);
        found |= (uint64_t)(some[i] != TERM_NONE) << i;
    }
    for (size_t i = 0; i < n; i++)
        numbers[i] = found >> i & 1 ? some[i] : TERM_NONE;
}

size_t vocabulary_find_title(const ttag_vocabulary *v, uint32_t numbers[TERMS_AT_ONCE],
                             const text_term *terms, size_t n, const char *bytes)
{
    size_t found = 0;
    if (v->n_slots > 0 && v->hash_bits)
        return find_hashed(v, numbers, terms, n, true);
    for (size_t i = 0; v->n_slots > 0 && i < n; i++) {
        query q = query_of(&terms[i], bytes + terms[i].start, true);
        uint32_t number = find(v, &q);
        numbers[found] = number;
        found += number != TERM_NONE;
    }
    return found;
}

size_t vocabulary_find_chars(const ttag_vocabulary *v, uint32_t numbers[TERMS_AT_ONCE],
                             const text_term *grams, size_t n, const char *bytes)
{
    size_t found = 0;
    if (v->n_slots > 0 && v->hash_bits)
        return find_hashed(v, numbers, grams, n, false);
    vocabulary_expect(v, grams, n);
    for (size_t i = 0; v->n_slots > 0 && i < n; i++) {
        query q = query_of_chars(&grams[i], bytes + grams[i].start);
        numbers[found] = find(v, &q);
        found += numbers[found] != TERM_NONE;
    }
    return found;
}

/* ---- Building. ---- */

/* Room for n terms of n_bytes in all, and a table at most so many percent full. */
static bool allocate(vocabulary_store *out, size_t n, size_t n_bytes, unsigned percent,
                     size_t *n_slots)
{
    size_t hundredfold;
    if (!size_mul(&hundredfold, n, 100))
        return false;
    *n_slots = 16;
    while (*n_slots < hundredfold / percent)
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

static void enter(vocabulary_store *store, size_t n_slots, const vocabulary_entry *entry,
                  uint32_t number, uint32_t hash_bits)
{
    query q = hash_bits ? query_of_number(hash_bits, entry->hashed) : query_of_bytes(entry->term);
    size_t at = (size_t)q.hash & (n_slots - 1);
    while (store->slots[at].entry != 0)
        at = (at + 1) & (n_slots - 1);
    uint64_t start = q.mask == UINT64_MAX ? 0 : store->offsets[number] & SLOT_OFFSET;
    store->slots[at] = (ttag_slot){(q.key & q.mask) | start, (uint32_t)q.size, number + 1};
}

/* The more frequent before the rarer, by powers of two: they get the first slots. */
static void enter_all(vocabulary_store *store, size_t n_slots, const vocabulary_entry *entries,
                      size_t n_entries, uint32_t hash_bits)
{
    uint64_t high = 1, low;
    for (size_t i = 0; i < n_entries; i++)
        while (high <= entries[i].df)
            high *= 2;
    for (; high > 0; high = low) {
        low = high / 2;
        for (size_t i = 0; i < n_entries; i++)
            if (entries[i].df >= low && entries[i].df < high)
                enter(store, n_slots, &entries[i], (uint32_t)i, hash_bits);
    }
}

bool vocabulary_build(vocabulary_store *out, const vocabulary_entry *entries, size_t n_entries,
                      size_t n_articles, const ttag_text_opts *opts, unsigned percent)
{
    size_t n_bytes = 0, n_slots;
    for (size_t i = 0; i < n_entries; i++)
        n_bytes += entries[i].term.size;
    if (!allocate(out, n_entries, n_bytes, percent, &n_slots))
        return false;
    uint64_t offset = 0;
    for (size_t i = 0; i < n_entries; i++) {
        ttag_view term = entries[i].term;
        out->offsets[i] = offset;
        memcpy(out->bytes + offset, term.bytes, term.size);
        offset += term.size;
        out->df[i] = entries[i].df;
        out->idf[i] = inverse_document_frequency(n_articles, entries[i].df, opts->smooth_idf);
    }
    out->offsets[n_entries] = offset;
    enter_all(out, n_slots, entries, n_entries, opts->hash_bits);
    out->view = (ttag_vocabulary){n_entries, out->offsets, out->bytes, n_bytes,        out->df,
                                  out->idf,  out->slots,   n_slots,    opts->hash_bits};
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
