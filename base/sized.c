/* By size, then by number. */
#include "base/sized.h"

#include <stdlib.h>

static int by_number(const sized *x, const sized *y)
{
    return (x->number > y->number) - (x->number < y->number);
}

static int by_size(const void *a, const void *b)
{
    const sized *x = a, *y = b;
    if (x->size != y->size)
        return x->size < y->size ? -1 : 1;
    return by_number(x, y);
}

static int by_falling_size(const void *a, const void *b)
{
    const sized *x = a, *y = b;
    if (x->size != y->size)
        return x->size < y->size ? 1 : -1;
    return by_number(x, y);
}

void sized_sort_rising(sized *items, size_t n)
{
    qsort(items, n, sizeof *items, by_size);
}

void sized_sort_falling(sized *items, size_t n)
{
    qsort(items, n, sizeof *items, by_falling_size);
}
