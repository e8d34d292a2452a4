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

#endif
