/* Unpacking a stream, piece by piece. gzip.c is the only file that sees zlib, zstd.c the only one
   that sees libzstd. */
#ifndef BASE_PACKED_H
#define BASE_PACKED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum packed_result { PACKED_OK, PACKED_END, PACKED_DAMAGED, PACKED_NOMEM } packed_result;

/* Whether bytes, more of which may follow, are its mark. */
typedef enum packed_mark { MARK_NONE, MARK_THERE, MARK_UNDECIDED } packed_mark;

/* A way of packing. Files may hold several members, one behind the other. */
typedef struct packing {
    const char *name; /* "gzip" */
    packed_mark (*look)(const unsigned char *bytes, size_t size);
    void *(*begin)(void);         /* NULL: no memory */
    void (*dispose)(void *state); /* NULL is fine */
    /* Unpacks from in[*used …) into out; advances *used and sets *made. PACKED_END: a member has
       ended; call `again` if more bytes follow. */
    packed_result (*unpack)(void *state, const unsigned char *in, size_t size, size_t *used,
                            char *out, size_t room, size_t *made);
    bool (*again)(void *state);
} packing;

extern const packing packing_gzip, packing_zstd;

#endif
