/* Newton's method with backtracking on the cross-entropy of two parameters. */
#include "train/calibration.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/sigmoid.h"
#include "base/simd.h"
#include "train/softplus.h"

/* Articles, each counted once. */
typedef struct article_counts {
    double positive, negative;
} article_counts;

/* The cross-entropy at a slope and an offset, its gradient, and its Hessian (of slope; both;
   offset). */
typedef struct point {
    calibration at;
    double value;
    double gradient[2];
    double hessian[3];
} point;

/* ---- Scores and their targets. ---- */

bool weighed_scores_reserve(weighed_scores *s, size_t most)
{
    size_t room;
    if (!size_add(&room, most, EIGHT))
        return false;
    s->scores = mem_lines(room, sizeof *s->scores);
    s->targets = mem_lines(room, sizeof *s->targets);
    s->counts = mem_lines(room, sizeof *s->counts);
    return s->scores && s->targets && s->counts;
}

void weighed_scores_add(weighed_scores *s, double score, double target, double count)
{
    s->scores[s->count] = score;
    s->targets[s->count] = target;
    s->counts[s->count++] = count;
}

void weighed_scores_dispose(weighed_scores *s)
{
    mem_free(s->scores);
    mem_free(s->targets);
    mem_free(s->counts);
}

/* Up to the next multiple of EIGHT, what counts for nothing. */
static void pad(weighed_scores *s)
{
    for (size_t k = s->count; k % EIGHT != 0; k++)
        s->scores[k] = s->targets[k] = s->counts[k] = 0;
}

/* A second score of an article, from another partition, is no second article. */
static article_counts count_articles(const signed char *truth, size_t n)
{
    article_counts c = {0, 0};
    for (size_t i = 0; i < n; i++) {
        c.positive += truth[i] > 0;
        c.negative += truth[i] < 0;
    }
    return c;
}

/* Targets just inside 0 and 1 (Bayes' rule with a uniform prior). */
static void fill(weighed_scores *s, const float *scores, size_t n_partitions,
                 const signed char *truth, size_t n)
{
    article_counts all = count_articles(truth, n);
    double high = (all.positive + 1) / (all.positive + 2), low = 1 / (all.negative + 2);
    for (size_t k = 0; k < n_partitions * n; k++) {
        signed char known = truth[k % n];
        if (known)
            weighed_scores_add(s, (double)scores[k], known > 0 ? high : low, 1);
    }
}

/* ---- The least cross-entropy. ---- */

static double sum_of(const eight *in)
{
    double parts[EIGHT];
    double sum = 0;
    memcpy(parts, in, sizeof parts);
    for (size_t k = 0; k < EIGHT; k++)
        sum += parts[k];
    return sum;
}

/* -Σ t ln p + (1 - t) ln(1 - p) with z = slope * score + offset and p = 1 / (1 + e^z), as
   Σ t z + max(-z, 0) + ln(1 + e^-|z|), which neither overflows nor cancels */
SIMD_CLONES
static void sum_up(point *out, const weighed_scores *s, double slope, double offset)
{
    const double ridge = 1e-12; /* keeps the Hessian invertible */
    const eight *scores = (const eight *)(const void *)s->scores;
    const eight *targets = (const eight *)(const void *)s->targets;
    const eight *counts = (const eight *)(const void *)s->counts;
    eight value = {0}, g0 = {0}, g1 = {0}, h0 = {0}, h1 = {0}, h2 = {0};
    for (size_t k = 0; k * EIGHT < s->count; k++) {
        eight z = scores[k] * slope + offset;
        eight e, log_term;
        eight_exp_negative(&e, &z);
        eight_log1p(&log_term, &e);
        eight_bits below = z < 0;
        eight lack = (eight)(below & (eight_bits)-z);
        value += counts[k] * (targets[k] * z + lack + log_term);
        eight all = 1.0 + e;
        eight p =
            (eight)((below & (eight_bits)((eight){0} + 1.0)) | (~below & (eight_bits)e)) / all;
        eight curve = counts[k] * (e / (all * all)); /* p (1 - p) */
        eight residue = counts[k] * (targets[k] - p);
        g0 += scores[k] * residue;
        g1 += residue;
        h0 += scores[k] * scores[k] * curve;
        h1 += scores[k] * curve;
        h2 += curve;
    }
    *out = (point){{slope, offset},
                   sum_of(&value),
                   {sum_of(&g0), sum_of(&g1)},
                   {sum_of(&h0) + ridge, sum_of(&h1), sum_of(&h2) + ridge}};
}

