/* Decision values of all tags for one article. */
#ifndef CLASSIFY_SCORE_H
#define CLASSIFY_SCORE_H

#include "ttag/model.h"

/* `scores` has room for parts->weight_stride floats; the first n_tags are the result, and finite:
   what is not a finite number (weights of a damaged model) counts as -FLT_MAX. */
void score_tags(float *scores, const ttag_model_parts *parts, const ttag_vector *vector);

#endif
