/* Sorting by value in linear time: a radix sort over the bits of the floats. */
#include "evaluate/ranked.h"

#include <string.h>

/* Bits that, compared as integers, stand in the order of the floats; NaN stands at an end. */
static uint32_t order_bits(float value)
{
    float normal = value + 0.0F; /* -0 becomes 0 */
    uint32_t bits;
    memcpy(&bits, &normal, sizeof bits);
    return bits & 0x80000000U ? ~bits : bits | 0x80000000U;
}

/* One stable pass over the eight bits from `shift` on. */
static void distribute(ranked *to, const ranked *from, size_t count, unsigned shift)
{
    size_t starts[257] = {0};
    for (size_t i = 0; i < count; i++)
        starts[(order_bits(from[i].value) >> shift & 0xFF) + 1]++;
    for (size_t i = 1; i < 256; i++)
        starts[i] += starts[i - 1];
    for (size_t i = 0; i < count; i++)
        to[starts[order_bits(from[i].value) >> shift & 0xFF]++] = from[i];
}

void ranked_sort(ranked *items, ranked *spare, size_t count)
{
    distribute(spare, items, count, 0);
    distribute(items, spare, count, 8);
    distribute(spare, items, count, 16);
    distribute(items, spare, count, 24);
}

bool ranked_tied(ranked a, ranked b)
{
    return order_bits(a.value) == order_bits(b.value);
}
