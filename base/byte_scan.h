/* Which bytes of a run matter. There is a way to find out for each kind of CPU; all find the same.
 */
#ifndef BASE_BYTE_SCAN_H
#define BASE_BYTE_SCAN_H

#include <stddef.h>
#include <stdint.h>

enum { BYTE_BLOCK = 64 };

typedef struct byte_scan {
    const char *name;
    /* Finds the first quote or backslash from `at` on: returns a position before it, but not before
       `at`, from which on *quotes tells for BYTE_BLOCK bytes which are any, bit i for byte i.
       `size`, and *quotes 0: there is none. */
    size_t (*quotes)(const char *bytes, size_t size, size_t at, uint64_t *quotes);
    /* Bytes before the first `"`, `\`, control character or DEL; `size` where there is none. */
    size_t (*to_escape)(const char *bytes, size_t size);
    /* Bytes before the first control character but DEL; `size` where there is none. */
    size_t (*to_control)(const char *bytes, size_t size);
    /* Bytes before the first that is NUL or not ASCII; `size` where there is none. */
    size_t (*to_foreign)(const char *bytes, size_t size);
} byte_scan;

/* The fastest that this CPU can do. */
const byte_scan *byte_scan_best(void);

/* All that this CPU can do, for tests: number `i` from 0; NULL behind the last. The first is plain
   C. */
const byte_scan *byte_scan_at(size_t i);

#endif
