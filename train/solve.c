/* Jobs of one problem each: first every tag on all articles, then the folds, which begin with the
   articles near the margin of the first; the longest first. A job writes nothing but its own
   results, so their order does not matter. */
#include "train/solve.h"

#include <math.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/monitor.h"
#include "base/parallel.h"

#define ALL_FOLDS UINT32_MAX /* the problem on all articles */

/* Out-of-fold scores only choose cuts, which differ more from partition to partition. */
static const double FOLD_TOLERANCE = 1e-2;

/* Without some of the articles, others come to matter: those that far from the margin. */
static const double NEAR_MARGIN = 0.002;

typedef struct solve_job {
    uint32_t tag;
    uint32_t partition;
    uint32_t fold; /* held out; ALL_FOLDS: none */
    double effort; /* expected, in no unit */
} solve_job;

typedef struct solve_work {
    const solve_task *task;
    solve_result *result;
    solve_job *jobs;
    size_t n_jobs;
    size_t n_whole;          /* of them on all articles: the first */
    size_t n_behind;         /* jobs of phases that are over */
    near_set *near;          /* n_tags: articles that the next problems of a tag begin with */
    active_scratch *scratch; /* one for each worker */
    double *finished_effort; /* n_jobs + 1: of so many first jobs */
    uint32_t *articles;      /* a row of n_articles for each worker */
    signed char *truth;      /* likewise */
    bool *failed;            /* n_tags: libsvm found no finite solution */
} solve_work;

/* ---- One job. ---- */

/* Parts the known articles into those to train on and, from the back, those held out. */
static size_t gather(const solve_work *w, const solve_job *job, const signed char *truth,
                     uint32_t *articles, size_t *n_held_out)
{
    size_t n = w->task->labels->n_articles;
    const uint8_t *fold =
        job->fold == ALL_FOLDS ? NULL : w->task->folds + (size_t)job->partition * n;
    size_t count = 0;
    *n_held_out = 0;
    for (size_t i = 0; i < n; i++) {
        if (truth[i] == 0)
            continue;
        if (!fold || fold[i] != job->fold)
            articles[count++] = (uint32_t)i;
        else
            articles[n - ++*n_held_out] = (uint32_t)i;
    }
    return count;
}

/* +1 or -1 if all articles are of one class, else 0. */
static int only_class(const uint32_t *articles, size_t count, const signed char *truth)
{
    for (size_t k = 1; k < count; k++)
        if (truth[articles[k]] != truth[articles[0]])
            return 0;
    return count ? truth[articles[0]] : -1;
}

/* Keeps the articles on or near the margin of the solution that the scratch holds. */
static ttag_status keep_near(near_set *out, const active_scratch *s, const libsvm_task *task)
{
    size_t count = 0;
    for (size_t k = 0; k < task->n_articles; k++) {
        uint32_t i = task->articles[k];
        if (task->truth[i] * s->scores[i] < 1 + NEAR_MARGIN)
            s->order[count++] = i;
    }
    out->articles = mem_copy(s->order, count * sizeof *s->order);
    out->n = count;
    return out->articles ? TTAG_OK : TTAG_NOMEM;
}

static ttag_status solve_whole(const solve_work *w, const libsvm_task *problem, uint32_t tag,
                               unsigned worker)
{
    active_scratch *scratch = &w->scratch[worker];
    solve_result *r = w->result;
    near_set *near = &w->near[tag];
    ttag_status status = active_solve(&r->solutions[tag], &r->reports[tag], scratch, problem,
                                      near->articles, near->n);
    near_set_dispose(near);
    return status == TTAG_OK && r->scores[tag] ? keep_near(near, scratch, problem) : status;
}

/* Scores of the articles held out; they stand at the end of `articles`, from the back. */
static ttag_status solve_fold(const solve_work *w, const libsvm_task *problem, const solve_job *job,
                              const uint32_t *held_out, size_t n_held_out, unsigned worker)
{
    active_scratch *scratch = &w->scratch[worker];
    const near_set *near = &w->near[job->tag];
    float *scores = w->result->scores[job->tag] + job->partition * w->task->labels->n_articles;
    int only = only_class(problem->articles, problem->n_articles, problem->truth);
    libsvm_solution solution = {0};
    active_report report;
    ttag_status status = TTAG_OK;
    if (!only)
        status = active_solve(&solution, &report, scratch, problem, near->articles, near->n);
    /* A training part of one class: the C-SVC's solution is then w = 0 with any b on that side of
       the margin. Its edge says as little as can be said. */
    for (size_t k = 0; status == TTAG_OK && k < n_held_out; k++)
        scores[held_out[k]] = only ? (float)only : (float)scratch->scores[held_out[k]];
    libsvm_solution_dispose(&solution);
    return status;
}

