/* Things sorted by their size, known by numbers. */
#ifndef BASE_SIZED_H
#define BASE_SIZED_H

#include <stddef.h>
#include <stdint.h>

typedef struct sized {
    size_t size;
    uint32_t number;
} sized;

/* Of equal size: by number, rising, in either order. */
void sized_sort_rising(sized *items, size_t n);
void sized_sort_falling(sized *items, size_t n);

#endif
