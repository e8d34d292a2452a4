/* Values of the kernel are at hand for all articles: every article takes part in every problem. */
#include "train/rbf_problem.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/simd.h"

/* An article without weight whose y f(x) is over 1 by so many tolerances is kept from libsvm. Many
   lie just behind the margin. */
static const double FAR_FROM_MARGIN = 5;

enum { ROUGH_STEPS = 1000 }; /* of our own solver: some milliseconds */

ttag_status rbf_scratch_init(rbf_scratch *s, size_t n)
{
    s->scores = mem_new(n, sizeof *s->scores);
    s->coefs = mem_new(n, sizeof *s->coefs);
    s->active = mem_new(n, sizeof *s->active);
    s->is_active = mem_new(n, sizeof *s->is_active);
    return s->scores && s->coefs && s->active && s->is_active ? TTAG_OK : TTAG_NOMEM;
}

void rbf_scratch_dispose(rbf_scratch *s)
{
    smo_dispose(&s->problem);
    mem_free(s->scores);
    mem_free(s->coefs);
    mem_free(s->active);
    mem_free(s->is_active);
    *s = (rbf_scratch){0};
}

static smo_kernel values_of(const rbf_matrix *k)
{
    return (smo_kernel){k->values, k->diagonal, k->stride};
}

/* ---- All articles, by our own solver. ---- */

static void set_bounds(smo *p, size_t i, const rbf_task *task, bool held_out)
{
    double cost = article_cost(&task->costs, task->truth[i], task->counts_as, i);
    p->highs[i] = task->truth[i] > 0 && !held_out ? cost : 0;
    p->lows[i] = task->truth[i] < 0 && !held_out ? -cost : 0;
}

/* By `most` steps; 0: as many as it takes. Adds up how many they were. */
static ttag_status solve_whole(rbf_scratch *s, const rbf_task *task, size_t most, size_t *steps)
{
    const smo_kernel kernel = values_of(task->kernel);
    size_t n = task->kernel->n;
    smo *p = &s->problem;
    if (!smo_reserve(p, n))
        return TTAG_NOMEM;
    for (size_t i = 0; i < n; i++) {
        p->coefs[i] = 0;
        p->errors[i] = task->truth[i];
        set_bounds(p, i, task, false);
    }
    p->deadline = most ? NULL : task->deadline;
    p->most = most;
    *steps = smo_run(p, &kernel, task->tolerance);
    p->most = 0;
    for (size_t i = 0; i < n; i++) {
        s->coefs[i] = p->coefs[i];
        s->scores[i] = task->truth[i] - p->errors[i] + p->bias;
    }
    s->bias = p->bias;
    return TTAG_OK;
}

/* ---- All articles, by libsvm. ---- */

static size_t list_active(rbf_scratch *s, size_t n)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        if (s->is_active[i])
            s->active[count++] = (uint32_t)i;
    return count;
}

/* The matrix, and of each pair that libsvm sees its node and its cache. */
static bool fits(const rbf_task *task, size_t n_active)
{
    enum { EACH = 16 + 4 };
    size_t copy, whole;
    return size_mul(&copy, n_active, n_active) && size_mul(&copy, copy, EACH) &&
           size_mul(&whole, task->kernel->n, task->kernel->stride * sizeof(float)) &&
           size_add(&whole, whole, copy) && whole <= task->memory;
}

/* f(x) = Σ coef K(x, sv) + b, of every article */
SIMD_CLONES
static void decide_all(double *scores, const rbf_matrix *kernel, const libsvm_solution *s)
{
    for (size_t j = 0; j < kernel->n; j++)
        scores[j] = s->bias;
    for (size_t k = 0; k < s->n_support; k++) {
        const float *row = rbf_row(kernel, s->articles[k]);
        double coef = s->coefs[k];
        for (size_t j = 0; j < kernel->n; j++)
            scores[j] += coef * (double)row[j];
    }
}

/* Activates violators; returns the largest violation outside the set. */
static double activate_violators(rbf_scratch *s, const rbf_task *task)
{
    double largest = 0;
    for (size_t i = 0; i < task->kernel->n; i++) {
        double lack = 1 - task->truth[i] * s->scores[i];
        if (!task->truth[i] || s->is_active[i] || lack <= 0)
            continue;
        largest = lack > largest ? lack : largest;
        s->is_active[i] = lack > task->tolerance;
    }
    return largest;
}

