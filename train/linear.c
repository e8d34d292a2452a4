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
    whole *wholes;        /* one for each thread; NULL: no folds */
    float **probe_scores; /* one for each thread: LANES x most partitions x probes; or NULL */
    size_t probe_room;    /* of one lane in them */
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
    return w->task->search ? MOST_FOLD_EPOCHS : MOST_EPOCHS;
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

/* Scores of the pieces of articles that are held out. */
static void score_probes(const linear_work *w, const descent *d, const uint32_t *tags,
                         uint32_t partition, uint32_t fold, unsigned worker)
{
    const solve_task *task = w->task;
    const probe_folds folds = {task->folds + (size_t)partition * d->x->n_rows, d->x->n_rows,
                               task->n_folds};
    float *scores[LANES] = {NULL};
    for (size_t lane = 0; lane < d->n_lanes; lane++)
        if (partition < task->partitions[tags[lane]])
            scores[lane] = w->probe_scores[worker] + lane * w->probe_room +
                           (size_t)partition * task->probes->x.n_rows;
    probes_score_tags(scores, task->probes, (const lanes *)(const void *)d->weights, &folds,
                      (uint8_t)fold);
}

/* Articles' scores, once all folds have been solved. */
static void combine_probes(const linear_work *w, const descent *d, const uint32_t *tags,
                           unsigned worker)
{
    const solve_task *task = w->task;
    for (size_t lane = 0; lane < d->n_lanes; lane++)
        probes_combine(w->result->wholes[tags[lane]], task->probes,
                       w->probe_scores[worker] + lane * w->probe_room,
                       task->partitions[tags[lane]]);
}

/* Scores of the partition's fold; of no use if the deadline comes. */
static void solve_fold(const linear_work *w, descent *d, const uint32_t *tags, uint32_t partition,
                       uint32_t fold, unsigned worker)
{
    const whole *all = &w->wholes[worker];
    descent_gap gaps[LANES];
    size_t n = d->x->n_rows;
    const uint8_t *folds = w->task->folds + (size_t)partition * n;
    recall_whole(d, all);
    for (size_t i = 0; i < n; i++)
        if (folds[i] == fold)
            descent_forget(d, i);
    descent_fit_factors(d);
    descent_settle(d, w->gap > FOLD_GAP ? w->gap : FOLD_GAP, LOOK_AT_FOLDS_EVERY, MOST_FOLD_EPOCHS,
                   gaps);
    for (size_t i = 0; i < n; i++)
        if (folds[i] == fold)
            score_held_out(w, d, all, tags, partition, i);
    if (w->probe_scores)
        score_probes(w, d, tags, partition, fold, worker);
}

/* Each tag of the block is now solved on all articles and on the folds of so many partitions. */
static void note_states(const linear_work *w, const descent *d, const uint32_t *tags,
                        uint32_t partitions)
{
    const solve_task *task = w->task;
    for (size_t lane = 0; lane < d->n_lanes; lane++)
        if (w->result->states[tags[lane]] == SOLVE_WHOLE &&
            (!task->n_folds || task->partitions[tags[lane]] <= partitions))
            w->result->states[tags[lane]] = SOLVE_DONE;
}

static ttag_status solve_folds(const linear_work *w, descent *d, const uint32_t *tags,
                               unsigned worker)
{
    const solve_task *task = w->task;
    uint32_t partitions = 0;
    keep_whole(&w->wholes[worker], d);
    for (size_t lane = 0; lane < d->n_lanes; lane++)
        if (task->partitions[tags[lane]] > partitions)
            partitions = task->partitions[tags[lane]];
    for (uint32_t p = 0; p < partitions; p++) {
        for (uint32_t f = 0; f < task->n_folds; f++) {
            solve_fold(w, d, tags, p, f, worker);
            if (deadline_over(task->deadline))
                return TTAG_CANCELLED;
        }
        note_states(w, d, tags, p + 1);
    }
    if (w->probe_scores)
        combine_probes(w, d, tags, worker);
    return TTAG_OK;
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
    note_states(w, d, tags, 0);
    if (deadline_over(task->deadline))
        return TTAG_CANCELLED;
    return task->n_folds ? solve_folds(w, d, tags, worker) : TTAG_OK;
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

static ttag_status probe_scores_reserve(linear_work *w)
{
    w->probe_scores = mem_zero(w->blocks.n_threads, sizeof *w->probe_scores);
    for (unsigned k = 0; w->probe_scores && k < w->blocks.n_threads; k++) {
        w->probe_scores[k] = probe_scores_new(w->task, LANES);
        if (!w->probe_scores[k])
            return TTAG_NOMEM;
    }
    for (size_t t = 0; t < w->task->labels->n_tags; t++) {
        size_t room = w->task->partitions[t] * w->task->probes->x.n_rows;
        w->probe_room = room > w->probe_room ? room : w->probe_room;
    }
    return w->probe_scores ? TTAG_OK : TTAG_NOMEM;
}

static void work_dispose(linear_work *w)
{
    for (unsigned k = 0; w->probe_scores && k < w->blocks.n_threads; k++)
        mem_free(w->probe_scores[k]);
    mem_free(w->probe_scores);
    for (unsigned k = 0; w->wholes && k < w->blocks.n_threads; k++) {
        mem_free(w->wholes[k].weights);
        mem_free(w->wholes[k].alphas);
        mem_free(w->wholes[k].truth);
        mem_free(w->wholes[k].idle);
    }
    mem_free(w->wholes);
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
                     .gap = task->search && gap < FOLD_GAP ? FOLD_GAP : gap};
    ttag_status status = solve_result_reserve(out, task);
    if (status == TTAG_OK)
        status = tag_blocks_make(&w.blocks, task->labels, task->constant, task->x, task->threads);
    if (status == TTAG_OK)
        status = tag_blocks_reserve_factors(&w.blocks, task->factors);
    if (status == TTAG_OK && task->n_folds && w.blocks.n_blocks)
        status = wholes_reserve(&w, task->x);
    if (status == TTAG_OK && task->probes && task->n_folds && w.blocks.n_blocks)
        status = probe_scores_reserve(&w);
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
