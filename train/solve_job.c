/* The problem on all articles by libsvm, then the folds, which begin at its solution; of the RBF
   kernel train/rbf_problem.h does both. */
#include "train/solve_job.h"

#include "base/memory.h"
#include "train/near_solution.h"

/* Out-of-fold scores only choose cuts, which differ more from partition to partition. */
static const double FOLD_TOLERANCE = 1e-2;

/* So near to the margin of one cost, articles may come to matter at the next one. */
static const double NEAR_MARGIN = 0.02;
static const double NEAR_MARGIN_SCALED = 0.1; /* where each fold has factors of its own */

ttag_status solve_worker_reserve(solve_worker *w, const solve_task *task,
                                 const kernel_source *source)
{
    size_t n = task->labels->n_articles;
    w->truth = mem_new(n, sizeof *w->truth);
    if (!w->truth)
        return TTAG_NOMEM;
    if (task->rbf)
        return rbf_scratch_init(&w->rbf, n);
    bool ok = active_scratch_init(&w->active, source) == TTAG_OK;
    if (ok && task->factors)
        ok = scaled_scratch_reserve(&w->scaled, source, task->probes != NULL);
    else if (ok && task->n_folds)
        ok = fold_scratch_init(&w->folds, task->x) == TTAG_OK;
    if (ok && task->probes) {
        w->probe_scores = probe_scores_new(task, 1);
        ok = w->probe_scores;
    }
    return ok ? TTAG_OK : TTAG_NOMEM;
}

void solve_worker_dispose(solve_worker *w)
{
    active_scratch_dispose(&w->active);
    fold_scratch_dispose(&w->folds);
    scaled_scratch_dispose(&w->scaled);
    rbf_scratch_dispose(&w->rbf);
    mem_free(w->truth);
    mem_free(w->probe_scores);
}

static double loose(double tolerance)
{
    return tolerance > FOLD_TOLERANCE ? tolerance : FOLD_TOLERANCE;
}

static ttag_status solve_scaled_folds(const solve_work *w, uint32_t tag, solve_worker *worker,
                                      const near_set *start)
{
    const solve_task *task = w->task;
    const scaled_fold_task folds = {.plain = &w->source,
                                    .factors = task->factors,
                                    .truth = worker->truth,
                                    .folds = task->folds,
                                    .n_partitions = task->partitions[tag],
                                    .n_folds = task->n_folds,
                                    .start = start,
                                    .problem = {.costs = task->costs[tag],
                                                .tolerance = loose(task->tolerance),
                                                .memory = task->memory,
                                                .deadline = task->deadline,
                                                .counts_as = task->labels->weights},
                                    .probes = task->probes,
                                    .probe_scores = worker->probe_scores};
    return scaled_folds_solve(w->result->scores[tag], &worker->scaled, &worker->active, &folds);
}

static ttag_status solve_plain_folds(const solve_work *w, uint32_t tag, solve_worker *worker,
                                     double bias)
{
    const solve_task *task = w->task;
    fold_task folds = {.source = &w->source,
                       .truth = worker->truth,
                       .folds = task->folds,
                       .n_partitions = task->partitions[tag],
                       .n_folds = task->n_folds,
                       .costs = task->costs[tag],
                       .tolerance = loose(task->tolerance),
                       .deadline = task->deadline,
                       .counts_as = task->labels->weights,
                       .probes = task->probes,
                       .probe_scores = worker->probe_scores,
                       .scores = worker->active.scores,
                       .bias = bias,
                       .coefs = worker->active.coefs,
                       .set = &worker->active.set};
    return fold_problems_solve(w->result->scores[tag], &worker->folds, &folds);
}

/* start: articles near the margin of the solution on all articles */
static ttag_status solve_folds(const solve_work *w, uint32_t tag, solve_worker *worker, double bias,
                               const near_set *start)
{
    const solve_task *task = w->task;
    ttag_status status = task->factors ? solve_scaled_folds(w, tag, worker, start)
                                       : solve_plain_folds(w, tag, worker, bias);
    if (status == TTAG_OK && task->probes)
        probes_combine(w->result->wholes[tag], task->probes, worker->probe_scores,
                       task->partitions[tag]);
    return status;
}

/* Keeps the articles on or near the margin of the solution that the scratch holds. */
static ttag_status keep_near(near_set *out, const solve_work *w, const solve_worker *worker)
{
    const active_scratch *s = &worker->active;
    const compact_kernel *set = &s->set.kernel;
    const double margin = w->task->factors ? NEAR_MARGIN_SCALED : NEAR_MARGIN;
    near_set_dispose(out);
    out->articles = mem_new(set->n, sizeof *out->articles);
    out->coefs = mem_new(set->n, sizeof *out->coefs);
    if (!out->articles || !out->coefs)
        return TTAG_NOMEM;
    for (size_t k = 0; k < set->n; k++) {
        uint32_t i = set->articles[k];
        if (s->coefs[k] == 0 && worker->truth[i] * s->scores[i] > 1 + margin)
            continue;
        out->articles[out->n] = i;
        out->coefs[out->n++] = (float)s->coefs[k];
    }
    return TTAG_OK;
}

