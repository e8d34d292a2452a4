/* From what each term adds to a score to the few that add most. */
#include "classify/evidence.h"

#include <math.h>

#include "base/memory.h"
#include "classify/packed_rows.h"

/* Whether a is told before b. */
static bool is_stronger(contribution a, contribution b)
{
    return a.weight > b.weight || (a.weight == b.weight && a.position < b.position);
}

static void sift_down(contribution *heap, size_t root, size_t n)
{
    contribution moved = heap[root];
    for (size_t child; (child = 2 * root + 1) < n; root = child) {
        if (child + 1 < n && is_stronger(heap[child + 1], heap[child]))
            child++;
        if (!is_stronger(heap[child], moved))
            break;
        heap[root] = heap[child];
    }
    heap[root] = moved;
}

bool evidence_reserve(evidence_pool *pool, const ttag_vector *vector)
{
    return mem_grow(&pool->heap, &pool->heap_capacity, vector->size, sizeof *pool->heap) &&
           mem_grow(&pool->effects, &pool->effects_capacity, vector->size, sizeof *pool->effects);
}

void linear_effects(float *effects, const ttag_model_parts *parts, const ttag_vector *vector,
                    size_t tag)
{
    for (size_t j = 0; j < vector->size; j++) {
        uint32_t term = vector->terms[j];
        bool known = term < parts->vocabulary.n_terms;
        effects[j] = known ? vector->values[j] * linear_weight(parts, term, tag) : 0;
    }
}

static size_t collect(contribution *heap, const float *effects, const ttag_vector *vector)
{
    size_t n = 0;
    for (size_t j = 0; j < vector->size; j++)
        if (effects[j] > 0 && isfinite(effects[j]))
            heap[n++] = (contribution){effects[j], (uint32_t)j};
    return n;
}

bool evidence_add(evidence_pool *pool, const ttag_model_parts *parts, const ttag_vector *vector,
                  size_t limit)
{
    contribution *heap = pool->heap;
    size_t n = collect(heap, pool->effects, vector);
    size_t wanted = n < limit ? n : limit, need;
    if (!size_add(&need, pool->size, wanted) ||
        !mem_grow(&pool->items, &pool->capacity, need, sizeof *pool->items))
        return false;
    for (size_t i = n / 2; i > 0; i--)
        sift_down(heap, i - 1, n);
    for (size_t taken = 0; taken < wanted; taken++) {
        uint32_t term = vector->terms[heap[0].position];
        pool->items[pool->size++] =
            (ttag_evidence){ttag_vocabulary_term(&parts->vocabulary, term), heap[0].weight};
        heap[0] = heap[--n];
        if (n > 0)
            sift_down(heap, 0, n);
    }
    return true;
}

void evidence_dispose(evidence_pool *pool)
{
    mem_free(pool->items);
    mem_free(pool->heap);
    mem_free(pool->effects);
    *pool = (evidence_pool){0};
}
