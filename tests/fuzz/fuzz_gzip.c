/* Any bytes as a file: read in pieces of any size it gives the same bytes and the same verdict, and
   a file that is not packed comes as it is. The first two bytes choose the size of a piece. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/input.h"
#include "base/view.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LARGEST_PIECE = 65536, ENOUGH = 1 << 20 };

static void demand(bool holds)
{
    if (!holds)
        abort();
}

/* To the end, a failure, or `ENOUGH` bytes: gzip can pack a thousandfold. */
static ttag_status read_all(const char *path, size_t piece, buffer *out)
{
    input *in;
    ttag_error err;
    char *bytes = malloc(piece);
    ttag_status status = input_open(&in, path, NULL, &err);
    demand(bytes && (status == TTAG_OK) == (in != NULL));
    for (size_t got = 1; status == TTAG_OK && got > 0 && out->size < ENOUGH;) {
        status = input_read(in, bytes, piece, &got, &err);
        demand(got <= piece);
        buffer_put(out, bytes, got);
    }
    demand(status == TTAG_OK || (status == TTAG_IO && err.text[0]));
    input_close(in);
    free(bytes);
    if (out->size > ENOUGH)
        out->size = ENOUGH;
    return status;
}

static void check_file(const char *path, size_t piece, ttag_view content)
{
    buffer whole = {0}, parts = {0};
    ttag_status expected = read_all(path, LARGEST_PIECE, &whole);
    ttag_status status = read_all(path, piece, &parts);
    demand(view_equal(buffer_as_view(&whole), buffer_as_view(&parts)));
    demand(status == expected || whole.size == ENOUGH);
    const unsigned char *b = (const unsigned char *)content.bytes;
    const bool packed =
        (content.size >= 2 && memcmp(b, "\x1f\x8b", 2) == 0) ||
        (content.size >= 4 && (memcmp(b, "\x28\xb5\x2f\xfd", 4) == 0 ||
                               (b[0] >> 4 == 5 && memcmp(b + 1, "\x2a\x4d\x18", 3) == 0)));
    if (!packed && content.size < ENOUGH)
        demand(status == TTAG_OK && view_equal(buffer_as_view(&whole), content));
    buffer_dispose(&whole);
    buffer_dispose(&parts);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    size_t piece = 1 + (size_t)(data[0] | data[1] << 8);
    char path[32];
    FILE *file = tmpfile();
    demand(file != NULL);
    demand(fwrite(data + 2, 1, size - 2, file) == size - 2 && fflush(file) == 0);
    snprintf(path, sizeof path, "/dev/fd/%d", fileno(file));
    check_file(path, piece, (ttag_view){(const char *)data + 2, size - 2});
    fclose(file);
    return 0;
}
