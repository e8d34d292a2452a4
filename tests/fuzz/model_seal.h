/* Makes the checksums of a changed model file fit again, so that tests reach what lies behind them.
 */
#ifndef FUZZ_MODEL_SEAL_H
#define FUZZ_MODEL_SEAL_H

#include <string.h>

#include "base/hash.h"
#include "classify/model_layout.h"

/* Sets file size and all checksums as far as header and table lie within `size` bytes; where a
   section does not, its checksum stays. `bytes` is aligned as malloc's memory is. */
static inline void model_seal(unsigned char *bytes, size_t size)
{
    model_header *header = (void *)bytes;
    if (size < sizeof *header)
        return;
    header->file_size = size;
    uint64_t n = header->n_sections;
    if (n > MODEL_MAX_SECTIONS || size < sizeof *header + n * sizeof(model_section))
        return;
    model_section *sections = (void *)(bytes + sizeof *header);
    for (size_t i = 0; i < n; i++)
        if (sections[i].offset <= size && sections[i].size <= size - sections[i].offset)
            sections[i].checksum = hash64(bytes + sections[i].offset, (size_t)sections[i].size);
    header->checksum = model_header_checksum(bytes, sizeof *header + n * sizeof(model_section));
}

#endif
