/* Pairs of articles whose shingles are similar: proposed by bands of signatures that agree, then
   compared exactly. */
#ifndef AUDIT_NEAR_PAIRS_H
#define AUDIT_NEAR_PAIRS_H

#include "audit/article_words.h"

/* Below so many shingles a common phrase would make two articles similar. */
enum { NEAR_LEAST_SHINGLES = 16 };

typedef struct near_pair {
    uint32_t a, b; /* a < b */
    double similarity;
} near_pair;

typedef struct near_task {
    const article_words *words;
    const uint32_t *which; /* n numbers of articles to compare, rising; none equal to another */
    size_t n;
    double least;
    unsigned threads;
    const ttag_monitor *monitor;
} near_task;

/* All pairs that were proposed and are at least so similar, ascending. Where very many agree in a
   band, each is compared with some of them only: enough to chain them. TTAG_NOMEM,
   TTAG_CANCELLED. */
ttag_status near_pairs_find(near_pair **out, size_t *n_out, const near_task *task);

#endif
