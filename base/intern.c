/* Strings to numbers: open addressing over the strings' XXH3. */
#include "base/intern.h"

#include "base/hash.h"
#include "base/memory.h"
#include "base/view.h"

ttag_view intern_view(const intern *t, uint32_t number)
{
    uint64_t start = t->offsets[number];
    return (ttag_view){t->bytes + start, (size_t)(t->offsets[number + 1] - start)};
}

/* What a slot keeps of a hash, and all that decides where its string is looked for: a table grows
   without looking at strings again. */
static uint64_t hash_part(uint64_t hash)
{
    return hash >> 32;
}

/* The slot that holds the string, or the free one where it belongs. */
static inline size_t find_slot(const intern *t, ttag_view string, uint64_t part)
{
    size_t mask = t->n_slots - 1;
    size_t slot = (size_t)part & mask;
    while (t->slots[slot] != 0) {
        if (t->slots[slot] >> 32 == part &&
            view_equal(intern_view(t, (uint32_t)t->slots[slot] - 1), string))
            break;
        slot = (slot + 1) & mask;
    }
    return slot;
}

static bool widen(intern *t)
{
    size_t wanted = t->n_slots ? t->n_slots * 2 : 64;
    uint64_t *slots = mem_zero(wanted, sizeof *slots);
    if (!slots)
        return false;
    for (size_t i = 0; i < t->n_slots; i++) {
        size_t slot = (size_t)(t->slots[i] >> 32) & (wanted - 1);
        while (t->slots[i] != 0 && slots[slot] != 0)
            slot = (slot + 1) & (wanted - 1);
        if (t->slots[i] != 0)
            slots[slot] = t->slots[i];
    }
    mem_free(t->slots);
    t->slots = slots;
    t->n_slots = wanted;
    return true;
}

/* Appends the string as number `count`. */
static bool append(intern *t, ttag_view string)
{
    size_t need;
    if (t->count >= INTERN_NONE - 1 || !size_add(&need, t->n_bytes, string.size) ||
        !mem_grow(&t->bytes, &t->bytes_capacity, need ? need : 1, 1) ||
        !mem_grow(&t->offsets, &t->offsets_capacity, t->count + 2, sizeof *t->offsets))
        return false;
    if (string.size)
        memcpy(t->bytes + t->n_bytes, string.bytes, string.size);
    t->offsets[t->count] = t->n_bytes;
    t->offsets[t->count + 1] = need;
    t->n_bytes = need;
    t->count++;
    return true;
}

/* Adds a string that is not there. */
static uint32_t add_new(intern *t, ttag_view string, uint64_t part)
{
    if (t->count + t->count / 2 >= t->n_slots && !widen(t)) /* at most two thirds full */
        return INTERN_NONE;
    size_t slot = find_slot(t, string, part);
    if (!append(t, string))
        return INTERN_NONE;
    t->slots[slot] = part << 32 | t->count;
    return (uint32_t)t->count - 1;
}

uint32_t intern_add_hashed(intern *t, ttag_view string, uint64_t hash)
{
    uint64_t part = hash_part(hash);
    if (t->n_slots == 0)
        return add_new(t, string, part);
    uint64_t found = t->slots[find_slot(t, string, part)];
    return found ? (uint32_t)found - 1 : add_new(t, string, part);
}

uint32_t intern_add(intern *t, ttag_view string)
{
    return intern_add_hashed(t, string, hash64(string.bytes, string.size));
}

uint32_t intern_find(const intern *t, ttag_view string)
{
    if (t->count == 0)
        return INTERN_NONE;
    size_t slot = find_slot(t, string, hash_part(hash64(string.bytes, string.size)));
    return t->slots[slot] ? (uint32_t)t->slots[slot] - 1 : INTERN_NONE;
}

void intern_clear(intern *t)
{
    if (t->count > 0)
        memset(t->slots, 0, t->n_slots * sizeof *t->slots);
    t->n_bytes = 0;
    t->count = 0;
}

void intern_dispose(intern *t)
{
    mem_free(t->bytes);
    mem_free(t->offsets);
    mem_free(t->slots);
    *t = (intern){0};
}
