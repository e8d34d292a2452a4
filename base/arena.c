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

/* A block behind all others. Twice the last one's size even where an earlier one is current: pieces
   that grow from one clear to the next would else cost a block each. */
static arena_block *append_block(arena *a, size_t size)
{
    size_t wanted = FIRST_BLOCK;
    arena_block **end = &a->first;
    for (; *end; end = &(*end)->next)
        wanted = (*end)->size < SIZE_MAX / 4 ? (*end)->size * 2 : size;
    if (wanted < size)
        wanted = size;
    size_t bytes;
    arena_block *block = size_add(&bytes, sizeof *block, wanted) ? mem_new(bytes, 1) : NULL;
    if (!block)
        return NULL;
    *block = (arena_block){NULL, wanted, 0};
    return *end = block;
}

/* A block behind the current one with room for `size` bytes: one that a cleared arena still has, or
   a new one. */
static arena_block *next_block(arena *a, size_t size)
{
    arena_block *next = a->current ? a->current->next : a->first;
    while (next && next->size < size)
        next = next->next;
    if (!next)
        next = append_block(a, size);
    if (!next)
        return NULL;
    next->used = 0;
    return a->current = next;
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