/* Out-of-fold scores alone; the next search begins where this one ends. */
static ttag_status search_tag(const solve_work *w, uint32_t tag, solve_worker *worker,
                              active_task *problem)
{
    active_scratch *active = &worker->active;
    problem->tolerance = loose(problem->tolerance);
    ttag_status status = active_gather(active, problem, &w->near[tag]);
    if (status == TTAG_OK) /* before the folds let the set grow */
        status = keep_near(&w->near[tag], w, worker);
    return status == TTAG_OK ? solve_folds(w, tag, worker, active->problem.bias, &w->near[tag])
                             : status;
}

static ttag_status solve_tag(const solve_work *w, uint32_t tag, solve_worker *worker,
                             const active_task *problem)
{
    solve_result *r = w->result;
    ttag_status status =
        active_solve(&r->solutions[tag], &r->reports[tag], &worker->active, problem, &w->near[tag]);
    if (status != TTAG_OK)
        return status;
    near_set_dispose(&w->near[tag]);
    r->states[tag] = SOLVE_WHOLE;
    if (r->scores[tag] && w->task->factors)
        status = keep_near(&worker->scaled.near, w, worker);
    if (r->scores[tag] && status == TTAG_OK)
        status = solve_folds(w, tag, worker, r->solutions[tag].bias, &worker->scaled.near);
    if (status == TTAG_OK)
        r->states[tag] = SOLVE_DONE;
    return status;
}

/* The articles as the worker's tag sees them. */
static const kernel_source *tag_source(const solve_work *w, solve_worker *worker)
{
    if (!w->task->factors)
        return &w->source;
    scaled_source_fit(&worker->scaled.source, &w->source, w->task->factors, worker->truth);
    return &worker->scaled.source.source;
}

static ttag_status run_linear(const solve_work *w, uint32_t tag, solve_worker *worker)
{
    const solve_task *task = w->task;
    active_task problem = {.source = tag_source(w, worker),
                           .truth = worker->truth,
                           .costs = task->costs[tag],
                           .tolerance = task->tolerance,
                           .memory = task->memory,
                           .deadline = task->deadline,
                           .counts_as = task->labels->weights};
    return task->search ? search_tag(w, tag, worker, &problem)
                        : solve_tag(w, tag, worker, &problem);
}

static rbf_result rbf_result_of(const solve_result *r, uint32_t tag, bool *is_whole)
{
    return (rbf_result){&r->solutions[tag], &r->reports[tag], &r->certificates[tag], r->scores[tag],
                        is_whole};
}

static rbf_task rbf_task_of(const solve_task *task, uint32_t tag, const signed char *truth)
{
    return (rbf_task){.kernel = task->rbf,
                      .truth = truth,
                      .costs = task->costs[tag],
                      .counts_as = task->labels->weights,
                      .tolerance = task->search ? loose(task->tolerance) : task->tolerance,
                      .fold_tolerance = loose(task->tolerance),
                      .memory = task->memory,
                      .deadline = task->deadline,
                      .search = task->search,
                      .folds = task->folds,
                      .n_partitions = task->n_folds ? task->partitions[tag] : 0,
                      .n_folds = task->n_folds};
}

static ttag_status run_rbf(const solve_work *w, uint32_t tag, solve_worker *worker)
{
    bool is_whole = false;
    const rbf_result result = rbf_result_of(w->result, tag, &is_whole);
    const rbf_task problem = rbf_task_of(w->task, tag, worker->truth);
    ttag_status status = rbf_problem_solve(&result, &worker->rbf, &problem);
    if (is_whole)
        w->result->states[tag] = status == TTAG_OK ? SOLVE_DONE : SOLVE_WHOLE;
    return status;
}

ttag_status solve_job_run(void *context, size_t index, unsigned number)
{
    const solve_work *w = context;
    uint32_t tag = w->jobs[index].tag;
    solve_worker *worker = &w->workers[number];
    if (deadline_over(w->task->deadline))
        return TTAG_CANCELLED;
    labels_truth(w->task->labels, tag, worker->truth);
    ttag_status status = w->task->rbf ? run_rbf(w, tag, worker) : run_linear(w, tag, worker);
    if (status == TTAG_INVALID)
        w->failed[tag] = true;
    return status;
}

ttag_status solve_job_approximate(void *context, size_t index, unsigned number)
{
    const solve_work *w = context;
    const solve_task *task = w->task;
    solve_result *r = w->result;
    uint32_t tag = w->jobs[index].tag;
    solve_worker *worker = &w->workers[number];
    bool is_whole;
    if (r->states[tag] != SOLVE_OPEN || r->solutions[tag].n_support > 0)
        return TTAG_OK;
    labels_truth(task->labels, tag, worker->truth);
    if (task->rbf) {
        const rbf_result result = rbf_result_of(r, tag, &is_whole);
        const rbf_task problem = rbf_task_of(task, tag, worker->truth);
        return rbf_problem_approximate(&result, &worker->rbf, &problem);
    }
    near_task problem = {.x = tag_source(w, worker)->x,
                         .truth = worker->truth,
                         .costs = task->costs[tag],
                         .weights = worker->active.weights,
                         .scores = worker->active.scores,
                         .counts_as = task->labels->weights};
    return near_solution_make(&r->solutions[tag], &r->reports[tag], &w->near[tag], &problem);
}
