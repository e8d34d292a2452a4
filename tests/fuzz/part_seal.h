/* Makes the checksum of a changed part file fit again. */
#ifndef FUZZ_PART_SEAL_H
#define FUZZ_PART_SEAL_H

#include <string.h>

#include "base/hash.h"
#include "evaluate/part.h"

static inline void part_seal(unsigned char *bytes, size_t size)
{
    char hex[PART_DIGEST_SIZE + 1];
    digest *d = size > PART_DIGEST_SIZE ? digest_new() : NULL;
    if (!d)
        return;
    digest_add(d, bytes, size - PART_DIGEST_SIZE);
    digest_hex(d, hex);
    digest_free(d);
    memcpy(bytes + size - PART_DIGEST_SIZE, hex, PART_DIGEST_SIZE);
}

#endif
