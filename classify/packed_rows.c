/* Every bound of a row is checked when it is used: that of its bytes before any is read, that of a
   tag before it is added to. */
#include "classify/packed_rows.h"

#include <math.h>

#include "base/simd.h"
#include "classify/half.h"

enum {
    UNIT = 4,     /* of starts */
    LINE = 64,    /* a row may go on in a second one */
    TOGETHER = 32 /* rows that are fetched while as many before them are added */
};

typedef struct packed_row {
    const unsigned char *numbers;
    const unsigned char *tags; /* n of them; NULL: numbers of all tags */
    size_t n;
    float scale;
} packed_row;

static size_t number_size(ttag_weight_type type)
{
    static const unsigned char sizes[] = {4, 2, 1};
    return sizes[type];
}

static size_t tag_size(size_t n_tags)
{
    return n_tags <= 256 ? 1 : 2;
}

static inline size_t tag_at(const unsigned char *tags, size_t size, size_t i)
{
    return size == 1 ? tags[i] : tags[2 * i] | (size_t)tags[2 * i + 1] << 8;
}

/* false: there is none, or it is out of bounds. */
static inline bool row_at(packed_row *row, const ttag_packed_weights *p, uint32_t start,
                          size_t stride, size_t size_of_number, size_t size_of_tag)
{
    uint64_t at = (uint64_t)start * UNIT;
    if (start == PACKED_NONE || p->n_bytes < PACKED_HEAD || at > p->n_bytes - PACKED_HEAD)
        return false;
    const unsigned char *bytes = p->rows + at;
    uint16_t n;
    memcpy(&row->scale, bytes, sizeof row->scale);
    memcpy(&n, bytes + sizeof row->scale, sizeof n);
    bool whole = n == PACKED_WHOLE;
    row->n = whole ? stride : n;
    row->numbers = bytes + PACKED_HEAD;
    row->tags = whole ? NULL : row->numbers + row->n * size_of_number;
    size_t size = row->n * (size_of_number + (whole ? 0 : size_of_tag));
    return row->n <= stride && size <= p->n_bytes - PACKED_HEAD - at;
}

/* ---- Sums. ---- */

static inline float number_float32(const unsigned char *numbers, size_t i)
{
    float x;
    memcpy(&x, numbers + sizeof x * i, sizeof x);
    return x;
}

static inline float number_float16(const unsigned char *numbers, size_t i)
{
    uint16_t half;
    memcpy(&half, numbers + sizeof half * i, sizeof half);
    return half_to_float(half);
}

static inline float number_int8(const unsigned char *numbers, size_t i)
{
    return (float)(signed char)numbers[i];
}

/* Where the rows of n terms begin; the rows are fetched. Starts may be anything, so that they are
   added to numbers. */
static inline void fetch_rows(uint32_t *starts, const ttag_packed_weights *p, const uint32_t *terms,
                              size_t n)
{
    for (size_t i = 0; i < n; i++) {
        starts[i] = p->starts[terms[i]];
        uintptr_t row = (uintptr_t)p->rows + (uintptr_t)starts[i] * UNIT;
        __builtin_prefetch((const void *)row);
        __builtin_prefetch((const void *)(row + LINE));
    }
}

static inline size_t block_size(const ttag_vector *v, size_t first)
{
    return first >= v->size ? 0 : v->size - first < TOGETHER ? v->size - first : TOGETHER;
}

