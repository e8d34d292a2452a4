/* From the scores of pieces to a passage's, from passages' to the article's. Training and
   classifying both go this way, with the same additions in the same order. */
#ifndef FEATURES_COMBINE_H
#define FEATURES_COMBINE_H

#include <float.h>
#include <math.h>

#include "features/pieces.h"

enum { TOP_PASSAGES = 3 };

/* How many streams the rule has. */
static inline unsigned rule_streams(const ttag_passage_rule *rule)
{
    return 1U + (rule->windows[0] > 0 ? 1U : 0U) + (rule->windows[1] > 0 ? 1U : 0U);
}

/* Mean of the streams, each at its highest; -FLT_MAX: the passage has no such window, and is its
   own. */
static inline float combine_streams(const float *streams, size_t stride, unsigned n)
{
    float sum = streams[0];
    for (unsigned k = 1; k < n; k++)
        sum += streams[k * stride] > -FLT_MAX ? streams[k * stride] : streams[0];
    return sum / (float)n;
}

/* Enters a passage's score into the n highest, which fall. */
static inline void keep_highest(float *highest, size_t stride, unsigned n, float score)
{
    for (unsigned k = 0; k < n; k++) {
        float other = highest[k * stride];
        highest[k * stride] = score > other ? score : other;
        score = score > other ? other : score;
    }
}

/* Mean of the n highest, of which -FLT_MAX is none. */
static inline float combine_highest(const float *highest, size_t stride, unsigned n)
{
    float sum = highest[0];
    unsigned count = 1;
    for (; count < n && highest[count * stride] > -FLT_MAX; count++)
        sum += highest[count * stride];
    return sum / (float)count;
}

/* ln n */
static inline float log_passages(size_t n)
{
    return (float)log((double)n);
}

/* Of the three highest, of which -FLT_MAX is none. */
static inline float second_stage_score(const ttag_second_stage *s, const float *highest,
                                       size_t stride, float log_n)
{
    float sum = s->offset + s->length * log_n, last = highest[0];
    for (unsigned k = 0; k < TOP_PASSAGES; k++) {
        float next = highest[k * stride];
        last = next > -FLT_MAX ? next : last;
        sum += s->best[k] * last;
    }
    return fabsf(sum) <= FLT_MAX ? sum : -FLT_MAX;
}

#endif
