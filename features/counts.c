/* A small hash table over the terms of one article, so that it stays in the cache however large
   the vocabulary is. */
#include "features/counts.h"

#include <string.h>

#include "base/memory.h"

enum { FEWEST_SLOTS = 256 };

/* The slot that holds the term, or the free one where it belongs. */
static size_t find_slot(const term_counts *c, uint32_t term)
{
    size_t mask = c->n_slots - 1;
    size_t slot = (size_t)(((uint64_t)term * 0x9e3779b97f4a7c15u) >> 32) & mask;
    while (c->slots[slot] >> 32 == c->round && c->items[(uint32_t)c->slots[slot]].term != term)
        slot = (slot + 1) & mask;
    return slot;
}

static void take_slot(term_counts *c, size_t slot, size_t position)
{
    c->slots[slot] = (uint64_t)c->round << 32 | position;
}

/* Doubles the table and enters the items again. */
static bool widen(term_counts *c)
{
    size_t wanted = c->n_slots ? c->n_slots * 2 : FEWEST_SLOTS;
    uint64_t *slots = mem_zero(wanted, sizeof *slots);
    if (!slots)
        return false;
    mem_free(c->slots);
    c->slots = slots;
    c->n_slots = wanted;
    c->round = 1;
    for (size_t i = 0; i < c->size; i++)
        take_slot(c, find_slot(c, c->items[i].term), i);
    return true;
}

bool counts_add(term_counts *c, uint32_t term)
{
    if (c->size * 2 >= c->n_slots && !widen(c))
        return false;
    size_t slot = find_slot(c, term);
    if (c->slots[slot] >> 32 == c->round) {
        c->items[(uint32_t)c->slots[slot]].count++;
        return true;
    }
    if (c->size == UINT32_MAX || !mem_grow(&c->items, &c->capacity, c->size + 1, sizeof *c->items))
        return false;
    take_slot(c, slot, c->size);
    c->items[c->size++] = (term_count){term, 1};
    return true;
}

void counts_clear(term_counts *c)
{
    c->size = 0;
    if (++c->round == 0 && c->slots) { /* all rounds used up: once in 2^32 articles */
        memset(c->slots, 0, c->n_slots * sizeof *c->slots);
        c->round = 1;
    }
}

void counts_dispose(term_counts *c)
{
    mem_free(c->items);
    mem_free(c->slots);
    *c = (term_counts){0};
}
