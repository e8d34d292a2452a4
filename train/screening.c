/* Dual coordinate descent, LANES tags abreast. */
#include "train/screening.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/monitor.h"
#include "base/parallel.h"
#include "base/random.h"
#include "base/simd.h"

enum {
    LANES = 16,      /* tags of a block: one register of AVX-512, a cache line of weights */
    EPOCHS = 10,     /* passes; more find hardly another support vector */
    LONGEST_REST = 3 /* an article that changed nothing is passed over 1, 3, then 7 times */
};

static const float LEAST_STEP = 1e-5f; /* of an alpha, as a share of the cost */
/* Less than that comes of the bias being held back like a weight: articles that all lack a little
   then share what libsvm's free bias makes up for. */
static const float LEAST_ALPHA = 1e-3f; /* as a share of the cost */
static const float LEAST_LOSS = 5e-3f;

/* What one worker needs for a block. */
typedef struct block {
    float *weights;         /* (n_columns + 1) x LANES; the last row is the bias */
    float *alphas;          /* n_rows x LANES, each times y */
    signed char *truth;     /* n_rows x LANES: y; 0 unknown, or no tag in that lane */
    signed char *of_tag;    /* n_rows */
    float *scales;          /* n_rows: 1 / (|x|² + 1) */
    uint32_t *order;        /* n_rows */
    unsigned char *idle;    /* n_rows: visits in a row that changed nothing */
    unsigned char *resting; /* n_rows: visits to pass over */
} block;

typedef struct screening {
    const screening_task *task;
    near_set *near;
    uint32_t *tags; /* that are to be solved, by falling support: lanes of a block are alike */
    size_t n_tags;
    block *blocks; /* one for each worker */
} screening;

/* ---- One article. ---- */

/* f = w·x + b, in every lane */
static inline void decide(float *f, const float *weights, const float *bias, const uint32_t *terms,
                          const float *values, size_t count)
{
    float sums[LANES];
    memcpy(sums, bias, sizeof sums);
    for (size_t e = 0; e < count; e++) {
        const float *row = weights + (size_t)terms[e] * LANES;
        for (size_t t = 0; t < LANES; t++)
            sums[t] += values[e] * row[t];
    }
    memcpy(f, sums, sizeof sums);
}

/* alpha y <- its best value within its bounds, the others held; returns the largest step. */
static inline float descend(float *steps, float *alphas, const signed char *truth, const float *f,
                            float scale, float cost)
{
    float largest = 0;
    for (size_t t = 0; t < LANES; t++) {
        float y = (float)truth[t];
        float low = y < 0 ? -cost : 0;
        float high = y > 0 ? cost : 0;
        float best = alphas[t] - (f[t] - y) * scale;
        best = best < low ? low : best;
        best = best > high ? high : best;
        steps[t] = best - alphas[t];
        float size = fabsf(steps[t]);
        largest = size > largest ? size : largest;
    }
    return largest;
}

/* ---- Passes over the articles. ---- */

/* One epoch over the articles in `order`. */
SIMD_CLONES
static void run_epoch(const block *b, const ttag_matrix *x, float cost)
{
    float *bias = b->weights + x->n_columns * LANES;
    for (size_t k = 0; k < x->n_rows; k++) {
        size_t i = b->order[k];
        float f[LANES], steps[LANES];
        if (b->resting[i] > 0) {
            b->resting[i]--;
            continue;
        }
        size_t start = x->starts[i];
        size_t count = x->starts[i + 1] - start;
        const uint32_t *terms = x->terms + start;
        const float *values = x->values + start;
        decide(f, b->weights, bias, terms, values, count);
        float *alphas = b->alphas + i * LANES;
        float largest = descend(steps, alphas, b->truth + i * LANES, f, b->scales[i], cost);
        if (largest < LEAST_STEP * cost) {
            b->idle[i] = (unsigned char)(b->idle[i] < LONGEST_REST ? b->idle[i] + 1 : LONGEST_REST);
            b->resting[i] = (unsigned char)((1u << b->idle[i]) - 1);
            continue;
        }
        b->idle[i] = 0;
        for (size_t t = 0; t < LANES; t++) {
            alphas[t] += steps[t];
            bias[t] += steps[t];
        }
        for (size_t e = 0; e < count; e++) {
            float *row = b->weights + (size_t)terms[e] * LANES;
            for (size_t t = 0; t < LANES; t++)
                row[t] += values[e] * steps[t];
        }
    }
}

/* Sets truth[t] of an article to 2 in the lanes where it is near: nothing reads its y any more. */
SIMD_CLONES
static void mark_near(const block *b, const ttag_matrix *x, float cost)
{
    const float *bias = b->weights + x->n_columns * LANES;
    for (size_t i = 0; i < x->n_rows; i++) {
        float f[LANES];
        size_t start = x->starts[i];
        decide(f, b->weights, bias, x->terms + start, x->values + start, x->starts[i + 1] - start);
        const float *alphas = b->alphas + i * LANES;
        signed char *truth = b->truth + i * LANES;
        for (size_t t = 0; t < LANES; t++) {
            float margin = (float)truth[t] * f[t];
            bool near =
                truth[t] != 0 && (fabsf(alphas[t]) > LEAST_ALPHA * cost || margin < 1 - LEAST_LOSS);
            if (near)
                truth[t] = 2;
        }
    }
}

static ttag_status keep_near(near_set *out, const block *b, size_t n_rows, size_t lane)
{
    size_t count = 0;
    for (size_t i = 0; i < n_rows; i++)
        count += b->truth[i * LANES + lane] == 2;
    out->articles = mem_new(count, sizeof *out->articles);
    if (!out->articles)
        return TTAG_NOMEM;
    for (size_t i = 0; i < n_rows; i++)
        if (b->truth[i * LANES + lane] == 2)
            out->articles[out->n++] = (uint32_t)i;
    return TTAG_OK;
}

