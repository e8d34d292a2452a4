/* The arena: a chain of blocks, each at least twice as large as the one before. */
#include "base/arena.h"

#include <stdalign.h>
#include <string.h>

#include "base/memory.h"

struct arena_block {
    arena_block *next;
    size_t size, used;
    alignas(max_align_t) char bytes[];
};

static const size_t ALIGNMENT = alignof(max_align_t);
enum { FIRST_BLOCK = 4096 };

/* Makes the block after the current one hold `size` bytes; keeps what a cleared arena still has. */
static arena_block *next_block(arena *a, size_t size)
{
    arena_block *next = a->current ? a->current->next : a->first;
    while (next && next->size < size)
        next = next->next;
    if (next) {
        next->used = 0;
        return a->current = next;
    }
    size_t wanted = a->current ? a->current->size : FIRST_BLOCK / 2;
    wanted = wanted < SIZE_MAX / 4 ? wanted * 2 : wanted;
    if (wanted < size)
        wanted = size;
    size_t bytes;
    arena_block *block = size_add(&bytes, sizeof *block, wanted) ? mem_new(bytes, 1) : NULL;
    if (!block)
        return NULL;
    *block = (arena_block){NULL, wanted, 0};
    arena_block **end = &a->first;
    while (*end)
        end = &(*end)->next;
    *end = block;
    return a->current = block;
}

void *arena_new(arena *a, size_t count, size_t size)
{
    size_t bytes;
    if (!size_mul(&bytes, count, size) || bytes > SIZE_MAX / 2)
        return NULL;
    bytes = (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    arena_block *block = a->current;
    if (!block || block->size - block->used < bytes)
        block = next_block(a, bytes);
    if (!block)
        return NULL;
    void *piece = block->bytes + block->used;
    block->used += bytes;
    return piece;
}

ttag_view arena_copy(arena *a, ttag_view v)
{
    char *copy = v.size < SIZE_MAX ? arena_new(a, v.size + 1, 1) : NULL;
    if (!copy)
        return (ttag_view){NULL, 0};
    if (v.size)
        memcpy(copy, v.bytes, v.size);
    copy[v.size] = '\0';
    return (ttag_view){copy, v.size};
}

void arena_clear(arena *a)
{
    a->current = NULL;
}

void arena_dispose(arena *a)
{
    for (arena_block *block = a->first; block;) {
        arena_block *next = block->next;
        mem_free(block);
        block = next;
    }
    *a = (arena){0};
}
