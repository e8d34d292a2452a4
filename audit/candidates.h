/* Articles that may be picked: the most doubtful so far, with all that is asked of them later. */
#ifndef AUDIT_CANDIDATES_H
#define AUDIT_CANDIDATES_H

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

/* The `most` with the greatest doubt, of equals those that came first. Zero-initialise, then set
   `most`. */
typedef struct candidates {
    candidate *items; /* a heap, the least doubtful one on top, until candidates_sort */
    size_t count, capacity, most;
} candidates;

/* Whether an article with that doubt would be kept. */
bool candidates_want(const candidates *c, double doubt);
/* Takes over what `item` owns, and drops the least doubtful one where there are too many. false: no
   memory, and the item is disposed of. */
bool candidates_add(candidates *c, candidate *item);
/* The most doubtful first. */
void candidates_sort(candidates *c);

void candidate_dispose(candidate *item);
void candidates_dispose(candidates *c);

#endif
