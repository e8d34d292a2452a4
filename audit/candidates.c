/* A heap of bounded size. */
#include "audit/candidates.h"

#include <stdlib.h>

#include "base/memory.h"

static int by_doubt(const void *a, const void *b)
{
    const candidate *x = a, *y = b;
    if (x->doubt != y->doubt)
        return x->doubt < y->doubt ? 1 : -1;
    return (x->number > y->number) - (x->number < y->number);
}

/* Whether a goes before b. */
static bool is_less(const candidate *a, const candidate *b)
{
    return by_doubt(a, b) > 0;
}

static void swap(candidate *a, candidate *b)
{
    candidate kept = *a;
    *a = *b;
    *b = kept;
}

static void sift_down(candidates *c, size_t at)
{
    for (size_t child; (child = 2 * at + 1) < c->count; at = child) {
        if (child + 1 < c->count && is_less(&c->items[child + 1], &c->items[child]))
            child++;
        if (!is_less(&c->items[child], &c->items[at]))
            return;
        swap(&c->items[at], &c->items[child]);
    }
}

bool candidates_want(const candidates *c, double doubt)
{
    return c->count < c->most || doubt > c->items[0].doubt;
}

bool candidates_add(candidates *c, candidate *item)
{
    if (c->count == c->most) {
        candidate_dispose(&c->items[0]);
        c->items[0] = *item;
        sift_down(c, 0);
        return true;
    }
    if (!mem_grow(&c->items, &c->capacity, c->count + 1, sizeof *c->items)) {
        candidate_dispose(item);
        return false;
    }
    size_t at = c->count++;
    c->items[at] = *item;
    for (; at > 0 && is_less(&c->items[at], &c->items[(at - 1) / 2]); at = (at - 1) / 2)
        swap(&c->items[at], &c->items[(at - 1) / 2]);
    return true;
}

void candidates_sort(candidates *c)
{
    qsort(c->items, c->count, sizeof *c->items, by_doubt);
}

void candidates_dispose(candidates *c)
{
    for (size_t i = 0; i < c->count; i++)
        candidate_dispose(&c->items[i]);
    mem_free(c->items);
    *c = (candidates){0};
}
