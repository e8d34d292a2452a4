/* A paired bootstrap: both evaluations on the same draws of articles. */
#ifndef EVALUATE_PAIRED_H
#define EVALUATE_PAIRED_H

#include "evaluate/bootstrap.h"
#include "ttag/compare.h"

/* Fills the five means, subset_accuracy and jaccard of `c`, and the scores of its tags (n_tags of
   `tags`). `a` and `b` are of the same articles and tags. TTAG_OK, TTAG_NOMEM, TTAG_CANCELLED. */
ttag_status paired_fill(ttag_comparison *c, ttag_compared_tag *tags, const verdicts *a,
                        const verdicts *b, const bootstrap_opts *opts, ttag_error *err);

/* A change from `a` to `b`, of which `values` are n replicates, n > 0; they are sorted. */
ttag_change paired_change(double *values, size_t n, double a, double b);

#endif
