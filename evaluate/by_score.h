/* The figures that look at scores and probabilities instead of given tags: average precision, its
   mean, and the calibration error. */
#ifndef EVALUATE_BY_SCORE_H
#define EVALUATE_BY_SCORE_H

#include "evaluate/outcomes.h"
#include "ttag/evaluate.h"

/* With fewer positive articles a tag says little about probabilities, and nothing to ece. */
enum { ECE_LEAST_SUPPORT = 20 };

/* Fills map and ece of `e` and average_precision of `tags`, whose support must be there.
   TTAG_OK, TTAG_NOMEM, TTAG_CANCELLED. */
ttag_status by_score_fill(ttag_evaluation *e, ttag_tag_scores *tags, const outcomes *o,
                          unsigned threads, const ttag_monitor *monitor, ttag_error *err);

#endif
