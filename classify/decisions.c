/* given if and only if probability >= threshold, both as float */
#include "classify/decisions.h"

#include <math.h>
#include <string.h>

#include "base/sigmoid.h"

float decision_threshold(const ttag_model_tag *tag, const ttag_classify_opts *opts)
{
    switch (opts->cut) {
    case TTAG_CUT_FIXED:
        return (float)opts->probability;
    case TTAG_CUT_ZERO:
        return 0;
    default:
        return tag->threshold;
    }
}

static bool is_given(const ttag_decision *decision, const ttag_model_tag *tag, bool calibrated,
                     const ttag_classify_opts *opts)
{
    if (tag->constant)
        return true;
    /* of a model that is not calibrated the threshold is probability 0.5, which is score 0 */
    if (opts->cut == TTAG_CUT_ZERO || (opts->cut == TTAG_CUT_MODEL && !calibrated))
        return decision->score >= 0;
    return decision->probability >= decision_threshold(tag, opts);
}

/* The probability that review is measured from. */
static double reviewed_threshold(const ttag_model_tag *tag, bool calibrated,
                                 const ttag_classify_opts *opts)
{
    if (opts->cut == TTAG_CUT_ZERO || (opts->cut == TTAG_CUT_MODEL && !calibrated))
        return (double)tag_probability(tag, 0);
    return (double)decision_threshold(tag, opts);
}

float tag_probability(const ttag_model_tag *tag, float score)
{
    if (tag->n_points > 0)
        return line_probability(tag->points, tag->n_points, tag->slope, score);
    return platt_probability(tag->slope, tag->offset, score);
}

static bool is_near(const ttag_decision *decision, const ttag_model_tag *tag, bool calibrated,
                    const ttag_classify_opts *opts)
{
    double threshold = reviewed_threshold(tag, calibrated, opts);
    return !tag->constant && fabs((double)decision->probability - threshold) <= opts->unsure;
}

static inline void decide(ttag_decision *out, const ttag_model_tag *tag, float score,
                          bool calibrated, const ttag_classify_opts *opts)
{
    *out = (ttag_decision){.score = score, .probability = 1, .implied_by = TTAG_NO_TAG};
    if (!tag->constant && tag->n_points == 0) /* most are */
        out->probability = platt_probability(tag->slope, tag->offset, score);
    else if (!tag->constant)
        out->probability = tag_probability(tag, score);
    out->given = is_given(out, tag, calibrated, opts);
    if (opts->unsure > 0)
        out->review = is_near(out, tag, calibrated, opts);
}

ttag_decision decide_tag(const ttag_model_tag *tag, float score, bool calibrated,
                         const ttag_classify_opts *opts)
{
    ttag_decision decision;
    decide(&decision, tag, score, calibrated, opts);
    return decision;
}

void decide_tags(ttag_decision *decisions, const float *scores, const ttag_model_parts *parts,
                 const ttag_classify_opts *opts)
{
    for (size_t t = 0; t < parts->n_tags; t++) {
        decide(&decisions[t], &parts->tags[t], scores[t], parts->calibrated, opts);
        decisions[t].tag = (uint32_t)t;
    }
}

/* ---- Order. ---- */

uint64_t decision_key(const ttag_decision *decision)
{
    uint32_t bits; /* of floats that are not negative, these rise as the floats do */
    memcpy(&bits, &decision->probability, sizeof bits);
    return (uint64_t)(UINT32_MAX - bits) << 32 | decision->tag;
}

static void sift_down(uint64_t *keys, size_t root, size_t n)
{
    uint64_t key = keys[root];
    for (size_t child; (child = 2 * root + 1) < n; root = child) {
        if (child + 1 < n && keys[child + 1] > keys[child])
            child++;
        if (keys[child] <= key)
            break;
        keys[root] = keys[child];
    }
    keys[root] = key;
}

void decision_keys_sort(uint64_t *keys, size_t n)
{
    for (size_t i = n / 2; i > 0; i--)
        sift_down(keys, i - 1, n);
    for (size_t end = n; end > 1; end--) {
        uint64_t largest = keys[0];
        keys[0] = keys[end - 1];
        keys[end - 1] = largest;
        sift_down(keys, 0, end - 1);
    }
}
