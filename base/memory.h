/* Checked allocation: sizes as count x size without overflow; free accepts NULL. */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

/* NULL where count * size overflows or memory ran out. A count of 0 gives a pointer that is not
   NULL, so that NULL always means failure. */
void *mem_new(size_t count, size_t size);  /* uninitialised */
void *mem_zero(size_t count, size_t size); /* all bytes 0 */
/* Uninitialised, begins on a cache line of 64 bytes: rows of such a length then touch one line
 * each. */
void *mem_lines(size_t count, size_t size);
/* Uninitialised, in pages of 2 MiB where the system has such: of what is read all over, and of
 * which little is in the cache, each read is a page looked up. What is never written takes no
 * memory. */
void *mem_huge(size_t count, size_t size);
void *mem_copy(const void *bytes, size_t size);
void mem_free(void *pointer);

/* Makes room for `need` items in `*items` (a T **), at least doubling; `*capacity` in items. On
   failure nothing has changed. */
bool mem_grow_more(void *items, size_t *capacity, size_t need, size_t size);
static inline bool mem_grow(void *items, size_t *capacity, size_t need, size_t size)
{
    return need <= *capacity || mem_grow_more(items, capacity, need, size);
}

/* a * b and a + b into *out; false on overflow. */
bool size_mul(size_t *out, size_t a, size_t b);
bool size_add(size_t *out, size_t a, size_t b);

/* Tests only: the n-th allocation from now fails, and all after it; 0 switches that off. Has no
   effect unless built with TTAG_FAULTS. */
void mem_fail_after(size_t n);

#endif
