/* From scores to probabilities to given tags, and their order. */
#ifndef CLASSIFY_DECISIONS_H
#define CLASSIFY_DECISIONS_H

#include "ttag/classify.h"

/* Of a tag that is not constant. */
float tag_probability(const ttag_model_tag *tag, float score);

/* The decision about one tag; its position is not known here. */
ttag_decision decide_tag(const ttag_model_tag *tag, float score, bool calibrated,
                         const ttag_classify_opts *opts);

/* One decision per tag, in order of the tags. */
void decide_tags(ttag_decision *decisions, const float *scores, const ttag_model_parts *parts,
                 const ttag_classify_opts *opts);

/* Whether a result of given tags alone lists it. */
static inline bool decision_is_listed(const ttag_decision *decision)
{
    return decision->given || decision->review;
}

/* The lowest probability with which the rule gives a tag; 0 where it does not look at it. */
float decision_threshold(const ttag_model_tag *tag, const ttag_classify_opts *opts);

/* Sorts keys that decision_key made: falling probability, equal ones by position. No memory is
   taken. */
void decision_keys_sort(uint64_t *keys, size_t n);

/* A decision as a number that sorts; its lower half is the tag. */
uint64_t decision_key(const ttag_decision *decision);

static inline uint32_t decision_key_tag(uint64_t key)
{
    return (uint32_t)key;
}

#endif
