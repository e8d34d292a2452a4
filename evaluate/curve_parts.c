/* Groups in an order that is drawn, and the records of the first of them. */
#include "evaluate/curve_parts.h"

#include <math.h>

#include "base/memory.h"
#include "base/random.h"

/* rank[group] of a random order of all groups. false: no memory. */
static bool rank_groups(uint32_t *rank, size_t n_groups, uint64_t seed)
{
    uint32_t *order = mem_new(n_groups, sizeof *order);
    rng random;
    if (!order)
        return false;
    for (size_t g = 0; g < n_groups; g++)
        order[g] = (uint32_t)g;
    rng_seed(&random, seed);
    rng_shuffle(&random, order, n_groups);
    for (size_t g = 0; g < n_groups; g++)
        rank[order[g]] = (uint32_t)g;
    mem_free(order);
    return true;
}

/* The first rank whose group is not needed any more. sizes: n_groups, by rank. */
static size_t find_end(const uint32_t *sizes, size_t n_groups, size_t wanted)
{
    size_t end = 0;
    for (size_t taken = 0; end < n_groups && taken < wanted; end++)
        taken += sizes[end];
    return end;
}

size_t curve_parts_take(const crossval_parts *p, uint32_t *numbers, size_t n, double share,
                        uint64_t seed)
{
    const labels *l = &p->labels;
    uint32_t *rank = mem_new(l->n_groups, sizeof *rank);
    uint32_t *sizes = mem_zero(l->n_groups, sizeof *sizes);
    size_t kept = 0;
    if (rank && sizes && rank_groups(rank, l->n_groups, seed)) {
        for (size_t i = 0; i < n; i++)
            sizes[rank[l->groups[numbers[i]]]]++;
        size_t end = find_end(sizes, l->n_groups, (size_t)ceil(share * (double)n));
        for (size_t i = 0; i < n; i++)
            if (rank[l->groups[numbers[i]]] < end)
                numbers[kept++] = numbers[i];
    }
    mem_free(rank);
    mem_free(sizes);
    return kept;
}
