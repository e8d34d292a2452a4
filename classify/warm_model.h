/* A copy of what tagging reads of a linear model, made once so much text has passed that it pays:
   in huge pages, terms in another order, weights without their zeros or as single bytes. All
   workspaces of the model share it. Scores are the same bits; evidence, which names terms, is none
   of its business. */
#ifndef CLASSIFY_WARM_MODEL_H
#define CLASSIFY_WARM_MODEL_H

#include "classify/byte_rows.h"
#include "classify/sparse_rows.h"
#include "classify/tag_columns.h"
#include "ttag/model.h"

/* Terms are numbered by falling df, so that what stands term by term has its hot part at the front.
   What needs no look-up (offsets, df) is the model's own, by its numbers. */
typedef struct warm_model {
    ttag_vocabulary vocabulary;
    const uint32_t *originals; /* a term's number in the model */
    sparse_rows weights;       /* what scores are computed from, unless … */
    bool is_rough;             /* … only those of few tags are: */
    shared_columns shared;     /* how tags are put together in … */
    byte_rows rough;           /* … what tells which tags these are, and … */
    tag_columns columns;       /* … some of their weights */
} warm_model;

/* What a copy is for. */
typedef enum warm_use {
    WARM_FOR_ALL_TAGS,
    WARM_FOR_GIVEN_TAGS, /* rough if the model allows it, with columns that tags share */
    WARM_FOR_EACH_TAG,   /* likewise, with a column for each tag: more to read, less to compute */
    WARM_USES
} warm_use;

/* Bytes of text that all workspaces of a model tag before it is made, at most and at least, and
   after which each of them asks. */
enum { WARM_AFTER = 4 << 20, WARM_STEP = 64 << 10, WARM_AFTER_LEAST = 2 * WARM_STEP };

/* How many for this model. What making it takes grows with terms x tags, what it saves with text x
   tags: so it is made after WARM_BYTES_A_TERM for each term, but for the bounds. With 30,000 terms
   making it takes as long as it saves in 1 MB, with 340,000 in 6 to 12. */
enum { WARM_BYTES_A_TERM = 16 };
size_t warm_model_after(const ttag_model_parts *parts);

/* Where a model keeps it. */
typedef struct warm_place warm_place;

warm_place *warm_place_new(void); /* NULL: no memory */
void warm_place_free(warm_place *place);

/* The copy; who asks when enough has been tagged makes it, if it `may_make`. `passed`
   bytes have been since this workspace asked last. NULL: not yet; another thread is making it, or
   has yet to; or there is none: too large, no memory, a CPU that does not gain by it, or a model
   whose numbers are out of bounds. */
const warm_model *warm_model_get(warm_place *place, const ttag_model_parts *parts, warm_use use,
                                 size_t passed, bool may_make);

#endif
