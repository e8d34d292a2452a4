/* Maps a model file and refuses it unless header, section table, sizes and tag table hold together.
   Vocabulary, weights and support vectors are not read here: whoever uses them checks every bound.
 */
#include <string.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/memory.h"
#include "classify/model_file.h"
#include "classify/model_tags.h"
#include "classify/model_vectors.h"
#include "classify/packed_rows.h"
#include "classify/shown_text.h"
#include "features/pieces.h"

static ttag_status refuse(const ttag_model *model, ttag_error *err, const char *why)
{
    return fail_at(err, TTAG_FORMAT, model->path, 0, 0, "%s", why);
}

/* ---- Header and section table. ---- */

static ttag_status check_mark(const ttag_model *model, ttag_error *err)
{
    if (model->size == 0)
        return refuse(model, err, "not a ThreatTag model: the file is empty");
    size_t known = model->size < MODEL_MARK_SIZE ? model->size : MODEL_MARK_SIZE;
    if (memcmp(model->bytes, MODEL_MARK, known) != 0)
        return refuse(model, err, "not a ThreatTag model: the first bytes are not its mark");
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
        return refuse(model, err, "truncated: the file ends within its section table");
    if (model_header_checksum(header, head_size) != header->checksum)
        return refuse(model, err, "damaged: the checksum of the header does not match");
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
        return refuse(model, err, "damaged: the last section does not end the file");
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

static ttag_status check_there(const ttag_model *model, model_part part, ttag_error *err)
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
            status = check_there(model, part, err);
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

/* ---- Options and sizes. ---- */

static ttag_status decode_options(ttag_model *model, ttag_error *err)
{
    const model_options *options = model_part_bytes(model, PART_OPTIONS);
    if (model_part_size(model, PART_OPTIONS) != sizeof *options)
        return refuse(model, err, "section \"options\" has not the size of version 2");
    const uint32_t flags = MODEL_SUBLINEAR_TF | MODEL_SMOOTH_IDF | MODEL_L2_NORM |
                           MODEL_CALIBRATED | MODEL_SUPPORT_VECTORS | MODEL_PASSAGES |
                           MODEL_BOILERPLATE | MODEL_EVEN_CHARS;
    if (options->tokens > TTAG_TOKENS_ARTIFACTS || options->title > TTAG_TITLE_DROP ||
        options->flags &
            ~(flags | MODEL_HASH_MASK | MODEL_CHARS_MASKS | MODEL_STEM_MASK | MODEL_PACKED_MASK) ||
        (options->flags & MODEL_SUPPORT_VECTORS && options->flags & MODEL_PACKED_MASK))
        return refuse(model, err, "section \"options\" names a rule that is not in version 2");
    if (options->n_tags == 0 || options->n_tags == TTAG_NO_TAG || options->n_terms == 0 ||
        options->n_terms >= UINT32_MAX - 1)
        return refuse(model, err, "section \"options\" has no tags or no terms, or too many");
    model->parts.text = (ttag_text_opts){.tokens = (ttag_token_rule)options->tokens,
                                         .title = (ttag_title_rule)options->title,
                                         .word_ngrams = options->word_ngrams,
                                         .min_df = options->min_df,
                                         .max_df = options->max_df,
                                         .sublinear_tf = options->flags & MODEL_SUBLINEAR_TF,
                                         .smooth_idf = options->flags & MODEL_SMOOTH_IDF,
                                         .l2_norm = options->flags & MODEL_L2_NORM};
    model->parts.text.hash_bits = (options->flags & MODEL_HASH_MASK) >> MODEL_HASH_SHIFT;
    model->parts.text.char_least = options->flags >> MODEL_CHARS_SHIFT & MODEL_CHARS_MASK;
    model->parts.text.char_most =
        options->flags >> (MODEL_CHARS_SHIFT + MODEL_CHARS_BITS) & MODEL_CHARS_MASK;
    model->parts.text.stem =
        (ttag_stem_rule)((options->flags & MODEL_STEM_MASK) >> MODEL_STEM_SHIFT);
    model->parts.text.even_chars = options->flags & MODEL_EVEN_CHARS;
    model->parts.calibrated = options->flags & MODEL_CALIBRATED;
    model->parts.n_tags = options->n_tags;
    model->parts.weight_stride = (size_t)options->weight_stride;
    model->parts.vocabulary.n_terms = (size_t)options->n_terms;
    model->parts.vocabulary.n_slots = (size_t)options->n_slots;
    model->parts.vocabulary.hash_bits = model->parts.text.hash_bits;
    const char *trouble = ttag_text_opts_check(&model->parts.text);
    if (trouble)
        return fail_at(err, TTAG_FORMAT, model->path, 0, 0, "section \"options\": %s", trouble);
    return TTAG_OK;
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

static ttag_status check_sizes(const ttag_model *model, ttag_error *err)
{
    const ttag_model_parts *parts = &model->parts;
    size_t n_terms = parts->vocabulary.n_terms, n_slots = parts->vocabulary.n_slots;
    if (n_slots <= n_terms || (n_slots & (n_slots - 1)) != 0)
        return refuse(model, err, "the hash table is not a power of two over the number of terms");
    if (parts->weight_stride != model_stride(parts->n_tags))
        return refuse(model, err, "the weights' stride is not that of the number of tags");
    ttag_status status = model_check_size(model, PART_TERM_OFFSETS, n_terms + 1, 1, 8, err);
    if (status == TTAG_OK)
        status = model_check_size(model, PART_DF, n_terms, 1, 4, err);
    if (status == TTAG_OK)
        status = model_check_size(model, PART_IDF, n_terms, 1, 4, err);
    if (status == TTAG_OK)
        status = model_check_size(model, PART_SLOTS, n_slots, 1, sizeof(ttag_slot), err);
    return status;
}

/* Rows are checked when used. */
static ttag_status decode_packed(ttag_model *model, ttag_error *err)
{
    const model_options *options = model_part_bytes(model, PART_OPTIONS);
    uint32_t type = ((options->flags & MODEL_PACKED_MASK) >> MODEL_PACKED_SHIFT) - 1;
    if (model->parts.n_tags > PACKED_MOST_TAGS)
        return refuse(model, err, "section \"options\" has too many tags for packed weights");
    model->parts.packed =
        (ttag_packed_weights){.type = (ttag_weight_type)type,
                              .starts = model_part_bytes(model, PART_ROW_STARTS),
                              .rows = model_part_bytes(model, PART_ROWS),
                              .n_bytes = (size_t)model_part_size(model, PART_ROWS)};
    return model_check_size(model, PART_ROW_STARTS, model->parts.vocabulary.n_terms, 1, 4, err);
}

static model_kind kind_of(const model_options *options)
{
    if (options->flags & MODEL_SUPPORT_VECTORS)
        return MODEL_OF_VECTORS;
    return options->flags & MODEL_PACKED_MASK ? MODEL_OF_PACKED_WEIGHTS : MODEL_OF_WEIGHTS;
}

static void decode_second_stage(ttag_model *model, const model_second_stage *s)
{
    ttag_second_stage *out = &model->parts.second;
    *out = (ttag_second_stage){.used = true, .length = s->length, .offset = s->offset};
    memcpy(out->best, s->best, sizeof out->best);
}

static ttag_status decode_passages(ttag_model *model, ttag_error *err)
{
    const model_options *options = model_part_bytes(model, PART_OPTIONS);
    if (!(options->flags & MODEL_PASSAGES))
        return TTAG_OK;
    if (check_there(model, PART_PASSAGES, err) != TTAG_OK)
        return TTAG_FORMAT;
    const model_passages *p = model_part_bytes(model, PART_PASSAGES);
    uint64_t size = model_part_size(model, PART_PASSAGES);
    if (size != sizeof *p && size != sizeof *p + sizeof(model_second_stage))
        return refuse(model, err, "section \"passages\" has not the size of version 2");
    model->parts.passages =
        (ttag_passage_rule){(ttag_unit)p->unit, {p->windows[0], p->windows[1]}, p->top};
    if (size > sizeof *p)
        decode_second_stage(model, (const model_second_stage *)(const void *)(p + 1));
    const char *trouble = passage_rule_trouble(&model->parts.passages);
    if (!trouble)
        trouble = second_stage_trouble(&model->parts.second, &model->parts.passages);
    if (!trouble && p->unit == TTAG_UNIT_ARTICLE)
        trouble = "the unit is the article";
    if (!trouble && options->flags & MODEL_SUPPORT_VECTORS)
        trouble = "passages want the linear kernel";
    return trouble
               ? fail_at(err, TTAG_FORMAT, model->path, 0, 0, "section \"passages\": %s", trouble)
               : TTAG_OK;
}

static ttag_status decode_boilerplate(ttag_model *model, ttag_error *err)
{
    const model_options *options = model_part_bytes(model, PART_OPTIONS);
    if (!(options->flags & MODEL_BOILERPLATE))
        return TTAG_OK;
    if (check_there(model, PART_BOILERPLATE, err) != TTAG_OK)
        return TTAG_FORMAT;
    const model_boilerplate *b = model_part_bytes(model, PART_BOILERPLATE);
    uint64_t size = model_part_size(model, PART_BOILERPLATE);
    if (size < sizeof *b || b->patterns != 1 || b->n_repeated > TTAG_REPEATED_MOST ||
        size != sizeof *b + b->n_repeated * sizeof(uint64_t))
        return refuse(model, err, "section \"boilerplate\" has not the size of version 2");
    model->parts.boilerplate = (ttag_boilerplate){true, (const void *)(b + 1), b->n_repeated};
    const char *trouble = ttag_boilerplate_check(&model->parts.boilerplate);
    return trouble ? fail_at(err, TTAG_FORMAT, model->path, 0, 0, "section \"boilerplate\": %s",
                             trouble)
                   : TTAG_OK;
}

/* What a score is made of: weights, or support vectors. */
static ttag_status decode_decisions(ttag_model *model, ttag_error *err)
{
    model_kind kind = kind_of(model_part_bytes(model, PART_OPTIONS));
    ttag_model_parts *parts = &model->parts;
    ttag_status status = TTAG_OK;
    for (int i = 0; status == TTAG_OK && i < N_PARTS; i++)
        if (model_has_part((model_part)i, kind))
            status = check_there(model, (model_part)i, err);
    if (status != TTAG_OK)
        return status;
    if (kind == MODEL_OF_VECTORS)
        return model_vectors_decode(model, err);
    if (kind == MODEL_OF_PACKED_WEIGHTS)
        return decode_packed(model, err);
    parts->weights = model_part_bytes(model, PART_WEIGHTS);
    return model_check_size(model, PART_WEIGHTS, parts->vocabulary.n_terms, parts->weight_stride, 4,
                            err);
}

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

/* ---- Opening. ---- */

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

static ttag_status read_model(ttag_model *model, ttag_error *err)
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
    if (status == TTAG_OK)
        status = decode_options(model, err);
    if (status == TTAG_OK)
        status = check_sizes(model, err);
    if (status == TTAG_OK)
        status = decode_decisions(model, err);
    if (status == TTAG_OK)
        status = decode_passages(model, err);
    if (status == TTAG_OK)
        status = decode_boilerplate(model, err);
    if (status == TTAG_OK)
        status = model_tags_decode(model, err);
    if (status != TTAG_OK)
        return status;
    point_into_file(model);
    if (!text_is_document(model->parts.card))
        return refuse(model, err, "section \"card\" is empty or not UTF-8 text");
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

const ttag_model_parts *ttag_model_get(const ttag_model *model)
{
    return &model->parts;
}

size_t ttag_model_size(const ttag_model *model)
{
    return model->size;
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
