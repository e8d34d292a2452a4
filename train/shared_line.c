/* Bins of scores, a sigmoid through them, blocks of bins, a line; then the line of a tag. */
#include "train/shared_line.h"

#include <math.h>

#include "base/memory.h"
#include "base/sigmoid.h"

static const double LEAST = -4, WIDTH = 8.0 / SHARED_BINS;
static const double LEAST_SLOPE = 1e-3; /* at which floats tell neighbouring scores apart */

/* ---- The line of all tags. ---- */

static size_t bin_of(double score)
{
    double at = (score - LEAST) / WIDTH;
    return at <= 0 ? 0 : at >= SHARED_BINS - 1 ? SHARED_BINS - 1 : (size_t)at;
}

void shared_scores_add(shared_scores *all, const float *scores, const signed char *truth, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!truth[i])
            continue;
        shared_bin *bin = &all->bins[bin_of((double)scores[i])];
        bin->positive += truth[i] > 0;
        bin->negative += truth[i] < 0;
        bin->sum += (double)scores[i];
    }
    all->n_tags++;
}

static double count_of(const shared_bin *b)
{
    return b->positive + b->negative;
}

static double mean_of(const shared_bin *b)
{
    return b->sum / count_of(b);
}

/* false: articles of one kind are missing, or scores tell nothing. */
static bool fit_sigmoid(calibration *out, const shared_scores *all, weighed_scores *s)
{
    double positive = 0, negative = 0;
    for (size_t b = 0; b < SHARED_BINS; b++) {
        const shared_bin *bin = &all->bins[b];
        double count = count_of(bin);
        if (count > 0)
            weighed_scores_add(s, mean_of(bin), bin->positive / count, count);
        positive += bin->positive;
        negative += bin->negative;
    }
    if (positive == 0 || negative == 0)
        return false;
    *out = weighed_scores_fit(s, NULL);
    return isfinite(out->offset) && isfinite(out->slope) && out->slope < -LEAST_SLOPE;
}

static double share_of(const shared_bin *b)
{
    return b->positive / count_of(b);
}

/* What a bin tells about the sigmoid. */
static double weight_of(const shared_bin *b, const calibration *sigmoid)
{
    double p = (double)platt_probability(sigmoid->slope, sigmoid->offset, (float)mean_of(b));
    return count_of(b) * p * (1 - p);
}

/* The block joins those before it for as long as their shares are no smaller. */
static void append(shared_bin *blocks, size_t *n, shared_bin next)
{
    for (; *n > 0 && share_of(&blocks[*n - 1]) >= share_of(&next); --*n) {
        const shared_bin *last = &blocks[*n - 1];
        next.positive += last->positive;
        next.negative += last->negative;
        next.sum += last->sum;
    }
    blocks[(*n)++] = next;
}

/* At most ISOTONIC_MOST blocks of bins that weigh alike. */
static size_t make_blocks(shared_bin blocks[ISOTONIC_MOST], const shared_scores *all,
                          const calibration *sigmoid)
{
    double whole = 0, seen = 0;
    size_t n = 0, cut = 0;
    shared_bin next = {0, 0, 0};
    for (size_t b = 0; b < SHARED_BINS; b++)
        whole += count_of(&all->bins[b]) > 0 ? weight_of(&all->bins[b], sigmoid) : 0;
    for (size_t b = 0; b < SHARED_BINS; b++) {
        const shared_bin *bin = &all->bins[b];
        if (count_of(bin) == 0)
            continue;
        next.positive += bin->positive;
        next.negative += bin->negative;
        next.sum += bin->sum;
        seen += weight_of(bin, sigmoid);
        if (cut + 1 < ISOTONIC_MOST && seen * ISOTONIC_MOST >= whole * (double)(cut + 1)) {
            append(blocks, &n, next);
            next = (shared_bin){0, 0, 0};
            while (cut + 1 < ISOTONIC_MOST && seen * ISOTONIC_MOST >= whole * (double)(cut + 1))
                cut++;
        }
    }
    if (count_of(&next) > 0)
        append(blocks, &n, next);
    return n;
}

/* No points where the line is not steep enough somewhere. */
static void check_line(isotonic_line *line)
{
    size_t n = line->n;
    for (size_t k = 1; k < n; k++) {
        double run = (double)line->points[2 * k] - (double)line->points[2 * k - 2];
        double rise = (double)line->points[2 * k + 1] - (double)line->points[2 * k - 1];
        if (!(run > 0 && rise >= LEAST_SLOPE * run))
            line->n = 0;
    }
    if (n < 2)
        line->n = 0;
}

ttag_status shared_line_fit(shared_line *out, const shared_scores *all)
{
    weighed_scores s = {0};
    shared_bin blocks[ISOTONIC_MOST];
    bool room = weighed_scores_reserve(&s, SHARED_BINS);
    *out = (shared_line){.line.n = 0};
    if (room && all->n_tags > 1 && fit_sigmoid(&out->sigmoid, all, &s)) {
        out->line.n = make_blocks(blocks, all, &out->sigmoid);
        for (size_t k = 0; k < out->line.n; k++) {
            const shared_bin *b = &blocks[k];
            out->line.points[2 * k] = (float)mean_of(b);
            out->line.points[2 * k + 1] = (float)log((b->positive + 0.5) / (b->negative + 0.5));
        }
        check_line(&out->line);
    }
    weighed_scores_dispose(&s);
    return room ? TTAG_OK : TTAG_NOMEM;
}

/* ---- The line of a tag. ---- */

ttag_status shared_line_adapt(shared_line *out, const shared_line *shared, const float *scores,
                              size_t n_partitions, const signed char *truth, size_t n)
{
    const isotonic_line *line = &shared->line;
    const calibration_prior prior = {
        {-1, 0}, SHARED_LINE_WORTH, SHARED_LINE_WORTH / 4}; /* 1 / (1 + e^(slope g + offset)) */
    weighed_scores s = {0};
    size_t most;
    bool room = size_mul(&most, n, n_partitions) && weighed_scores_reserve(&s, most);
    *out = (shared_line){.line.n = 0};
    if (room) {
        for (size_t k = 0; k < n_partitions * n; k++)
            if (truth[k % n])
                weighed_scores_add(
                    &s, line_log_odds(line->points, line->n, shared->sigmoid.slope, scores[k]),
                    truth[k % n] > 0, 1 / (double)n_partitions);
        const calibration own = weighed_scores_fit(&s, &prior);
        double a = -own.slope, b = -own.offset;
        out->sigmoid = (calibration){a * shared->sigmoid.slope, a * shared->sigmoid.offset - b};
        out->line = *line;
        for (size_t k = 0; k < line->n; k++)
            out->line.points[2 * k + 1] = (float)(a * (double)line->points[2 * k + 1] + b);
        check_line(&out->line);
    }
    weighed_scores_dispose(&s);
    return room ? TTAG_OK : TTAG_NOMEM;
}