/* NAME(sums, parts, vector) for numbers of SIZE bytes, read by NUMBER(numbers, i). */
#define SUMS_OF(NAME, SIZE, NUMBER)                                                                \
    static inline void NAME##_whole(float *restrict sums, const packed_row *row, float factor,     \
                                    size_t stride)                                                 \
    {                                                                                              \
        const unsigned char *restrict numbers = row->numbers;                                      \
        for (size_t t = 0; t < stride; t++)                                                        \
            sums[t] += factor * NUMBER(numbers, t);                                                \
    }                                                                                              \
    static inline void NAME##_some(float *restrict sums, const packed_row *row, float factor,      \
                                   size_t stride, size_t width)                                    \
    {                                                                                              \
        for (size_t i = 0; i < row->n; i++) {                                                      \
            size_t tag = tag_at(row->tags, width, i);                                              \
            if (tag < stride)                                                                      \
                sums[tag] += factor * NUMBER(row->numbers, i);                                     \
        }                                                                                          \
    }                                                                                              \
    SIMD_CLONES static void NAME(float *restrict sums, const ttag_model_parts *parts,              \
                                 const ttag_vector *v)                                             \
    {                                                                                              \
        size_t stride = parts->weight_stride & ~(size_t)7, width = tag_size(parts->n_tags);        \
        const ttag_packed_weights *p = &parts->packed;                                             \
        uint32_t blocks[2][TOGETHER];                                                              \
        packed_row row;                                                                            \
        fetch_rows(blocks[0], p, v->terms, block_size(v, 0));                                      \
        for (size_t first = 0; first < v->size; first += TOGETHER) {                               \
            size_t next = first + TOGETHER;                                                        \
            const uint32_t *starts = blocks[first / TOGETHER % 2];                                 \
            fetch_rows(blocks[next / TOGETHER % 2], p, v->terms + next, block_size(v, next));      \
            for (size_t i = 0; i < block_size(v, first); i++) {                                    \
                if (!row_at(&row, p, starts[i], stride, SIZE, width))                              \
                    continue;                                                                      \
                float factor = v->values[first + i] * row.scale;                                   \
                if (!row.tags)                                                                     \
                    NAME##_whole(sums, &row, factor, stride);                                      \
                else if (width == 1)                                                               \
                    NAME##_some(sums, &row, factor, stride, 1);                                    \
                else                                                                               \
                    NAME##_some(sums, &row, factor, stride, 2);                                    \
            }                                                                                      \
        }                                                                                          \
    }

SUMS_OF(sums_of_float32, 4, number_float32)
SUMS_OF(sums_of_float16, 2, number_float16)
SUMS_OF(sums_of_int8, 1, number_int8)

void packed_sums(float *sums, const ttag_model_parts *parts, const ttag_vector *vector)
{
    memset(sums, 0, parts->weight_stride * sizeof *sums);
    switch (parts->packed.type) {
    case TTAG_WEIGHT_FLOAT32:
        sums_of_float32(sums, parts, vector);
        break;
    case TTAG_WEIGHT_FLOAT16:
        sums_of_float16(sums, parts, vector);
        break;
    default:
        sums_of_int8(sums, parts, vector);
    }
}

/* ---- One weight. ---- */

static float number_at(const packed_row *row, ttag_weight_type type, size_t i)
{
    switch (type) {
    case TTAG_WEIGHT_FLOAT32:
        return number_float32(row->numbers, i);
    case TTAG_WEIGHT_FLOAT16:
        return number_float16(row->numbers, i);
    default:
        return number_int8(row->numbers, i);
    }
}

static bool row_of_term(packed_row *row, const ttag_model_parts *parts, size_t term)
{
    const ttag_packed_weights *p = &parts->packed;
    return row_at(row, p, p->starts[term], parts->weight_stride, number_size(p->type),
                  tag_size(parts->n_tags));
}

float packed_weight(const ttag_model_parts *parts, size_t term, size_t tag)
{
    packed_row row;
    if (!row_of_term(&row, parts, term))
        return 0;
    if (!row.tags)
        return row.scale * number_at(&row, parts->packed.type, tag);
    float sum = 0; /* a stranger's row may name a tag twice */
    for (size_t i = 0; i < row.n; i++)
        if (tag_at(row.tags, tag_size(parts->n_tags), i) == tag)
            sum += row.scale * number_at(&row, parts->packed.type, i);
    return sum;
}

size_t packed_count(const ttag_model_parts *parts)
{
    size_t count = 0;
    packed_row row;
    for (size_t term = 0; term < parts->vocabulary.n_terms; term++)
        for (size_t i = 0; row_of_term(&row, parts, term) && i < row.n; i++)
            count += number_at(&row, parts->packed.type, i) != 0;
    return count;
}

/* ---- Making rows. ---- */

static float largest_of(const float *weights, size_t n)
{
    float largest = 0;
    for (size_t t = 0; t < n; t++)
        if (fabsf(weights[t]) > largest)
            largest = fabsf(weights[t]);
    return largest;
}

/* What is to be kept of a weight: 0, or the bytes of a number. */
static bool encode(unsigned char bytes[4], float weight, float scale, ttag_weight_type type)
{
    if (type == TTAG_WEIGHT_FLOAT32) {
        memcpy(bytes, &weight, sizeof weight);
        return weight != 0;
    }
    if (type == TTAG_WEIGHT_FLOAT16) {
        uint16_t half = half_from_float(weight);
        memcpy(bytes, &half, sizeof half);
        return (half & 0x7fff) != 0;
    }
    float nearest = scale > 0 ? rintf(weight / scale) : 0;
    nearest = nearest > 127 ? 127 : nearest < -127 ? -127 : nearest;
    *bytes = (unsigned char)(signed char)nearest;
    return nearest != 0;
}