static ttag_status run_job(void *context, size_t index, unsigned worker)
{
    const solve_work *w = context;
    const solve_task *task = w->task;
    const solve_job *job = &w->jobs[w->n_behind + index];
    size_t n = task->labels->n_articles;
    signed char *truth = w->truth + worker * n;
    uint32_t *articles = w->articles + worker * n;
    size_t n_held_out;

    labels_truth(task->labels, job->tag, truth);
    size_t count = gather(w, job, truth, articles, &n_held_out);
    double tolerance = task->tolerance;
    if (job->fold != ALL_FOLDS && tolerance < FOLD_TOLERANCE)
        tolerance = FOLD_TOLERANCE;
    libsvm_task problem = {task->kernel, articles, count, truth, task->cost, tolerance};
    ttag_status status =
        job->fold == ALL_FOLDS
            ? solve_whole(w, &problem, job->tag, worker)
            : solve_fold(w, &problem, job, articles + n - n_held_out, n_held_out, worker);
    if (status == TTAG_INVALID)
        w->failed[job->tag] = true;
    return status;
}

/* ---- All jobs. ---- */

/* libsvm's time grows with the rows of the kernel that it looks at, one for each support vector;
   and of those there are, on news, about as the root of the articles of the rarer class. */
static double expected_effort(const labels *l, size_t tag, double share)
{
    double n = (double)l->n_articles;
    double positive = (double)labels_support(l, tag);
    double rarer = positive < n - positive ? positive : n - positive;
    return share * n * sqrt(share * rarer);
}

static int by_effort(const void *a, const void *b)
{
    const solve_job *x = a;
    const solve_job *y = b;
    if ((x->fold == ALL_FOLDS) != (y->fold == ALL_FOLDS))
        return x->fold == ALL_FOLDS ? -1 : 1;
    if (x->effort != y->effort)
        return x->effort < y->effort ? 1 : -1;
    if (x->tag != y->tag)
        return x->tag < y->tag ? -1 : 1;
    if (x->partition != y->partition)
        return x->partition < y->partition ? -1 : 1;
    return (x->fold > y->fold) - (x->fold < y->fold);
}

static size_t count_jobs(const solve_task *task)
{
    size_t count = 0;
    for (size_t t = 0; t < task->labels->n_tags; t++)
        if (!task->constant[t])
            count += 1 + (size_t)task->n_folds * (task->n_folds ? task->partitions[t] : 0);
    return count;
}

static void list_jobs(solve_work *w)
{
    const solve_task *task = w->task;
    for (uint32_t t = 0; t < task->labels->n_tags; t++) {
        if (task->constant[t])
            continue;
        double whole = expected_effort(task->labels, t, 1);
        w->jobs[w->n_jobs++] = (solve_job){t, 0, ALL_FOLDS, whole};
        w->n_whole++;
        for (uint32_t p = 0; task->n_folds && p < task->partitions[t]; p++) {
            double part = expected_effort(task->labels, t, 1 - 1.0 / task->n_folds);
            for (uint32_t f = 0; f < task->n_folds; f++)
                w->jobs[w->n_jobs++] = (solve_job){t, p, f, part};
        }
    }
    qsort(w->jobs, w->n_jobs, sizeof *w->jobs, by_effort);
    w->finished_effort[0] = 0;
    for (size_t j = 0; j < w->n_jobs; j++)
        w->finished_effort[j + 1] = w->finished_effort[j] + w->jobs[j].effort;
}

