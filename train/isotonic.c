/* One pass that pools, then joining by a table of what each border is worth. */
#include "train/isotonic.h"

#include <math.h>

#include "base/memory.h"

static const double LEAST_SLOPE = 1e-3; /* at which floats tell neighbouring scores apart */

typedef struct block {
    double positive, count, score_sum;
    double worth; /* log-likelihood that joining it with the next block loses */
} block;

static block joined(const block *a, const block *b)
{
    return (block){a->positive + b->positive, a->count + b->count, a->score_sum + b->score_sum, 0};
}

/* Blocks of rising shares; `blocks` has room for count. */
static size_t pool(block *blocks, const scored_article *sorted, size_t count,
                   const signed char *truth)
{
    size_t n = 0;
    for (size_t k = 0; k < count;) {
        float score = sorted[k].score;
        block b = {0};
        do { /* at least this one: a score that is no number is not equal to itself */
            b.positive += truth[sorted[k].article] > 0;
            b.count++;
            b.score_sum += (double)score;
            k++;
        } while (k < count && sorted[k].score == score);
        while (n > 0 && blocks[n - 1].positive * b.count >= b.positive * blocks[n - 1].count)
            b = joined(&blocks[--n], &b);
        blocks[n++] = b;
    }
    return n;
}

/* p ln(p / n) + (n - p) ln((n - p) / n) */
static double log_likelihood(const block *b)
{
    double negative = b->count - b->positive, sum = 0;
    if (b->positive > 0)
        sum += b->positive * log(b->positive / b->count);
    if (negative > 0)
        sum += negative * log(negative / b->count);
    return sum;
}

static void value_border(block *blocks, size_t at)
{
    const block both = joined(&blocks[at], &blocks[at + 1]);
    blocks[at].worth =
        log_likelihood(&blocks[at]) + log_likelihood(&blocks[at + 1]) - log_likelihood(&both);
}

/* Joins blocks until those are left that are worth it. */
static size_t thin(block *blocks, size_t n, double worth)
{
    for (size_t k = 0; k + 1 < n; k++)
        value_border(blocks, k);
    while (n > 1) {
        size_t least = 0;
        for (size_t k = 1; k + 1 < n; k++)
            if (blocks[k].worth < blocks[least].worth)
                least = k;
        if (n <= ISOTONIC_MOST && blocks[least].worth > worth)
            break;
        blocks[least] = joined(&blocks[least], &blocks[least + 1]);
        for (size_t k = least + 1; k + 1 < n; k++)
            blocks[k] = blocks[k + 1];
        n--;
        if (least > 0)
            value_border(blocks, least - 1);
        if (least + 1 < n)
            value_border(blocks, least);
    }
    return n;
}

/* The middles of the blocks; none where the line is not steep enough somewhere. */
static void draw(isotonic_line *out, const block *blocks, size_t n, double times)
{
    double positive = 0, negative = 0;
    for (size_t k = 0; k < n; k++) {
        positive += blocks[k].positive / times;
        negative += (blocks[k].count - blocks[k].positive) / times;
    }
    double high = (positive + 1) / (positive + 2), low = 1 / (negative + 2);
    for (size_t k = 0; k < n; k++) {
        const block *b = &blocks[k];
        double share = (b->positive * high + (b->count - b->positive) * low) / b->count;
        out->points[2 * k] = (float)(b->score_sum / b->count);
        out->points[2 * k + 1] = (float)log(share / (1 - share));
    }
    out->n = n < 2 ? 0 : n;
    for (size_t k = 1; k < n; k++) {
        double run = (double)out->points[2 * k] - (double)out->points[2 * k - 2];
        double rise = (double)out->points[2 * k + 1] - (double)out->points[2 * k - 1];
        if (!(run > 0 && rise >= LEAST_SLOPE * run))
            out->n = 0;
    }
}

ttag_status isotonic_fit(isotonic_line *out, const scored_article *sorted, size_t count,
                         const signed char *truth, size_t times)
{
    *out = (isotonic_line){0};
    block *blocks = mem_new(count, sizeof *blocks);
    if (!blocks)
        return TTAG_NOMEM;
    size_t n = pool(blocks, sorted, count, truth);
    n = thin(blocks, n, ISOTONIC_WORTH * (double)times);
    draw(out, blocks, n, (double)times);
    mem_free(blocks);
    return TTAG_OK;
}
