/* How often each term occurs in one article. */
#ifndef FEATURES_COUNTS_H
#define FEATURES_COUNTS_H

#include "ttag/base.h"

typedef struct term_count {
    uint32_t term;
    uint32_t count;
} term_count;

typedef struct term_counts {
    term_count *items; /* size, distinct terms in order of first occurrence */
    size_t size, capacity;
    uint32_t *places; /* n_places, by term: `base` + its position in items; else under `base` */
    size_t n_places;
    uint32_t base;
} term_counts; /* zero-initialise before use */

/* Room for `more` further terms, all of which are under n_terms: counts_add then cannot fail.
   false: no memory. */
bool counts_reserve(term_counts *counts, size_t more, size_t n_terms);
void counts_clear(term_counts *counts); /* keeps the memory */
void counts_dispose(term_counts *counts);

/* Each of them `times` times. There is room. Whether a term is new cannot be foreseen, so nothing
   branches on it. */
static inline void counts_add_times(term_counts *c, const uint32_t *terms, size_t n, uint32_t times)
{
    term_count *items = c->items;
    uint32_t *places = c->places, base = c->base, size = (uint32_t)c->size;
    for (size_t i = 0; i < n; i++) {
        uint32_t term = terms[i], position = places[term] - base;
        bool is_new = position >= size;
        position = is_new ? size : position;
        items[size] = (term_count){term, 0};
        items[position].count += times;
        places[term] = base + position;
        size += is_new;
    }
    c->size = size;
}

static inline void counts_add_all(term_counts *c, const uint32_t *terms, size_t n)
{
    counts_add_times(c, terms, n, 1);
}

static inline void counts_add(term_counts *c, uint32_t term)
{
    counts_add_all(c, &term, 1);
}

/* Where a term that has been counted stands in items. */
static inline uint32_t counts_position(const term_counts *c, uint32_t term)
{
    return c->places[term] - c->base;
}

/* Has the term's place fetched for counts_add. There is room. */
static inline void counts_expect(const term_counts *c, uint32_t term)
{
    __builtin_prefetch(&c->places[term], 1);
}

#endif
