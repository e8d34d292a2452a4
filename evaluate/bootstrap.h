/* How sure the figures of an evaluation are: 95 % intervals by the bootstrap (Efron and Tibshirani,
   "An introduction to the bootstrap", 1993, chapters 13 and 14). Articles are drawn with
   replacement, as many as there are, again and again; the spread of the figures over these
   replicates is that over other articles of the kind.

   Which way of the book, and why (tests/unit/test_bootstrap.c and test_coverage.c measure it):
   - micro, and the three of each tag: from the 2.5th to the 97.5th percentile, half a case of each
     kind (hit, false alarm, miss) having been added on average to every replicate. Without that,
     50 hits and no miss would be called certain, and the intervals of figures near 1 hold the true
     value in 91 % of cases rather than 95. Replicates where the figure is 0 / 0 do not count: of a
     tag without a case the interval is 0 to 1.
   - macro: as far to the one side of the figure as the percentiles lie to the other (the basic
     interval). A sample holds fewer of the rare tags than there are, so that its macro is too
   small, and that of a sample of the sample once more.
   - the others: percentiles.
   An interval holds its figure, and lies within 0 and 1. */
#ifndef EVALUATE_BOOTSTRAP_H
#define EVALUATE_BOOTSTRAP_H

#include "evaluate/replicates.h"

typedef struct bootstrap_opts {
    size_t replicates; /* 1 or more; 1,000 are usual */
    uint64_t seed;
    unsigned threads; /* 1 or more; never changes the result */
    const ttag_monitor *monitor;
} bootstrap_opts;

#define BOOTSTRAP_OPTS_INIT                                                                        \
    {                                                                                              \
        1000, 1, 1, NULL                                                                           \
    }

/* Zero-initialise before use. */
typedef struct bootstrap {
    ttag_score_intervals micro, macro, weighted, samples, per_article;
    ttag_interval subset_accuracy, jaccard;
    ttag_score_intervals *tags; /* n_tags, in the order of the outcomes */
    size_t n_tags;
} bootstrap;

/* The intervals of all figures. TTAG_OK, TTAG_NOMEM, TTAG_CANCELLED. Dispose even after a
   failure. */
ttag_status bootstrap_fill(bootstrap *b, const verdicts *v, const bootstrap_opts *opts,
                           ttag_error *err);
void bootstrap_dispose(bootstrap *b);

/* The 2.5th and the 97.5th percentile of `count` values, 1 or more, which it sorts. */
ttag_interval interval_of(double *values, size_t count);

#endif
