/* zlib's inflate for gzip members. */
#include "base/gzip.h"

#include <limits.h>
#include <zlib.h>

#include "base/memory.h"

struct gzip {
    z_stream stream;
};

gzip *gzip_new(void)
{
    gzip *g = mem_zero(1, sizeof *g);
    if (g && inflateInit2(&g->stream, 16 + MAX_WBITS) != Z_OK) { /* 16: gzip only */
        mem_free(g);
        return NULL;
    }
    return g;
}

void gzip_free(gzip *g)
{
    if (g)
        inflateEnd(&g->stream);
    mem_free(g);
}

bool gzip_again(gzip *g)
{
    return inflateReset(&g->stream) == Z_OK;
}

gzip_result gzip_unpack(gzip *g, const unsigned char *in, size_t size, size_t *used, char *out,
                        size_t room, size_t *made)
{
    size_t left = size - *used;
    uInt take = left < UINT_MAX ? (uInt)left : UINT_MAX;
    uInt give = room < UINT_MAX ? (uInt)room : UINT_MAX;
    /* zlib's input pointer lacks const for historical reasons; it does not write through it */
    g->stream.next_in = (Bytef *)(uintptr_t)(in + *used);
    g->stream.avail_in = take;
    g->stream.next_out = (Bytef *)out;
    g->stream.avail_out = give;
    int result = inflate(&g->stream, Z_NO_FLUSH);
    *used += take - g->stream.avail_in;
    *made = give - g->stream.avail_out;
    if (result == Z_STREAM_END)
        return GZIP_END;
    if (result == Z_OK || result == Z_BUF_ERROR)
        return GZIP_OK;
    return result == Z_MEM_ERROR ? GZIP_NOMEM : GZIP_DAMAGED;
}
