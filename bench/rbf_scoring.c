/* What a score of an RBF model costs: the plain kernels of classify/ for one article and for eight,
   and the same sums with BLAS: frequent terms made dense, the rest as lists, coefficients made
   dense. rbf_scoring MODEL FEED.jsonl: microseconds of one thread for each article, the least of
   five rounds. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/blas.h"
#include "base/exponential.h"
#include "base/memory.h"
#include "base/simd.h"
#include "classify/score_rbf.h"
#include "ttag/articles.h"

enum { BATCH = 256, MOST_ARTICLES = 100000, ROUNDS = 5 };

typedef struct bench {
    const ttag_model_parts *parts;
    ttag_vector *articles;
    size_t n;
    float *scores; /* of one batch: BATCH x weight_stride */
    double sum;    /* of all scores: that ways compute the same, and that they compute at all */
} bench;

static void end(const char *why)
{
    fprintf(stderr, "rbf_scoring: %s\n", why);
    exit(1);
}

static void *need(void *memory)
{
    if (!memory)
        end("out of memory");
    return memory;
}

/* ---- The articles. ---- */

static void read_articles(bench *b, const char *feed)
{
    ttag_error err;
    ttag_article article;
    ttag_reader *reader;
    ttag_vectorizer *vectorizer;
    b->articles = need(mem_new(MOST_ARTICLES, sizeof *b->articles));
    if (ttag_reader_open(&reader, &feed, 1, NULL, &err) != TTAG_OK ||
        ttag_vectorizer_new(&vectorizer, &b->parts->vocabulary, &b->parts->text, &err) != TTAG_OK)
        end(err.text);
    while (b->n < MOST_ARTICLES && ttag_reader_next(reader, &article, &err) == TTAG_OK) {
        ttag_vector v;
        if (ttag_vectorize(vectorizer, &v, &article, &err) != TTAG_OK)
            end(err.text);
        b->articles[b->n++] =
            (ttag_vector){v.size, need(mem_copy(v.terms, v.size * sizeof *v.terms)),
                          need(mem_copy(v.values, v.size * sizeof *v.values))};
    }
    ttag_vectorizer_free(vectorizer);
    ttag_reader_free(reader);
}

/* ---- Plain. ---- */

static void score_plain(bench *b, size_t at_once)
{
    rbf_block block = {0};
    if (rbf_block_init(&block, b->parts) != TTAG_OK)
        end("out of memory");
    for (size_t first = 0; first < b->n; first += at_once) {
        size_t n = b->n - first < at_once ? b->n - first : at_once;
        rbf_block_clear(&block);
        for (size_t i = 0; i < n; i++)
            if (!rbf_block_add(&block, b->parts, &b->articles[first + i]))
                end("out of memory");
        if (!rbf_block_score(&block, b->scores, b->parts))
            end("out of memory");
        for (size_t i = 0; i < n; i++)
            b->sum += (double)b->scores[i * b->parts->weight_stride];
    }
    rbf_block_dispose(&block);
}

/* ---- With BLAS. ---- */

typedef struct dense {
    size_t n_terms;
    uint32_t *column_of; /* n_terms of the model; UINT32_MAX: not dense */
    float *vectors;      /* n_vectors x n_terms */
    float *coefs;        /* n_tags x n_vectors */
    float *articles;     /* BATCH x n_terms */
    float *kernel;       /* BATCH x n_vectors */
    double *squares;     /* BATCH */
} dense;

/* Terms in over 1/share of the support vectors become dense. */
static void make_dense(dense *d, const ttag_model_parts *parts, size_t share)
{
    const ttag_support_vectors *s = &parts->support;
    size_t n_terms = parts->vocabulary.n_terms;
    *d = (dense){.column_of = need(mem_new(n_terms, sizeof *d->column_of))};
    for (size_t t = 0; t < n_terms; t++)
        d->column_of[t] = (s->term_starts[t + 1] - s->term_starts[t]) * share > s->n_vectors
                              ? (uint32_t)d->n_terms++
                              : UINT32_MAX;
    d->vectors = need(mem_zero(s->n_vectors * d->n_terms, sizeof *d->vectors));
    d->coefs = need(mem_zero(s->n_vectors * parts->n_tags, sizeof *d->coefs));
    d->articles = need(mem_new(BATCH * d->n_terms, sizeof *d->articles));
    d->kernel = need(mem_new(BATCH * s->n_vectors, sizeof *d->kernel));
    d->squares = need(mem_new(BATCH, sizeof *d->squares));
    for (size_t t = 0; t < n_terms; t++)
        for (size_t p = s->term_starts[t];
             d->column_of[t] != UINT32_MAX && p < s->term_starts[t + 1]; p++)
            d->vectors[s->vectors[p] * d->n_terms + d->column_of[t]] = s->values[p];
    for (size_t t = 0; t < parts->n_tags; t++)
        for (size_t e = s->coef_starts[t]; e < s->coef_starts[t + 1]; e++)
            d->coefs[t * s->n_vectors + s->coef_vectors[e]] = s->coefs[e];
}

static void dense_dispose(dense *d)
{
    mem_free(d->column_of);
    mem_free(d->vectors);
    mem_free(d->coefs);
    mem_free(d->articles);
    mem_free(d->kernel);
    mem_free(d->squares);
}

