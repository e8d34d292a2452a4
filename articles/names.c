/* Distinct names: a few are compared one by one, many through a hash table. */
#include "articles/names.h"

#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "base/view.h"

enum { FEW = 16 };

/* The slot that holds the name, or the free one where it belongs. */
static size_t find_slot(const names *set, ttag_view name)
{
    size_t mask = set->n_slots - 1;
    size_t slot = (size_t)hash64(name.bytes, name.size) & mask;
    while (set->slots[slot] != 0 && !view_equal(set->items[set->slots[slot] - 1], name))
        slot = (slot + 1) & mask;
    return slot;
}

/* Makes the table four times as large as the list and fills it anew. */
static bool rebuild(names *set)
{
    size_t wanted = (size_t)FEW * 4;
    while (wanted < set->n * 4)
        wanted *= 2;
    if (!mem_grow(&set->slots, &set->slots_capacity, wanted, sizeof *set->slots))
        return false;
    set->n_slots = wanted;
    memset(set->slots, 0, wanted * sizeof *set->slots);
    for (size_t i = 0; i < set->n; i++)
        set->slots[find_slot(set, set->items[i])] = (uint32_t)i + 1;
    return true;
}

bool names_add(names *set, ttag_view name)
{
    if (set->n < FEW) {
        if (names_hold(set->items, set->n, name))
            return true;
    } else {
        if (set->n_slots < set->n * 2 && !rebuild(set))
            return false;
        size_t slot = find_slot(set, name);
        if (set->slots[slot] != 0)
            return true;
        if (set->n >= UINT32_MAX - 1)
            return false;
        set->slots[slot] = (uint32_t)set->n + 1;
    }
    if (!mem_grow(&set->items, &set->capacity, set->n + 1, sizeof *set->items)) {
        set->n_slots = 0; /* the table may name what was not added */
        return false;
    }
    set->items[set->n++] = name;
    return true;
}

void names_clear(names *set)
{
    set->n = 0;
    set->n_slots = 0;
}

void names_dispose(names *set)
{
    mem_free(set->items);
    mem_free(set->slots);
    *set = (names){0};
}

bool names_hold(const ttag_view *items, size_t n, ttag_view name)
{
    for (size_t i = 0; i < n; i++)
        if (view_equal(items[i], name))
            return true;
    return false;
}
