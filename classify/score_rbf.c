/* f(x) = Σ coef[i] exp(-gamma (|x|² + |z[i]|² - 2 x·z[i])) + b */
#include "classify/score_rbf.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/simd.h"

/* A number for each article of a block. */
typedef float lanes __attribute__((vector_size(RBF_LANES * sizeof(float))));
typedef exp_lanes wide_lanes;

ttag_status rbf_block_init(rbf_block *b, const ttag_model_parts *parts)
{
    b->kernel = mem_lines(parts->support.n_vectors, sizeof(lanes));
    return b->kernel ? TTAG_OK : TTAG_NOMEM;
}

void rbf_block_dispose(rbf_block *b)
{
    mem_free(b->values);
    mem_free(b->scratch);
    mem_free(b->kernel);
    *b = (rbf_block){0};
}

/* ---- The articles. ---- */

/* A value is kept as an item whose key is its term; in the upper half of `what` stands the
   article's lane, in the lower half the float. */
static radix_item pack(uint32_t term, size_t lane, float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return (radix_item){term, (uint64_t)lane << 32 | bits};
}

static inline size_t lane_of(const radix_item *item)
{
    return (size_t)(item->what >> 32);
}

static inline float value_of(const radix_item *item)
{
    uint32_t bits = (uint32_t)item->what;
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

void rbf_block_clear(rbf_block *b)
{
    b->n = b->n_values = 0;
}

bool rbf_block_add(rbf_block *b, const ttag_model_parts *parts, const ttag_vector *vector)
{
    size_t need;
    if (!size_add(&need, b->n_values, vector->size) ||
        !mem_grow(&b->values, &b->values_capacity, need, sizeof *b->values))
        return false;
    for (size_t j = 0; j < vector->size; j++)
        if (vector->terms[j] < parts->vocabulary.n_terms)
            b->values[b->n_values++] = pack(vector->terms[j], b->n, vector->values[j]);
    b->n++;
    return true;
}

static void sum_squares(rbf_block *b, const radix_item *items)
{
    memset(b->squares, 0, sizeof b->squares);
    for (size_t k = 0; k < b->n_values; k++) {
        double value = (double)value_of(&items[k]);
        b->squares[lane_of(&items[k])] += value * value;
    }
}

/* ---- The kernel. ---- */

/* dots[i] = x·z[i] in every lane, term after term: items are sorted by term */
SIMD_CLONES
static void multiply(float *dots, const radix_item *items, size_t n_items,
                     const ttag_support_vectors *s)
{
    memset(dots, 0, s->n_vectors * sizeof(lanes));
    for (size_t k = 0; k < n_items;) {
        uint64_t term = items[k].key;
        float of_article[RBF_LANES] = {0};
        for (; k < n_items && items[k].key == term; k++)
            of_article[lane_of(&items[k])] = value_of(&items[k]);
        lanes x;
        memcpy(&x, of_article, sizeof x);
        for (size_t p = (size_t)s->term_starts[term]; p < s->term_starts[term + 1]; p++) {
            if (s->vectors[p] >= s->n_vectors)
                continue;
            lanes *dot = (lanes *)(void *)dots + s->vectors[p];
            *dot += s->values[p] * x;
        }
    }
}

/* dots[i] <- exp(-gamma max(0, |x|² + |z[i]|² - 2 dots[i])) in every lane */
SIMD_CLONES
static void compare_all(float *dots, const double *squares, const ttag_support_vectors *s)
{
    wide_lanes of_articles;
    memcpy(&of_articles, squares, sizeof of_articles);
    for (size_t i = 0; i < s->n_vectors; i++) {
        lanes *row = (lanes *)(void *)dots + i;
        exp_lanes y = of_articles + s->squares[i] - 2 * __builtin_convertvector(*row, wide_lanes);
        y *= s->gamma;
        exp_minus_lanes(&y);
        *row = __builtin_convertvector(y, lanes);
    }
}

/* The same for the article in one lane, of which there need not be others: eight vectors at once.
 */
SIMD_CLONES
static void compare_one(float *dots, const double *squares, const ttag_support_vectors *s,
                        size_t lane)
{
    for (size_t first = 0; first < s->n_vectors; first += EXP_LANES) {
        size_t n = s->n_vectors - first < EXP_LANES ? s->n_vectors - first : EXP_LANES;
        float *column = dots + first * RBF_LANES + lane;
        exp_lanes y = {0};
        for (size_t i = 0; i < n; i++)
            y[i] = squares[lane] + s->squares[first + i] - 2 * (double)column[i * RBF_LANES];
        y *= s->gamma;
        exp_minus_lanes(&y);
        for (size_t i = 0; i < n; i++)
            column[i * RBF_LANES] = (float)y[i];
    }
}

/* ---- Scores. ---- */

/* sums = Σ coef K, in double: large coefficients of both signs all but cancel */
SIMD_CLONES
static void sum_tag(double sums[RBF_LANES], const float *kernel, const ttag_support_vectors *s,
                    size_t tag)
{
    wide_lanes sum = {0};
    for (size_t e = (size_t)s->coef_starts[tag]; e < s->coef_starts[tag + 1]; e++) {
        if (s->coef_vectors[e] >= s->n_vectors)
            continue;
        const lanes *row = (const lanes *)(const void *)kernel + s->coef_vectors[e];
        sum += (double)s->coefs[e] * __builtin_convertvector(*row, wide_lanes);
    }
    memcpy(sums, &sum, RBF_LANES * sizeof *sums);
}

/* Kernel values of all articles of the block. */
static bool compare(rbf_block *b, const ttag_model_parts *parts)
{
    const ttag_support_vectors *s = &parts->support;
    if (!mem_grow(&b->scratch, &b->scratch_capacity, b->n_values, sizeof *b->scratch))
        return false;
    const radix_item *items =
        radix_sort(b->values, b->scratch, b->n_values, parts->vocabulary.n_terms);
    sum_squares(b, items);
    multiply(b->kernel, items, b->n_values, s);
    if (b->n == RBF_LANES)
        compare_all(b->kernel, b->squares, s);
    for (size_t l = 0; b->n < RBF_LANES && l < b->n; l++)
        compare_one(b->kernel, b->squares, s, l);
    return true;
}

bool rbf_block_score(rbf_block *b, float *scores, const ttag_model_parts *parts)
{
    if (!compare(b, parts))
        return false;
    for (size_t t = 0; t < parts->n_tags; t++) {
        const ttag_model_tag *tag = &parts->tags[t];
        double sums[RBF_LANES];
        sum_tag(sums, b->kernel, &parts->support, t);
        for (size_t l = 0; l < b->n; l++) {
            float score = tag->constant ? tag->bias : (float)(sums[l] + (double)tag->bias);
            scores[l * parts->weight_stride + t] = isfinite(score) ? score : -FLT_MAX;
        }
    }
    return true;
}
