/* What a model file says of itself before any section is read. */
#include "classify/model_sections.h"

#include <string.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/memory.h"

ttag_status model_refuse(const ttag_model *model, ttag_error *err, const char *why)
{
    return fail_at(err, TTAG_FORMAT, model->path, 0, 0, "%s", why);
}

static ttag_status check_mark(const ttag_model *model, ttag_error *err)
{
    if (model->size == 0)
        return model_refuse(model, err, "not a ThreatTag model: the file is empty");
    size_t known = model->size < MODEL_MARK_SIZE ? model->size : MODEL_MARK_SIZE;
    if (memcmp(model->bytes, MODEL_MARK, known) != 0)
        return model_refuse(model, err, "not a ThreatTag model: the first bytes are not its mark");
    if (model->size < sizeof(model_header))
        return fail_at(err, TTAG_FORMAT, model->path, 0, 0,
                       "truncated: the header has %zu bytes, the file has %zu",
                       sizeof(model_header), model->size);
    return TTAG_OK;
}

static ttag_status check_header(const ttag_model *model, ttag_error *err)
{
    const model_header *header = (const void *)model->bytes;
    if (header->version != MODEL_VERSION)
        return fail_at(err, TTAG_VERSION_UNKNOWN, model->path, 0, 0,
                       "format version %u; this program reads version %u",
                       (unsigned)header->version, (unsigned)MODEL_VERSION);
    if (header->file_size != model->size)
        return fail_at(err, TTAG_FORMAT, model->path, 0, 0,
                       "%s: the header says %llu bytes, the file has %zu",
                       header->file_size > model->size ? "truncated" : "too long",
                       (unsigned long long)header->file_size, model->size);
    uint32_t least = model_n_parts(MODEL_OF_WEIGHTS);
    if (header->n_sections < least || header->n_sections > MODEL_MAX_SECTIONS)
        return fail_at(err, TTAG_FORMAT, model->path, 0, 0,
                       "damaged: the header says %u sections; expected %u to %d",
                       (unsigned)header->n_sections, (unsigned)least, MODEL_MAX_SECTIONS);
    size_t head_size = sizeof *header + header->n_sections * sizeof(model_section);
    if (head_size > model->size)
        return model_refuse(model, err, "truncated: the file ends within its section table");
    if (model_header_checksum(header, head_size) != header->checksum)
        return model_refuse(model, err, "damaged: the checksum of the header does not match");
    return TTAG_OK;
}

/* A name is printable ASCII, then zeros. */
static bool is_section_name(const char name[16])
{
    size_t length = 0;
    while (length < 16 && name[length] > 0x20 && name[length] < 0x7f)
        length++;
    for (size_t i = length; i < 16; i++)
        if (name[i] != '\0')
            return false;
    return length > 0;
}

/* Each section begins at the first aligned place behind the one before; the last ends the file. */
static ttag_status check_sections(const ttag_model *model, ttag_error *err)
{
    uint64_t end = sizeof(model_header) + model->n_sections * sizeof(model_section);
    for (size_t i = 0; i < model->n_sections; i++) {
        const model_section *section = &model->sections[i];
        if (!is_section_name(section->name))
            return fail_at(err, TTAG_FORMAT, model->path, 0, 0,
                           "damaged: section %zu has no proper name", i + 1);
        if (section->offset != model_align(end) || section->offset > model->size ||
            section->size > model->size - section->offset)
            return fail_at(err, TTAG_FORMAT, model->path, 0, 0,
                           "damaged: section \"%.16s\" is out of place", section->name);
        end = section->offset + section->size;
    }
    if (end != model->size)
        return model_refuse(model, err, "damaged: the last section does not end the file");
    return TTAG_OK;
}

static ttag_status find_part(ttag_model *model, model_part part, ttag_error *err)
{
    char name[16] = {0};
    const char *wanted = model_part_name(part);
    memcpy(name, wanted, strlen(wanted));
    for (size_t i = 0; i < model->n_sections; i++) {
        if (memcmp(model->sections[i].name, name, sizeof name) != 0)
            continue;
        if (model->found[part])
            return fail_at(err, TTAG_FORMAT, model->path, 0, 0,
                           "damaged: section \"%s\" is there twice", wanted);
        model->found[part] = &model->sections[i];
    }
    return TTAG_OK;
}

