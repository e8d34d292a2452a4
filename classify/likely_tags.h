/* The tags that an article may be given, and their scores: what a result of given tags alone needs.
 */
#ifndef CLASSIFY_LIKELY_TAGS_H
#define CLASSIFY_LIKELY_TAGS_H

#include "classify/score.h"
#include "classify/tag_screen.h"
#include "classify/warm_model.h"

/* Zero-initialise before use. */
typedef struct likely_tags {
    const warm_model *warm; /* borrowed; NULL: there is none yet */
    tag_screen screen;
    uint32_t *tags; /* n, in rising order; room for all */
    size_t n;
    bool all;     /* nothing could be told, so that all tags have their scores */
    bool crowded; /* so many are likely that each tag should have a column of its own */
    size_t n_articles, n_likely; /* of some articles: what that is told from */
    uint32_t *terms;             /* capacity: the vector's, by the model's numbers */
    size_t capacity;
} likely_tags;

/* From a rough copy of the model. false: no memory; dispose all the same. */
bool likely_tags_init(likely_tags *l, const warm_model *warm, const ttag_model_parts *parts,
                      const float *cuts);
void likely_tags_dispose(likely_tags *l);

/* Finds them, and scores[t] of each of them, as score_tags does. The vector's terms are the copy's.
   false: no memory. */
bool likely_tags_score(likely_tags *l, float *scores, const scorer *s, const ttag_vector *vector);

#endif