static void take(rbf_scratch *s, const libsvm_solution *solution, size_t n)
{
    memset(s->coefs, 0, n * sizeof *s->coefs);
    for (size_t k = 0; k < solution->n_support; k++)
        s->coefs[solution->articles[k]] = solution->coefs[k];
    s->bias = solution->bias;
}

static ttag_status solve_exactly(const rbf_result *out, rbf_scratch *s, const rbf_task *task)
{
    const rbf_matrix *k = task->kernel;
    const compact_kernel all = {.n = k->n, .capacity = k->stride, .values = k->values};
    for (size_t i = 0; i < k->n; i++)
        s->is_active[i] = task->truth[i] &&
                          (s->coefs[i] != 0 ||
                           task->truth[i] * s->scores[i] <= 1 + FAR_FROM_MARGIN * task->tolerance);
    *out->report = (active_report){.violation = INFINITY, .bound = NAN};
    while (out->report->violation > task->tolerance) {
        if (deadline_over(task->deadline))
            return TTAG_CANCELLED;
        size_t n_active = list_active(s, k->n);
        libsvm_task part = {&all, s->active, n_active, task->truth, task->costs, task->tolerance};
        libsvm_solution_dispose(out->solution);
        ttag_status status = fits(task, n_active) ? libsvm_solve(out->solution, &part) : TTAG_LIMIT;
        if (status != TTAG_OK)
            return status;
        decide_all(s->scores, k, out->solution);
        out->report->rounds++;
        out->report->active = (uint32_t)n_active;
        out->report->violation = activate_violators(s, task);
        take(s, out->solution, k->n);
    }
    return TTAG_OK;
}

/* What our own solver has reached. */
static ttag_status take_reached(const rbf_result *out, const rbf_scratch *s, const rbf_task *task)
{
    libsvm_solution *solution = out->solution;
    size_t n = task->kernel->n;
    libsvm_solution_dispose(solution);
    solution->articles = mem_new(n, sizeof *solution->articles);
    solution->coefs = mem_new(n, sizeof *solution->coefs);
    if (!solution->articles || !solution->coefs) {
        libsvm_solution_dispose(solution);
        return TTAG_NOMEM;
    }
    for (size_t i = 0; i < n; i++) {
        if (s->coefs[i] == 0)
            continue;
        solution->articles[solution->n_support] = (uint32_t)i;
        solution->coefs[solution->n_support++] = s->coefs[i];
    }
    solution->bias = s->bias;
    *out->report = (active_report){.active = (uint32_t)n, .violation = NAN, .bound = NAN};
    return TTAG_OK;
}

/* gap = (|w|² + Σ C max(0, 1 - y f(x)) - Σ alpha) / (1/2 |w|² + Σ C …), |w|² = Σ coef (f(x) - b) */
static void certify(const rbf_result *out, const rbf_scratch *s, const rbf_task *task)
{
    double squares = 0, alphas = 0, losses = 0;
    for (size_t i = 0; i < task->kernel->n; i++) {
        double loss = task->truth[i] ? 1 - task->truth[i] * s->scores[i] : 0;
        losses +=
            loss > 0 ? loss * article_cost(&task->costs, task->truth[i], task->counts_as, i) : 0;
        squares += s->coefs[i] * (s->scores[i] - s->bias);
        alphas += fabs(s->coefs[i]);
    }
    double primal = squares / 2 + losses;
    double dual = alphas - squares / 2;
    *out->certificate = (certificate){.objective = dual,
                                      .gap = primal > 0 ? (primal - dual) / primal : 0,
                                      .violation = out->report->violation,
                                      .n_support = out->solution->n_support,
                                      .active = out->report->active,
                                      .rounds = out->report->rounds,
                                      .own = out->report->own};
}

/* ---- Folds. ---- */

