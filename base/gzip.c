/* zlib's inflate for gzip members. */
#include <limits.h>
#include <zlib.h>

#include "base/memory.h"
#include "base/packed.h"

static packed_mark look(const unsigned char *bytes, size_t size)
{
    if (size > 0 && bytes[0] != 0x1f)
        return MARK_NONE;
    if (size < 2)
        return MARK_UNDECIDED;
    return bytes[1] == 0x8b ? MARK_THERE : MARK_NONE;
}

static void *begin(void)
{
    z_stream *stream = mem_zero(1, sizeof *stream);
    if (stream && inflateInit2(stream, 16 + MAX_WBITS) != Z_OK) { /* 16: gzip only */
        mem_free(stream);
        return NULL;
    }
    return stream;
}

static void dispose(void *state)
{
    if (state)
        inflateEnd(state);
    mem_free(state);
}

static bool again(void *state)
{
    return inflateReset(state) == Z_OK;
}

static packed_result unpack(void *state, const unsigned char *in, size_t size, size_t *used,
                            char *out, size_t room, size_t *made)
{
    z_stream *stream = state;
    size_t left = size - *used;
    uInt take = left < UINT_MAX ? (uInt)left : UINT_MAX;
    uInt give = room < UINT_MAX ? (uInt)room : UINT_MAX;
    /* zlib's input pointer lacks const for historical reasons; it does not write through it */
    stream->next_in = (Bytef *)(uintptr_t)(in + *used);
    stream->avail_in = take;
    stream->next_out = (Bytef *)out;
    stream->avail_out = give;
    int result = inflate(stream, Z_NO_FLUSH);
    *used += take - stream->avail_in;
    *made = give - stream->avail_out;
    if (result == Z_STREAM_END)
        return PACKED_END;
    if (result == Z_OK || result == Z_BUF_ERROR)
        return PACKED_OK;
    return result == Z_MEM_ERROR ? PACKED_NOMEM : PACKED_DAMAGED;
}

const packing packing_gzip = {.name = "gzip",
                              .look = look,
                              .begin = begin,
                              .dispose = dispose,
                              .unpack = unpack,
                              .again = again};
