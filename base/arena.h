/* Memory that is given out piece by piece and taken back all at once. Zero-initialise before use.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "ttag/base.h"

typedef struct arena_block arena_block;

typedef struct arena {
    arena_block *first;
    arena_block *current;
} arena;

void *arena_new(arena *a, size_t count, size_t size); /* aligned for anything; NULL: no memory */
/* A copy with a terminator behind it; bytes NULL: no memory. */
ttag_view arena_copy(arena *a, ttag_view v);
void arena_clear(arena *a); /* forgets all pieces, keeps the memory */
void arena_dispose(arena *a);

#endif
