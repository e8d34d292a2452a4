/* Blocks of tags in parallel. A block is solved on all articles; each of its folds begins there,
   with the held-out articles taken out. */
#include "train/linear.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/monitor.h"
#include "base/parallel.h"
#include "train/tag_blocks.h"

enum {
    MOST_EPOCHS = 2000,
    LOOK_EVERY = 10, /* epochs: a look at the gap costs as much as an epoch */
    /* out-of-fold scores only choose cuts, and begin near their end */
    MOST_FOLD_EPOCHS = 200,
    LOOK_AT_FOLDS_EVERY = 4
};

static const double FOLD_GAP = 1e-2;

/* A solution on all articles, kept while its folds are solved. */
typedef struct whole {
    float *weights;
    float *alphas;
    signed char *truth;
    unsigned char *idle;
} whole;

typedef struct linear_work {
    const solve_task *task;
    solve_result *result;
    float *weights;
    double *biases;
    certificate *certificates;
    double gap;
    tag_blocks blocks;
    whole *wholes; /* one for each thread; NULL: no folds */
} linear_work;

/* ---- The solution on all articles. ---- */

static void take_solution(const linear_work *w, const descent *d, const uint32_t *tags,
                          const descent_gap *gaps, unsigned epochs)
{
    size_t stride = weights_stride(w->task->labels->n_tags);
    size_t n_columns = d->x->n_columns;
    for (size_t lane = 0; lane < d->n_lanes; lane++) {
        uint32_t tag = tags[lane];
        for (size_t term = 0; term < n_columns; term++)
            w->weights[w->task->terms[term] * stride + tag] = d->weights[term * LANES + lane];
        w->biases[tag] = (double)d->weights[n_columns * LANES + lane];
        w->certificates[tag] = (certificate){.objective = gaps[lane].dual,
                                             .gap = gaps[lane].gap,
                                             .violation = NAN,
                                             .n_support = gaps[lane].n_support,
                                             .active = d->x->n_rows,
                                             .rounds = epochs};
    }
}

/* ---- Folds. ---- */

static size_t weights_bytes(const descent *d)
{
    return (d->x->n_columns + 1) * LANES * sizeof *d->weights;
}

static void keep_whole(whole *to, const descent *d)
{
    memcpy(to->weights, d->weights, weights_bytes(d));
    memcpy(to->alphas, d->alphas, d->x->n_rows * LANES * sizeof *d->alphas);
    memcpy(to->truth, d->truth, d->x->n_rows * LANES);
    memcpy(to->idle, d->idle, d->x->n_rows);
}

static void recall_whole(descent *d, const whole *from)
{
    memcpy(d->weights, from->weights, weights_bytes(d));
    memcpy(d->alphas, from->alphas, d->x->n_rows * LANES * sizeof *d->alphas);
    memcpy(d->truth, from->truth, d->x->n_rows * LANES);
    memcpy(d->idle, from->idle, d->x->n_rows);
    for (size_t i = 0; i < d->x->n_rows; i++) /* who rests there rests here, but not all as long */
        d->resting[i] = (unsigned char)(i & ((1u << d->idle[i]) - 1));
}

/* Scores of the held-out articles about whose tags something is known. */
static void score_held_out(const linear_work *w, const descent *d, const whole *all,
                           const uint32_t *tags, uint32_t partition, size_t article)
{
    float f[LANES];
    size_t n = d->x->n_rows;
    descent_decide(d, article, f);
    for (size_t lane = 0; lane < d->n_lanes; lane++)
        if (partition < w->task->partitions[tags[lane]] && all->truth[article * LANES + lane])
            w->result->scores[tags[lane]][partition * n + article] = f[lane];
}

static void solve_fold(const linear_work *w, descent *d, const whole *all, const uint32_t *tags,
                       uint32_t partition, uint32_t fold)
{
    descent_gap gaps[LANES];
    size_t n = d->x->n_rows;
    const uint8_t *folds = w->task->folds + (size_t)partition * n;
    recall_whole(d, all);
    for (size_t i = 0; i < n; i++)
        if (folds[i] == fold)
            descent_forget(d, i);
    descent_settle(d, w->gap > FOLD_GAP ? w->gap : FOLD_GAP, LOOK_AT_FOLDS_EVERY, MOST_FOLD_EPOCHS,
                   gaps);
    for (size_t i = 0; i < n; i++)
        if (folds[i] == fold)
            score_held_out(w, d, all, tags, partition, i);
}

/* A search goes no nearer to the whole solutions than to those of folds. */
static unsigned most_epochs(const linear_work *w)
{
    return w->task->search ? MOST_FOLD_EPOCHS : MOST_EPOCHS;
}