ttag_status model_check_there(const ttag_model *model, model_part part, ttag_error *err)
{
    if (model->found[part])
        return TTAG_OK;
    return fail_at(err, TTAG_FORMAT, model->path, 0, 0, "damaged: section \"%s\" is missing",
                   model_part_name(part));
}

/* Those of any model must be there; which others must, the options say. */
static ttag_status find_parts(ttag_model *model, ttag_error *err)
{
    ttag_status status = TTAG_OK;
    for (int i = 0; status == TTAG_OK && i < N_PARTS; i++) {
        model_part part = (model_part)i;
        status = find_part(model, part, err);
        if (status == TTAG_OK && model_has_part(part, MODEL_OF_WEIGHTS) &&
            model_has_part(part, MODEL_OF_VECTORS))
            status = model_check_there(model, part, err);
    }
    return status;
}

static ttag_status check_section_bytes(const ttag_model *model, const model_section *section,
                                       ttag_error *err)
{
    if (hash64(model->bytes + section->offset, (size_t)section->size) == section->checksum)
        return TTAG_OK;
    return fail_at(err, TTAG_FORMAT, model->path, 0, 0,
                   "damaged: the checksum of section \"%.16s\" does not match", section->name);
}

static ttag_status check_small_sections(const ttag_model *model, ttag_error *err)
{
    static const model_part small[] = {PART_OPTIONS, PART_TAGS,     PART_STRINGS,    PART_CARD,
                                       PART_KERNEL,  PART_PASSAGES, PART_BOILERPLATE};
    ttag_status status = TTAG_OK;
    for (size_t i = 0; status == TTAG_OK && i < sizeof small / sizeof *small; i++)
        if (model->found[small[i]])
            status = check_section_bytes(model, model->found[small[i]], err);
    return status;
}

ttag_status model_sections_read(ttag_model *model, ttag_error *err)
{
    ttag_status status = check_mark(model, err);
    if (status == TTAG_OK)
        status = check_header(model, err);
    if (status != TTAG_OK)
        return status;
    model->sections = (const void *)(model->bytes + sizeof(model_header));
    model->n_sections = ((const model_header *)(const void *)model->bytes)->n_sections;
    status = check_sections(model, err);
    if (status == TTAG_OK)
        status = find_parts(model, err);
    if (status == TTAG_OK)
        status = check_small_sections(model, err);
    return status;
}

ttag_status model_check_size(const ttag_model *model, model_part part, uint64_t count, size_t width,
                             size_t size, ttag_error *err)
{
    size_t expected;
    if (count <= SIZE_MAX && size_mul(&expected, (size_t)count, width) &&
        size_mul(&expected, expected, size) && expected == model_part_size(model, part))
        return TTAG_OK;
    return fail_at(err, TTAG_FORMAT, model->path, 0, 0,
                   "section \"%s\" has %llu bytes, which is not what its number of items takes",
                   model_part_name(part), (unsigned long long)model_part_size(model, part));
}

ttag_status ttag_model_verify(const ttag_model *model, ttag_error *err)
{
    uint64_t end = sizeof(model_header) + model->n_sections * sizeof(model_section);
    for (size_t i = 0; i < model->n_sections; i++) {
        const model_section *section = &model->sections[i];
        for (; end < section->offset; end++)
            if (model->bytes[end] != 0)
                return fail_at(err, TTAG_FORMAT, model->path, 0, 0,
                               "damaged: the gap before section \"%.16s\" is not zero",
                               section->name);
        ttag_status status = check_section_bytes(model, section, err);
        if (status != TTAG_OK)
            return status;
        end = section->offset + section->size;
    }
    return TTAG_OK;
}

bool ttag_model_section(const ttag_model *model, size_t number, ttag_view *name, size_t *size)
{
    if (number >= model->n_sections)
        return false;
    const model_section *section = &model->sections[number];
    *name = (ttag_view){section->name, strnlen(section->name, sizeof section->name)};
    *size = (size_t)section->size;
    return true;
}
