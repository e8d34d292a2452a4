/* column[c] = max(0, row[t] of all t that share it), or row[t] of its one tag */
#include "classify/shared_columns.h"

#include <string.h>

#include "base/memory.h"
#include "base/simd.h"
#include "classify/tag_columns.h"

enum { LANES = 16, HALF = LANES / 2 }; /* rows are padded to half a register */

/* A quarter, by whole registers. */
static size_t shared_of(size_t n_columns)
{
    return (n_columns / 4 + LANES - 1) / LANES * LANES;
}

void shared_columns_dispose(shared_columns *c)
{
    mem_free(c->alone);
    mem_free(c->places);
    mem_free(c->sharing);
    *c = (shared_columns){0};
}

static void place_tags(shared_columns *c, const uint32_t *ranked)
{
    for (size_t t = 0; c->n_shared > 0 && t < c->n_tags; t++) {
        c->places[t] = (uint32_t)(t % c->n_shared);
        c->sharing[t] = 1;
    }
    for (size_t i = 0; i < c->n_columns - c->n_shared; i++) {
        uint32_t tag = c->alone[i] = c->n_shared > 0 ? ranked[i] : (uint32_t)i;
        c->places[tag] = (uint32_t)(c->n_shared + i);
        if (c->n_shared > 0)
            c->sharing[tag] = 0;
    }
}

bool shared_columns_make(shared_columns *out, const ttag_model_parts *parts, size_t most)
{
    size_t n = parts->n_tags;
    bool each = n <= most;
    *out = (shared_columns){.n_tags = n,
                            .n_columns = each ? n : most,
                            .n_shared = each ? 0 : shared_of(most),
                            .alone = mem_new(n, sizeof *out->alone),
                            .places = mem_new(n, sizeof *out->places),
                            .row_size = parts->weight_stride,
                            .sharing = mem_zero(parts->weight_stride, sizeof *out->sharing)};
    uint32_t *ranked = mem_new(n, sizeof *ranked);
    bool ok =
        out->alone && out->places && out->sharing && ranked && (each || tags_rank(ranked, parts));
    if (ok)
        place_tags(out, ranked);
    else
        shared_columns_dispose(out);
    mem_free(ranked);
    return ok;
}

/* largest[i] = max(largest[i], row[i] * sharing[i]) of i < n, which is known to the compiler. */
__attribute__((always_inline)) static inline void take_larger(float *restrict largest,
                                                              const float *restrict row,
                                                              const float *restrict sharing,
                                                              size_t n)
{
#pragma GCC unroll 1 /* else numbers are taken one by one */
    for (size_t i = 0; i < n; i++) {
        float x = row[i] * sharing[i];
        largest[i] = x > largest[i] ? x : largest[i];
    }
}

/* largest[i] = max(0, row[k] * sharing[k] of k = i, i + n_shared, …), of LANES columns */
SIMD_CLONES static void find_largest(float *restrict largest, const float *restrict row,
                                     const float *restrict sharing, size_t size, size_t n_shared)
{
    size_t at = 0;
    memset(largest, 0, LANES * sizeof *largest);
    for (; at + LANES <= size; at += n_shared)
        take_larger(largest, row + at, sharing + at, LANES);
    if (at + HALF == size)
        take_larger(largest, row + at, sharing + at, HALF);
    else if (at < size)
        take_larger(largest, row + at, sharing + at, size - at);
}

const float *shared_columns_row(const shared_columns *c, float *scratch, const float *row)
{
    if (c->n_shared == 0)
        return row;
    for (size_t at = 0; at < c->n_shared; at += LANES)
        find_largest(scratch + at, row + at, c->sharing + at, c->row_size - at, c->n_shared);
    for (size_t i = 0; i < c->n_columns - c->n_shared; i++)
        scratch[c->n_shared + i] = row[c->alone[i]];
    return scratch;
}
