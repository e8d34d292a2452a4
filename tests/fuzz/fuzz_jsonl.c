/* Any bytes as lines of JSON Lines: the same articles, or the same refusals, as by way of cJSON,
   whatever the lines before were. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "articles/taxonomy_read.h"
#include "base/view.h"
#include "tests/json_tree/same_reading.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds)
{
    if (!holds)
        abort();
}

/* The line in memory of its own, so that a sanitizer sees who reads beyond it. */
static void check_line(ttag_decoder *decoder, const char *bytes, size_t size)
{
    char *line = malloc(size ? size : 1);
    demand(line != NULL);
    memcpy(line, bytes, size);
    demand(!article_difference(decoder, (ttag_view){line, size}));
    free(line);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ttag_taxonomy *taxonomy; /* a small one: it is made anew for each input */
    ttag_decoder *decoder;
    const char *at = (const char *)data, *end = at + size;
    if (size == 0)
        return 0;
    demand(taxonomy_parse(&taxonomy, view_of("Malware\n"), "", NULL) == TTAG_OK);
    demand(ttag_decoder_new(&decoder, taxonomy, NULL) == TTAG_OK);
    while (at < end) {
        const char *feed = memchr(at, '\n', (size_t)(end - at));
        size_t length = (size_t)((feed ? feed : end) - at);
        check_line(decoder, at, length);
        at += length + (feed != NULL);
    }
    ttag_decoder_free(decoder);
    ttag_taxonomy_free(taxonomy);
    return 0;
}
