/* Parts of a model to a file: checks that they hold together, lays out the sections, writes. */
#include <math.h>
#include <string.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/output.h"
#include "classify/model_layout.h"
#include "classify/model_tags.h"
#include "classify/model_vectors.h"
#include "classify/packed_rows.h"
#include "classify/shown_text.h"
#include "features/pieces.h"

/* ---- What is checked before a byte is written. ---- */

/* What is wrong with the vocabulary, or NULL. */
static const char *vocabulary_trouble(const ttag_vocabulary *v)
{
    if (v->n_terms == 0 || v->n_terms >= UINT32_MAX - 1)
        return "the vocabulary has no terms or over 2^32 - 3 of them";
    if (v->n_slots <= v->n_terms || (v->n_slots & (v->n_slots - 1)) != 0)
        return "the vocabulary's hash table is not a power of two over its number of terms";
    if (v->offsets[0] != 0 || v->offsets[v->n_terms] != v->n_bytes)
        return "the vocabulary's offsets do not cover its bytes";
    for (size_t i = 0; i < v->n_terms; i++)
        if (v->offsets[i] > v->offsets[i + 1] || !isfinite(v->idf[i]))
            return "the vocabulary's offsets fall, or an idf is not a finite number";
    return NULL;
}

static const char *weights_trouble(const ttag_model_parts *parts)
{
    for (size_t term = 0; term < parts->vocabulary.n_terms; term++) {
        const float *row = parts->weights + term * parts->weight_stride;
        for (size_t tag = 0; tag < parts->weight_stride; tag++)
            if (tag < parts->n_tags ? !isfinite(row[tag]) : row[tag] != 0)
                return "a weight is not a finite number, or padding is not 0";
    }
    return NULL;
}

/* Sizes that the file keeps in 32 bits. */
static const char *tag_sizes_trouble(const ttag_model_parts *parts)
{
    for (size_t i = 0; i < parts->n_tags; i++) {
        const ttag_model_tag *tag = &parts->tags[i];
        if (tag->name.size > UINT32_MAX || tag->description.size > UINT32_MAX ||
            tag->group.size > UINT32_MAX || tag->n_implies > UINT32_MAX)
            return "a tag's texts are over 4 GiB";
    }
    return NULL;
}

static model_kind kind_of(const ttag_model_parts *parts)
{
    if (parts->kernel == TTAG_KERNEL_RBF)
        return MODEL_OF_VECTORS;
    return parts->weights ? MODEL_OF_WEIGHTS : MODEL_OF_PACKED_WEIGHTS;
}

static const char *decisions_trouble(const ttag_model_parts *parts)
{
    switch (kind_of(parts)) {
    case MODEL_OF_VECTORS:
        return support_vectors_trouble(parts);
    case MODEL_OF_PACKED_WEIGHTS:
        return packed_trouble(parts);
    default:
        return weights_trouble(parts);
    }
}

static ttag_status check_parts(const ttag_model_parts *parts, ttag_error *err)
{
    const char *trouble = ttag_text_opts_check(&parts->text);
    if (!trouble)
        trouble = vocabulary_trouble(&parts->vocabulary);
    if (!trouble && parts->vocabulary.hash_bits != parts->text.hash_bits)
        trouble = "vocabulary and text options differ in their hash bits";
    if (!trouble && (parts->n_tags == 0 || parts->n_tags >= TTAG_NO_TAG))
        trouble = "there are no tags or over 2^32 - 2 of them";
    if (!trouble && parts->weight_stride != model_stride(parts->n_tags))
        trouble = "the weights' stride is not the number of tags rounded up to a multiple of 8";
    if (!trouble)
        trouble = tag_sizes_trouble(parts);
    if (!trouble && parts->kernel != TTAG_KERNEL_LINEAR && parts->kernel != TTAG_KERNEL_RBF)
        trouble = "the kernel is unknown";
    if (!trouble)
        trouble = decisions_trouble(parts);
    if (!trouble)
        trouble = passage_rule_trouble(&parts->passages);
    if (!trouble)
        trouble = second_stage_trouble(&parts->second, &parts->passages);
    if (!trouble && parts->passages.unit && parts->kernel != TTAG_KERNEL_LINEAR)
        trouble = "passages want the linear kernel";
    if (!trouble)
        trouble = ttag_boilerplate_check(&parts->boilerplate);
    if (!trouble && !text_is_document(parts->card))
        trouble = "the card is empty or not UTF-8 text";
    if (trouble)
        return fail(err, TTAG_INVALID, "the model cannot be saved: %s", trouble);
    return model_tags_check(parts->tags, parts->n_tags, parts->calibrated, TTAG_INVALID, NULL, err);
}

/* ---- The bytes. ---- */

typedef struct passages_section {
    model_passages rule;
    model_second_stage second;
} passages_section;

static passages_section encode_passages(const ttag_model_parts *parts)
{
    const ttag_passage_rule *rule = &parts->passages;
    const ttag_second_stage *s = &parts->second;
    return (passages_section){
        {(uint32_t)rule->unit, {rule->windows[0], rule->windows[1]}, rule->top},
        {{s->best[0], s->best[1], s->best[2]}, s->length, s->offset},
    };
}

