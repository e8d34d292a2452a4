/* A job for each tag, in parallel. A job writes nothing but its own results, so their order does
   not matter. */
#include "train/solve.h"

#include <math.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/monitor.h"
#include "base/parallel.h"
#include "train/solve_job.h"
#include "train/solver_effort.h"

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
        ok = solve_worker_reserve(&w->workers[k], task, &w->source) == TTAG_OK;
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
    for (unsigned k = 0; w->workers && k < w->task->threads; k++)
        solve_worker_dispose(&w->workers[k]);
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
        parallel_for(task->threads, w->n_jobs, solve_job_run, w, task->monitor, tell_solved);
    if (status == TTAG_CANCELLED && !task->search && deadline_keeps(task->deadline))
        status = parallel_for(task->threads, w->n_jobs, solve_job_approximate, w, NULL, NULL);
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
