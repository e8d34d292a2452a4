/* Working sets: where to begin, who joins, when to stop. */
#include "train/active_set.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { /* working_set.is_member */
       ACTIVE = 1,
       PASSIVE = 2 /* of the set, but kept from libsvm */
};

/* An article without weight whose y f(x) is over 1 by that much is kept from libsvm: its alpha is
   0, and stays so. */
static const double FAR_FROM_MARGIN = 0.02;

void near_set_dispose(near_set *s)
{
    mem_free(s->articles);
    mem_free(s->coefs);
    *s = (near_set){0};
}

ttag_status active_scratch_init(active_scratch *s, const kernel_source *source)
{
    const ttag_matrix *x = source->x;
    s->scores = mem_new(x->n_rows, sizeof *s->scores);
    s->weights = mem_new(x->n_columns, sizeof *s->weights);
    s->active = mem_new(x->n_rows, sizeof *s->active);
    s->truth = mem_new(x->n_rows, sizeof *s->truth);
    return s->scores && s->weights && s->active && s->truth && working_set_reserve(&s->set, source)
               ? TTAG_OK
               : TTAG_NOMEM;
}

void active_scratch_dispose(active_scratch *s)
{
    working_set_dispose(&s->set);
    smo_dispose(&s->problem);
    mem_free(s->scores);
    mem_free(s->coefs);
    mem_free(s->weights);
    mem_free(s->active);
    mem_free(s->truth);
    *s = (active_scratch){0};
}

/* ---- All articles. ---- */

/* f(x) = w·x + b with w = Σ c x, of every article */
static void decide_all(active_scratch *s, const ttag_matrix *x, double bias)
{
    const compact_kernel *set = &s->set.kernel;
    memset(s->weights, 0, x->n_columns * sizeof *s->weights);
    for (size_t k = 0; k < set->n; k++) {
        size_t row = set->articles[k];
        for (size_t e = x->starts[row]; s->coefs[k] != 0 && e < x->starts[row + 1]; e++)
            s->weights[x->terms[e]] += s->coefs[k] * (double)x->values[e];
    }
    for (size_t i = 0; i < x->n_rows; i++) {
        double f = bias;
        for (size_t e = x->starts[i]; e < x->starts[i + 1]; e++)
            f += s->weights[x->terms[e]] * (double)x->values[e];
        s->scores[i] = f;
    }
}

/* Proposes those outside the set that violate their condition, and activates the passive ones that
   do; returns the largest violation. */
static double propose_violators(active_scratch *s, const active_task *task)
{
    double largest = 0;
    for (size_t i = 0; i < task->source->x->n_rows; i++) {
        double lack = 1 - task->truth[i] * s->scores[i];
        if (!task->truth[i] || s->set.is_member[i] == ACTIVE || lack <= 0)
            continue;
        largest = lack > largest ? lack : largest;
        if (lack > task->tolerance && s->set.is_member[i] == PASSIVE)
            s->set.is_member[i] = ACTIVE;
        else if (lack > task->tolerance)
            working_set_propose(&s->set, i, (float)lack);
    }
    return largest;
}

/* The set's articles from place `first` on are new: they enter with alpha 0. */
static ttag_status enter(active_scratch *s, const active_task *task, size_t first)
{
    smo *p = &s->problem;
    size_t n = s->set.kernel.n;
    if (!smo_reserve(p, n) || !mem_grow(&s->coefs, &s->coefs_capacity, n, sizeof *s->coefs))
        return TTAG_NOMEM;
    for (size_t k = first; k < n; k++) {
        size_t article = s->set.kernel.articles[k];
        signed char y = task->truth[article];
        s->truth[k] = y;
        s->coefs[k] = 0;
        p->coefs[k] = 0;
        p->errors[k] = y - (first ? s->scores[article] - p->bias : 0);
        double cost = article_cost(&task->costs, y, task->counts_as, article);
        p->highs[k] = y > 0 ? cost : 0;
        p->lows[k] = y > 0 ? 0 : -cost;
    }
    return TTAG_OK;
}

