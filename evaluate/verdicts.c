/* Lists of hits, false alarms and misses. */
#include "evaluate/verdicts.h"

#include "base/error.h"
#include "base/memory.h"

/* VERDICT_KINDS for a pair that is in no list. */
static uint32_t kind_of(unsigned char pair)
{
    bool is_true = pair & PAIR_TRUE, given = pair & PAIR_GIVEN;
    if (pair & PAIR_UNKNOWN || (!is_true && !given))
        return VERDICT_KINDS;
    if (is_true && given)
        return VERDICT_HIT;
    return given ? VERDICT_FALSE : VERDICT_MISSED;
}

ttag_status verdicts_add(verdicts *v, const unsigned char *pairs, size_t n_tags, ttag_error *err)
{
    const size_t row = v->n_documents, first = row > 0 ? v->starts[row] : 0;
    size_t n = 0;
    for (size_t t = 0; t < n_tags; t++)
        n += kind_of(pairs[t]) < VERDICT_KINDS;
    if (n_tags > UINT32_MAX / VERDICT_KINDS)
        return fail(err, TTAG_LIMIT, "%zu tags; expected at most %u", n_tags,
                    (unsigned)(UINT32_MAX / VERDICT_KINDS));
    if (!mem_grow(&v->starts, &v->starts_capacity, row + 2, sizeof *v->starts) ||
        !mem_grow(&v->items, &v->items_capacity, first + n, sizeof *v->items))
        return fail_memory(err);
    uint32_t *items = v->items + first;
    for (size_t t = 0; t < n_tags; t++)
        if (kind_of(pairs[t]) < VERDICT_KINDS)
            *items++ = (uint32_t)t * VERDICT_KINDS + kind_of(pairs[t]);
    v->starts[row] = first;
    v->starts[row + 1] = first + n;
    v->n_tags = n_tags;
    v->n_documents++;
    return TTAG_OK;
}

ttag_status verdicts_take(verdicts *v, const outcomes *o, ttag_error *err)
{
    ttag_status status = TTAG_OK;
    for (size_t row = 0; row < o->n_documents && status == TTAG_OK; row++)
        status = verdicts_add(v, o->pairs + row * o->n_tags, o->n_tags, err);
    return status;
}

void verdicts_dispose(verdicts *v)
{
    mem_free(v->starts);
    mem_free(v->items);
    *v = (verdicts){0};
}
