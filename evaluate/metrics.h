/* The figures that compare given tags with true ones: F1 and its means, subset accuracy, Hamming
   loss, Jaccard index. */
#ifndef EVALUATE_METRICS_H
#define EVALUATE_METRICS_H

#include "evaluate/outcomes.h"
#include "ttag/evaluate.h"

/* precision = tp / (tp + fp), recall = tp / (tp + fn), f1 = 2 tp / (2 tp + fp + fn); 0 / 0 is 0 */
ttag_scores scores_from(size_t tp, size_t fp, size_t fn);

/* Means: sum += weight · s, then sum / weights; of no weights 0. */
static inline void scores_add(ttag_scores *sum, ttag_scores s, double weight)
{
    sum->precision += s.precision * weight;
    sum->recall += s.recall * weight;
    sum->f1 += s.f1 * weight;
}

static inline ttag_scores scores_mean(ttag_scores sum, double weights)
{
    if (weights <= 0)
        return (ttag_scores){0, 0, 0};
    return (ttag_scores){sum.precision / weights, sum.recall / weights, sum.f1 / weights};
}

/* Fills documents, micro … jaccard of `e`, and support … f1 of `tags` (o->n_tags of them). */
void metrics_fill(ttag_evaluation *e, ttag_tag_scores *tags, const outcomes *o);

#endif
