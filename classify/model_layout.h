/* The bytes of a model file as C structs: docs/model-file.md says what they mean. Little-endian,
   widths fixed, no padding, used in place. */
#ifndef CLASSIFY_MODEL_LAYOUT_H
#define CLASSIFY_MODEL_LAYOUT_H

#include "ttag/base.h"

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "model files are mapped and used in place: this needs a little-endian machine"
#endif

/* A transfer that mends line ends or strips the eighth bit breaks it. */
#define MODEL_MARK "\x89TTAG\r\n\x1a"

enum {
    MODEL_MARK_SIZE = 8,
    MODEL_VERSION = 2,
    MODEL_ALIGNMENT = 64, /* of sections */
    MODEL_MAX_SECTIONS = 256
};

typedef struct model_header {
    char mark[MODEL_MARK_SIZE];
    uint32_t version;
    uint32_t n_sections;
    uint64_t file_size;
    uint64_t checksum; /* XXH3 of header and section table, with this field zero */
} model_header;

typedef struct model_section {
    char name[16]; /* zero-padded */
    uint64_t offset;
    uint64_t size;
    uint64_t checksum; /* XXH3 of the section's bytes */
} model_section;

/* Section "options". */
typedef struct model_options {
    uint32_t tokens; /* ttag_token_rule */
    uint32_t title;  /* ttag_title_rule */
    uint32_t word_ngrams;
    uint32_t min_df;
    double max_df;
    uint32_t flags; /* MODEL_SUBLINEAR_TF, … */
    uint32_t n_tags;
    uint64_t n_terms;
    uint64_t n_slots;
    uint64_t weight_stride;
} model_options;

enum {
    MODEL_SUBLINEAR_TF = 1,
    MODEL_SMOOTH_IDF = 2,
    MODEL_L2_NORM = 4,
    MODEL_CALIBRATED = 8,
    MODEL_SUPPORT_VECTORS = 16, /* in place of weights */
    MODEL_PASSAGES = 128,       /* there is a section "passages" */
    MODEL_BOILERPLATE = 1 << 15 /* there is a section "boilerplate" */
};

/* Bits of the flags that say that weights are packed, and as what: 1 + ttag_weight_type, or 0. */
enum { MODEL_PACKED_SHIFT = 5, MODEL_PACKED_MASK = 3 << MODEL_PACKED_SHIFT };

/* Bits of the flags that hold hash_bits of the text options. */
enum { MODEL_HASH_SHIFT = 8, MODEL_HASH_MASK = 31 << MODEL_HASH_SHIFT };

/* And of those that hold char_least and char_most. */
enum {
    MODEL_CHARS_SHIFT = 16,
    MODEL_CHARS_BITS = 4,
    MODEL_CHARS_MASK = 15,
    MODEL_CHARS_MASKS = 255 << MODEL_CHARS_SHIFT
};

/* And the stem rule. */
enum { MODEL_STEM_SHIFT = 24, MODEL_STEM_MASK = 3 << MODEL_STEM_SHIFT };

enum { MODEL_EVEN_CHARS = 1 << 26 };

/* Section "tags": n_tags of these, then the positions that they imply, tag after tag, then the
   points of their calibrations, 2 floats each. Section "strings": name, description and group of
   tag after tag. */
typedef struct model_tag {
    uint32_t name_size;
    uint32_t description_size;
    uint32_t group_size;
    uint32_t n_implies;
    uint32_t support;
    uint32_t flags; /* MODEL_CONSTANT */
    float bias;
    float cut;
    float threshold;
    float oof_precision;
    float oof_recall;
    float oof_f1;
    float cut_spread;
    uint32_t n_points; /* of the calibration */
    double slope;
    double offset;
} model_tag;

enum { MODEL_CONSTANT = 1, MODEL_MOST_POINTS = 64 };

/* Section "kernel". */
typedef struct model_kernel {
    uint32_t kind;     /* ttag_kernel */
    uint32_t reserved; /* 0 */
    double gamma;
    uint64_t n_vectors;
    uint64_t n_values; /* of all vectors */
    uint64_t n_coefs;  /* of all tags */
} model_kernel;

/* Section "passages". */
typedef struct model_passages {
    uint32_t unit; /* ttag_unit, not ARTICLE */
    uint32_t windows[2];
    uint32_t top;
} model_passages;

/* Section "boilerplate": this, then the hashes of the lines that repeat, rising. */
typedef struct model_boilerplate {
    uint32_t patterns; /* 1: those of the library are boilerplate */
    uint32_t n_repeated;
} model_boilerplate;

_Static_assert(sizeof(model_boilerplate) == 8, "model_boilerplate has padding");
/* What may follow in that section. */
typedef struct model_second_stage {
    float best[3];
    float length;
    float offset;
} model_second_stage;

_Static_assert(sizeof(model_second_stage) == 20, "model_second_stage has padding");
_Static_assert(sizeof(model_passages) == 16, "model_passages has padding");
_Static_assert(sizeof(model_header) == 32, "model_header has padding");
_Static_assert(sizeof(model_section) == 40, "model_section has padding");
_Static_assert(sizeof(model_options) == 56, "model_options has padding");
_Static_assert(sizeof(model_tag) == 72, "model_tag has padding");
_Static_assert(sizeof(model_kernel) == 40, "model_kernel has padding");
_Static_assert(sizeof(float) == 4 && sizeof(double) == 8, "not IEEE 754 widths");

/* The sections of version 2, in the order in which they are written. */
typedef enum model_part {
    PART_OPTIONS,
    PART_TAGS,
    PART_STRINGS,
    PART_TERM_OFFSETS,
    PART_TERM_BYTES,
    PART_DF,
    PART_IDF,
    PART_SLOTS,
    PART_WEIGHTS, /* of a model that has neither packed weights nor support vectors */
    PART_CARD,
    PART_KERNEL, /* only of a model with support vectors, down to the coefficients */
    PART_SQUARES,
    PART_VECTOR_STARTS,
    PART_VECTORS,
    PART_VECTOR_VALUES,
    PART_COEF_STARTS,
    PART_COEF_VECTORS,
    PART_COEFS,
    PART_ROW_STARTS, /* these two only of a model with packed weights */
    PART_ROWS,
    PART_PASSAGES,    /* only of a model that scores passages */
    PART_BOILERPLATE, /* only of a model that drops such */
    N_PARTS
} model_part;

const char *model_part_name(model_part part); /* static */

/* What a score is made of. */
typedef enum model_kind { MODEL_OF_WEIGHTS, MODEL_OF_PACKED_WEIGHTS, MODEL_OF_VECTORS } model_kind;

/* Whether a model has the section, and how many of them it has; PART_PASSAGES and what is behind it
   aside, which go by the flags. */
bool model_has_part(model_part part, model_kind kind);
uint32_t model_n_parts(model_kind kind);

/* XXH3 of header and table, which lie one behind the other, with the header's checksum as zero.
   `size` is that of both and at most that of MODEL_MAX_SECTIONS sections. */
uint64_t model_header_checksum(const void *header, size_t size);

/* Where the section behind `end` begins. */
static inline uint64_t model_align(uint64_t end)
{
    return (end + (MODEL_ALIGNMENT - 1)) & ~(uint64_t)(MODEL_ALIGNMENT - 1);
}

/* Floats from one term's weights to the next term's. */
static inline uint64_t model_stride(uint64_t n_tags)
{
    return (n_tags + 7) & ~(uint64_t)7;
}

#endif