static model_options encode_options(const ttag_model_parts *parts)
{
    const ttag_text_opts *text = &parts->text;
    uint32_t hash_bits = text->hash_bits << MODEL_HASH_SHIFT;
    uint32_t stem = (uint32_t)text->stem << MODEL_STEM_SHIFT;
    uint32_t chars = (text->char_most << MODEL_CHARS_BITS | text->char_least) << MODEL_CHARS_SHIFT;
    uint32_t packed = 0;
    if (kind_of(parts) == MODEL_OF_PACKED_WEIGHTS)
        packed = (1U + (uint32_t)parts->packed.type) << MODEL_PACKED_SHIFT;
    return (model_options){
        .tokens = (uint32_t)text->tokens,
        .title = (uint32_t)text->title,
        .word_ngrams = text->word_ngrams,
        .min_df = text->min_df,
        .max_df = text->max_df,
        .flags = hash_bits | chars | stem | packed |
                 (text->sublinear_tf ? MODEL_SUBLINEAR_TF : 0U) |
                 (text->smooth_idf ? MODEL_SMOOTH_IDF : 0U) | (text->l2_norm ? MODEL_L2_NORM : 0U) |
                 (parts->calibrated ? MODEL_CALIBRATED : 0U) |
                 (parts->kernel == TTAG_KERNEL_RBF ? MODEL_SUPPORT_VECTORS : 0U) |
                 (parts->passages.unit ? MODEL_PASSAGES : 0U) |
                 (parts->boilerplate.patterns ? MODEL_BOILERPLATE : 0U) |
                 (text->even_chars ? (uint32_t)MODEL_EVEN_CHARS : 0U),
        .n_tags = (uint32_t)parts->n_tags,
        .n_terms = parts->vocabulary.n_terms,
        .n_slots = parts->vocabulary.n_slots,
        .weight_stride = parts->weight_stride};
}

/* The bytes of a section. */
typedef struct piece {
    const void *bytes;
    size_t size;
} piece;

/* The sections of any model but those of its decisions. The products fit: the arrays lie in memory.
 */
static void find_pieces(piece pieces[N_PARTS], const ttag_model_parts *parts,
                        const model_options *options, const buffer *tags, const buffer *strings)
{
    const ttag_vocabulary *v = &parts->vocabulary;
    pieces[PART_OPTIONS] = (piece){options, sizeof *options};
    pieces[PART_TAGS] = (piece){tags->bytes, tags->size};
    pieces[PART_STRINGS] = (piece){strings->bytes, strings->size};
    pieces[PART_TERM_OFFSETS] = (piece){v->offsets, (v->n_terms + 1) * sizeof *v->offsets};
    pieces[PART_TERM_BYTES] = (piece){v->bytes, v->n_bytes};
    pieces[PART_DF] = (piece){v->df, v->n_terms * sizeof *v->df};
    pieces[PART_IDF] = (piece){v->idf, v->n_terms * sizeof *v->idf};
    pieces[PART_SLOTS] = (piece){v->slots, v->n_slots * sizeof *v->slots};
    pieces[PART_CARD] = (piece){parts->card.bytes, parts->card.size};
}

static void find_weights(piece pieces[N_PARTS], const ttag_model_parts *parts)
{
    size_t n_weights = parts->vocabulary.n_terms * parts->weight_stride;
    pieces[PART_WEIGHTS] = (piece){parts->weights, n_weights * sizeof *parts->weights};
}

static void find_packed(piece pieces[N_PARTS], const ttag_model_parts *parts)
{
    const ttag_packed_weights *packed = &parts->packed;
    pieces[PART_ROW_STARTS] =
        (piece){packed->starts, parts->vocabulary.n_terms * sizeof *packed->starts};
    pieces[PART_ROWS] = (piece){packed->rows, packed->n_bytes};
}

static void find_vectors(piece pieces[N_PARTS], const ttag_model_parts *parts,
                         const model_kernel *kernel)
{
    const ttag_support_vectors *s = &parts->support;
    size_t n_values = (size_t)kernel->n_values, n_coefs = (size_t)kernel->n_coefs;
    size_t n_starts = parts->vocabulary.n_terms + 1;
    pieces[PART_KERNEL] = (piece){kernel, sizeof *kernel};
    pieces[PART_SQUARES] = (piece){s->squares, s->n_vectors * sizeof *s->squares};
    pieces[PART_VECTOR_STARTS] = (piece){s->term_starts, n_starts * sizeof *s->term_starts};
    pieces[PART_VECTORS] = (piece){s->vectors, n_values * sizeof *s->vectors};
    pieces[PART_VECTOR_VALUES] = (piece){s->values, n_values * sizeof *s->values};
    pieces[PART_COEF_STARTS] =
        (piece){s->coef_starts, (parts->n_tags + 1) * sizeof *s->coef_starts};
    pieces[PART_COEF_VECTORS] = (piece){s->coef_vectors, n_coefs * sizeof *s->coef_vectors};
    pieces[PART_COEFS] = (piece){s->coefs, n_coefs * sizeof *s->coefs};
}