/* The only class among the articles that are not held out, or 0. */
static int only_class(const rbf_task *task, const uint8_t *fold, uint32_t held_out)
{
    bool has[2] = {false, false};
    for (size_t i = 0; i < task->kernel->n && !(has[0] && has[1]); i++)
        if (task->truth[i] && fold[i] != held_out)
            has[task->truth[i] > 0] = true;
    return has[0] && has[1] ? 0 : has[1] ? 1 : -1;
}

/* As on all articles, but for those held out. */
static ttag_status begin_fold(rbf_scratch *s, const rbf_task *task, const uint8_t *fold,
                              uint32_t held_out)
{
    const smo_kernel kernel = values_of(task->kernel);
    size_t n = task->kernel->n;
    smo *p = &s->problem;
    if (!smo_reserve(p, n))
        return TTAG_NOMEM;
    for (size_t i = 0; i < n; i++) {
        p->coefs[i] = s->coefs[i];
        p->errors[i] = task->truth[i] - (s->scores[i] - s->bias);
        set_bounds(p, i, task, fold[i] == held_out);
    }
    for (size_t i = 0; i < n; i++) {
        if (fold[i] != held_out || p->coefs[i] == 0)
            continue;
        smo_move(p, &kernel, i, -p->coefs[i]);
        p->coefs[i] = 0;
    }
    smo_balance(p, &kernel);
    return TTAG_OK;
}

static ttag_status solve_fold(float *scores, rbf_scratch *s, const rbf_task *task,
                              const uint8_t *fold, uint32_t held_out)
{
    const smo_kernel kernel = values_of(task->kernel);
    /* A training part of one class: the C-SVC's solution is then w = 0 with any b on that side of
       the margin. Its edge says as little as can be said. */
    int only = only_class(task, fold, held_out);
    if (!only && begin_fold(s, task, fold, held_out) != TTAG_OK)
        return TTAG_NOMEM;
    s->problem.deadline = task->deadline;
    if (!only)
        smo_run(&s->problem, &kernel, task->fold_tolerance);
    if (deadline_over(task->deadline))
        return TTAG_CANCELLED;
    for (size_t i = 0; i < task->kernel->n; i++)
        if (task->truth[i] && fold[i] == held_out)
            scores[i] =
                (float)(only ? only : task->truth[i] - s->problem.errors[i] + s->problem.bias);
    return TTAG_OK;
}

/* ---- The whole way. ---- */

/* The solution on all articles. */
static ttag_status solve_all_articles(const rbf_result *out, rbf_scratch *s, const rbf_task *task)
{
    size_t steps;
    ttag_status status = solve_whole(s, task, 0, &steps);
    if (status != TTAG_OK)
        return status;
    if (task->search)
        return deadline_over(task->deadline) ? TTAG_CANCELLED : TTAG_OK;
    if (is_weighted(task->truth, task->counts_as, task->kernel->n)) {
        status = deadline_over(task->deadline) ? TTAG_CANCELLED : take_reached(out, s, task);
        out->report->own = status == TTAG_OK;
    } else {
        status = solve_exactly(out, s, task);
    }
    if (status == TTAG_CANCELLED && out->solution->n_support == 0 && steps >= ROUGH_STEPS &&
        take_reached(out, s, task) != TTAG_OK)
        return TTAG_NOMEM;
    if (out->solution->n_support > 0)
        certify(out, s, task);
    return status;
}

ttag_status rbf_problem_solve(const rbf_result *out, rbf_scratch *s, const rbf_task *task)
{
    size_t n = task->kernel->n;
    ttag_status status = solve_all_articles(out, s, task);
    *out->is_whole = status == TTAG_OK;
    for (uint32_t p = 0; task->n_folds && p < task->n_partitions; p++)
        for (uint32_t f = 0; status == TTAG_OK && f < task->n_folds; f++)
            status = solve_fold(out->scores + p * n, s, task, task->folds + p * n, f);
    return status;
}

ttag_status rbf_problem_approximate(const rbf_result *out, rbf_scratch *s, const rbf_task *task)
{
    size_t steps;
    ttag_status status = solve_whole(s, task, ROUGH_STEPS, &steps);
    if (status == TTAG_OK)
        status = take_reached(out, s, task);
    if (status == TTAG_OK)
        certify(out, s, task);
    return status;
}
