/* A job for each tag: the problem on all articles by libsvm, then the folds,
   which begin at its solution; of the RBF kernel train/rbf_problem.h does both. A job writes
   nothing but its own results, so their order does not matter. */
#include "train/solve.h"

#include <math.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/monitor.h"
#include "base/parallel.h"
#include "train/fold_problems.h"
#include "train/near_solution.h"
#include "train/scaled_folds.h"
#include "train/solver_effort.h"

/* Out-of-fold scores only choose cuts, which differ more from partition to partition. */
static const double FOLD_TOLERANCE = 1e-2;

/* So near to the margin of one cost, articles may come to matter at the next one. */
static const double NEAR_MARGIN = 0.02;
static const double NEAR_MARGIN_SCALED = 0.1; /* where each fold has factors of its own */

typedef struct solve_job {
    uint32_t tag;
    double effort; /* expected, in no unit */
} solve_job;

/* What each worker needs. */
typedef struct solve_worker {
    active_scratch active;
    fold_scratch folds;
    scaled_scratch scaled; /* in place of folds, where terms have factors */
    rbf_scratch rbf;
    signed char *truth;  /* n_articles */
    float *probe_scores; /* most partitions x probes */
} solve_worker;

typedef struct solve_work {
    const solve_task *task;
    solve_result *result;
    kernel_source source;
    solve_job *jobs;
    size_t n_jobs;
    near_set *near; /* n_tags: articles to begin with */
    solve_worker *workers;
    double *finished_effort; /* n_jobs + 1: of so many first jobs */
    bool *failed;            /* n_tags: libsvm found no finite solution */
} solve_work;

/* ---- One job. ---- */

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

static ttag_status run_job(void *context, size_t index, unsigned number)
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

/* What screening found, or a few steps, stand in for what was not reached. */
static ttag_status approximate(void *context, size_t index, unsigned number)
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

/* ---- All jobs. ---- */

/* libsvm's time grows with the rows of the kernel that it looks at, one for each support vector;
   and of those there are, on news, about as the root of the articles of the rarer class. */
static double expected_effort(const labels *l, size_t tag)
{
    double n = (double)l->n_articles;
    double positive = (double)labels_support(l, tag);
    double rarer = positive < n - positive ? positive : n - positive;
    return n * sqrt(rarer);
}

static int by_effort(const void *a, const void *b)
{
    const solve_job *x = a;
    const solve_job *y = b;
    if (x->effort != y->effort)
        return x->effort < y->effort ? 1 : -1;
    return (x->tag > y->tag) - (x->tag < y->tag);
}

static int by_rising_effort(const void *a, const void *b)
{
    return by_effort(b, a);
}

/* The longest first, so that threads end together; where time is bounded the shortest first, so
   that most tags are finished when it is up: frequent ones do best without. */
static void list_jobs(solve_work *w)
{
    const solve_task *task = w->task;
    for (uint32_t t = 0; t < task->labels->n_tags; t++)
        if (!task->constant[t])
            w->jobs[w->n_jobs++] = (solve_job){t, expected_effort(task->labels, t)};
    qsort(w->jobs, w->n_jobs, sizeof *w->jobs,
          isfinite(deadline_left(task->deadline)) ? by_rising_effort : by_effort);
    w->finished_effort[0] = 0;
    for (size_t j = 0; j < w->n_jobs; j++)
        w->finished_effort[j + 1] = w->finished_effort[j] + w->jobs[j].effort;
}

