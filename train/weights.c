/* w = Σ alpha y x, in double and in order of articles. */
#include "train/weights.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/parallel.h"

enum { TAGS_AT_ONCE = 16 }; /* of one worker: a cache line of weights */

typedef struct weights_work {
    const weights_task *task;
    float *weights;
    size_t stride;
    certificate *certificates;
    double *sums;          /* n_columns for each worker */
    signed char *truth;    /* n_rows for each worker */
    term_factors *of_tags; /* of each worker's tag; NULL: none */
} weights_work;

size_t weights_stride(size_t n_tags)
{
    return (n_tags + 7) / 8 * 8;
}

void support_sum(double *w, const ttag_matrix *x, const libsvm_solution *s)
{
    memset(w, 0, x->n_columns * sizeof *w);
    for (size_t k = 0; k < s->n_support; k++) {
        size_t row = s->articles[k];
        for (size_t e = x->starts[row]; e < x->starts[row + 1]; e++)
            w[x->terms[e]] += s->coefs[k] * (double)x->values[e];
    }
}

/* w = f² Σ coef x, so that w·x = Σ coef (f∘x)·(f∘x); f: NULL: 1. Returns |w / f|² */
static double add_up(double *w, const ttag_matrix *x, const libsvm_solution *s, const float *f)
{
    double squares = 0;
    support_sum(w, x, s);
    for (size_t t = 0; t < x->n_columns; t++) {
        double factor = f ? (double)f[t] : 1;
        double scaled = factor * w[t];
        squares += scaled * scaled;
        w[t] = factor * scaled;
    }
    return squares;
}

/* gap = (|w|² + Σ C max(0, 1 - y f(x)) - Σ alpha) / (1/2 |w|² + Σ C …); where the alphas do not
   balance, `bound` takes the place of Σ alpha - 1/2 |w|² */
static certificate certify(const weights_task *task, const class_costs *costs,
                           const libsvm_solution *s, double bound, const double *w, double squares,
                           const signed char *truth)
{
    const ttag_matrix *x = task->x;
    double losses = 0, alphas = 0;
    for (size_t k = 0; k < s->n_support; k++)
        alphas += s->coefs[k] < 0 ? -s->coefs[k] : s->coefs[k];
    for (size_t i = 0; i < x->n_rows; i++) {
        if (!truth[i])
            continue;
        double f = s->bias;
        for (size_t e = x->starts[i]; e < x->starts[i + 1]; e++)
            f += w[x->terms[e]] * (double)x->values[e];
        double loss = 1 - truth[i] * f;
        losses += loss > 0 ? article_cost(costs, truth[i], task->labels->weights, i) * loss : 0;
    }
    double primal = squares / 2 + losses;
    double dual = isnan(bound) ? alphas - squares / 2 : bound;
    return (certificate){.objective = dual, .gap = primal > 0 ? (primal - dual) / primal : 0};
}

static ttag_status fit_tags(void *context, size_t index, unsigned worker)
{
    const weights_work *work = context;
    const weights_task *task = work->task;
    double *w = work->sums + worker * task->x->n_columns;
    signed char *truth = work->truth + worker * task->x->n_rows;
    term_factors *of_tag = work->of_tags ? &work->of_tags[worker] : NULL;
    size_t first = index * TAGS_AT_ONCE;
    for (size_t t = first; t < first + TAGS_AT_ONCE && t < task->labels->n_tags; t++) {
        const libsvm_solution *s = &task->solutions[t];
        if (task->constant[t])
            continue;
        labels_truth(task->labels, t, truth);
        if (of_tag)
            term_factors_fit(of_tag, task->factors, truth);
        double squares = add_up(w, task->x, s, of_tag ? of_tag->factors : NULL);
        for (size_t term = 0; term < task->x->n_columns; term++)
            work->weights[task->terms[term] * work->stride + t] = (float)w[term];
        certificate *c = &work->certificates[t];
        *c = certify(task, &task->costs[t], s, task->reports[t].bound, w, squares, truth);
        c->n_support = s->n_support;
        c->violation = task->reports[t].violation;
        c->active = task->reports[t].active;
        c->rounds = task->reports[t].rounds;
        c->own = task->reports[t].own;
    }
    return TTAG_OK;
}

/* Room for the factors of each worker's tag. */
static bool reserve_factors(weights_work *w)
{
    const weights_task *task = w->task;
    if (!task->factors)
        return true;
    w->of_tags = mem_zero(task->threads, sizeof *w->of_tags);
    for (unsigned k = 0; w->of_tags && k < task->threads; k++)
        if (!term_factors_reserve(&w->of_tags[k], task->x->n_columns))
            return false;
    return w->of_tags != NULL;
}

static void work_dispose(weights_work *w)
{
    for (unsigned k = 0; w->of_tags && k < w->task->threads; k++)
        term_factors_dispose(&w->of_tags[k]);
    mem_free(w->of_tags);
    mem_free(w->sums);
    mem_free(w->truth);
}

ttag_status weights_fit(float *weights, certificate *certificates, const weights_task *task,
                        ttag_error *err)
{
    weights_work work = {.task = task, .weights = weights, .certificates = certificates};
    size_t n_sums, n_truth;
    size_t n_tags = task->labels->n_tags;
    ttag_status status = TTAG_NOMEM;
    work.stride = weights_stride(n_tags);
    if (size_mul(&n_sums, task->x->n_columns, task->threads) &&
        size_mul(&n_truth, task->x->n_rows, task->threads)) {
        work.sums = mem_new(n_sums, sizeof *work.sums);
        work.truth = mem_new(n_truth, sizeof *work.truth);
    }
    if (!work.sums || !work.truth || !reserve_factors(&work))
        goto done;
    status = parallel_for(task->threads, (n_tags + TAGS_AT_ONCE - 1) / TAGS_AT_ONCE, fit_tags,
                          &work, NULL, NULL);
done:
    if (status != TTAG_OK)
        fail_memory(err);
    work_dispose(&work);
    return status;
}
