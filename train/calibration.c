/* Newton's method with backtracking on the cross-entropy of two parameters. */
#include "train/calibration.h"

#include <math.h>

#include "base/memory.h"
#include "base/sigmoid.h"

typedef struct pair {
    double score;
    bool positive;
} pair;

typedef struct sample {
    pair *pairs;
    size_t count;
    double positive, negative; /* articles */
    double high, low;          /* what a positive and a negative article count as */
} sample;

/* Targets just inside 0 and 1 (Bayes' rule with a uniform prior). Articles are counted once,
   however many partitions score them: a second score is no second article. */
static bool sample_make(sample *s, const float *scores, size_t n_partitions,
                        const signed char *truth, size_t n)
{
    size_t count;
    if (size_mul(&count, n, n_partitions))
        s->pairs = mem_new(count, sizeof *s->pairs);
    if (!s->pairs)
        return false;
    for (size_t p = 0; p < n_partitions; p++)
        for (size_t i = 0; i < n; i++)
            if (truth[i])
                s->pairs[s->count++] = (pair){(double)scores[p * n + i], truth[i] > 0};
    for (size_t i = 0; i < n; i++) {
        s->positive += truth[i] > 0;
        s->negative += truth[i] < 0;
    }
    s->high = (s->positive + 1) / (s->positive + 2);
    s->low = 1 / (s->negative + 2);
    return true;
}

/* -Σ t ln p + (1 - t) ln(1 - p), in the form that neither overflows nor cancels */
static double cross_entropy(const sample *s, double slope, double offset)
{
    double sum = 0;
    for (size_t k = 0; k < s->count; k++) {
        double target = s->pairs[k].positive ? s->high : s->low;
        double z = s->pairs[k].score * slope + offset;
        sum += z >= 0 ? target * z + log1p(exp(-z)) : (target - 1) * z + log1p(exp(z));
    }
    return sum;
}

/* Gradient g and Hessian h (of slope; both; offset) of the cross-entropy. */
static void derivatives(const sample *s, double slope, double offset, double g[2], double h[3])
{
    const double ridge = 1e-12; /* keeps the Hessian invertible */
    g[0] = g[1] = h[1] = 0;
    h[0] = h[2] = ridge;
    for (size_t k = 0; k < s->count; k++) {
        double score = s->pairs[k].score;
        double z = score * slope + offset;
        double e = exp(-fabs(z));
        double p = (z >= 0 ? e : 1) / (1 + e);
        double curve = e / ((1 + e) * (1 + e)); /* p (1 - p) */
        double residue = (s->pairs[k].positive ? s->high : s->low) - p;
        g[0] += score * residue;
        g[1] += residue;
        h[0] += score * score * curve;
        h[1] += score * curve;
        h[2] += curve;
    }
}

/* Goes along the Newton step, halving it until the cross-entropy falls enough; false if it never
   does: the minimum is reached as nearly as doubles allow. */
static bool descend(const sample *s, calibration *c, double *value, const double g[2],
                    const double step[2])
{
    double descent = g[0] * step[0] + g[1] * step[1];
    for (double length = 1; length >= 1e-10; length /= 2) {
        double slope = c->slope + length * step[0];
        double offset = c->offset + length * step[1];
        double reached = cross_entropy(s, slope, offset);
        if (reached < *value + 1e-4 * length * descent) {
            *c = (calibration){slope, offset};
            *value = reached;
            return true;
        }
    }
    return false;
}

static calibration platt(const sample *s)
{
    calibration c = {0, log((s->negative + 1) / (s->positive + 1))};
    double value = cross_entropy(s, c.slope, c.offset);
    for (int iteration = 0; iteration < 100; iteration++) {
        double g[2], h[3];
        derivatives(s, c.slope, c.offset, g, h);
        if (fabs(g[0]) < 1e-8 && fabs(g[1]) < 1e-8)
            break;
        double determinant = h[0] * h[2] - h[1] * h[1];
        double step[2] = {-(h[2] * g[0] - h[1] * g[1]) / determinant,
                          -(h[0] * g[1] - h[1] * g[0]) / determinant};
        if (!descend(s, &c, &value, g, step))
            break;
    }
    return c;
}

/* Slope -1; the offset by bisection: the mean probability falls as it grows. */
static calibration match_prevalence(const sample *s)
{
    double total = s->positive + s->negative;
    double wanted = total > 0 ? (s->positive + 0.5) / (total + 1) : 0.5;
    double low = -1e3, high = 1e3;
    for (int halving = 0; halving < 100; halving++) {
        double offset = (low + high) / 2;
        double sum = 0;
        for (size_t k = 0; k < s->count; k++)
            sum += (double)platt_probability(-1, offset, (float)s->pairs[k].score);
        if (sum > wanted * (double)s->count)
            low = offset;
        else
            high = offset;
    }
    return (calibration){-1, (low + high) / 2};
}

/* Whether floats tell the probabilities of neighbouring scores apart about the cut. */
static bool usable(const calibration *c, float cut)
{
    if (!isfinite(c->slope) || !isfinite(c->offset) || c->slope > -1e-3)
        return false;
    double at_cut = (double)platt_probability(c->slope, c->offset, cut);
    return at_cut > 1e-6 && at_cut < 1 - 1e-3;
}

ttag_status calibration_fit(calibration *out, const float *scores, size_t n_partitions,
                            const signed char *truth, size_t n, float cut)
{
    sample s = {0};
    if (!sample_make(&s, scores, n_partitions, truth, n))
        return TTAG_NOMEM;
    *out = platt(&s);
    if (!usable(out, cut))
        *out = match_prevalence(&s);
    mem_free(s.pairs);
    return TTAG_OK;
}
