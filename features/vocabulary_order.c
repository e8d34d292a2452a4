/* Terms by their first eight bytes as a number; only those alike in these are compared. */
#include "features/vocabulary_order.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/radix.h"
#include "base/view.h"

enum { PREFIX = sizeof(uint64_t) };

/* A term shorter than that comes before all that go on. */
static uint64_t prefix_of(ttag_view term)
{
    uint64_t prefix = 0;
    for (size_t i = 0; i < PREFIX; i++)
        prefix = prefix << 8 | (i < term.size ? (unsigned char)term.bytes[i] : 0);
    return prefix;
}

static int by_bytes(const void *a, const void *b)
{
    return view_compare(((const vocabulary_entry *)a)->term, ((const vocabulary_entry *)b)->term);
}

static void order_run(vocabulary_entry *entries, size_t n)
{
    if (n > 1)
        qsort(entries, n, sizeof *entries, by_bytes);
}

/* Puts the entries into the order of the items, then each run of equal keys into its own. */
static void arrange(vocabulary_entry *entries, vocabulary_entry *copy, const radix_item *items,
                    size_t n)
{
    size_t run = 0;
    for (size_t i = 0; i < n; i++)
        copy[i] = entries[items[i].what];
    for (size_t i = 0; i < n; i++) {
        entries[i] = copy[i];
        if (items[i].key != items[run].key) {
            order_run(entries + run, i - run);
            run = i;
        }
    }
    order_run(entries + run, n - run);
}

static uint64_t prefix_key(const vocabulary_entry *entry)
{
    return prefix_of(entry->term);
}

static uint64_t hashed_key(const vocabulary_entry *entry)
{
    return entry->hashed;
}

static bool order_by(uint64_t (*key)(const vocabulary_entry *entry), uint64_t greatest,
                     vocabulary_entry *entries, size_t n)
{
    size_t twice;
    radix_item *items = size_mul(&twice, n, 2) ? mem_new(twice, sizeof *items) : NULL;
    vocabulary_entry *copy = mem_new(n, sizeof *copy);
    for (size_t i = 0; items && i < n; i++)
        items[i] = (radix_item){key(&entries[i]), i};
    if (items && copy)
        arrange(entries, copy, radix_sort(items, items + n, n, greatest), n);
    bool ok = items && copy;
    mem_free(items);
    mem_free(copy);
    return ok;
}

bool vocabulary_order(vocabulary_entry *entries, size_t n)
{
    return order_by(prefix_key, UINT64_MAX, entries, n);
}

bool hashed_order(vocabulary_entry *entries, size_t n)
{
    return order_by(hashed_key, UINT32_MAX, entries, n);
}