static ttag_status work_reserve(solve_work *w)
{
    const solve_task *task = w->task;
    size_t n = task->labels->n_articles;
    size_t n_jobs = count_jobs(task);
    size_t n_scratch;
    if (!size_mul(&n_scratch, n, task->threads))
        return TTAG_NOMEM;
    w->jobs = mem_new(n_jobs, sizeof *w->jobs);
    w->finished_effort = mem_new(n_jobs + 1, sizeof *w->finished_effort);
    w->articles = mem_new(n_scratch, sizeof *w->articles);
    w->truth = mem_new(n_scratch, sizeof *w->truth);
    w->failed = mem_zero(task->labels->n_tags, sizeof *w->failed);
    w->near = mem_zero(task->labels->n_tags, sizeof *w->near);
    w->scratch = mem_zero(task->threads, sizeof *w->scratch);
    bool ok = w->jobs && w->finished_effort && w->articles && w->truth && w->failed && w->near &&
              w->scratch;
    for (unsigned k = 0; ok && k < task->threads; k++)
        ok = active_scratch_init(&w->scratch[k], n) == TTAG_OK;
    return ok ? TTAG_OK : TTAG_NOMEM;
}

ttag_status solve_result_reserve(solve_result *r, const solve_task *task)
{
    size_t n_tags = task->labels->n_tags;
    r->n_tags = n_tags;
    r->solutions = mem_zero(n_tags, sizeof *r->solutions);
    r->scores = mem_zero(n_tags, sizeof *r->scores);
    r->reports = mem_zero(n_tags, sizeof *r->reports);
    if (!r->solutions || !r->scores || !r->reports)
        return TTAG_NOMEM;
    for (size_t t = 0; task->n_folds && t < n_tags; t++) {
        size_t count;
        if (task->constant[t])
            continue;
        if (!size_mul(&count, task->labels->n_articles, task->partitions[t]))
            return TTAG_NOMEM;
        r->scores[t] = mem_zero(count, sizeof *r->scores[t]);
        if (!r->scores[t])
            return TTAG_NOMEM;
    }
    return TTAG_OK;
}

static void tell_solved(void *context, size_t finished)
{
    const solve_work *w = context;
    tell_progress(w->task->monitor, "training", w->finished_effort[w->n_behind + finished],
                  w->finished_effort[w->n_jobs]);
}

static ttag_status explain(const solve_work *w, ttag_status status, ttag_error *err)
{
    const labels *l = w->task->labels;
    if (status == TTAG_NOMEM)
        return fail_memory(err);
    if (status == TTAG_CANCELLED)
        return fail(err, status, "stopped");
    for (size_t t = 0; t < l->n_tags; t++)
        if (w->failed[t])
            return fail(err, status, "libsvm found no finite solution for the tag \"%.*s\"",
                        (int)l->names[t].size, l->names[t].bytes);
    return status;
}

static void work_dispose(solve_work *w)
{
    for (size_t t = 0; w->near && t < w->task->labels->n_tags; t++)
        near_set_dispose(&w->near[t]);
    for (unsigned k = 0; w->scratch && k < w->task->threads; k++)
        active_scratch_dispose(&w->scratch[k]);
    mem_free(w->jobs);
    mem_free(w->finished_effort);
    mem_free(w->articles);
    mem_free(w->truth);
    mem_free(w->failed);
    mem_free(w->near);
    mem_free(w->scratch);
}

static ttag_status screen(const solve_work *w)
{
    const solve_task *task = w->task;
    screening_task all = {.x = task->x,
                          .labels = task->labels,
                          .constant = task->constant,
                          .cost = task->cost,
                          .seed = task->seed,
                          .threads = task->threads,
                          .monitor = task->monitor};
    return screen_tags(w->near, &all);
}

/* Runs the next `count` jobs. */
static ttag_status run_phase(solve_work *w, size_t count)
{
    const solve_task *task = w->task;
    ttag_status status = parallel_for(task->threads, count, run_job, w, task->monitor, tell_solved);
    w->n_behind += count;
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
    status = screen(&w);
    if (status == TTAG_OK)
        status = run_phase(&w, w.n_whole);
    if (status == TTAG_OK)
        status = run_phase(&w, w.n_jobs - w.n_whole);
    if (status != TTAG_OK)
        explain(&w, status, err);
done:
    work_dispose(&w);
    if (status != TTAG_OK)
        solve_result_dispose(out);
    return status;
}

void solve_result_dispose(solve_result *r)
{
    for (size_t t = 0; r->solutions && t < r->n_tags; t++)
        libsvm_solution_dispose(&r->solutions[t]);
    for (size_t t = 0; r->scores && t < r->n_tags; t++)
        mem_free(r->scores[t]);
    mem_free(r->solutions);
    mem_free(r->scores);
    mem_free(r->reports);
    *r = (solve_result){0};
}
