/* f(x) = Σ coef[i] exp(-gamma (|x|² + |z[i]|² - 2 x·z[i])) + b */
#include "classify/score_rbf.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "base/exponential.h"
#include "base/memory.h"
#include "base/simd.h"

/* A number for each article of a block. */
typedef float lanes __attribute__((vector_size(RBF_LANES * sizeof(float))));
typedef double wide_lanes __attribute__((vector_size(RBF_LANES * sizeof(double))));

ttag_status rbf_block_init(rbf_block *b, const ttag_model_parts *parts)
{
    b->kernel = mem_lines(parts->support.n_vectors, sizeof(lanes));
    return b->kernel ? TTAG_OK : TTAG_NOMEM;
}

void rbf_block_dispose(rbf_block *b)
{
    mem_free(b->entries);
    mem_free(b->sorted);
    mem_free(b->kernel);
    *b = (rbf_block){0};
}

/* ---- The articles. ---- */

void rbf_block_clear(rbf_block *b)
{
    b->n = b->n_entries = 0;
}

bool rbf_block_add(rbf_block *b, const ttag_model_parts *parts, const ttag_vector *vector)
{
    size_t need;
    if (!size_add(&need, b->n_entries, vector->size) ||
        !mem_grow(&b->entries, &b->entries_capacity, need, sizeof *b->entries))
        return false;
    for (size_t j = 0; j < vector->size; j++)
        if (vector->terms[j] < parts->vocabulary.n_terms)
            b->entries[b->n_entries++] =
                (rbf_entry){vector->terms[j], (uint32_t)b->n, vector->values[j]};
    b->n++;
    return true;
}

/* Sorts by term, digit by digit from the lowest; articles stay in order. */
static bool sort_entries(rbf_block *b, size_t n_terms)
{
    if (!mem_grow(&b->sorted, &b->sorted_capacity, b->n_entries, sizeof *b->sorted))
        return false;
    for (unsigned shift = 0; n_terms >> shift; shift += 8) {
        size_t places[256] = {0}, sum = 0;
        for (size_t e = 0; e < b->n_entries; e++)
            places[b->entries[e].term >> shift & 255]++;
        for (size_t digit = 0; digit < 256; digit++) {
            size_t count = places[digit];
            places[digit] = sum;
            sum += count;
        }
        for (size_t e = 0; e < b->n_entries; e++)
            b->sorted[places[b->entries[e].term >> shift & 255]++] = b->entries[e];
        rbf_entry *entries = b->entries;
        size_t capacity = b->entries_capacity;
        b->entries = b->sorted;
        b->entries_capacity = b->sorted_capacity;
        b->sorted = entries;
        b->sorted_capacity = capacity;
    }
    return true;
}

static void sum_squares(rbf_block *b)
{
    memset(b->squares, 0, sizeof b->squares);
    for (size_t e = 0; e < b->n_entries; e++)
        b->squares[b->entries[e].lane] += (double)b->entries[e].value * (double)b->entries[e].value;
}

/* ---- The kernel. ---- */

/* dots[i] = x·z[i] in every lane, term after term */
SIMD_CLONES
static void multiply(float *dots, const rbf_block *b, const ttag_support_vectors *s)
{
    memset(dots, 0, s->n_vectors * sizeof(lanes));
    for (size_t e = 0; e < b->n_entries;) {
        uint32_t term = b->entries[e].term;
        float of_article[RBF_LANES] = {0};
        for (; e < b->n_entries && b->entries[e].term == term; e++)
            of_article[b->entries[e].lane] = b->entries[e].value;
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

/* dots[i] <- exp(-gamma max(0, |x|² + |z[i]|² - 2 dots[i])), for n articles */
static inline void compare(float *dots, const double *squares, const ttag_support_vectors *s,
                           size_t n)
{
    for (size_t i = 0; i < s->n_vectors; i++) {
        for (size_t l = 0; l < n; l++) {
            float *value = &dots[i * RBF_LANES + l];
            double distance = squares[l] + s->squares[i] - 2 * (double)*value;
            *value = (float)exponential(-s->gamma * (distance > 0 ? distance : 0));
        }
    }
}

SIMD_CLONES
static void compare_whole(float *dots, const double *squares, const ttag_support_vectors *s)
{
    compare(dots, squares, s, RBF_LANES);
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

bool rbf_block_score(rbf_block *b, float *scores, const ttag_model_parts *parts)
{
    const ttag_support_vectors *s = &parts->support;
    if (!sort_entries(b, parts->vocabulary.n_terms))
        return false;
    sum_squares(b);
    multiply(b->kernel, b, s);
    if (b->n == RBF_LANES)
        compare_whole(b->kernel, b->squares, s);
    else
        compare(b->kernel, b->squares, s, b->n);
    for (size_t t = 0; t < parts->n_tags; t++) {
        const ttag_model_tag *tag = &parts->tags[t];
        double sums[RBF_LANES];
        sum_tag(sums, b->kernel, s, t);
        for (size_t l = 0; l < b->n; l++) {
            float score = tag->constant ? tag->bias : (float)(sums[l] + (double)tag->bias);
            scores[l * parts->weight_stride + t] = isfinite(score) ? score : -FLT_MAX;
        }
    }
    return true;
}