static ttag_status worker_reserve(solve_worker *w, const solve_task *task,
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

static ttag_status work_reserve(solve_work *w)
{
    const solve_task *task = w->task;
    size_t n_tags = task->labels->n_tags;
    w->jobs = mem_new(n_tags, sizeof *w->jobs);
    w->finished_effort = mem_new(n_tags + 1, sizeof *w->finished_effort);
    w->failed = mem_zero(n_tags, sizeof *w->failed);
    w->near = task->near ? task->near : mem_zero(n_tags, sizeof *w->near);
    w->workers = mem_zero(task->threads, sizeof *w->workers);
    bool ok = w->jobs && w->finished_effort && w->failed && w->near && w->workers &&
              (task->rbf || kernel_source_make(&w->source, task->x) == TTAG_OK);
    for (unsigned k = 0; ok && k < task->threads; k++)
        ok = worker_reserve(&w->workers[k], task, &w->source) == TTAG_OK;
    return ok ? TTAG_OK : TTAG_NOMEM;
}

static void tell_solved(void *context, size_t finished)
{
    const solve_work *w = context;
    tell_progress(w->task->monitor, "training", w->finished_effort[finished],
                  w->finished_effort[w->n_jobs]);
}

static ttag_status explain(const solve_work *w, ttag_status status, ttag_error *err)
{
    const labels *l = w->task->labels;
    if (status == TTAG_NOMEM)
        return fail_memory(err);
    if (status == TTAG_CANCELLED)
        return fail(err, status, "stopped");
    if (status == TTAG_LIMIT)
        return fail(err, status,
                    "a tag's active set of articles does not fit into the limit (--memory); "
                    "expected more memory, or the linear %s",
                    w->task->rbf ? "kernel" : "solver");
    for (size_t t = 0; t < l->n_tags; t++)
        if (w->failed[t])
            return fail(err, status, "libsvm found no finite solution for the tag \"%.*s\"",
                        (int)l->names[t].size, l->names[t].bytes);
    return status;
}

static void work_dispose(solve_work *w)
{
    for (size_t t = 0; w->near && !w->task->near && t < w->task->labels->n_tags; t++)
        near_set_dispose(&w->near[t]);
    for (unsigned k = 0; w->workers && k < w->task->threads; k++) {
        active_scratch_dispose(&w->workers[k].active);
        fold_scratch_dispose(&w->workers[k].folds);
        scaled_scratch_dispose(&w->workers[k].scaled);
        rbf_scratch_dispose(&w->workers[k].rbf);
        mem_free(w->workers[k].truth);
        mem_free(w->workers[k].probe_scores);
    }
    kernel_source_dispose(&w->source);
    mem_free(w->jobs);
    mem_free(w->finished_effort);
    mem_free(w->failed);
    if (!w->task->near)
        mem_free(w->near);
    mem_free(w->workers);
}

/* Unless it is known where to begin. What is left to do when time is up, weights and certificates,
   takes about as long. */
static ttag_status screen(const solve_work *w)
{
    const solve_task *task = w->task;
    double began = deadline_clock();
    for (size_t t = 0; t < task->labels->n_tags; t++)
        if (w->near[t].n > 0)
            return TTAG_OK;
    ttag_monitor monitor = deadline_screening_monitor(task->deadline);
    screening_task all = {.x = task->x,
                          .labels = task->labels,
                          .constant = task->constant,
                          .costs = task->costs,
                          .seed = task->seed,
                          .threads = task->threads,
                          .monitor = task->deadline ? &monitor : task->monitor,
                          .deadline = task->deadline,
                          .factors = task->factors};
    ttag_status status = screen_tags(w->near, &all);
    if (!task->search)
        deadline_bring_forward(task->deadline, deadline_clock() - began);
    return status;
}

/* Before the work is done in vain: the sets that screening found are where it begins. */
static ttag_status check_memory(const solve_work *w)
{
    const solve_task *task = w->task;
    size_t bytes, total = 0;
    for (size_t t = 0; t < task->labels->n_tags; t++) {
        if (!working_set_size(&bytes, w->near[t].n) || bytes > task->memory)
            return TTAG_LIMIT;
        if (task->together && (!size_add(&total, total, bytes) || total > task->memory))
            return TTAG_LIMIT;
    }
    return TTAG_OK;
}

/* Whether the choice is free, and libsvm would take far longer than descent. */
static bool descent_is_better(const solve_work *w)
{
    if (!w->task->together || !w->task->factors)
        return false;
    const solver_effort effort = solver_effort_of(w->task, &w->source, w->near);
    return descent_is_far_quicker(&effort);
}

static ttag_status run_jobs(solve_work *w)
{
    const solve_task *task = w->task;
    ttag_status status =
        parallel_for(task->threads, w->n_jobs, run_job, w, task->monitor, tell_solved);
    if (status == TTAG_CANCELLED && !task->search && deadline_keeps(task->deadline))
        status = parallel_for(task->threads, w->n_jobs, approximate, w, NULL, NULL);
    return status;
}

ttag_status solve_all(solve_result *out, const solve_task *task, ttag_error *err)
{
    solve_work w = {.task = task, .result = out};
    ttag_status status = solve_result_reserve(out, task);
    if (status == TTAG_OK)
        status = work_reserve(&w);
    if (status != TTAG_OK) {
        fail_memory(err);
        goto done;
    }
    list_jobs(&w);
    libsvm_silence();
    status = task->rbf ? TTAG_OK : screen(&w);
    if (status == TTAG_OK)
        status = check_memory(&w);
    if (status == TTAG_OK && descent_is_better(&w))
        status = TTAG_LIMIT;
    if (status == TTAG_OK)
        status = run_jobs(&w);
    if (status != TTAG_OK)
        explain(&w, status, err);
done:
    work_dispose(&w);
    if (status != TTAG_OK)
        solve_result_dispose(out);
    return status;
}
