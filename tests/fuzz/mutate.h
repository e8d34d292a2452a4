/* Random changes to an input: bits, bytes, ranges, numbers, words of a dictionary, two inputs
   spliced. */
#ifndef FUZZ_MUTATE_H
#define FUZZ_MUTATE_H

#include "base/buffer.h"
#include "base/random.h"

/* Owned byte strings; zero-initialise before use. */
typedef struct pool {
    ttag_view *items; /* count */
    size_t count, capacity;
} pool;

bool pool_add(pool *p, ttag_view bytes);
/* Adds what is between the double quotes of `line`, \\, \" and \xHH undone. */
bool pool_add_quoted(pool *p, const char *line);
void pool_dispose(pool *p);

/* A mutated seed of at most `limit` bytes into `out`. */
void mutate(buffer *out, rng *r, const pool *seeds, const pool *words, size_t limit);

#endif
