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

/* The slot that holds the string, or the free one where it belongs. */
static size_t find_slot(const intern *t, ttag_view string, uint64_t hash)
{
    uint32_t tag = (uint32_t)(hash >> 32);
    size_t mask = t->n_slots - 1;
    size_t slot = (size_t)hash & mask;
    while (t->slots[slot] != 0) {
        if (t->tags[slot] == tag && view_equal(intern_view(t, t->slots[slot] - 1), string))
            break;
        slot = (slot + 1) & mask;
    }
    return slot;
}

static bool rehash(intern *t)
{
    size_t wanted = t->n_slots ? t->n_slots * 2 : 64;
    uint32_t *slots = mem_zero(wanted, sizeof *slots);
    uint32_t *tags = mem_new(wanted, sizeof *tags);
    if (!slots || !tags) {
        mem_free(slots);
        mem_free(tags);
        return false;
    }
    mem_free(t->slots);
    mem_free(t->tags);
    t->slots = slots;
    t->tags = tags;
    t->n_slots = wanted;
    for (uint32_t number = 0; number < t->count; number++) {
        ttag_view string = intern_view(t, number);
        uint64_t hash = hash64(string.bytes, string.size);
        size_t slot = (size_t)hash & (wanted - 1);
        while (slots[slot] != 0)
            slot = (slot + 1) & (wanted - 1);
        slots[slot] = number + 1;
        tags[slot] = (uint32_t)(hash >> 32);
    }
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

uint32_t intern_add(intern *t, ttag_view string)
{
    if (t->count + t->count / 2 >= t->n_slots && !rehash(t)) /* at most two thirds full */
        return INTERN_NONE;
    uint64_t hash = hash64(string.bytes, string.size);
    size_t slot = find_slot(t, string, hash);
    if (t->slots[slot] == 0) {
        if (!append(t, string))
            return INTERN_NONE;
        t->slots[slot] = (uint32_t)t->count;
        t->tags[slot] = (uint32_t)(hash >> 32);
    }
    return t->slots[slot] - 1;
}

uint32_t intern_find(const intern *t, ttag_view string)
{
    if (t->count == 0)
        return INTERN_NONE;
    size_t slot = find_slot(t, string, hash64(string.bytes, string.size));
    return t->slots[slot] ? t->slots[slot] - 1 : INTERN_NONE;
}

void intern_dispose(intern *t)
{
    mem_free(t->bytes);
    mem_free(t->offsets);
    mem_free(t->slots);
    mem_free(t->tags);
    *t = (intern){0};
}
