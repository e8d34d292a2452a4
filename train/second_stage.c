/* Rows are made anew in each pass, in order of the tags: they would take more room than what they
   are made of. */
#include "train/second_stage.h"

#include <math.h>
#include <string.h>

enum { FACTORS = 4, SIZE = FACTORS + 1 /* and b */, MOST_STEPS = 60, MOST_HALVINGS = 20 };

static const double SETTLED = 1e-10; /* largest part of a step */

typedef struct standard {
    double mean[FACTORS], scale[FACTORS]; /* z = (x - mean) * scale; scale 0: x never changes */
} standard;

/* What a pass adds up. */
typedef struct sums {
    double value;
    double gradient[SIZE];
    double hessian[SIZE][SIZE]; /* lower triangle */
} sums;

/* ---- Rows. ---- */

typedef struct row_walk {
    const stage_task *task;
    const stage_fold *fold;
    size_t tag, article;
    uint32_t partition;
    double x[FACTORS], weight;
    bool positive;
} row_walk;

static row_walk rows_of(const stage_task *task, const stage_fold *fold)
{
    return (row_walk){.task = task, .fold = fold, .partition = fold->some ? fold->partition : 0};
}

static const float *highest_of(const stage_task *task, size_t tag, uint32_t partition)
{
    size_t at = (size_t)task->windows * task->partitions[tag] + partition;
    return task->highest[tag] + at * task->probes->n_wholes * TOP_PASSAGES;
}

static bool has_rows(const row_walk *w)
{
    return w->task->highest[w->tag] && w->partition < w->task->partitions[w->tag];
}

static void fill_row(row_walk *w)
{
    const stage_task *task = w->task;
    const float *highest = highest_of(task, w->tag, w->partition) + w->article * TOP_PASSAGES;
    double last = (double)highest[0];
    for (unsigned k = 0; k < TOP_PASSAGES; k++)
        w->x[k] = last = highest[k] > -FLT_MAX ? (double)highest[k] : last;
    w->x[TOP_PASSAGES] = (double)task->probes->log_passages[w->article];
    w->weight = w->fold->some ? 1 : 1.0 / task->partitions[w->tag];
    w->positive = task->truth[w->tag * task->probes->n_wholes + w->article] > 0;
}

/* Behind the last article comes the next partition, or tag. */
static void next_list(row_walk *w)
{
    w->article = 0;
    if (!w->fold->some && has_rows(w) && w->partition + 1 < w->task->partitions[w->tag]) {
        w->partition++;
        return;
    }
    w->tag++;
    w->partition = w->fold->some ? w->fold->partition : 0;
}

static bool next_row(row_walk *w)
{
    size_t n = w->task->probes->n_wholes;
    while (w->tag < w->task->n_tags) {
        if (w->article >= n || !has_rows(w)) {
            next_list(w);
            continue;
        }
        size_t i = w->article;
        bool counts = w->task->truth[w->tag * n + i] != 0 &&
                      !(w->fold->some && w->fold->folds[i] == w->fold->out);
        if (counts)
            fill_row(w);
        w->article++;
        if (counts)
            return true;
    }
    return false;
}

/* ---- The scale of each factor. ---- */

/* false: rows of one kind are missing. */
static bool standardise(standard *s, const stage_task *task, const stage_fold *fold)
{
    double weight = 0, positive = 0;
    *s = (standard){{0}, {0}};
    for (row_walk w = rows_of(task, fold); next_row(&w);) {
        weight += w.weight;
        positive += w.positive ? w.weight : 0;
        for (int k = 0; k < FACTORS; k++)
            s->mean[k] += w.weight * w.x[k];
    }
    if (!(positive > 0 && positive < weight))
        return false;
    for (int k = 0; k < FACTORS; k++)
        s->mean[k] /= weight;
    for (row_walk w = rows_of(task, fold); next_row(&w);)
        for (int k = 0; k < FACTORS; k++)
            s->scale[k] += w.weight * (w.x[k] - s->mean[k]) * (w.x[k] - s->mean[k]);
    for (int k = 0; k < FACTORS; k++) {
        double deviation = sqrt(s->scale[k] / weight);
        s->scale[k] = deviation > 1e-9 * (1 + fabs(s->mean[k])) ? 1 / deviation : 0;
    }
    return true;
}

/* ---- Newton's method. ---- */

