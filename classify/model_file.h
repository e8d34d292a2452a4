/* An open model, and opening one that lies in memory. */
#ifndef CLASSIFY_MODEL_FILE_H
#define CLASSIFY_MODEL_FILE_H

#include "base/input.h"
#include "classify/model_layout.h"
#include "classify/warm_model.h"
#include "ttag/model.h"

struct ttag_model {
    ttag_model_parts parts;
    const unsigned char *bytes; /* the whole file */
    size_t size;
    char *path;
    const model_section *sections; /* n_sections, in bytes */
    size_t n_sections;
    const model_section *found[N_PARTS]; /* in sections */
    ttag_model_tag *tags;
    uint32_t *implies; /* of all tags, one behind another */
    warm_place *warm;  /* the one part that changes while it is open */
    mapping map;       /* absent where the bytes are borrowed */
};

/* Opens the `size` bytes of a model file, aligned as malloc's are and borrowed as long as the model
   is open. `path` is named in errors. Results as ttag_model_open's. */
ttag_status model_open_memory(ttag_model **out, const void *bytes, size_t size, const char *path,
                              ttag_error *err);

/* Bytes of a section that files of the model's version have. */
static inline const void *model_part_bytes(const ttag_model *model, model_part part)
{
    return model->bytes + model->found[part]->offset;
}

static inline uint64_t model_part_size(const ttag_model *model, model_part part)
{
    return model->found[part]->size;
}

/* Tells models apart: it covers the checksums of all sections. */
static inline uint64_t model_fingerprint(const ttag_model *model)
{
    return ((const model_header *)(const void *)model->bytes)->checksum;
}

#endif
