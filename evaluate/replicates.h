/* Figures of an evaluation's articles, drawn again and again: what a bootstrap is made of. Two
   evaluations of the same articles draw the same ones, if their seeds are the same. */
#ifndef EVALUATE_REPLICATES_H
#define EVALUATE_REPLICATES_H

#include "evaluate/verdicts.h"
#include "ttag/evaluate.h"

/* Figures over all tags, by the names that they have in ttag_evaluation. */
typedef struct replicate_means {
    ttag_scores micro, macro, weighted, samples, per_article;
    double subset_accuracy, jaccard;
} replicate_means;

typedef struct replicates {
    size_t count, n_tags;
    replicate_means *means; /* count + 1: the last one of the articles as they are */
    uint32_t *counts;       /* (count + 1) x n_tags x VERDICT_KINDS: cases of each tag */
} replicates;

/* Draws the articles `count` times. Any number of threads gives the same. TTAG_OK, TTAG_NOMEM,
   TTAG_CANCELLED. Dispose even after a failure. */
ttag_status replicates_draw(replicates *r, const verdicts *v, size_t count, uint64_t seed,
                            unsigned threads, const ttag_monitor *monitor, ttag_error *err);
void replicates_dispose(replicates *r);

/* Cases of a tag in a replicate, as an array by kind. */
static inline const uint32_t *replicates_cases(const replicates *r, size_t replicate, size_t tag)
{
    return r->counts + (replicate * r->n_tags + tag) * VERDICT_KINDS;
}

#endif
