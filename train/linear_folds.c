/* Folds of a block, one after the other, each from the same solution. */
#include "train/linear_folds.h"

#include <string.h>

#include "base/memory.h"

enum { LOOK_EVERY = 4 /* epochs: folds begin near their end */ };

/* ---- The solution on all articles. ---- */

static size_t weights_bytes(const descent *d)
{
    return (d->x->n_columns + 1) * LANES * sizeof *d->weights;
}

static void keep_whole(linear_folds *to, const descent *d)
{
    memcpy(to->weights, d->weights, weights_bytes(d));
    memcpy(to->alphas, d->alphas, d->x->n_rows * LANES * sizeof *d->alphas);
    memcpy(to->truth, d->truth, d->x->n_rows * LANES);
    memcpy(to->idle, d->idle, d->x->n_rows);
}

static void recall_whole(descent *d, const linear_folds *from)
{
    memcpy(d->weights, from->weights, weights_bytes(d));
    memcpy(d->alphas, from->alphas, d->x->n_rows * LANES * sizeof *d->alphas);
    memcpy(d->truth, from->truth, d->x->n_rows * LANES);
    memcpy(d->idle, from->idle, d->x->n_rows);
    for (size_t i = 0; i < d->x->n_rows; i++) /* who rests there rests here, but not all as long */
        d->resting[i] = (unsigned char)(i & ((1u << d->idle[i]) - 1));
}

/* ---- Scores. ---- */

/* Scores of the held-out articles about whose tags something is known. */
static void score_held_out(const linear_folds *f, const descent *d, const uint32_t *tags,
                           uint32_t partition, size_t article)
{
    float decided[LANES];
    size_t n = d->x->n_rows;
    descent_decide(d, article, decided);
    for (size_t lane = 0; lane < d->n_lanes; lane++)
        if (partition < f->task->partitions[tags[lane]] && f->truth[article * LANES + lane])
            f->result->scores[tags[lane]][partition * n + article] = decided[lane];
}

/* Scores of the pieces of articles that are held out. */
static void score_probes(const linear_folds *f, const descent *d, const uint32_t *tags,
                         uint32_t partition, uint32_t fold)
{
    const solve_task *task = f->task;
    const probe_folds folds = {task->folds + (size_t)partition * d->x->n_rows, d->x->n_rows,
                               task->n_folds};
    float *scores[LANES] = {NULL};
    for (size_t lane = 0; lane < d->n_lanes; lane++)
        if (partition < task->partitions[tags[lane]])
            scores[lane] =
                f->probe_scores + lane * f->probe_room + (size_t)partition * task->probes->x.n_rows;
    probes_score_tags(scores, task->probes, (const lanes *)(const void *)d->weights, &folds,
                      (uint8_t)fold);
}

/* Articles' scores, once all folds have been solved. */
static void combine_probes(const linear_folds *f, const descent *d, const uint32_t *tags)
{
    const solve_task *task = f->task;
    for (size_t lane = 0; lane < d->n_lanes; lane++)
        probes_combine(f->result->wholes[tags[lane]], task->probes,
                       f->probe_scores + lane * f->probe_room, task->partitions[tags[lane]]);
}

/* ---- Folds. ---- */

/* Scores of the partition's fold; of no use if the deadline comes. */
static void solve_fold(const linear_folds *f, descent *d, const uint32_t *tags, uint32_t partition,
                       uint32_t fold)
{
    descent_gap gaps[LANES];
    size_t n = d->x->n_rows;
    const uint8_t *folds = f->task->folds + (size_t)partition * n;
    recall_whole(d, f);
    for (size_t i = 0; i < n; i++)
        if (folds[i] == fold)
            descent_forget(d, i);
    descent_fit_factors(d);
    descent_settle(d, f->gap, LOOK_EVERY, LINEAR_FOLD_EPOCHS, gaps);
    for (size_t i = 0; i < n; i++)
        if (folds[i] == fold)
            score_held_out(f, d, tags, partition, i);
    if (f->probe_scores)
        score_probes(f, d, tags, partition, fold);
}

void linear_folds_note(solve_result *result, const solve_task *task, const uint32_t *tags,
                       size_t n_tags, uint32_t partitions)
{
    for (size_t k = 0; k < n_tags; k++)
        if (result->states[tags[k]] == SOLVE_WHOLE &&
            (!task->n_folds || task->partitions[tags[k]] <= partitions))
            result->states[tags[k]] = SOLVE_DONE;
}

ttag_status linear_folds_solve(linear_folds *f, descent *d, const uint32_t *tags)
{
    const solve_task *task = f->task;
    uint32_t partitions = 0;
    keep_whole(f, d);
    for (size_t lane = 0; lane < d->n_lanes; lane++)
        if (task->partitions[tags[lane]] > partitions)
            partitions = task->partitions[tags[lane]];
    for (uint32_t p = 0; p < partitions; p++) {
        for (uint32_t fold = 0; fold < task->n_folds; fold++) {
            solve_fold(f, d, tags, p, fold);
            if (deadline_over(task->deadline))
                return TTAG_CANCELLED;
        }
        linear_folds_note(f->result, task, tags, d->n_lanes, p + 1);
    }
    if (f->probe_scores)
        combine_probes(f, d, tags);
    return TTAG_OK;
}

/* ---- Room. ---- */

static bool reserve_probe_scores(linear_folds *f)
{
    for (size_t t = 0; t < f->task->labels->n_tags; t++) {
        size_t room = f->task->partitions[t] * f->task->probes->x.n_rows;
        f->probe_room = room > f->probe_room ? room : f->probe_room;
    }
    f->probe_scores = probe_scores_new(f->task, LANES);
    return f->probe_scores;
}

ttag_status linear_folds_reserve(linear_folds *f, solve_result *result, const solve_task *task,
                                 double gap)
{
    const ttag_matrix *x = task->x;
    *f = (linear_folds){.task = task,
                        .result = result,
                        .gap = gap > LINEAR_FOLD_GAP ? gap : LINEAR_FOLD_GAP,
                        .weights = mem_new(x->n_columns + 1, LANES * sizeof *f->weights),
                        .alphas = mem_new(x->n_rows, LANES * sizeof *f->alphas),
                        .truth = mem_new(x->n_rows, LANES),
                        .idle = mem_new(x->n_rows, sizeof *f->idle)};
    bool ok = f->weights && f->alphas && f->truth && f->idle;
    return ok && (!task->probes || reserve_probe_scores(f)) ? TTAG_OK : TTAG_NOMEM;
}

void linear_folds_dispose(linear_folds *f)
{
    mem_free(f->weights);
    mem_free(f->alphas);
    mem_free(f->truth);
    mem_free(f->idle);
    mem_free(f->probe_scores);
    *f = (linear_folds){0};
}
