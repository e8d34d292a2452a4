/* Room, and what is filled anew when it grows. */
#include "train/compact_kernel.h"

#include <string.h>

#include "base/memory.h"

enum {
    LINE = 16, /* values in a cache line */
    ROOM = 512 /* articles, however few are there */
};

void compact_kernel_clear(compact_kernel *c)
{
    c->n = 0;
}

/* Room for n and as many as may join them once. */
static bool widen(compact_kernel *c, size_t n)
{
    size_t capacity = (n + n / 2 + ROOM + LINE) / LINE * LINE;
    uint32_t *articles = mem_new(capacity, sizeof *articles);
    float *values = mem_lines(capacity, capacity * sizeof *values);
    float *diagonal = mem_lines(capacity, sizeof *diagonal);
    if (!articles || !values || !diagonal) {
        mem_free(articles);
        mem_free(values);
        mem_free(diagonal);
        return false;
    }
    if (c->n)
        memcpy(articles, c->articles, c->n * sizeof *articles);
    for (size_t k = 0; k < c->n; k++)
        memcpy(values + k * capacity, compact_kernel_row(c, k), c->n * sizeof *values);
    size_t n_kept = c->n;
    compact_kernel_dispose(c);
    *c = (compact_kernel){n_kept, capacity, articles, values, diagonal};
    return true;
}

bool compact_kernel_add(compact_kernel *c, const kernel_source *source, kernel_scratch *scratch,
                        const uint32_t *articles, size_t count)
{
    size_t old = c->n;
    if (count == 0)
        return true;
    if (old + count > c->capacity && !widen(c, old + count))
        return false;
    memcpy(c->articles + old, articles, count * sizeof *articles);
    if (!kernel_fill(c->values, c->capacity, source, scratch, c->articles, old + count, old))
        return false;
    c->n = old + count;
    for (size_t k = 0; k < c->n; k++)
        c->diagonal[k] = compact_kernel_row(c, k)[k];
    memset(c->diagonal + c->n, 0, (c->capacity - c->n) * sizeof *c->diagonal);
    return true;
}

void compact_kernel_dispose(compact_kernel *c)
{
    mem_free(c->articles);
    mem_free(c->values);
    mem_free(c->diagonal);
    *c = (compact_kernel){0};
}