/* With w (x - x0)^2 / 2 of the prior. */
static void evaluate(point *out, const weighed_scores *s, const calibration_prior *prior,
                     double slope, double offset)
{
    sum_up(out, s, slope, offset);
    if (!prior)
        return;
    double off[2] = {slope - prior->at.slope, offset - prior->at.offset};
    double worth[2] = {prior->slope_worth, prior->offset_worth};
    for (int k = 0; k < 2; k++) {
        out->value += worth[k] * off[k] * off[k] / 2;
        out->gradient[k] += worth[k] * off[k];
        out->hessian[2 * k] += worth[k];
    }
}

/* Goes along the Newton step, halving it until the cross-entropy falls enough; false if it never
   does: the minimum is reached as nearly as doubles allow. */
static bool descend(const weighed_scores *s, const calibration_prior *prior, point *p,
                    const double step[2])
{
    double descent = p->gradient[0] * step[0] + p->gradient[1] * step[1];
    for (double length = 1; length >= 1e-10; length /= 2) {
        point next;
        evaluate(&next, s, prior, p->at.slope + length * step[0], p->at.offset + length * step[1]);
        if (next.value < p->value + 1e-4 * length * descent) {
            *p = next;
            return true;
        }
    }
    return false;
}

calibration weighed_scores_fit(weighed_scores *s, const calibration_prior *prior)
{
    point p;
    double positive = 0, all = 0;
    pad(s);
    for (size_t k = 0; k < s->count; k++) {
        positive += s->counts[k] * s->targets[k];
        all += s->counts[k];
    }
    if (prior)
        evaluate(&p, s, prior, prior->at.slope, prior->at.offset);
    else
        evaluate(&p, s, NULL, 0, log((all - positive + 1) / (positive + 1)));
    for (int iteration = 0; iteration < 100; iteration++) {
        const double *g = p.gradient;
        const double *h = p.hessian;
        if (fabs(g[0]) < 1e-8 && fabs(g[1]) < 1e-8)
            break;
        double determinant = h[0] * h[2] - h[1] * h[1];
        double step[2] = {-(h[2] * g[0] - h[1] * g[1]) / determinant,
                          -(h[0] * g[1] - h[1] * g[0]) / determinant};
        if (!descend(s, prior, &p, step))
            break;
    }
    return p.at;
}

/* ---- Where there is none that is of use. ---- */

/* Slope -1; the offset by bisection: the mean probability falls as it grows. */
static calibration match_prevalence(const weighed_scores *s, article_counts of)
{
    double total = of.positive + of.negative;
    double wanted = total > 0 ? (of.positive + 0.5) / (total + 1) : 0.5;
    double low = -1e3, high = 1e3;
    for (int halving = 0; halving < 100; halving++) {
        double offset = (low + high) / 2;
        double sum = 0;
        for (size_t k = 0; k < s->count; k++)
            sum += (double)platt_probability(-1, offset, (float)s->scores[k]);
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
    if (isinf(cut))
        return true;
    double at_cut = (double)platt_probability(c->slope, c->offset, cut);
    return at_cut > 1e-6 && at_cut < 1 - 1e-3;
}

ttag_status calibration_fit(calibration *out, const float *scores, size_t n_partitions,
                            const signed char *truth, size_t n, float cut)
{
    weighed_scores s = {0};
    size_t most;
    bool room = size_mul(&most, n, n_partitions) && weighed_scores_reserve(&s, most);
    if (room) {
        fill(&s, scores, n_partitions, truth, n);
        *out = weighed_scores_fit(&s, NULL);
        if (!usable(out, cut))
            *out = match_prevalence(&s, count_articles(truth, n));
    }
    weighed_scores_dispose(&s);
    return room ? TTAG_OK : TTAG_NOMEM;
}
