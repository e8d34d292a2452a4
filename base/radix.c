/* Least significant digit first; digits in which all keys are alike are passed over. */
#include "base/radix.h"

enum { DIGIT_BITS = 11, DIGITS = 1 << DIGIT_BITS, FEW = 48 };

static size_t digit_of(uint64_t key, unsigned shift)
{
    return (size_t)(key >> shift) & (DIGITS - 1);
}

static void sort_few(radix_item *items, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        radix_item item = items[i];
        size_t at = i;
        for (; at > 0 && items[at - 1].key > item.key; at--)
            items[at] = items[at - 1];
        items[at] = item;
    }
}

/* From counts of digits to where the first item with each goes. */
static void sum_up(size_t *starts)
{
    size_t start = 0;
    for (size_t d = 0; d < DIGITS; d++) {
        size_t count = starts[d];
        starts[d] = start;
        start += count;
    }
}

radix_item *radix_sort(radix_item *items, radix_item *scratch, size_t n, uint64_t greatest)
{
    if (n <= FEW) {
        sort_few(items, n);
        return items;
    }
    for (unsigned shift = 0; shift < 64 && greatest >> shift; shift += DIGIT_BITS) {
        size_t starts[DIGITS] = {0};
        for (size_t i = 0; i < n; i++)
            starts[digit_of(items[i].key, shift)]++;
        if (starts[digit_of(items[0].key, shift)] == n)
            continue;
        sum_up(starts);
        for (size_t i = 0; i < n; i++)
            scratch[starts[digit_of(items[i].key, shift)]++] = items[i];
        radix_item *sorted = scratch;
        scratch = items;
        items = sorted;
    }
    return items;
}
