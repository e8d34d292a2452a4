/* Factors of terms: a descent in f∘x, told by the weights of x itself. */
#include <string.h>

#include "base/memory.h"
#include "base/simd.h"
#include "train/descent.h"

bool descent_reserve_factors(descent *d, const factor_source *source)
{
    descent_factors *f = &d->factors;
    f->squares = mem_lines(d->x->n_columns + 1, LANES * sizeof *f->squares);
    f->scales = mem_lines(d->x->n_rows, LANES * sizeof *f->scales);
    f->source = source;
    return f->squares && f->scales && term_factors_reserve(&f->of_tag, d->x->n_columns);
}

static void fit_lane(descent *d, size_t lane)
{
    const ttag_matrix *x = d->x;
    descent_factors *f = &d->factors;
    bool is_used = lane < d->n_lanes;
    for (size_t i = 0; i < x->n_rows; i++)
        d->of_tag[i] = d->truth[i * LANES + lane];
    if (is_used)
        term_factors_fit(&f->of_tag, f->source, d->of_tag);
    for (size_t t = 0; t < x->n_columns; t++) {
        float factor = is_used ? f->of_tag.factors[t] : 1;
        f->squares[t * LANES + lane] = factor * factor;
    }
    f->squares[x->n_columns * LANES + lane] = 1;
}

/* scales = 1 / (1 + Σ x² f²) */
SIMD_CLONES
static void fit_scales(const descent *d)
{
    const ttag_matrix *x = d->x;
    const lanes *squares = (const lanes *)(const void *)d->factors.squares;
    lanes *scales = (lanes *)(void *)d->factors.scales;
    for (size_t i = 0; i < x->n_rows; i++) {
        lanes sum = (lanes){0} + 1;
        for (size_t e = x->starts[i]; e < x->starts[i + 1]; e++)
            sum += x->values[e] * x->values[e] * squares[x->terms[e]];
        scales[i] = 1 / sum;
    }
}

/* weights = f² Σ alpha y x; bias = Σ alpha y */
SIMD_CLONES
static void sum_alphas(const descent *d)
{
    const ttag_matrix *x = d->x;
    lanes *weights = (lanes *)(void *)d->weights;
    const lanes *alphas = (const lanes *)(const void *)d->alphas;
    const lanes *squares = (const lanes *)(const void *)d->factors.squares;
    memset(d->weights, 0, (x->n_columns + 1) * LANES * sizeof *d->weights);
    for (size_t i = 0; i < x->n_rows; i++) {
        lane_marks moved = alphas[i] != 0;
        if (!lanes_any(&moved))
            continue;
        weights[x->n_columns] += alphas[i];
        lanes_add(weights, &alphas[i], x, i);
    }
    for (size_t t = 0; t < x->n_columns; t++)
        weights[t] *= squares[t];
}

void descent_fit_factors(descent *d)
{
    if (!d->factors.source)
        return;
    for (size_t lane = 0; lane < LANES; lane++)
        fit_lane(d, lane);
    fit_scales(d);
    sum_alphas(d);
}
