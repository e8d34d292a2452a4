/* Names of the sections, and the checksum of what stands before them. */
#include "classify/model_layout.h"

#include <string.h>

#include "base/hash.h"

const char *model_part_name(model_part part)
{
    static const char *const names[N_PARTS] = {
        [PART_OPTIONS] = "options",
        [PART_TAGS] = "tags",
        [PART_STRINGS] = "strings",
        [PART_TERM_OFFSETS] = "term-offsets",
        [PART_TERM_BYTES] = "terms",
        [PART_DF] = "df",
        [PART_IDF] = "idf",
        [PART_SLOTS] = "slots",
        [PART_WEIGHTS] = "weights",
        [PART_CARD] = "card",
        [PART_KERNEL] = "kernel",
        [PART_SQUARES] = "vector-squares",
        [PART_VECTOR_STARTS] = "vector-starts",
        [PART_VECTORS] = "vectors",
        [PART_VECTOR_VALUES] = "vector-values",
        [PART_COEF_STARTS] = "coef-starts",
        [PART_COEF_VECTORS] = "coef-vectors",
        [PART_COEFS] = "coefs",
        [PART_ROW_STARTS] = "row-starts",
        [PART_ROWS] = "rows",
        [PART_PASSAGES] = "passages",
        [PART_BOILERPLATE] = "boilerplate",
    };
    return names[part];
}

bool model_has_part(model_part part, model_kind kind)
{
    if (part == PART_WEIGHTS)
        return kind == MODEL_OF_WEIGHTS;
    if (part < PART_KERNEL)
        return true;
    if (part >= PART_PASSAGES)
        return false;
    return kind == (part < PART_ROW_STARTS ? MODEL_OF_VECTORS : MODEL_OF_PACKED_WEIGHTS);
}

uint32_t model_n_parts(model_kind kind)
{
    uint32_t count = 0;
    for (int part = 0; part < N_PARTS; part++)
        count += model_has_part((model_part)part, kind);
    return count;
}

uint64_t model_header_checksum(const void *header, size_t size)
{
    unsigned char copy[sizeof(model_header) + MODEL_MAX_SECTIONS * sizeof(model_section)];
    memcpy(copy, header, size);
    memset(copy + offsetof(model_header, checksum), 0, sizeof(uint64_t));
    return hash64(copy, size);
}
