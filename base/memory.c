/* Checked allocation, and the countdown that lets tests make it fail. */
#include "base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#ifdef TTAG_FAULTS
#include <stdatomic.h>

static atomic_size_t allocations_left; /* 0: never fail; 1: fail from now on */

static bool fails_now(void)
{
    size_t left = atomic_load(&allocations_left);
    while (left > 1) {
        if (atomic_compare_exchange_weak(&allocations_left, &left, left - 1))
            return false;
    }
    return left == 1;
}

void mem_fail_after(size_t n)
{
    atomic_store(&allocations_left, n);
}
#else
static bool fails_now(void)
{
    return false;
}

void mem_fail_after(size_t n)
{
    (void)n;
}
#endif

bool size_mul(size_t *out, size_t a, size_t b)
{
    return !__builtin_mul_overflow(a, b, out);
}

bool size_add(size_t *out, size_t a, size_t b)
{
    return !__builtin_add_overflow(a, b, out);
}

void *mem_new(size_t count, size_t size)
{
    size_t bytes;
    if (!size_mul(&bytes, count, size) || bytes > PTRDIFF_MAX || fails_now())
        return NULL;
    return malloc(bytes ? bytes : 1);
}

void *mem_zero(size_t count, size_t size)
{
    size_t bytes;
    if (!size_mul(&bytes, count, size) || bytes > PTRDIFF_MAX || fails_now())
        return NULL;
    return calloc(bytes ? bytes : 1, 1);
}

/* Whole pages of 2 MiB, where the system has them. */
static void *huge(size_t bytes)
{
    const size_t page = (size_t)2 << 20;
    if (bytes > PTRDIFF_MAX - page)
        return NULL;
    bytes = (bytes + page) / page * page;
    void *memory = aligned_alloc(page, bytes);
#ifdef MADV_HUGEPAGE
    if (memory)
        (void)madvise(memory, bytes, MADV_HUGEPAGE);
#endif
    return memory;
}

void *mem_lines(size_t count, size_t size)
{
    enum { LINE = 64 };
    const size_t many = (size_t)4 << 20;
    size_t bytes;
    if (!size_mul(&bytes, count, size) || bytes > PTRDIFF_MAX - LINE || fails_now())
        return NULL;
    if (bytes >= many)
        return huge(bytes);
    return aligned_alloc(LINE, (bytes + LINE) / LINE * LINE);
}

void *mem_huge(size_t count, size_t size)
{
    size_t bytes;
    return size_mul(&bytes, count, size) && !fails_now() ? huge(bytes) : NULL;
}

void *mem_copy(const void *bytes, size_t size)
{
    void *copy = mem_new(size, 1);
    if (copy && size)
        memcpy(copy, bytes, size);
    return copy;
}

void mem_free(void *pointer)
{
    free(pointer);
}

bool mem_grow_more(void *items, size_t *capacity, size_t need, size_t size)
{
    size_t wanted = *capacity < SIZE_MAX / 2 ? *capacity * 2 : need;
    if (wanted < need)
        wanted = need;
    if (wanted < 16)
        wanted = 16;
    size_t bytes;
    if (!size_mul(&bytes, wanted, size) || bytes > PTRDIFF_MAX || fails_now())
        return false;
    void *old;
    memcpy(&old, items, sizeof old); /* `items` is a T **, whatever T is */
    void *grown = realloc(old, bytes);
    if (!grown)
        return false;
    memcpy(items, &grown, sizeof grown);
    *capacity = wanted;
    return true;
}