/* Header and section table as they lie in the file, and what each section holds. */
typedef struct model_head {
    model_header header;
    model_section sections[N_PARTS];
    size_t size; /* of both in the file */
    piece bodies[N_PARTS];
} model_head;

_Static_assert(offsetof(model_head, sections) == sizeof(model_header), "model_head has padding");

/* Sections that go by the flags have bytes, or are not there. */
static void fill_head(model_head *head, model_kind kind, const piece pieces[N_PARTS])
{
    uint32_t n = model_n_parts(kind), at = 0;
    for (size_t i = PART_PASSAGES; i < N_PARTS; i++)
        n += pieces[i].size > 0;
    *head = (model_head){.header = {.version = MODEL_VERSION, .n_sections = n}};
    memcpy(head->header.mark, MODEL_MARK, MODEL_MARK_SIZE);
    uint64_t end = head->size = sizeof head->header + n * sizeof *head->sections;
    for (size_t i = 0; i < N_PARTS; i++) {
        if (!model_has_part((model_part)i, kind) && !(i >= PART_PASSAGES && pieces[i].size > 0))
            continue;
        const char *name = model_part_name((model_part)i);
        model_section *section = &head->sections[at];
        memcpy(section->name, name, strlen(name));
        section->offset = model_align(end);
        section->size = pieces[i].size;
        section->checksum = hash64(pieces[i].bytes, pieces[i].size);
        end = section->offset + section->size;
        head->bodies[at++] = pieces[i];
    }
    head->header.file_size = end;
    head->header.checksum = model_header_checksum(head, head->size);
}

static ttag_status write_all(output *o, const model_head *head, ttag_error *err)
{
    static const char zeros[MODEL_ALIGNMENT] = {0};
    ttag_status status = output_write(o, head, head->size, err);
    uint64_t end = head->size;
    for (size_t i = 0; status == TTAG_OK && i < head->header.n_sections; i++) {
        const model_section *section = &head->sections[i];
        status = output_write(o, zeros, (size_t)(section->offset - end), err);
        if (status == TTAG_OK)
            status = output_write(o, head->bodies[i].bytes, head->bodies[i].size, err);
        end = section->offset + section->size;
    }
    return status;
}

static void lay_out(model_head *head, const ttag_model_parts *parts, const model_options *options,
                    const model_kernel *kernel, const passages_section *passages,
                    const buffer *boilerplate, const buffer *tags, const buffer *strings)
{
    piece pieces[N_PARTS] = {{NULL, 0}};
    find_pieces(pieces, parts, options, tags, strings);
    model_kind kind = kind_of(parts);
    if (kind == MODEL_OF_VECTORS)
        find_vectors(pieces, parts, kernel);
    else if (kind == MODEL_OF_PACKED_WEIGHTS)
        find_packed(pieces, parts);
    else
        find_weights(pieces, parts);
    if (parts->passages.unit != TTAG_UNIT_ARTICLE)
        pieces[PART_PASSAGES] = (piece){
            passages, sizeof passages->rule + (parts->second.used ? sizeof passages->second : 0)};
    pieces[PART_BOILERPLATE] = (piece){boilerplate->bytes, boilerplate->size};
    fill_head(head, kind, pieces);
}

/* Nothing where nothing is dropped. */
static void encode_boilerplate(buffer *out, const ttag_boilerplate *b)
{
    const model_boilerplate head = {1, (uint32_t)b->n_repeated};
    if (!b->patterns)
        return;
    buffer_put(out, &head, sizeof head);
    buffer_put(out, b->repeated, b->n_repeated * sizeof *b->repeated);
}

ttag_status ttag_model_save(const ttag_model_parts *parts, const char *path, ttag_error *err)
{
    output *o = NULL;
    buffer tags = {0}, strings = {0}, boilerplate = {0};
    ttag_status status = check_parts(parts, err);
    if (status != TTAG_OK)
        return status;
    model_tags_encode(&tags, &strings, parts->tags, parts->n_tags);
    encode_boilerplate(&boilerplate, &parts->boilerplate);
    if (!buffer_ok(&tags) || !buffer_ok(&strings) || !buffer_ok(&boilerplate)) {
        status = fail_memory(err);
        goto done;
    }
    model_options options = encode_options(parts);
    model_kernel kernel = {0};
    if (parts->kernel == TTAG_KERNEL_RBF)
        kernel = model_kernel_encode(parts);
    model_head head;
    passages_section passages = encode_passages(parts);
    lay_out(&head, parts, &options, &kernel, &passages, &boilerplate, &tags, &strings);
    status = output_open(&o, path, err);
    if (status == TTAG_OK)
        status = write_all(o, &head, err);
    if (status == TTAG_OK) {
        status = output_commit(o, err);
        o = NULL;
    }
done:
    output_abandon(o);
    buffer_dispose(&boilerplate);
    buffer_dispose(&strings);
    buffer_dispose(&tags);
    return status;
}