/* ---- One block. ---- */

static void fill_truth(const block *b, const labels *l, const uint32_t *tags, size_t n_tags)
{
    memset(b->truth, 0, l->n_articles * LANES);
    for (size_t lane = 0; lane < n_tags; lane++) {
        labels_truth(l, tags[lane], b->of_tag);
        for (size_t i = 0; i < l->n_articles; i++)
            b->truth[i * LANES + lane] = b->of_tag[i];
    }
}

static void block_begin(const block *b, const ttag_matrix *x)
{
    memset(b->weights, 0, (x->n_columns + 1) * LANES * sizeof *b->weights);
    memset(b->alphas, 0, x->n_rows * LANES * sizeof *b->alphas);
    memset(b->idle, 0, x->n_rows);
    memset(b->resting, 0, x->n_rows);
    for (size_t i = 0; i < x->n_rows; i++) {
        double square = 1;
        for (size_t e = x->starts[i]; e < x->starts[i + 1]; e++)
            square += (double)x->values[e] * (double)x->values[e];
        b->scales[i] = (float)(1 / square);
        b->order[i] = (uint32_t)i;
    }
}

static ttag_status screen_block(void *context, size_t index, unsigned worker)
{
    const screening *s = context;
    const screening_task *task = s->task;
    const ttag_matrix *x = task->x;
    const block *b = &s->blocks[worker];
    size_t first = index * LANES;
    size_t n_lanes = s->n_tags - first < LANES ? s->n_tags - first : LANES;
    ttag_status status = TTAG_OK;
    rng random;
    rng_seed(&random, task->seed + index);
    fill_truth(b, task->labels, s->tags + first, n_lanes);
    block_begin(b, x);
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
        rng_shuffle(&random, b->order, x->n_rows);
        run_epoch(b, x, (float)task->cost);
    }
    mark_near(b, x, (float)task->cost);
    for (size_t lane = 0; status == TTAG_OK && lane < n_lanes; lane++)
        status = keep_near(&s->near[s->tags[first + lane]], b, x->n_rows, lane);
    return status;
}

/* ---- All blocks. ---- */

static bool block_reserve(block *b, const ttag_matrix *x)
{
    size_t lanes_of_rows;
    if (!size_mul(&lanes_of_rows, x->n_rows, LANES))
        return false;
    b->weights = mem_new(x->n_columns + 1, LANES * sizeof *b->weights);
    b->alphas = mem_new(lanes_of_rows, sizeof *b->alphas);
    b->truth = mem_new(lanes_of_rows, sizeof *b->truth);
    b->of_tag = mem_new(x->n_rows, sizeof *b->of_tag);
    b->scales = mem_new(x->n_rows, sizeof *b->scales);
    b->order = mem_new(x->n_rows, sizeof *b->order);
    b->idle = mem_new(x->n_rows, sizeof *b->idle);
    b->resting = mem_new(x->n_rows, sizeof *b->resting);
    return b->weights && b->alphas && b->truth && b->of_tag && b->scales && b->order && b->idle &&
           b->resting;
}

static void block_dispose(block *b)
{
    mem_free(b->weights);
    mem_free(b->alphas);
    mem_free(b->truth);
    mem_free(b->of_tag);
    mem_free(b->scales);
    mem_free(b->order);
    mem_free(b->idle);
    mem_free(b->resting);
}

typedef struct sized_tag {
    size_t support;
    uint32_t tag;
} sized_tag;

static int by_falling_support(const void *a, const void *b)
{
    const sized_tag *x = a;
    const sized_tag *y = b;
    if (x->support != y->support)
        return x->support < y->support ? 1 : -1;
    return (x->tag > y->tag) - (x->tag < y->tag);
}

static ttag_status list_tags(screening *s)
{
    const labels *l = s->task->labels;
    sized_tag *list = mem_new(l->n_tags, sizeof *list);
    s->tags = mem_new(l->n_tags, sizeof *s->tags);
    if (!list || !s->tags) {
        mem_free(list);
        return TTAG_NOMEM;
    }
    for (uint32_t t = 0; t < l->n_tags; t++)
        if (!s->task->constant[t])
            list[s->n_tags++] = (sized_tag){labels_support(l, t), t};
    qsort(list, s->n_tags, sizeof *list, by_falling_support);
    for (size_t k = 0; k < s->n_tags; k++)
        s->tags[k] = list[k].tag;
    mem_free(list);
    return TTAG_OK;
}

ttag_status screen_tags(near_set *near, const screening_task *task)
{
    screening s = {.task = task, .near = near};
    ttag_status status = list_tags(&s);
    size_t n_blocks = (s.n_tags + LANES - 1) / LANES;
    unsigned threads = task->threads < n_blocks ? task->threads : (unsigned)n_blocks;
    if (status != TTAG_OK || n_blocks == 0)
        goto done;
    s.blocks = mem_zero(threads, sizeof *s.blocks);
    status = s.blocks ? TTAG_OK : TTAG_NOMEM;
    for (unsigned k = 0; status == TTAG_OK && k < threads; k++)
        if (!block_reserve(&s.blocks[k], task->x))
            status = TTAG_NOMEM;
    if (status == TTAG_OK)
        status = parallel_for(threads, n_blocks, screen_block, &s, task->monitor, NULL);
done:
    for (unsigned k = 0; s.blocks && k < threads; k++)
        block_dispose(&s.blocks[k]);
    mem_free(s.blocks);
    mem_free(s.tags);
    return status;
}

void near_set_dispose(near_set *s)
{
    mem_free(s->articles);
    *s = (near_set){0};
}
