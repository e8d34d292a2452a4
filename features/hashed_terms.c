/* A hash table over the numbers taken, so that memory grows with these and not with 2^bits. */
#include "features/hashed_terms.h"

#include <string.h>

#include "base/memory.h"

enum { FEWEST_SLOTS = 64 };

static const char MARK[] = " (shared)"; /* a parenthesis stands in no term */

static size_t find_slot(const hashed_terms *h, uint32_t number)
{
    size_t slot = number & (h->n_slots - 1);
    while (h->slots[slot] != 0 && h->items[h->slots[slot] - 1].number != number)
        slot = (slot + 1) & (h->n_slots - 1);
    return slot;
}

static bool widen(hashed_terms *h)
{
    size_t wanted = h->n_slots ? 2 * h->n_slots : FEWEST_SLOTS;
    uint32_t *slots = mem_zero(wanted, sizeof *slots);
    if (!slots)
        return false;
    mem_free(h->slots);
    h->slots = slots;
    h->n_slots = wanted;
    for (size_t i = 0; i < h->n; i++)
        slots[find_slot(h, h->items[i].number)] = (uint32_t)i + 1;
    return true;
}

static uint32_t add_first(hashed_terms *h, ttag_view term, uint64_t hash)
{
    size_t need;
    if (term.size > UINT32_MAX || !size_add(&need, h->n_bytes, term.size) ||
        !mem_grow(&h->bytes, &h->bytes_capacity, need, 1) ||
        !mem_grow(&h->items, &h->capacity, h->n + 1, sizeof *h->items) ||
        (2 * (h->n + 1) > h->n_slots && !widen(h)))
        return UINT32_MAX;
    uint32_t number = hashed_number(hash, h->bits);
    size_t slot = find_slot(h, number);
    h->items[h->n] = (hashed_term){hash, h->n_bytes, (uint32_t)term.size, number, false};
    if (term.size)
        memcpy(h->bytes + h->n_bytes, term.bytes, term.size);
    h->n_bytes = need;
    h->slots[slot] = (uint32_t)++h->n;
    return h->slots[slot] - 1;
}

uint32_t hashed_terms_add(hashed_terms *h, ttag_view term, uint64_t hash)
{
    size_t slot = h->n_slots ? find_slot(h, hashed_number(hash, h->bits)) : 0;
    if (!h->n_slots || h->slots[slot] == 0)
        return add_first(h, term, hash);
    hashed_term *item = &h->items[h->slots[slot] - 1];
    if (item->hash == hash)
        return h->slots[slot] - 1;
    if (!distinct_add(&h->others, hash))
        return UINT32_MAX;
    h->n_shared += !item->shared;
    item->shared = true;
    return h->slots[slot] - 1;
}

ttag_view hashed_terms_name(const hashed_terms *h, size_t position, arena *memory)
{
    const hashed_term *item = &h->items[position];
    ttag_view term = {h->bytes + item->start, item->size};
    if (!item->shared)
        return term;
    size_t size = term.size + sizeof MARK - 1;
    char *name = arena_new(memory, size, 1);
    if (!name)
        return (ttag_view){NULL, 0};
    memcpy(name, term.bytes, term.size);
    memcpy(name + term.size, MARK, sizeof MARK - 1);
    return (ttag_view){name, size};
}

ttag_hashing hashed_terms_count(const hashed_terms *h)
{
    uint64_t others = distinct_estimate(&h->others);
    return (ttag_hashing){.n_numbers = h->n,
                          .n_terms = h->n + (size_t)others,
                          .n_shared = h->n_shared + (size_t)others,
                          .exact = distinct_is_exact(&h->others)};
}

void hashed_terms_dispose(hashed_terms *h)
{
    mem_free(h->items);
    mem_free(h->bytes);
    mem_free(h->slots);
    distinct_dispose(&h->others);
    *h = (hashed_terms){0};
}