static void spread_article(const dense *d, const ttag_vector *v, size_t i)
{
    float *row = d->articles + i * d->n_terms;
    memset(row, 0, d->n_terms * sizeof *row);
    d->squares[i] = 0;
    for (size_t j = 0; j < v->size; j++) {
        if (d->column_of[v->terms[j]] != UINT32_MAX)
            row[d->column_of[v->terms[j]]] = v->values[j];
        d->squares[i] += (double)v->values[j] * (double)v->values[j];
    }
}

static void add_rare_terms(const dense *d, const ttag_support_vectors *s, const ttag_vector *v,
                           float *row)
{
    for (size_t j = 0; j < v->size; j++) {
        uint32_t t = v->terms[j];
        if (d->column_of[t] == UINT32_MAX)
            for (size_t p = s->term_starts[t]; p < s->term_starts[t + 1]; p++)
                row[s->vectors[p]] += v->values[j] * s->values[p];
    }
}

SIMD_CLONES
static void compare_row(float *row, const double *squares, double square, double gamma, size_t n)
{
    for (size_t first = 0; first < n; first += EXP_LANES) {
        size_t count = n - first < EXP_LANES ? n - first : EXP_LANES;
        exp_lanes y = {0};
        for (size_t j = 0; j < count; j++)
            y[j] = gamma * (square + squares[first + j] - 2 * (double)row[first + j]);
        exp_minus_lanes(&y);
        for (size_t j = 0; j < count; j++)
            row[first + j] = (float)y[j];
    }
}

static void score_blas(bench *b, const dense *d)
{
    const ttag_support_vectors *s = &b->parts->support;
    for (size_t first = 0; first < b->n; first += BATCH) {
        size_t n = b->n - first < BATCH ? b->n - first : BATCH;
        for (size_t i = 0; i < n; i++)
            spread_article(d, &b->articles[first + i], i);
        blas_product(n, s->n_vectors, d->n_terms, d->articles, d->vectors, d->kernel, s->n_vectors);
        for (size_t i = 0; i < n; i++) {
            float *row = d->kernel + i * s->n_vectors;
            add_rare_terms(d, s, &b->articles[first + i], row);
            compare_row(row, s->squares, d->squares[i], s->gamma, s->n_vectors);
        }
        blas_product(n, b->parts->n_tags, s->n_vectors, d->kernel, d->coefs, b->scores,
                     b->parts->weight_stride);
        for (size_t i = 0; i < n; i++)
            b->sum += (double)(b->scores[i * b->parts->weight_stride] + b->parts->tags[0].bias);
    }
}

/* ---- The clock. ---- */

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void report(const bench *b, const char *name, double seconds)
{
    printf("%-44s %8.1f us an article  (mean score of the first tag %.6f)\n", name,
           1e6 * seconds / (double)b->n, b->sum / (double)b->n / ROUNDS);
}

static void measure_plain(bench *b, size_t at_once, const char *name)
{
    double least = INFINITY;
    b->sum = 0;
    for (int round = 0; round < ROUNDS; round++) {
        double begun = now();
        score_plain(b, at_once);
        least = fmin(least, now() - begun);
    }
    report(b, name, least);
}

static void measure_blas(bench *b, size_t share)
{
    char name[64];
    dense d;
    double least = INFINITY;
    make_dense(&d, b->parts, share);
    b->sum = 0;
    for (int round = 0; round < ROUNDS; round++) {
        double begun = now();
        score_blas(b, &d);
        least = fmin(least, now() - begun);
    }
    snprintf(name, sizeof name, "BLAS, %zu terms (over 1/%zu) dense", d.n_terms, share);
    report(b, name, least);
    dense_dispose(&d);
}

int main(int argc, char **argv)
{
    ttag_error err;
    ttag_model *model;
    bench b = {0};
    if (argc != 3)
        end("expected MODEL FEED");
    if (ttag_model_open(&model, argv[1], &err) != TTAG_OK)
        end(err.text);
    b.parts = ttag_model_get(model);
    if (b.parts->kernel != TTAG_KERNEL_RBF)
        end("this is no model of the RBF kernel");
    b.scores = need(mem_new(BATCH * b.parts->weight_stride, sizeof *b.scores));
    read_articles(&b, argv[2]);
    blas_single_thread();
    printf("%zu articles, %zu support vectors, %zu values, %zu coefficients of %zu tags\n", b.n,
           b.parts->support.n_vectors,
           (size_t)b.parts->support.term_starts[b.parts->vocabulary.n_terms],
           (size_t)b.parts->support.coef_starts[b.parts->n_tags], b.parts->n_tags);
    measure_plain(&b, 1, "plain, one by one");
    measure_plain(&b, RBF_LANES, "plain, eight together");
    for (size_t share = 2; share <= 64; share *= 2)
        measure_blas(&b, share);
    for (size_t i = 0; i < b.n; i++) {
        mem_free((void *)(uintptr_t)b.articles[i].terms);
        mem_free((void *)(uintptr_t)b.articles[i].values);
    }
    mem_free(b.articles);
    mem_free(b.scores);
    ttag_model_close(model);
    return 0;
}