static ttag_status solve_block(void *context, size_t index, unsigned worker)
{
    const linear_work *w = context;
    const solve_task *task = w->task;
    descent *d = &w->blocks.descents[worker];
    const uint32_t *tags = w->blocks.tags + index * LANES;
    descent_gap gaps[LANES];
    uint32_t partitions = 0;
    descent_begin(d, task->labels, tags, tag_blocks_lanes(&w->blocks, index), task->costs,
                  task->seed + index);
    unsigned epochs = descent_settle(d, w->gap, LOOK_EVERY, most_epochs(w), gaps);
    if (!task->search)
        take_solution(w, d, tags, gaps, epochs);
    if (!task->n_folds)
        return TTAG_OK;
    whole *all = &w->wholes[worker];
    keep_whole(all, d);
    for (size_t lane = 0; lane < d->n_lanes; lane++)
        if (task->partitions[tags[lane]] > partitions)
            partitions = task->partitions[tags[lane]];
    for (uint32_t p = 0; p < partitions; p++)
        for (uint32_t f = 0; f < task->n_folds; f++) {
            if (is_cancelled(task->monitor))
                return TTAG_CANCELLED;
            solve_fold(w, d, all, tags, p, f);
        }
    return TTAG_OK;
}

/* ---- All blocks. ---- */

static ttag_status wholes_reserve(linear_work *w, const ttag_matrix *x)
{
    w->wholes = mem_zero(w->blocks.n_threads, sizeof *w->wholes);
    for (unsigned k = 0; w->wholes && k < w->blocks.n_threads; k++) {
        whole *all = &w->wholes[k];
        all->weights = mem_new(x->n_columns + 1, LANES * sizeof *all->weights);
        all->alphas = mem_new(x->n_rows, LANES * sizeof *all->alphas);
        all->truth = mem_new(x->n_rows, LANES);
        all->idle = mem_new(x->n_rows, sizeof *all->idle);
        if (!all->weights || !all->alphas || !all->truth || !all->idle)
            return TTAG_NOMEM;
    }
    return w->wholes ? TTAG_OK : TTAG_NOMEM;
}

static void work_dispose(linear_work *w)
{
    for (unsigned k = 0; w->wholes && k < w->blocks.n_threads; k++) {
        mem_free(w->wholes[k].weights);
        mem_free(w->wholes[k].alphas);
        mem_free(w->wholes[k].truth);
        mem_free(w->wholes[k].idle);
    }
    mem_free(w->wholes);
    tag_blocks_dispose(&w->blocks);
}

static void tell_solved(void *context, size_t finished)
{
    const linear_work *w = context;
    tell_progress(w->task->monitor, "training", (double)finished, (double)w->blocks.n_blocks);
}

static void tell_unsettled(const linear_work *w)
{
    const labels *l = w->task->labels;
    for (size_t t = 0; t < l->n_tags; t++)
        if (w->certificates[t].gap > w->gap)
            tell(w->task->monitor, TTAG_WARNING, NULL,
                 "the tag \"%.*s\" is %.2g from its optimum after %d passes; %.2g was asked",
                 (int)l->names[t].size, l->names[t].bytes, w->certificates[t].gap, MOST_EPOCHS,
                 w->gap);
}

ttag_status linear_solve_all(solve_result *out, float *weights, double *biases,
                             certificate *certificates, const solve_task *task, double gap,
                             ttag_error *err)
{
    linear_work w = {.task = task,
                     .result = out,
                     .weights = weights,
                     .biases = biases,
                     .certificates = certificates,
                     .gap = task->search && gap < FOLD_GAP ? FOLD_GAP : gap};
    ttag_status status = solve_result_reserve(out, task);
    if (status == TTAG_OK)
        status = tag_blocks_make(&w.blocks, task->labels, task->constant, task->x, task->threads);
    if (status == TTAG_OK && task->n_folds && w.blocks.n_blocks)
        status = wholes_reserve(&w, task->x);
    if (status == TTAG_OK && w.blocks.n_blocks)
        status = parallel_for(w.blocks.n_threads, w.blocks.n_blocks, solve_block, &w, task->monitor,
                              tell_solved);
    if (status == TTAG_OK && !task->search)
        tell_unsettled(&w);
    else if (status == TTAG_NOMEM)
        fail_memory(err);
    else if (status != TTAG_OK)
        fail(err, status, "stopped");
    work_dispose(&w);
    if (status != TTAG_OK)
        solve_result_dispose(out);
    return status;
}