static void add_row(sums *out, const double z[SIZE], const double at[SIZE], bool positive,
                    double weight)
{
    double f = 0;
    for (int k = 0; k < SIZE; k++)
        f += at[k] * z[k];
    double margin = positive ? f : -f;
    double wrong = 1 / (1 + exp(margin)); /* inf: 0 */
    double slope = weight * (positive ? -wrong : wrong), bend = weight * wrong * (1 - wrong);
    out->value += weight * (margin < 0 ? log1p(exp(margin)) - margin : log1p(exp(-margin)));
    for (int k = 0; k < SIZE; k++) {
        out->gradient[k] += slope * z[k];
        for (int l = 0; l <= k; l++)
            out->hessian[k][l] += bend * z[k] * z[l];
    }
}

static void sum_up(sums *out, const double at[SIZE], const standard *s, const stage_task *task,
                   const stage_fold *fold)
{
    *out = (sums){.value = 0};
    for (row_walk w = rows_of(task, fold); next_row(&w);) {
        double z[SIZE];
        for (int k = 0; k < FACTORS; k++)
            z[k] = (w.x[k] - s->mean[k]) * s->scale[k];
        z[FACTORS] = 1;
        add_row(out, z, at, w.positive, w.weight);
    }
    for (int k = 0; k < FACTORS; k++) {
        out->value += at[k] * at[k] / 2;
        out->gradient[k] += at[k];
        out->hessian[k][k] += 1;
    }
}

/* hessian · step = gradient, by Cholesky; the matrix is positive definite but for rounding. */
static bool solve(double step[SIZE], sums *s)
{
    double(*l)[SIZE] = s->hessian;
    for (int k = 0; k < SIZE; k++) {
        for (int j = 0; j <= k; j++) {
            double sum = l[k][j];
            for (int m = 0; m < j; m++)
                sum -= l[k][m] * l[j][m];
            if (j == k && !(sum > 0))
                return false;
            l[k][j] = j == k ? sqrt(sum) : sum / l[j][j];
        }
    }
    for (int k = 0; k < SIZE; k++) {
        step[k] = s->gradient[k];
        for (int m = 0; m < k; m++)
            step[k] -= l[k][m] * step[m];
        step[k] /= l[k][k];
    }
    for (int k = SIZE - 1; k >= 0; k--) {
        for (int m = k + 1; m < SIZE; m++)
            step[k] -= l[m][k] * step[m];
        step[k] /= l[k][k];
    }
    return true;
}

/* Goes a step, or so much of it that the value does not rise. false: there is none. */
static bool go(double at[SIZE], sums *now, const double step[SIZE], const standard *s,
               const stage_task *task, const stage_fold *fold)
{
    double share = 1;
    for (int k = 0; k < MOST_HALVINGS; k++, share /= 2) {
        double next[SIZE];
        sums there;
        for (int i = 0; i < SIZE; i++)
            next[i] = at[i] - share * step[i];
        sum_up(&there, next, s, task, fold);
        if (!(there.value <= now->value))
            continue;
        memcpy(at, next, sizeof next);
        *now = there;
        return true;
    }
    return false;
}

static void minimise(double at[SIZE], const standard *s, const stage_task *task,
                     const stage_fold *fold)
{
    sums now;
    sum_up(&now, at, s, task, fold);
    for (int k = 0; k < MOST_STEPS; k++) {
        double step[SIZE], largest = 0;
        if (!solve(step, &now))
            return;
        for (int i = 0; i < SIZE; i++)
            largest = fabs(step[i]) > largest ? fabs(step[i]) : largest;
        if (largest < SETTLED || !go(at, &now, step, s, task, fold))
            return;
    }
}

bool second_stage_fit(ttag_second_stage *out, const stage_task *task, const stage_fold *fold)
{
    static const stage_fold NONE = {.some = false};
    standard s;
    double at[SIZE] = {0};
    fold = fold ? fold : &NONE;
    *out = (ttag_second_stage){.used = false};
    if (!standardise(&s, task, fold))
        return false;
    minimise(at, &s, task, fold);
    double offset = at[FACTORS];
    for (int k = 0; k < FACTORS; k++) {
        at[k] *= s.scale[k];
        offset -= at[k] * s.mean[k];
    }
    for (int k = 0; k < TOP_PASSAGES; k++)
        out->best[k] = (float)at[k];
    out->length = (float)at[TOP_PASSAGES];
    out->offset = (float)offset;
    out->used = true;
    return true;
}

/* ---- Scores. ---- */

void second_stage_apply(float *scores, const ttag_second_stage *stage, const stage_task *task,
                        size_t tag, const stage_fold *fold)
{
    const float *highest = highest_of(task, tag, fold->partition);
    for (size_t i = 0; i < task->probes->n_wholes; i++)
        if (fold->folds[i] == fold->out)
            scores[i] = second_stage_score(stage, highest + i * TOP_PASSAGES, 1,
                                           task->probes->log_passages[i]);
}
