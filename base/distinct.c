/* The sample: of all numbers, spread evenly, those whose upper `depth` bits are zero. */
#include "base/distinct.h"

#include "base/memory.h"

enum { FEWEST_SLOTS = 64 };

/* One to one, but for the number that would be 0, which marks free slots. */
static uint64_t spread(uint64_t number)
{
    number = (number ^ number >> 32) * 0xd6e8feb86659fd93u;
    number = (number ^ number >> 32) * 0xd6e8feb86659fd93u;
    number ^= number >> 32;
    return number ? number : 1;
}

static bool is_sampled(const distinct *d, uint64_t spread_number)
{
    return d->depth == 0 || spread_number >> (64 - d->depth) == 0;
}

/* The slot that holds the number, or the free one where it belongs. */
static size_t find_slot(const uint64_t *slots, size_t n_slots, uint64_t number)
{
    size_t slot = (size_t)number & (n_slots - 1);
    while (slots[slot] != 0 && slots[slot] != number)
        slot = (slot + 1) & (n_slots - 1);
    return slot;
}

/* Makes a table of n slots with those numbers that are still sampled. */
static bool rebuild(distinct *d, size_t n)
{
    uint64_t *slots = mem_zero(n, sizeof *slots);
    if (!slots)
        return false;
    d->count = 0;
    for (size_t i = 0; i < d->n_slots; i++) {
        if (d->slots[i] == 0 || !is_sampled(d, d->slots[i]))
            continue;
        slots[find_slot(slots, n, d->slots[i])] = d->slots[i];
        d->count++;
    }
    mem_free(d->slots);
    d->slots = slots;
    d->n_slots = n;
    return true;
}

/* Room for one more: a larger table or, when it is large enough, a thinner sample. */
static bool make_room(distinct *d)
{
    if (2 * (d->count + 1) > d->n_slots && d->n_slots < 2 * (size_t)DISTINCT_MOST)
        return rebuild(d, d->n_slots ? 2 * d->n_slots : FEWEST_SLOTS);
    while (d->count >= DISTINCT_MOST) {
        d->depth++;
        if (!rebuild(d, d->n_slots)) {
            d->depth--;
            return false;
        }
    }
    return true;
}

bool distinct_add(distinct *d, uint64_t number)
{
    number = spread(number);
    if (!is_sampled(d, number) ||
        (d->n_slots > 0 && d->slots[find_slot(d->slots, d->n_slots, number)] == number))
        return true;
    if (!make_room(d))
        return false;
    if (!is_sampled(d, number))
        return true;
    d->slots[find_slot(d->slots, d->n_slots, number)] = number;
    d->count++;
    return true;
}

uint64_t distinct_estimate(const distinct *d)
{
    return (uint64_t)d->count << d->depth;
}

void distinct_dispose(distinct *d)
{
    mem_free(d->slots);
    *d = (distinct){0};
}
