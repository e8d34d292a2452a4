/* What a learning curve says, in a sentence. */
#ifndef EVALUATE_CURVE_WORDS_H
#define EVALUATE_CURVE_WORDS_H

#include "base/buffer.h"
#include "ttag/curve.h"

/* "More labels help: …" */
void curve_put_verdict(buffer *b, const ttag_curve *c);

/* The numbers of the tags whose last gain is surely above 0, the largest gain first; order: n_tags.
   Returns how many. */
size_t curve_rank_risers(size_t *order, const ttag_curve *c);

#endif