static size_t count_kept(const float *weights, size_t n_tags, float scale, ttag_weight_type type)
{
    unsigned char bytes[4];
    size_t n = 0;
    for (size_t t = 0; t < n_tags; t++)
        n += encode(bytes, weights[t], scale, type);
    return n;
}

static void put_numbers(buffer *rows, const float *weights, size_t n_tags, float scale,
                        ttag_weight_type type, bool whole)
{
    unsigned char bytes[4];
    for (size_t t = 0; t < n_tags; t++)
        if (encode(bytes, weights[t], scale, type) || whole)
            buffer_put(rows, bytes, number_size(type));
}

static void put_tags(buffer *rows, const float *weights, size_t n_tags, float scale,
                     ttag_weight_type type)
{
    unsigned char bytes[4];
    for (size_t t = 0; t < n_tags; t++) {
        unsigned char tag[2] = {(unsigned char)(t & 0xff), (unsigned char)(t >> 8)};
        if (encode(bytes, weights[t], scale, type))
            buffer_put(rows, tag, tag_size(n_tags));
    }
}

static void put_zeros(buffer *rows, size_t n)
{
    for (size_t i = 0; i < n; i++)
        buffer_char(rows, '\0');
}

void packed_row_put(buffer *rows, const float *weights, size_t n_tags, ttag_weight_type type)
{
    float scale = type == TTAG_WEIGHT_INT8 ? largest_of(weights, n_tags) / 127 : 1;
    size_t stride = (n_tags + 7) & ~(size_t)7, size = number_size(type);
    size_t n = count_kept(weights, n_tags, scale, type);
    bool whole = n * (size + tag_size(n_tags)) >= stride * size;
    uint16_t head[2] = {whole ? PACKED_WHOLE : (uint16_t)n, 0};
    if (rows->size / UNIT >= PACKED_NONE)
        rows->failed = true;
    buffer_put(rows, &scale, sizeof scale);
    buffer_put(rows, head, sizeof head);
    put_numbers(rows, weights, n_tags, scale, type, whole);
    if (whole)
        put_zeros(rows, (stride - n_tags) * size);
    else
        put_tags(rows, weights, n_tags, scale, type);
    put_zeros(rows, (UNIT - rows->size % UNIT) % UNIT);
}

void packed_rows_scale(buffer *rows, const uint32_t *starts, size_t n_terms, float factor)
{
    float scale;
    for (size_t term = 0; term < n_terms; term++) {
        if (starts[term] == PACKED_NONE)
            continue;
        char *at = rows->bytes + (size_t)starts[term] * UNIT;
        memcpy(&scale, at, sizeof scale);
        scale *= factor;
        memcpy(at, &scale, sizeof scale);
    }
}

/* ---- Before saving. ---- */

static const char *row_trouble(const ttag_model_parts *parts, const packed_row *row)
{
    size_t width = tag_size(parts->n_tags), last = 0;
    if (!isfinite(row->scale))
        return "the scale of packed weights is not a finite number";
    for (size_t i = 0; i < row->n; i++) {
        size_t tag = row->tags ? tag_at(row->tags, width, i) : i;
        float number = number_at(row, parts->packed.type, i);
        if (row->tags ? tag >= parts->n_tags || (i > 0 && tag <= last)
                      : tag >= parts->n_tags && number != 0)
            return "the tags of a packed row do not rise, or its padding is not 0";
        if (!isfinite(number))
            return "a packed weight is not a finite number";
        last = tag;
    }
    return NULL;
}

const char *packed_trouble(const ttag_model_parts *parts)
{
    const ttag_packed_weights *p = &parts->packed;
    const char *trouble = NULL;
    packed_row row;
    if (!p->starts || !p->rows)
        return "there are neither weights nor support vectors";
    if ((unsigned)p->type > TTAG_WEIGHT_INT8)
        return "the type of packed weights is unknown";
    if (parts->n_tags > PACKED_MOST_TAGS)
        return "there are too many tags for packed weights";
    for (size_t term = 0; !trouble && term < parts->vocabulary.n_terms; term++) {
        if (p->starts[term] == PACKED_NONE)
            continue;
        if (!row_of_term(&row, parts, term))
            return "a row of packed weights is out of bounds";
        trouble = row_trouble(parts, &row);
    }
    return trouble;
}
