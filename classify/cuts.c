/* A probability rises with the score, but for the last bits of exp. So there is a score around
   which alone the rule has to be asked; it is found by bisection, over all floats in their order.
 */
#include "classify/cuts.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "base/sigmoid.h"
#include "base/simd.h"
#include "classify/decisions.h"

/* Floats in their order as numbers, and back. */
static int64_t float_rank(float x)
{
    int32_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits >= 0 ? bits : (int64_t)INT32_MIN - bits;
}

static float ranked_float(int64_t rank)
{
    int32_t bits = (int32_t)(rank >= 0 ? rank : INT32_MIN - rank);
    float x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* The lowest score at which the tag is listed, as if that rose all the way; INFINITY: none. */
static float lowest_listed(const ttag_model_tag *tag, const ttag_model_parts *parts,
                           const ttag_classify_opts *opts)
{
    int64_t low = float_rank(-FLT_MAX), high = float_rank(FLT_MAX) + 1;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        const ttag_decision there = decide_tag(tag, ranked_float(middle), parts->calibrated, opts);
        if (decision_is_listed(&there))
            high = middle;
        else
            low = middle + 1;
    }
    return low > float_rank(FLT_MAX) ? INFINITY : ranked_float(low);
}

/* How far from there the last bits of a probability may matter: where z = slope * score + offset
   differs by 1e-6, it differs by more than exp and a division are wrong, since a probability that
   is a float, or is between two, is 3e-8 away from 1 or more. */
static double margin(const ttag_model_tag *tag)
{
    double least = fabs(tag->slope), largest = fabs(tag->offset);
    for (size_t k = 0; k < tag->n_points; k++)
        largest = fmax(largest, fabs((double)tag->points[2 * k + 1]));
    if (tag->n_points > 0)
        least /= 2;
    for (size_t k = 1; k < tag->n_points; k++) {
        const float *from = tag->points + 2 * (k - 1), *to = from + 2;
        double slope = ((double)to[1] - (double)from[1]) / ((double)to[0] - (double)from[0]);
        least = fmin(least, slope);
    }
    return (1e-6 + 1e-12 * largest) / least;
}

void cuts_find(float *cuts, const ttag_model_parts *parts, const ttag_classify_opts *opts)
{
    for (size_t t = 0; t < parts->n_tags; t++) {
        const ttag_model_tag *tag = &parts->tags[t];
        double cut = (double)lowest_listed(tag, parts, opts) - margin(tag);
        cuts[t] = nextafterf((float)cut, -INFINITY);
    }
}

/* Whether any of the scores may be one that the rule has to be asked about. */
SIMD_CLONES static bool any_reaches(const float *restrict scores, const float *restrict cuts,
                                    size_t n)
{
    int any = 0;
    for (size_t t = 0; t < n; t++)
        any |= !(scores[t] < cuts[t]); /* of a slope of 0, a cut is not a number */
    return any;
}

/* Decides about one tag; whether it is listed. */
static bool decide_one(ttag_decision *decision, uint64_t *key, size_t t, float score,
                       const ttag_model_parts *parts, const ttag_classify_opts *opts)
{
    *decision = decide_tag(&parts->tags[t], score, parts->calibrated, opts);
    decision->tag = (uint32_t)t;
    *key = decision_key(decision);
    return decision_is_listed(decision);
}

size_t cuts_decide(ttag_decision *decisions, uint64_t *keys, const float *scores, const float *cuts,
                   const ttag_model_parts *parts, const ttag_classify_opts *opts)
{
    enum { TOGETHER = 16 }; /* hardly any tag of most articles is near its cut */
    size_t n = 0;
    for (size_t first = 0, next; first < parts->n_tags; first = next) {
        next = parts->n_tags - first < TOGETHER ? parts->n_tags : first + TOGETHER;
        if (!any_reaches(scores + first, cuts + first, next - first))
            continue;
        for (size_t t = first; t < next; t++)
            if (!(scores[t] < cuts[t]))
                n += decide_one(&decisions[t], &keys[n], t, scores[t], parts, opts);
    }
    return n;
}

size_t cuts_decide_some(ttag_decision *decisions, uint64_t *keys, const uint32_t *tags,
                        size_t n_tags, const float *scores, const float *cuts,
                        const ttag_model_parts *parts, const ttag_classify_opts *opts)
{
    size_t n = 0;
    for (size_t i = 0; i < n_tags; i++) {
        size_t t = tags[i];
        if (!(scores[t] < cuts[t]))
            n += decide_one(&decisions[t], &keys[n], t, scores[t], parts, opts);
    }
    return n;
}
