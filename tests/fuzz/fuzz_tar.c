/* Any bytes as a tar archive: entries within the bound, then the end or a refusal. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "import/tar_entries.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST = 4096 };

static void demand(bool holds)
{
    if (!holds)
        abort();
}

/* Sums of mutated headers would never be right. */
static void mend_sums(unsigned char *bytes, size_t size)
{
    for (size_t at = 0; at + TAR_BLOCK <= size; at += TAR_BLOCK) {
        unsigned sum = 0;
        unsigned char *block = bytes + at;
        if (block[0] == 0)
            continue;
        memset(block + 148, ' ', 8);
        for (int i = 0; i < TAR_BLOCK; i++)
            sum += block[i];
        for (int i = 5; i >= 0; i--, sum >>= 3)
            block[148 + i] = (unsigned char)('0' + (sum & 7));
        block[154] = 0;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[64];
    FILE *file = tmpfile();
    unsigned char *copy = malloc(size + 1);
    input *in;
    ttag_error err = {0};
    demand(file && copy);
    memcpy(copy, data, size);
    mend_sums(copy, size);
    demand(fwrite(copy, 1, size, file) == size && fflush(file) == 0);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fileno(file));
    demand(input_open(&in, path, NULL, &err) == TTAG_OK);
    tar_entries tar = {.in = in, .path = "fuzz", .max_size = MOST};
    ttag_status status;
    while ((status = tar_next(&tar, &err)) == TTAG_OK || status == TTAG_LIMIT)
        demand(tar.bytes.size <= MOST);
    demand(status == TTAG_END || ((status == TTAG_PARSE || status == TTAG_IO) && err.text[0]));
    tar_dispose(&tar);
    input_close(in);
    fclose(file);
    free(copy);
    return 0;
}
