/* XXH3: of memory at once, and of a stream of parts. The only file that sees xxhash is hash.c. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

uint64_t hash64(const void *bytes, size_t size);

/* 128-bit digest of a stream; hex in lower case. */
typedef struct digest digest;
digest *digest_new(void); /* NULL: no memory */
void digest_add(digest *d, const void *bytes, size_t size);
void digest_hex(const digest *d, char out[33]);
void digest_free(digest *d);

#endif
