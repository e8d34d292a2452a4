/* Sorting by support. */
#include "evaluate/tags_by_support.h"

#include "base/memory.h"
#include "base/sized.h"

uint32_t *tags_by_support(const ttag_evaluation *e)
{
    sized *ranked = mem_new(e->n_tags, sizeof *ranked);
    uint32_t *order = mem_new(e->n_tags, sizeof *order);
    if (ranked && order) {
        for (size_t t = 0; t < e->n_tags; t++)
            ranked[t] = (sized){e->tags[t].support, (uint32_t)t};
        sized_sort_falling(ranked, e->n_tags);
        for (size_t t = 0; t < e->n_tags; t++)
            order[t] = ranked[t].number;
    } else {
        mem_free(order);
        order = NULL;
    }
    mem_free(ranked);
    return order;
}
