/* Bins of scores, then the calibration of any scores. */
#include "train/pooled_sigmoid.h"

#include <math.h>

static const double LEAST = -4, WIDTH = 8.0 / POOLED_BINS;

static size_t bin_of(double score)
{
    double at = (score - LEAST) / WIDTH;
    return at <= 0 ? 0 : at >= POOLED_BINS - 1 ? POOLED_BINS - 1 : (size_t)at;
}

void pooled_scores_add(pooled_scores *p, const float *scores, const signed char *truth,
                       const uint8_t *folds, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!truth[i])
            continue;
        pooled_bin *bin = &p->bins[folds[i] % POOLED_PARTS][bin_of((double)scores[i])];
        bin->positive += truth[i] > 0;
        bin->negative += truth[i] < 0;
        bin->sum += (double)scores[i];
    }
    p->n_tags++;
}

/* Of all parts but one; POOLED_PARTS: of all. */
static bool fit_without(calibration *out, const pooled_scores *p, weighed_scores *s, size_t part)
{
    double positive = 0, negative = 0;
    s->count = 0;
    for (size_t b = 0; b < POOLED_BINS; b++) {
        pooled_bin all = {0, 0, 0};
        for (size_t k = 0; k < POOLED_PARTS; k++) {
            const pooled_bin *bin = &p->bins[k][b];
            all.positive += k == part ? 0 : bin->positive;
            all.negative += k == part ? 0 : bin->negative;
            all.sum += k == part ? 0 : bin->sum;
        }
        double count = all.positive + all.negative;
        if (count > 0)
            weighed_scores_add(s, all.sum / count, all.positive / count, count);
        positive += all.positive;
        negative += all.negative;
    }
    if (positive == 0 || negative == 0)
        return false;
    *out = weighed_scores_fit(s);
    return isfinite(out->slope) && isfinite(out->offset) && out->slope < 0;
}

ttag_status pooled_sigmoid_fit(pooled_sigmoid *out, const pooled_scores *p)
{
    weighed_scores s = {0};
    bool room = weighed_scores_reserve(&s, POOLED_BINS);
    *out = (pooled_sigmoid){.known = false};
    if (room && p->n_tags > 1) {
        out->known = fit_without(&out->all, p, &s, POOLED_PARTS);
        for (size_t part = 0; out->known && part < POOLED_PARTS; part++)
            out->known = fit_without(&out->without[part], p, &s, part);
    }
    weighed_scores_dispose(&s);
    return room ? TTAG_OK : TTAG_NOMEM;
}
