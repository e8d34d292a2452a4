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
    uint32_t *slots; /* n_slots, a power of two: number + 1; 0 free */
    uint32_t *tags;  /* n_slots: upper half of the string's hash */
    size_t n_slots;
    size_t count;
} intern; /* zero-initialise before use */

/* Number of the string, added if new; INTERN_NONE: no memory (or 2^32 - 2 strings). */
uint32_t intern_add(intern *t, ttag_view string);
uint32_t intern_find(const intern *t, ttag_view string);
/* The string of a number; valid until the next intern_add. */
ttag_view intern_view(const intern *t, uint32_t number);
void intern_dispose(intern *t);

#endif