static ttag_status join(active_scratch *s, const active_task *task)
{
    size_t before = s->set.kernel.n;
    ttag_status status = working_set_join(&s->set, task->source);
    return status == TTAG_OK ? enter(s, task, before) : status;
}

/* ---- Where to begin. ---- */

/* A solver needs both classes: the first article of one that the set lacks joins it. */
static void propose_classes(active_scratch *s, const active_task *task)
{
    bool has[2] = {false, false};
    for (size_t i = 0; i < task->source->x->n_rows; i++)
        if (task->truth[i] && s->set.is_member[i])
            has[task->truth[i] > 0] = true;
    for (size_t i = 0; i < task->source->x->n_rows; i++) {
        bool class = task->truth[i] > 0;
        if (task->truth[i] && !has[class]) {
            working_set_propose(&s->set, i, 1);
            has[class] = true;
        }
    }
}

static smo_kernel set_kernel(const active_scratch *s)
{
    return (smo_kernel){s->set.kernel.values, s->set.kernel.diagonal, s->set.kernel.capacity};
}

static ttag_status begin(active_scratch *s, const active_task *task, const near_set *start)
{
    smo *p = &s->problem;
    working_set_clear(&s->set, task->source->x->n_rows, task->memory);
    size_t count = 0;
    for (size_t k = 0; k < start->n; k++)
        if (task->truth[start->articles[k]])
            s->active[count++] = start->articles[k];
    ttag_status status = working_set_add(&s->set, task->source, s->active, count);
    propose_classes(s, task);
    if (status == TTAG_OK)
        status = working_set_join(&s->set, task->source);
    if (status == TTAG_OK)
        status = enter(s, task, 0);
    if (status != TTAG_OK)
        return status;
    p->deadline = task->deadline;
    const smo_kernel kernel = set_kernel(s);
    size_t place = 0;
    for (size_t k = 0; k < start->n; k++) {
        if (!task->truth[start->articles[k]])
            continue;
        double step = (double)start->coefs[k]; /* kept within its bounds */
        step = step > p->highs[place] ? p->highs[place] : step;
        step = step < p->lows[place] ? p->lows[place] : step;
        if (step != 0)
            smo_move(p, &kernel, place, step);
        place++;
    }
    smo_balance(p, &kernel);
    return TTAG_OK;
}

/* Lets the set grow until it holds all that matter. */
ttag_status active_gather(active_scratch *s, const active_task *task, const near_set *start)
{
    ttag_status status = begin(s, task, start);
    while (status == TTAG_OK) {
        const smo_kernel kernel = set_kernel(s);
        smo_run(&s->problem, &kernel, task->tolerance);
        memcpy(s->coefs, s->problem.coefs, s->set.kernel.n * sizeof *s->coefs);
        if (deadline_over(task->deadline))
            return TTAG_CANCELLED;
        decide_all(s, task->source->x, s->problem.bias);
        if (propose_violators(s, task) <= task->tolerance)
            break;
        status = join(s, task);
    }
    return status;
}

/* ---- libsvm. ---- */

static void make_passive(active_scratch *s, const active_task *task)
{
    for (size_t k = 0; k < s->set.kernel.n; k++) {
        size_t article = s->set.kernel.articles[k];
        if (s->coefs[k] == 0 && task->truth[article] * s->scores[article] > 1 + FAR_FROM_MARGIN)
            s->set.is_member[article] = PASSIVE;
    }
}

/* Lists the places of the active articles. */
static size_t list_active(active_scratch *s)
{
    size_t count = 0;
    for (size_t k = 0; k < s->set.kernel.n; k++)
        if (s->set.is_member[s->set.kernel.articles[k]] == ACTIVE)
            s->active[count++] = (uint32_t)k;
    return count;
}

/* Keeps out->coefs by place; out->articles become those of the whole matrix. */
static void take(active_scratch *s, libsvm_solution *out)
{
    memset(s->coefs, 0, s->set.kernel.n * sizeof *s->coefs);
    for (size_t k = 0; k < out->n_support; k++) {
        s->coefs[out->articles[k]] = out->coefs[k];
        out->articles[k] = s->set.kernel.articles[out->articles[k]];
    }
}

typedef struct support_vector {
    uint32_t article;
    double coef;
} support_vector;

