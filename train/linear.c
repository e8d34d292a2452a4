/* Blocks of tags in parallel: each on all articles, then its folds. */
#include "train/linear.h"

#include <math.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/monitor.h"
#include "base/parallel.h"
#include "train/linear_folds.h"
#include "train/tag_blocks.h"

enum {
    MOST_EPOCHS = 2000,
    LOOK_EVERY = 10 /* epochs: a look at the gap costs as much as an epoch */
};

typedef struct linear_work {
    const solve_task *task;
    solve_result *result;
    float *weights;
    double *biases;
    certificate *certificates;
    double gap;
    tag_blocks blocks;
    linear_folds *folds; /* one for each thread; NULL: none */
} linear_work;

static void begin_block(const linear_work *w, descent *d, size_t block)
{
    const solve_task *task = w->task;
    descent_begin(d, task->loss, task->labels, w->blocks.tags + block * LANES,
                  tag_blocks_lanes(&w->blocks, block), task->costs, task->seed + block);
    d->deadline = task->deadline;
    d->screening = false;
}

/* ---- The solution on all articles. ---- */

/* A search goes no nearer to the whole solutions than to those of folds. */
static unsigned most_epochs(const linear_work *w)
{
    return w->task->search ? LINEAR_FOLD_EPOCHS : MOST_EPOCHS;
}

/* Unless more passes have been made before. */
static void take_solution(const linear_work *w, const descent *d, const uint32_t *tags,
                          const descent_gap *gaps, unsigned epochs)
{
    size_t stride = weights_stride(w->task->labels->n_tags);
    size_t n_columns = d->x->n_columns;
    for (size_t lane = 0; lane < d->n_lanes; lane++) {
        uint32_t tag = tags[lane];
        if (epochs < w->certificates[tag].rounds)
            continue;
        bool seen = d->settled[lane] || epochs % LOOK_EVERY == 0; /* else it might have gone on */
        if ((seen && gaps[lane].gap <= w->gap) || epochs >= most_epochs(w))
            w->result->states[tag] = SOLVE_WHOLE;
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

static ttag_status solve_block(void *context, size_t index, unsigned worker)
{
    const linear_work *w = context;
    const solve_task *task = w->task;
    descent *d = &w->blocks.descents[worker];
    const uint32_t *tags = w->blocks.tags + index * LANES;
    descent_gap gaps[LANES];
    if (deadline_over(task->deadline))
        return TTAG_CANCELLED;
    begin_block(w, d, index);
    unsigned epochs = descent_settle(d, w->gap, LOOK_EVERY, most_epochs(w), gaps);
    if (!task->search)
        take_solution(w, d, tags, gaps, epochs);
    linear_folds_note(w->result, task, tags, d->n_lanes, 0);
    if (deadline_over(task->deadline))
        return TTAG_CANCELLED;
    return task->n_folds ? linear_folds_solve(&w->folds[worker], d, tags) : TTAG_OK;
}

/* ---- Before time is up. ---- */

/* The first passes alone, as screening makes them. */
static ttag_status look_at_block(void *context, size_t index, unsigned worker)
{
    const linear_work *w = context;
    descent *d = &w->blocks.descents[worker];
    descent_gap gaps[LANES];
    begin_block(w, d, index);
    d->screening = true;
    if (descent_run(d, LOOK_EVERY) < LOOK_EVERY)
        return TTAG_CANCELLED;
    descent_gaps(d, gaps);
    take_solution(w, d, w->blocks.tags + index * LANES, gaps, LOOK_EVERY);
    return TTAG_OK;
}

/* Where it is to be so, every tag has something to show before any is solved. */
static ttag_status look_at_all(linear_work *w)
{
    const solve_task *task = w->task;
    ttag_monitor monitor = deadline_screening_monitor(task->deadline);
    if (task->search || !deadline_owes_screening(task->deadline))
        return TTAG_OK;
    return parallel_for(w->blocks.n_threads, w->blocks.n_blocks, look_at_block, w, &monitor, NULL);
}

/* The tags of blocks that were never begun are never given. Whether there are others. */
static bool close_unbegun(const linear_work *w)
{
    bool others = false;
    for (size_t k = 0; k < w->blocks.n_tags; k++) {
        uint32_t tag = w->blocks.tags[k];
        bool begun = w->certificates[tag].rounds > 0;
        others = others || begun;
        if (begun)
            continue;
        w->biases[tag] = -1;
        w->certificates[tag] = (certificate){.gap = 1, .violation = NAN};
    }
    return others;
}

static void tell_solved(void *context, size_t finished)
{
    const linear_work *w = context;
    tell_progress(w->task->monitor, "training", (double)finished, (double)w->blocks.n_blocks);
}

static ttag_status run_blocks(linear_work *w)
{
    const solve_task *task = w->task;
    ttag_status status = look_at_all(w);
    if (status != TTAG_OK)
        return status;
    status = parallel_for(w->blocks.n_threads, w->blocks.n_blocks, solve_block, w, task->monitor,
                          tell_solved);
    if (status == TTAG_CANCELLED && !task->search && deadline_keeps(task->deadline) &&
        close_unbegun(w))
        status = TTAG_OK;
    return status;
}

/* ---- All blocks. ---- */

static ttag_status reserve_folds(linear_work *w)
{
    ttag_status status = TTAG_OK;
    w->folds = mem_zero(w->blocks.n_threads, sizeof *w->folds);
    for (unsigned k = 0; w->folds && status == TTAG_OK && k < w->blocks.n_threads; k++)
        status = linear_folds_reserve(&w->folds[k], w->result, w->task, w->gap);
    return w->folds ? status : TTAG_NOMEM;
}

static void work_dispose(linear_work *w)
{
    for (unsigned k = 0; w->folds && k < w->blocks.n_threads; k++)
        linear_folds_dispose(&w->folds[k]);
    mem_free(w->folds);
    tag_blocks_dispose(&w->blocks);
}

static void tell_unsettled(const linear_work *w)
{
    const labels *l = w->task->labels;
    for (size_t t = 0; t < l->n_tags; t++)
        if (w->result->states[t] != SOLVE_OPEN && w->certificates[t].gap > w->gap)
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
                     .gap = task->search && gap < LINEAR_FOLD_GAP ? LINEAR_FOLD_GAP : gap};
    ttag_status status = solve_result_reserve(out, task);
    if (status == TTAG_OK)
        status = tag_blocks_make(&w.blocks, task->labels, task->constant, task->x, task->threads);
    if (status == TTAG_OK)
        status = tag_blocks_reserve_factors(&w.blocks, task->factors);
    if (status == TTAG_OK && task->n_folds && w.blocks.n_blocks)
        status = reserve_folds(&w);
    if (status == TTAG_OK && w.blocks.n_blocks)
        status = run_blocks(&w);
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
