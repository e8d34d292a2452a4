/* Under which score a tag is not listed, so that its probability need not be computed. */
#ifndef CLASSIFY_CUTS_H
#define CLASSIFY_CUTS_H

#include "ttag/classify.h"

/* Fills cuts[n_tags] for tags that are decided with `opts`. */
void cuts_find(float *cuts, const ttag_model_parts *parts, const ttag_classify_opts *opts);

/* Decides about the tags whose score is not under their cut, into decisions[tag]; keys of those
   that are listed, in order of the tags. Returns how many. */
size_t cuts_decide(ttag_decision *decisions, uint64_t *keys, const float *scores, const float *cuts,
                   const ttag_model_parts *parts, const ttag_classify_opts *opts);

/* The same of these n_tags tags, in rising order; of all others it is known that their score is
   under their cut. */
size_t cuts_decide_some(ttag_decision *decisions, uint64_t *keys, const uint32_t *tags,
                        size_t n_tags, const float *scores, const float *cuts,
                        const ttag_model_parts *parts, const ttag_classify_opts *opts);

#endif
