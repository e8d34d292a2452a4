/* XXH3 through libxxhash. */
#include "base/hash.h"

#include <stdio.h>
#include <xxhash.h>

uint64_t hash64(const void *bytes, size_t size)
{
    return XXH3_64bits(bytes, size);
}

digest *digest_new(void)
{
    XXH3_state_t *state = XXH3_createState();
    if (state)
        XXH3_128bits_reset(state);
    return (digest *)state;
}

void digest_add(digest *d, const void *bytes, size_t size)
{
    XXH3_128bits_update((XXH3_state_t *)d, bytes, size);
}

void digest_hex(const digest *d, char out[33])
{
    XXH128_hash_t hash = XXH3_128bits_digest((const XXH3_state_t *)d);
    snprintf(out, 33, "%016llx%016llx", (unsigned long long)hash.high64,
             (unsigned long long)hash.low64);
}

void digest_free(digest *d)
{
    XXH3_freeState((XXH3_state_t *)d);
}
