/* libsvm where the kernel matrix fits, descent where it does not. */
#include "train/solvers.h"

#include "base/blas.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/monitor.h"
#include "train/linear.h"
#include "train/weights.h"

static ttag_status reserve(tag_solutions *s, const solve_task *task, ttag_error *err)
{
    size_t count;
    size_t n_tags = task->labels->n_tags;
    if (size_mul(&count, task->x->n_columns, weights_stride(n_tags)))
        s->weights = mem_zero(count, sizeof *s->weights);
    s->biases = mem_zero(n_tags, sizeof *s->biases);
    s->certificates = mem_zero(n_tags, sizeof *s->certificates);
    return s->weights && s->biases && s->certificates ? TTAG_OK : fail_memory(err);
}

static bool any_to_solve(const solve_task *task)
{
    for (size_t t = 0; t < task->labels->n_tags; t++)
        if (!task->constant[t])
            return true;
    return false;
}

static ttag_solver choose(const solve_task *task, const ttag_train_opts *opts)
{
    if (opts->solver != TTAG_SOLVER_AUTO)
        return opts->solver;
    if (kernel_fits(task->x->n_rows, opts->memory))
        return TTAG_SOLVER_LIBSVM;
    tell(task->monitor, TTAG_NOTE, NULL,
         "the kernel matrix of %zu articles would not fit (--memory): the linear solver is used",
         task->x->n_rows);
    return TTAG_SOLVER_LINEAR;
}

static ttag_status find_by_libsvm(tag_solutions *out, const solve_task *task,
                                  const ttag_train_opts *opts, ttag_error *err)
{
    kernel_matrix kernel = {0};
    solve_task with_kernel = *task;
    weights_task weights = {.x = task->x,
                            .labels = task->labels,
                            .cost = task->cost,
                            .threads = task->threads,
                            .monitor = task->monitor};
    blas_single_thread();
    ttag_status status = blas_check(err);
    if (status == TTAG_OK && any_to_solve(task))
        status = kernel_build(&kernel, task->x, opts->memory, task->threads, task->monitor, err);
    with_kernel.kernel = &kernel;
    if (status == TTAG_OK)
        status = solve_all(&out->solved, &with_kernel, err);
    kernel_dispose(&kernel);
    weights.solutions = out->solved.solutions;
    weights.reports = out->solved.reports;
    if (status == TTAG_OK)
        status = weights_fit(out->weights, out->certificates, &weights, err);
    for (size_t t = 0; status == TTAG_OK && t < task->labels->n_tags; t++)
        out->biases[t] = out->solved.solutions[t].bias;
    return status;
}

ttag_status tag_solutions_find(tag_solutions *out, const solve_task *task,
                               const ttag_train_opts *opts, ttag_error *err)
{
    ttag_status status = reserve(out, task, err);
    out->solver = choose(task, opts);
    if (status == TTAG_OK && out->solver == TTAG_SOLVER_LIBSVM)
        status = find_by_libsvm(out, task, opts, err);
    else if (status == TTAG_OK)
        status = linear_solve_all(&out->solved, out->weights, out->biases, out->certificates, task,
                                  opts->gap, err);
    if (status != TTAG_OK)
        tag_solutions_dispose(out);
    return status;
}

void tag_solutions_dispose(tag_solutions *s)
{
    mem_free(s->weights);
    mem_free(s->biases);
    mem_free(s->certificates);
    solve_result_dispose(&s->solved);
    *s = (tag_solutions){0};
}
