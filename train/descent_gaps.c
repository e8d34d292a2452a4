/* How near a descent is to its optimum: what the primal problem costs, and what its dual says. */
#include <math.h>

#include "base/simd.h"
#include "train/descent.h"

/* losses[t] = Σ C max(0, 1 - y f(x)), alphas[t] = Σ alpha; of the squared hinge Σ C max(…)² and
   Σ alpha - alpha² / 4C */
SIMD_CLONES
static void sum_up(const descent *d, double *losses, double *alphas)
{
    const ttag_matrix *x = d->x;
    const lanes *weights = (const lanes *)(const void *)d->weights;
    const bool squared = d->loss == TTAG_LOSS_SQUARED_HINGE;
    for (size_t i = 0; i < x->n_rows; i++) {
        lanes f;
        lanes_decide(&f, weights, &weights[x->n_columns], x, i);
        const signed char *truth = d->truth + i * LANES;
        const float weight = descent_counts_as(d, i);
        for (size_t t = 0; t < LANES; t++) {
            float loss = truth[t] != 0 ? 1 - (float)truth[t] * f[t] : 0;
            double cost = (double)(truth[t] > 0 ? d->positive_costs[t] : d->negative_costs[t]);
            cost *= (double)weight;
            double alpha = (double)fabsf(d->alphas[i * LANES + t]);
            losses[t] += loss > 0 ? cost * (double)loss * (squared ? (double)loss : 1) : 0;
            alphas[t] += squared ? alpha - alpha * alpha / (4 * cost) : alpha;
        }
    }
}

void descent_gaps(const descent *d, descent_gap *gaps)
{
    double losses[LANES] = {0}, alphas[LANES] = {0}, squares[LANES] = {0};
    sum_up(d, losses, alphas);
    for (size_t term = 0; term <= d->x->n_columns; term++)
        for (size_t t = 0; t < LANES; t++) {
            double weight = (double)d->weights[term * LANES + t];
            double square = weight * weight;
            squares[t] +=
                d->factors.source ? square / (double)d->factors.squares[term * LANES + t] : square;
        }
    for (size_t t = 0; t < LANES; t++) {
        double primal = squares[t] / 2 + losses[t];
        double dual = alphas[t] - squares[t] / 2;
        gaps[t] = (descent_gap){dual, primal > 0 ? (primal - dual) / primal : 0, 0};
    }
    for (size_t k = 0; k < d->x->n_rows * LANES; k++)
        gaps[k % LANES].n_support += d->alphas[k] != 0;
}
