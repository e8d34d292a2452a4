/* scores[t] = sum over j of x[j] * W[term[j]][t], + bias[t] */
#include "classify/score.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/simd.h"

/* Tags innermost: each tag has one sum, in order of the vector's terms, whatever the width of the
   processor's registers. Up to 96 sums stay in registers from the first term to the last. */
typedef float lanes8 __attribute__((vector_size(32), aligned(4)));
typedef float lanes16 __attribute__((vector_size(64), aligned(4)));

enum { WIDTH = 8, WIDEST = 12 * WIDTH, AHEAD = 6 };

typedef struct product {
    const float *weights; /* of the first of these tags, for term 0 */
    size_t stride;
    const uint32_t *terms; /* n, each under n_terms */
    const float *values;
    size_t n;
} product;

/* A macro: functions that return wide vectors are called in different ways. */
#define LANES16(at) (*(const lanes16 *)(const void *)(at))

/* The sums of 16 n + 8 (if half) tags; n <= 6. What follows `if (n > …)` is decided by the
   compiler. */
__attribute__((always_inline)) static inline void sum_rows(float *sums, const product *p, int n,
                                                           bool half)
{
    lanes16 a = {0}, b = {0}, c = {0}, d = {0}, e = {0}, f = {0};
    lanes8 h = {0};
    for (size_t j = 0; j < p->n; j++) {
        const float *row = p->weights + p->terms[j] * p->stride;
        float x = p->values[j];
        if (j + AHEAD < p->n) {
            const float *next = p->weights + p->terms[j + AHEAD] * p->stride;
            for (int k = 0; k < n + half; k++)
                __builtin_prefetch(next + 16 * k);
        }
        if (n > 0)
            a += x * LANES16(row);
        if (n > 1)
            b += x * LANES16(row + 16);
        if (n > 2)
            c += x * LANES16(row + 32);
        if (n > 3)
            d += x * LANES16(row + 48);
        if (n > 4)
            e += x * LANES16(row + 64);
        if (n > 5)
            f += x * LANES16(row + 80);
        if (half)
            h += x * *(const lanes8 *)(const void *)(row + 16 * n);
    }
    const lanes16 all[] = {a, b, c, d, e, f};
    memcpy(sums, all, (size_t)n * sizeof *all);
    if (half)
        memcpy(sums + 16 * n, &h, sizeof h);
}

#define CASE(n, half)                                                                              \
    case 2 * (n) + (half):                                                                         \
        sum_rows(sums, p, n, half);                                                                \
        break

/* The sums of n_tags tags, a multiple of WIDTH, at most WIDEST. */
SIMD_CLONES static void sum_block(float *sums, const product *p, size_t n_tags)
{
    switch (n_tags / WIDTH) {
        CASE(0, 1);
        CASE(1, 0);
        CASE(1, 1);
        CASE(2, 0);
        CASE(2, 1);
        CASE(3, 0);
        CASE(3, 1);
        CASE(4, 0);
        CASE(4, 1);
        CASE(5, 0);
        CASE(5, 1);
        CASE(6, 0);
    }
}

/* What is not a finite number counts as the lowest one. */
SIMD_CLONES static void add_biases(float *restrict scores, const float *restrict biases, size_t n)
{
    for (size_t t = 0; t < n; t++) {
        float score = scores[t] + biases[t];
        scores[t] = fabsf(score) <= FLT_MAX ? score : -FLT_MAX;
    }
}

void score_tags(float *scores, const scorer *s, const ttag_vector *vector)
{
    const ttag_model_parts *parts = s->parts;
    size_t stride = parts->weight_stride;
    product p = {parts->weights, stride, vector->terms, vector->values, vector->size};
    for (size_t t = 0; t < stride; t += WIDEST, p.weights += WIDEST)
        sum_block(scores + t, &p, stride - t < WIDEST ? stride - t : WIDEST);
    add_biases(scores, s->biases, stride);
    for (size_t i = 0; i < s->n_constants; i++)
        scores[s->constants[i]] = s->biases[s->constants[i]];
}

bool scorer_init(scorer *s, const ttag_model_parts *parts)
{
    *s = (scorer){.parts = parts,
                  .biases = mem_zero(parts->weight_stride, sizeof *s->biases),
                  .constants = mem_new(parts->n_tags, sizeof *s->constants)};
    for (size_t t = 0; t < parts->n_tags && s->biases && s->constants; t++) {
        s->biases[t] = parts->tags[t].bias;
        if (parts->tags[t].constant)
            s->constants[s->n_constants++] = (uint32_t)t;
    }
    return s->biases && s->constants;
}

void scorer_dispose(scorer *s)
{
    mem_free(s->biases);
    mem_free(s->constants);
    *s = (scorer){0};
}
