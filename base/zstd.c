/* Zstandard's frames, by libzstd; a frame that asks for over 128 MiB of window is refused. */
#include <string.h>
#include <zstd.h>
#include <zstd_errors.h>

#include "base/memory.h"
#include "base/packed.h"

/* 28 b5 2f fd; 50 to 5f, 2a 4d 18 for frames that are passed over. */
static packed_mark look(const unsigned char *bytes, size_t size)
{
    static const unsigned char data[] = {0x28, 0xb5, 0x2f, 0xfd},
                               other[] = {0x50, 0x2a, 0x4d, 0x18};
    bool is_data = true, is_other = true;
    for (size_t i = 0; i < size && i < 4; i++) {
        is_data = is_data && bytes[i] == data[i];
        is_other = is_other && (i == 0 ? bytes[i] & 0xf0 : bytes[i]) == other[i];
    }
    if (!is_data && !is_other)
        return MARK_NONE;
    return size < 4 ? MARK_UNDECIDED : MARK_THERE;
}

/* What was unpacked waits here: so pieces of any size end up as the same bytes, damaged ones too.
 */
enum { ROOM = 128 << 10 }; /* a block */

typedef struct zstd_state {
    ZSTD_DStream *stream;
    packed_result result; /* behind what waits: PACKED_OK: there is more to come */
    size_t start, end;
    char bytes[ROOM];
} zstd_state;

static void dispose(void *state)
{
    zstd_state *z = state;
    if (z)
        ZSTD_freeDStream(z->stream);
    mem_free(z);
}

static void *begin(void)
{
    zstd_state *z = mem_zero(1, sizeof *z);
    if (z && !(z->stream = ZSTD_createDStream())) {
        dispose(z);
        return NULL;
    }
    return z;
}

static bool again(void *state)
{
    zstd_state *z = state;
    z->result = PACKED_OK;
    return !ZSTD_isError(ZSTD_DCtx_reset(z->stream, ZSTD_reset_session_only));
}

static packed_result result_of(size_t result)
{
    if (!ZSTD_isError(result))
        return result == 0 ? PACKED_END : PACKED_OK;
    return ZSTD_getErrorCode(result) == ZSTD_error_memory_allocation ? PACKED_NOMEM
                                                                     : PACKED_DAMAGED;
}

static packed_result unpack(void *state, const unsigned char *in, size_t size, size_t *used,
                            char *out, size_t room, size_t *made)
{
    zstd_state *z = state;
    if (z->start == z->end && z->result == PACKED_OK) {
        ZSTD_inBuffer from = {in, size, *used};
        ZSTD_outBuffer to = {z->bytes, ROOM, 0};
        z->result = result_of(ZSTD_decompressStream(z->stream, &to, &from));
        *used = from.pos;
        z->start = 0;
        z->end = to.pos;
    }
    const size_t waiting = z->end - z->start;
    *made = waiting < room ? waiting : room;
    memcpy(out, z->bytes + z->start, *made);
    z->start += *made;
    return z->start < z->end ? PACKED_OK : z->result;
}

const packing packing_zstd = {.name = "Zstandard",
                              .look = look,
                              .begin = begin,
                              .dispose = dispose,
                              .unpack = unpack,
                              .again = again};
