/* Maps a model file and refuses it unless header, section table, sizes and tag table hold together.
   Vocabulary, weights and support vectors are not read here: whoever uses them checks every bound.
 */
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "classify/model_file.h"
#include "classify/model_options.h"
#include "classify/model_sections.h"
#include "classify/model_tags.h"
#include "classify/shown_text.h"

static void point_into_file(ttag_model *model)
{
    ttag_vocabulary *v = &model->parts.vocabulary;
    v->offsets = model_part_bytes(model, PART_TERM_OFFSETS);
    v->bytes = model_part_bytes(model, PART_TERM_BYTES);
    v->n_bytes = (size_t)model_part_size(model, PART_TERM_BYTES);
    v->df = model_part_bytes(model, PART_DF);
    v->idf = model_part_bytes(model, PART_IDF);
    v->slots = model_part_bytes(model, PART_SLOTS);
    model->parts.tags = model->tags;
    model->parts.card =
        (ttag_view){model_part_bytes(model, PART_CARD), (size_t)model_part_size(model, PART_CARD)};
}

static ttag_status read_model(ttag_model *model, ttag_error *err)
{
    ttag_status status = model_sections_read(model, err);
    if (status == TTAG_OK)
        status = model_options_decode(model, err);
    if (status == TTAG_OK)
        status = model_tags_decode(model, err);
    if (status != TTAG_OK)
        return status;
    point_into_file(model);
    if (!text_is_document(model->parts.card))
        return model_refuse(model, err, "section \"card\" is empty or not UTF-8 text");
    return TTAG_OK;
}

ttag_status model_open_memory(ttag_model **out, const void *bytes, size_t size, const char *path,
                              ttag_error *err)
{
    *out = NULL;
    ttag_model *model = mem_zero(1, sizeof *model);
    if (!model)
        return fail_memory(err);
    model->bytes = bytes;
    model->size = size;
    model->path = mem_copy(path, strlen(path) + 1);
    model->warm = warm_place_new();
    ttag_status status = model->path && model->warm ? read_model(model, err) : fail_memory(err);
    if (status != TTAG_OK) {
        ttag_model_close(model);
        return status;
    }
    *out = model;
    return TTAG_OK;
}

ttag_status ttag_model_open(ttag_model **out, const char *path, ttag_error *err)
{
    *out = NULL;
    mapping map;
    ttag_status status = mapping_open(&map, path, err);
    if (status != TTAG_OK)
        return status;
    status = model_open_memory(out, map.bytes, map.size, path, err);
    if (*out)
        (*out)->map = map;
    else
        mapping_close(&map);
    return status;
}

const ttag_model_parts *ttag_model_get(const ttag_model *model)
{
    return &model->parts;
}

size_t ttag_model_size(const ttag_model *model)
{
    return model->size;
}

void ttag_model_close(ttag_model *model)
{
    if (!model)
        return;
    mem_free(model->implies);
    mem_free(model->tags);
    mem_free(model->path);
    warm_place_free(model->warm);
    mapping_close(&model->map);
    mem_free(model);
}