static int by_article(const void *a, const void *b)
{
    const support_vector *x = a;
    const support_vector *y = b;
    return (x->article > y->article) - (x->article < y->article);
}

static ttag_status sort_support(libsvm_solution *out)
{
    support_vector *list = mem_new(out->n_support, sizeof *list);
    if (!list)
        return TTAG_NOMEM;
    for (size_t k = 0; k < out->n_support; k++)
        list[k] = (support_vector){out->articles[k], out->coefs[k]};
    qsort(list, out->n_support, sizeof *list, by_article);
    for (size_t k = 0; k < out->n_support; k++) {
        out->articles[k] = list[k].article;
        out->coefs[k] = list[k].coef;
    }
    mem_free(list);
    return TTAG_OK;
}

/* What our own solver has reached, where libsvm has found nothing or is not asked. */
static ttag_status take_reached(libsvm_solution *out, active_report *report,
                                const active_scratch *s)
{
    size_t n = s->set.kernel.n;
    out->articles = mem_new(n, sizeof *out->articles);
    out->coefs = mem_new(n, sizeof *out->coefs);
    if (!out->articles || !out->coefs)
        return TTAG_NOMEM;
    for (size_t k = 0; k < n; k++) {
        if (s->problem.coefs[k] == 0)
            continue;
        out->articles[out->n_support] = s->set.kernel.articles[k];
        out->coefs[out->n_support++] = s->problem.coefs[k];
    }
    out->bias = s->problem.bias;
    *report = (active_report){.active = (uint32_t)n, .violation = NAN, .bound = NAN};
    return TTAG_OK;
}

/* Calls libsvm until no article outside its set violates its condition. */
static ttag_status call_libsvm(libsvm_solution *out, active_report *report, active_scratch *s,
                               const active_task *task)
{
    ttag_status status = TTAG_OK;
    while (status == TTAG_OK) {
        if (deadline_over(task->deadline))
            return TTAG_CANCELLED;
        size_t n_active = list_active(s);
        libsvm_task part = {&s->set.kernel, s->active,   n_active,
                            s->truth,       task->costs, task->tolerance};
        libsvm_solution_dispose(out);
        status = libsvm_solve(out, &part);
        if (status != TTAG_OK)
            break;
        report->rounds++;
        report->active = (uint32_t)n_active;
        take(s, out);
        decide_all(s, task->source->x, out->bias);
        report->violation = propose_violators(s, task);
        if (report->violation <= task->tolerance)
            break;
        status = join(s, task);
    }
    return status;
}

bool is_weighted(const signed char *truth, const float *counts_as, size_t n)
{
    for (size_t i = 0; counts_as && i < n; i++)
        if (truth[i] && counts_as[i] != 1)
            return true;
    return false;
}

/* libsvm's stopping rule has been met on the set, and no article outside it violates its condition.
 */
static ttag_status take_own(libsvm_solution *out, active_report *report, active_scratch *s,
                            const active_task *task)
{
    ttag_status status = take_reached(out, report, s);
    report->violation = propose_violators(s, task);
    report->own = true;
    return status;
}

ttag_status active_solve(libsvm_solution *out, active_report *report, active_scratch *s,
                         const active_task *task, const near_set *start)
{
    *out = (libsvm_solution){0};
    *report = (active_report){.bound = NAN};
    ttag_status status = active_gather(s, task, start);
    ttag_status kept = TTAG_OK; /* of what goes out */
    bool own = is_weighted(task->truth, task->counts_as, task->source->x->n_rows);
    if (status == TTAG_OK && own) {
        status = take_own(out, report, s, task);
    } else if (status == TTAG_OK) {
        make_passive(s, task);
        status = call_libsvm(out, report, s, task);
    }
    if (status == TTAG_CANCELLED && out->n_support == 0)
        kept = take_reached(out, report, s);
    if (kept == TTAG_OK && (status == TTAG_OK || status == TTAG_CANCELLED))
        kept = sort_support(out);
    status = kept == TTAG_OK ? status : kept;
    if (status != TTAG_OK && status != TTAG_CANCELLED)
        libsvm_solution_dispose(out);
    return status;
}
