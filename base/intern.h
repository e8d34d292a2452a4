/* Strings to dense numbers 0, 1, 2, … in order of first appearance. Owns copies of the strings. */
#ifndef BASE_INTERN_H
#define BASE_INTERN_H

#include "ttag/base.h"

#define INTERN_NONE UINT32_MAX

typedef struct intern {
    char *bytes; /* all strings, one behind another */
    size_t n_bytes, bytes_capacity;
    uint64_t *offsets; /* count + 1 positions in bytes (once count > 0) */
    size_t offsets_capacity;
    uint64_t *slots; /* n_slots, a power of two: half of the string's hash << 32 | number + 1; 0
                        free */
    size_t n_slots;
    size_t count;
} intern; /* zero-initialise before use */

/* Number of the string, added if new; INTERN_NONE: no memory (or 2^32 - 2 strings). */
uint32_t intern_add(intern *t, ttag_view string);
/* The same by a hash of the caller's, always the same one for a string. */
uint32_t intern_add_hashed(intern *t, ttag_view string, uint64_t hash);
uint32_t intern_find(const intern *t, ttag_view string);
/* The string of a number; valid until the next intern_add. */
ttag_view intern_view(const intern *t, uint32_t number);
void intern_clear(intern *t); /* forgets all strings, keeps the memory */
void intern_dispose(intern *t);

/* For many strings in turn, so that the processor need not wait for each: have fetched where a
   string with this hash would be looked for, and later the string found there. */
static inline void intern_prefetch(const intern *t, uint64_t hash)
{
    if (t->n_slots)
        __builtin_prefetch(&t->slots[(size_t)(hash >> 32) & (t->n_slots - 1)]);
}

static inline void intern_prefetch_string(const intern *t, uint64_t hash)
{
    uint64_t found = t->n_slots ? t->slots[(size_t)(hash >> 32) & (t->n_slots - 1)] : 0;
    if (found)
        __builtin_prefetch(&t->bytes[t->offsets[(uint32_t)found - 1]]);
}

#endif
