/* Which tags go together, and which are taken for one another. */
#ifndef EVALUATE_TAG_PAIRS_H
#define EVALUATE_TAG_PAIRS_H

#include "evaluate/outcomes.h"
#include "ttag/evaluate.h"

enum { PAIRED_TAGS_MOST = 500 };

/* Counts of articles, each n x n of the n most frequent tags (by articles that carry them). */
typedef struct tag_pairs {
    size_t n;
    uint32_t *tags;         /* n: which they are, the most frequent first */
    uint32_t *true_true;    /* both are true; on the diagonal: one is */
    uint32_t *given_true;   /* [given][true], right or wrong */
    uint32_t *wrong_missed; /* [given, not true][true, not given]: taken for one another */
    uint32_t *given;        /* n: articles to which each was given */
} tag_pairs;

ttag_status tag_pairs_init(tag_pairs *p, const ttag_evaluation *e, const outcomes *o,
                           ttag_error *err);
void tag_pairs_dispose(tag_pairs *p);

/* A cell of one of the tables. */
typedef struct tag_pair {
    uint32_t row, column; /* positions in tags */
    uint32_t count;
} tag_pair;

/* The `limit` largest cells off the diagonal, largest first; with `half` only those right of it.
   Yours to mem_free. */
ttag_status tag_pairs_largest(tag_pair **out, size_t *count, const tag_pairs *p,
                              const uint32_t *table, bool half, size_t limit, ttag_error *err);

#endif
