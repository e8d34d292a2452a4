/* Names of the sections, and the checksum of what stands before them. */
#include "classify/model_layout.h"

#include <string.h>

#include "base/hash.h"

const char *model_part_name(model_part part)
{
    static const char *const names[N_PARTS] = {
        [PART_OPTIONS] = "options",  [PART_TAGS] = "tags",
        [PART_STRINGS] = "strings",  [PART_TERM_OFFSETS] = "term-offsets",
        [PART_TERM_BYTES] = "terms", [PART_DF] = "df",
        [PART_IDF] = "idf",          [PART_SLOTS] = "slots",
        [PART_WEIGHTS] = "weights",  [PART_CARD] = "card",
    };
    return names[part];
}

uint64_t model_header_checksum(const void *header, size_t size)
{
    unsigned char copy[sizeof(model_header) + MODEL_MAX_SECTIONS * sizeof(model_section)];
    memcpy(copy, header, size);
    memset(copy + offsetof(model_header, checksum), 0, sizeof(uint64_t));
    return hash64(copy, size);
}
