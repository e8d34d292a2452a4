/* Sorting by support. */
#include "evaluate/tags_by_support.h"

#include <stdlib.h>

#include "base/memory.h"

typedef struct ranked_tag {
    size_t support;
    uint32_t tag;
} ranked_tag;

static int by_support(const void *a, const void *b)
{
    const ranked_tag *x = a, *y = b;
    if (x->support != y->support)
        return x->support < y->support ? 1 : -1;
    return (x->tag > y->tag) - (x->tag < y->tag);
}

uint32_t *tags_by_support(const ttag_evaluation *e)
{
    ranked_tag *ranked = mem_new(e->n_tags, sizeof *ranked);
    uint32_t *order = mem_new(e->n_tags, sizeof *order);
    if (ranked && order) {
        for (size_t t = 0; t < e->n_tags; t++)
            ranked[t] = (ranked_tag){e->tags[t].support, (uint32_t)t};
        qsort(ranked, e->n_tags, sizeof *ranked, by_support);
        for (size_t t = 0; t < e->n_tags; t++)
            order[t] = ranked[t].tag;
    } else {
        mem_free(order);
        order = NULL;
    }
    mem_free(ranked);
    return order;
}
