/* A place for each term of the vocabulary, so that nothing is searched. Places of earlier articles
   are told from those of this one by being lower. */
#include "features/counts.h"

#include <string.h>

#include "base/memory.h"

static bool reserve_places(term_counts *c, size_t n_terms)
{
    size_t old = c->n_places;
    if (!mem_grow(&c->places, &c->n_places, n_terms, sizeof *c->places))
        return false;
    memset(c->places + old, 0, (c->n_places - old) * sizeof *c->places);
    return true;
}

/* Where `base` and positions begin to leave no room for each other, once in some million articles,
   and at the first one. */
static void forget_places(term_counts *c)
{
    if (c->n_places > 0)
        memset(c->places, 0, c->n_places * sizeof *c->places);
    c->base = 1;
}

bool counts_reserve(term_counts *c, size_t more, size_t n_terms)
{
    size_t need;
    if (!size_add(&need, c->size, more) || need >= UINT32_MAX / 2 ||
        !mem_grow(&c->items, &c->capacity, need + 1, sizeof *c->items))
        return false;
    if (n_terms > c->n_places && !reserve_places(c, n_terms))
        return false;
    if (c->size == 0 && (c->base == 0 || c->base > UINT32_MAX / 2))
        forget_places(c);
    return true;
}

void counts_clear(term_counts *c)
{
    c->base += (uint32_t)c->size;
    c->size = 0;
}

void counts_dispose(term_counts *c)
{
    mem_free(c->items);
    mem_free(c->places);
    *c = (term_counts){0};
}
