/* libsvm where the active sets fit, descent where they do not. */
#include "train/solvers.h"

#include "base/blas.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/monitor.h"
#include "train/df_order.h"
#include "train/linear.h"
#include "train/weights.h"

static ttag_status reserve(tag_solutions *s, const solve_task *task, ttag_kernel kernel,
                           ttag_error *err)
{
    size_t count;
    size_t n_tags = task->labels->n_tags;
    if (task->search || kernel != TTAG_KERNEL_LINEAR)
        count = 0;
    else if (!size_mul(&count, task->x->n_columns, weights_stride(n_tags)))
        return fail_memory(err);
    s->weights = mem_zero(count, sizeof *s->weights);
    s->biases = mem_zero(n_tags, sizeof *s->biases);
    s->certificates = mem_zero(n_tags, sizeof *s->certificates);
    return s->weights && s->biases && s->certificates ? TTAG_OK : fail_memory(err);
}

/* Whether every tag's active set can be expected to fit: on news, incident reports and notes of
   vulnerabilities it holds fewer than two articles for each of the tag's rarer class. */
static bool active_sets_fit(const labels *l, size_t memory)
{
    size_t largest = 0;
    for (size_t t = 0; t < l->n_tags; t++) {
        size_t positive = labels_support(l, t);
        size_t rarer = positive < l->n_articles - positive ? positive : l->n_articles - positive;
        largest = rarer > largest ? rarer : largest;
    }
    size_t expected = 2 * largest;
    return working_set_fits(expected < l->n_articles ? expected : l->n_articles, memory);
}

static ttag_solver choose(const solve_task *task, const ttag_train_opts *opts)
{
    if (opts->solver != TTAG_SOLVER_AUTO)
        return opts->solver;
    if (opts->loss != TTAG_LOSS_HINGE)
        return TTAG_SOLVER_LINEAR;
    return active_sets_fit(task->labels, opts->memory) ? TTAG_SOLVER_LIBSVM : TTAG_SOLVER_LINEAR;
}

static void tell_too_large(const solve_task *task)
{
    tell(task->monitor, TTAG_NOTE, NULL,
         "libsvm would need more memory (--memory) or far more time for %zu articles and %zu tags: "
         "the linear solver is used",
         task->x->n_rows, task->labels->n_tags);
}

static ttag_status find_by_libsvm(tag_solutions *out, const solve_task *task, ttag_error *err)
{
    weights_task weights = {.x = task->x,
                            .terms = task->terms,
                            .labels = task->labels,
                            .costs = task->costs,
                            .constant = task->constant,
                            .factors = task->factors,
                            .threads = task->threads};
    blas_single_thread();
    ttag_status status = blas_check(err);
    if (status == TTAG_OK)
        status = solve_all(&out->solved, task, err);
    weights.solutions = out->solved.solutions;
    weights.reports = out->solved.reports;
    if (status == TTAG_OK && !task->search)
        status = weights_fit(out->weights, out->certificates, &weights, err);
    for (size_t t = 0; status == TTAG_OK && t < task->labels->n_tags; t++)
        out->biases[t] = out->solved.solutions[t].bias;
    return status;
}

static ttag_status find_by_descent(tag_solutions *out, const solve_task *task,
                                   const ttag_train_opts *opts, ttag_error *err)
{
    return linear_solve_all(&out->solved, out->weights, out->biases, out->certificates, task,
                            opts->gap, err);
}

static ttag_status find(tag_solutions *out, const solve_task *task, const ttag_train_opts *opts,
                        ttag_error *err)
{
    ttag_status status = TTAG_LIMIT;
    out->solver = choose(task, opts);
    if (out->solver == TTAG_SOLVER_LIBSVM)
        status = find_by_libsvm(out, task, err);
    if (status == TTAG_LIMIT && opts->solver != TTAG_SOLVER_LIBSVM) {
        if (opts->solver == TTAG_SOLVER_AUTO && opts->loss == TTAG_LOSS_HINGE)
            tell_too_large(task);
        out->solver = TTAG_SOLVER_LINEAR;
        status = find_by_descent(out, task, opts, err);
    }
    return status;
}

static ttag_status find_linear(tag_solutions *out, const solve_task *task,
                               const ttag_train_opts *opts, ttag_error *err)
{
    df_order order = {0};
    factor_source factors = {0};
    bool scaled = factors_wanted(opts);
    probe_set probes = {.borrowed = true};
    ttag_status status = TTAG_OK;
    if (df_order_make(&order, task->x) != TTAG_OK ||
        (scaled && factor_source_make(&factors, &order.x, task->labels->weights) != TTAG_OK))
        status = fail_memory(err);
    if (status == TTAG_OK) {
        solve_task ordered = *task;
        ordered.x = &order.x;
        ordered.terms = order.original;
        ordered.factors = scaled ? &factors : NULL;
        ordered.probes = task->probes ? &probes : NULL;
        if (task->probes && !probes_order(&probes, task->probes, &order))
            status = fail_memory(err);
        else
            status = find(out, &ordered, opts, err);
    }
    probes_dispose(&probes);
    factor_source_dispose(&factors);
    df_order_dispose(&order);
    return status;
}

static ttag_status find_rbf(tag_solutions *out, const solve_task *task, const ttag_train_opts *opts,
                            ttag_error *err)
{
    size_t n_tags = task->labels->n_tags;
    double gamma = task->rbf ? task->rbf->gamma : opts->gamma > 0 ? opts->gamma : 1;
    ttag_status status = TTAG_OK;
    out->solver = TTAG_SOLVER_LIBSVM;
    if (task->rbf)
        status = solve_all(&out->solved, task, err);
    else if (solve_result_reserve(&out->solved, task) != TTAG_OK)
        status = fail_memory(err);
    if (status != TTAG_OK || task->search)
        return status;
    for (size_t t = 0; t < n_tags; t++) {
        out->biases[t] = out->solved.solutions[t].bias;
        out->certificates[t] = out->solved.certificates[t];
    }
    if (support_set_make(&out->support, task->x, out->solved.solutions, n_tags, gamma) != TTAG_OK)
        return fail_memory(err);
    return TTAG_OK;
}

ttag_status tag_solutions_find(tag_solutions *out, const solve_task *task,
                               const ttag_train_opts *opts, ttag_error *err)
{
    solve_task bounded = *task;
    ttag_status status = reserve(out, task, opts->kernel, err);
    bounded.memory = opts->memory;
    bounded.together = opts->solver == TTAG_SOLVER_AUTO && opts->kernel == TTAG_KERNEL_LINEAR;
    bounded.loss = opts->loss;
    if (status == TTAG_OK)
        status = opts->kernel == TTAG_KERNEL_RBF ? find_rbf(out, &bounded, opts, err)
                                                 : find_linear(out, &bounded, opts, err);
    if (status != TTAG_OK)
        tag_solutions_dispose(out);
    return status;
}

void tag_solutions_dispose(tag_solutions *s)
{
    mem_free(s->weights);
    support_set_dispose(&s->support);
    mem_free(s->biases);
    mem_free(s->certificates);
    solve_result_dispose(&s->solved);
    *s = (tag_solutions){0};
}
