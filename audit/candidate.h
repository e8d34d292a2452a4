/* An article that may be picked, with all that is asked of it later. */
#ifndef AUDIT_CANDIDATE_H
#define AUDIT_CANDIDATE_H

#include "base/buffer.h"
#include "ttag/features.h"
#include "ttag/pick.h"

enum { UNSURE_MOST = 3 };

typedef struct candidate {
    double doubt;
    size_t number; /* of the article, in the order of the feed */
    /* The rest is the candidate's own: */
    buffer bytes; /* record, or id, title and text */
    size_t record_size, id_size, title_size;
    const char *path;
    size_t line;
    uint32_t *terms; /* n_terms, rising */
    float *values;   /* of length 1 */
    size_t n_terms;
    ttag_pick_tag *suggested;
    size_t n_suggested;
    ttag_pick_tag unsure[UNSURE_MOST];
    size_t n_unsure;
} candidate;

/* Copies the article, its vector, of the tags the given ones, the likeliest first and `suggest` at
   most, and those most in doubt. `found` has n_tags. `c` has its doubt and number, all else is
   zero; dispose even after a failure. false: no memory. */
bool candidate_fill(candidate *c, const ttag_article *article, const ttag_vector *vector,
                    const ttag_pick_tag *found, size_t n_tags, size_t suggest);

/* likeness = x · z of the two vectors, at most 1 */
double candidate_likeness(const candidate *a, const candidate *b);

/* All but the likeness, borrowed from the candidate. */
void candidate_show(ttag_picked *to, const candidate *from);

void candidate_dispose(candidate *item);

#endif
