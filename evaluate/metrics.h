/* The figures that compare given tags with true ones: F1 and its means, subset accuracy, Hamming
   loss, Jaccard index. */
#ifndef EVALUATE_METRICS_H
#define EVALUATE_METRICS_H

#include "evaluate/outcomes.h"
#include "ttag/evaluate.h"

/* precision = tp / (tp + fp), recall = tp / (tp + fn), f1 = 2 tp / (2 tp + fp + fn); 0 / 0 is 0 */
ttag_scores scores_from(size_t tp, size_t fp, size_t fn);

/* Fills documents, micro … jaccard of `e`, and support … f1 of `tags` (o->n_tags of them). */
void metrics_fill(ttag_evaluation *e, ttag_tag_scores *tags, const outcomes *o);

#endif
