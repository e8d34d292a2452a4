/* The most doubtful articles so far. */
#ifndef AUDIT_CANDIDATES_H
#define AUDIT_CANDIDATES_H

#include "audit/candidate.h"

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

void candidates_dispose(candidates *c);

#endif
