/* Weights, a bias, and a bound of the optimum. */
#include "train/near_solution.h"

#include <math.h>

#include "base/memory.h"
#include "train/weights.h"

/* An alpha is at a bound if it is so near to it, as a share of the cost: descent has no sharper
   ones. */
static const double AT_BOUND = 1e-3;

/* w = Σ coef x; returns |w|² */
static double sum_weights(double *w, const ttag_matrix *x, const libsvm_solution *s)
{
    double squares = 0;
    support_sum(w, x, s);
    for (size_t t = 0; t < x->n_columns; t++)
        squares += w[t] * w[t];
    return squares;
}

/* Makes Σ coef = 0: the heavier class gives way, all its articles by the same share. Returns
   Σ |coef|. */
static double balance(libsvm_solution *s)
{
    double sums[2] = {0, 0};
    for (size_t k = 0; k < s->n_support; k++)
        sums[s->coefs[k] > 0] += fabs(s->coefs[k]);
    double least = sums[0] < sums[1] ? sums[0] : sums[1];
    for (size_t k = 0; k < s->n_support; k++)
        s->coefs[k] *= least > 0 ? least / sums[s->coefs[k] > 0] : 0;
    return 2 * least;
}

/* The largest dual along t coefs, 0 <= t <= 1:  t Σ |coef| - t²/2 |w|²  with balanced coefs */
static double find_bound(libsvm_solution *s, const near_task *task)
{
    double alphas = balance(s);
    double squares = sum_weights(task->weights, task->x, s);
    double t = alphas < squares ? alphas / squares : 1;
    return t * alphas - t * t * squares / 2;
}

/* Mean of y - w·x of the articles between their bounds; without any, the middle of what the others
   allow. scores: w·x. */
static double find_bias(const near_task *task, const float *coefs)
{
    double sum = 0, free = 0;
    double most = -INFINITY, least = INFINITY;
    for (size_t i = 0; i < task->x->n_rows; i++) {
        signed char y = task->truth[i];
        if (!y)
            continue;
        double error = y - task->scores[i];
        double alpha = fabs((double)coefs[i]) / article_cost(&task->costs, y, task->counts_as, i);
        bool can_grow = alpha < 1 - AT_BOUND;
        bool can_shrink = alpha > AT_BOUND;
        if (can_grow && can_shrink) {
            sum += error;
            free++;
        }
        if (y > 0 ? can_grow : can_shrink)
            most = error > most ? error : most;
        if (y > 0 ? can_shrink : can_grow)
            least = error < least ? error : least;
    }
    if (free > 0)
        return sum / free;
    if (isinf(most) || isinf(least))
        return isinf(most) ? least : most;
    return (most + least) / 2;
}

static bool take(libsvm_solution *out, const near_set *near, const near_task *task)
{
    out->articles = mem_new(near->n, sizeof *out->articles);
    out->coefs = mem_new(near->n, sizeof *out->coefs);
    if (!out->articles || !out->coefs)
        return false;
    for (size_t k = 0; k < near->n; k++) {
        if (near->coefs[k] == 0 || !task->truth[near->articles[k]])
            continue;
        out->articles[out->n_support] = near->articles[k];
        out->coefs[out->n_support++] = (double)near->coefs[k];
    }
    return true;
}

static void decide_all(const near_task *task)
{
    const ttag_matrix *x = task->x;
    for (size_t i = 0; i < x->n_rows; i++) {
        double f = 0;
        for (size_t e = x->starts[i]; e < x->starts[i + 1]; e++)
            f += task->weights[x->terms[e]] * (double)x->values[e];
        task->scores[i] = f;
    }
}

ttag_status near_solution_make(libsvm_solution *out, active_report *report, const near_set *near,
                               const near_task *task)
{
    *out = (libsvm_solution){0};
    *report = (active_report){.active = (uint32_t)near->n, .violation = NAN};
    float *coefs = mem_zero(task->x->n_rows, sizeof *coefs); /* by article */
    if (!coefs || !take(out, near, task)) {
        libsvm_solution_dispose(out);
        mem_free(coefs);
        return TTAG_NOMEM;
    }
    for (size_t k = 0; k < out->n_support; k++)
        coefs[out->articles[k]] = (float)out->coefs[k];
    sum_weights(task->weights, task->x, out);
    decide_all(task);
    out->bias = find_bias(task, coefs);
    report->bound = find_bound(out, task);
    for (size_t k = 0; k < out->n_support; k++) /* as before they were balanced */
        out->coefs[k] = (double)coefs[out->articles[k]];
    mem_free(coefs);
    return TTAG_OK;
}
