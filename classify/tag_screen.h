/* Which tags an article may be given: those whose score cannot be told to lie under their cut by
   sums of rough weights and a bound on how wrong these are. What is not among them is certainly
   under its cut, by the score that is computed in full; so a result that lists given tags alone
   needs the scores of the others only. The bound is derived in tag_screen.c. */
#ifndef CLASSIFY_TAG_SCREEN_H
#define CLASSIFY_TAG_SCREEN_H

#include "classify/byte_rows.h"
#include "ttag/model.h"

/* What a workspace needs for it. Zero-initialise before use. */
typedef struct tag_screen {
    const byte_rows *weights;      /* rough ones, by the numbers that vectors have; borrowed */
    const shared_columns *columns; /* what they are of; likewise */
    float *limits;                 /* weights->width: the least of cut less bias of the column's
                                      tags; infinite where there are none */
    double most_bias;              /* of any tag, in size */
    uint64_t *bits;   /* weights->width of them: the columns that may be reached, … */
    uint64_t *tags;   /* … and their tags */
    float *values;    /* capacity: of each term, x s */
    uint32_t *rows;   /* capacity: what is summed … */
    uint8_t *factors; /* … and how often */
    size_t capacity;
} tag_screen;

/* `cuts` are those of cuts_find. false: no memory. */
bool tag_screen_init(tag_screen *s, const byte_rows *weights, const shared_columns *columns,
                     const ttag_model_parts *parts, const float *cuts);
void tag_screen_dispose(tag_screen *s);

/* The tags, in rising order, that the vector's article may be given, into tags[n_tags]. Values are
   not negative. Returns how many; SIZE_MAX: nothing can be told, or there is no memory. */
size_t tag_screen_find(tag_screen *s, uint32_t *tags, const ttag_vector *vector);

#endif
