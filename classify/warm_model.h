/* A copy of what tagging reads of a linear model, made once so much text has passed that it pays:
   in huge pages, rows of weights without their zeros, terms in another order. All workspaces of the
   model share it. Scores are the same bits; evidence, which names terms, is none of its business.
 */
#ifndef CLASSIFY_WARM_MODEL_H
#define CLASSIFY_WARM_MODEL_H

#include "classify/sparse_rows.h"
#include "ttag/model.h"

/* Terms are numbered by falling df, so that what stands term by term has its hot part at the front.
   What needs no look-up (offsets, df) is the model's own, by its numbers. */
typedef struct warm_model {
    ttag_vocabulary vocabulary;
    sparse_rows weights;
} warm_model;

/* Bytes of text that a workspace tags before it asks. With a model of 340,000 bigrams, making the
   copy takes as long as tagging 2 MB, and saves as much in 6. */
enum { WARM_AFTER = 4 << 20, WARM_AGAIN = 1 << 20 };

/* Where a model keeps it. */
typedef struct warm_place warm_place;

warm_place *warm_place_new(void); /* NULL: no memory */
void warm_place_free(warm_place *place);

/* The copy, which the first who asks makes. NULL: another thread is making it, or there is none:
   too large, no memory, a CPU that does not gain by it, or a model whose numbers are out of bounds.
 */
const warm_model *warm_model_get(warm_place *place, const ttag_model_parts *parts);

#endif
