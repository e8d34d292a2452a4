/* column[c] = max(0, row[t] of all t that share it), or row[t] of its one tag */
#include "classify/shared_columns.h"

#include <string.h>

#include "base/memory.h"
#include "base/simd.h"
#include "classify/tag_columns.h"

enum { SHARED_OF = 4 }; /* one column of so many is shared */

void shared_columns_dispose(shared_columns *c)
{
    mem_free(c->alone);
    mem_free(c->places);
    mem_free(c->sharing);
    *c = (shared_columns){0};
}

static void place_tags(shared_columns *c, const uint32_t *ranked)
{
    for (size_t t = 0; t < c->n_tags; t++) {
        c->places[t] = c->n_shared > 0 ? (uint32_t)(t % c->n_shared) : 0;
        c->sharing[t] = 1;
    }
    for (size_t i = 0; i < c->n_columns - c->n_shared; i++) {
        uint32_t tag = c->alone[i] = c->n_shared > 0 ? ranked[i] : (uint32_t)i;
        c->places[tag] = (uint32_t)(c->n_shared + i);
        c->sharing[tag] = 0;
    }
}

bool shared_columns_make(shared_columns *out, const ttag_model_parts *parts, size_t most)
{
    size_t n = parts->n_tags;
    bool each = n <= most;
    *out = (shared_columns){.n_tags = n,
                            .n_columns = each ? n : most,
                            .n_shared = each ? 0 : most / SHARED_OF,
                            .alone = mem_new(n, sizeof *out->alone),
                            .places = mem_new(n, sizeof *out->places),
                            .sharing = mem_new(n, sizeof *out->sharing)};
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

/* largest[i] = max(0, row[k] * sharing[k] of k = i, i + n_shared, …) */
SIMD_CLONES static void find_largest(float *restrict largest, const float *restrict row,
                                     const float *restrict sharing, size_t n_tags, size_t n_shared)
{
    memset(largest, 0, n_shared * sizeof *largest);
    for (size_t at = 0; at < n_tags; at += n_shared) {
        size_t n = n_tags - at < n_shared ? n_tags - at : n_shared;
        for (size_t i = 0; i < n; i++) {
            float x = row[at + i] * sharing[at + i];
            largest[i] = x > largest[i] ? x : largest[i];
        }
    }
}

const float *shared_columns_row(const shared_columns *c, float *scratch, const float *row)
{
    if (c->n_shared == 0)
        return row;
    find_largest(scratch, row, c->sharing, c->n_tags, c->n_shared);
    for (size_t i = 0; i < c->n_columns - c->n_shared; i++)
        scratch[c->n_shared + i] = row[c->alone[i]];
    return scratch;
}
