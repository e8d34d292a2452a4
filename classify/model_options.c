/* Sections that say how a model reads texts and what its scores are made of. */
#include "classify/model_options.h"

#include <string.h>

#include "base/error.h"
#include "classify/model_sections.h"
#include "classify/model_vectors.h"
#include "classify/packed_rows.h"
#include "features/pieces.h"

/* Whether every rule and flag is one of this version. */
static bool is_known(const model_options *options)
{
    const uint32_t flags = MODEL_SUBLINEAR_TF | MODEL_SMOOTH_IDF | MODEL_L2_NORM |
                           MODEL_CALIBRATED | MODEL_SUPPORT_VECTORS | MODEL_PASSAGES |
                           MODEL_BOILERPLATE | MODEL_EVEN_CHARS;
    const uint32_t fields =
        MODEL_HASH_MASK | MODEL_CHARS_MASKS | MODEL_STEM_MASK | MODEL_PACKED_MASK;
    if (options->tokens > TTAG_TOKENS_ARTIFACTS || options->title > TTAG_TITLE_DROP ||
        options->flags & ~(flags | fields))
        return false;
    return !(options->flags & MODEL_SUPPORT_VECTORS && options->flags & MODEL_PACKED_MASK);
}

static ttag_text_opts text_opts_of(const model_options *options)
{
    ttag_text_opts text = {.tokens = (ttag_token_rule)options->tokens,
                           .title = (ttag_title_rule)options->title,
                           .word_ngrams = options->word_ngrams,
                           .min_df = options->min_df,
                           .max_df = options->max_df,
                           .sublinear_tf = options->flags & MODEL_SUBLINEAR_TF,
                           .smooth_idf = options->flags & MODEL_SMOOTH_IDF,
                           .l2_norm = options->flags & MODEL_L2_NORM};
    text.hash_bits = (options->flags & MODEL_HASH_MASK) >> MODEL_HASH_SHIFT;
    text.char_least = options->flags >> MODEL_CHARS_SHIFT & MODEL_CHARS_MASK;
    text.char_most = options->flags >> (MODEL_CHARS_SHIFT + MODEL_CHARS_BITS) & MODEL_CHARS_MASK;
    text.stem = (ttag_stem_rule)((options->flags & MODEL_STEM_MASK) >> MODEL_STEM_SHIFT);
    text.even_chars = options->flags & MODEL_EVEN_CHARS;
    return text;
}

static ttag_status decode_options(ttag_model *model, ttag_error *err)
{
    const model_options *options = model_part_bytes(model, PART_OPTIONS);
    if (model_part_size(model, PART_OPTIONS) != sizeof *options)
        return model_refuse(model, err, "section \"options\" has not the size of version 2");
    if (!is_known(options))
        return model_refuse(model, err,
                            "section \"options\" names a rule that is not in version 2");
    if (options->n_tags == 0 || options->n_tags == TTAG_NO_TAG || options->n_terms == 0 ||
        options->n_terms >= UINT32_MAX - 1)
        return model_refuse(model, err, "section \"options\" has no tags or no terms, or too many");
    model->parts.text = text_opts_of(options);
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

static ttag_status check_sizes(const ttag_model *model, ttag_error *err)
{
    const ttag_model_parts *parts = &model->parts;
    size_t n_terms = parts->vocabulary.n_terms, n_slots = parts->vocabulary.n_slots;
    if (n_slots <= n_terms || (n_slots & (n_slots - 1)) != 0)
        return model_refuse(model, err,
                            "the hash table is not a power of two over the number of terms");
    if (parts->weight_stride != model_stride(parts->n_tags))
        return model_refuse(model, err, "the weights' stride is not that of the number of tags");
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
        return model_refuse(model, err, "section \"options\" has too many tags for packed weights");
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
    if (model_check_there(model, PART_PASSAGES, err) != TTAG_OK)
        return TTAG_FORMAT;
    const model_passages *p = model_part_bytes(model, PART_PASSAGES);
    uint64_t size = model_part_size(model, PART_PASSAGES);
    if (size != sizeof *p && size != sizeof *p + sizeof(model_second_stage))
        return model_refuse(model, err, "section \"passages\" has not the size of version 2");
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
    if (model_check_there(model, PART_BOILERPLATE, err) != TTAG_OK)
        return TTAG_FORMAT;
    const model_boilerplate *b = model_part_bytes(model, PART_BOILERPLATE);
    uint64_t size = model_part_size(model, PART_BOILERPLATE);
    if (size < sizeof *b || b->patterns != 1 || b->n_repeated > TTAG_REPEATED_MOST ||
        size != sizeof *b + b->n_repeated * sizeof(uint64_t))
        return model_refuse(model, err, "section \"boilerplate\" has not the size of version 2");
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
            status = model_check_there(model, (model_part)i, err);
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

ttag_status model_options_decode(ttag_model *model, ttag_error *err)
{
    ttag_status status = decode_options(model, err);
    if (status == TTAG_OK)
        status = check_sizes(model, err);
    if (status == TTAG_OK)
        status = decode_decisions(model, err);
    if (status == TTAG_OK)
        status = decode_passages(model, err);
    if (status == TTAG_OK)
        status = decode_boilerplate(model, err);
    return status;
}
