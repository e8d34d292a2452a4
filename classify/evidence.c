/* contribution of term j to tag t = x[j] * W[term[j]][t] */
#include "classify/evidence.h"

#include <math.h>

#include "base/memory.h"

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

static size_t collect(contribution *heap, const ttag_model_parts *parts, const ttag_vector *vector,
                      uint32_t tag)
{
    size_t n = 0;
    for (size_t j = 0; j < vector->size; j++) {
        if (vector->terms[j] >= parts->vocabulary.n_terms)
            continue;
        float weight =
            vector->values[j] * parts->weights[vector->terms[j] * parts->weight_stride + tag];
        if (weight > 0 && isfinite(weight))
            heap[n++] = (contribution){weight, (uint32_t)j};
    }
    return n;
}

bool evidence_add(evidence_pool *pool, const ttag_model_parts *parts, const ttag_vector *vector,
                  uint32_t tag, size_t limit)
{
    if (!mem_grow(&pool->heap, &pool->heap_capacity, vector->size, sizeof *pool->heap))
        return false;
    contribution *heap = pool->heap;
    size_t n = collect(heap, parts, vector, tag);
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
    *pool = (evidence_pool){0};
}
