/* Fits the scores of a smaller model to those of the large one. */
#ifndef EVALUATE_SHRINK_REFIT_H
#define EVALUATE_SHRINK_REFIT_H

#include "evaluate/outcomes.h"
#include "evaluate/small_model.h"

/* Given both models' scores of the same articles: one factor for all weights, returned, and each
   tag's bias. 1, and nothing changed, where that gives no finite numbers. */
double shrink_refit(small_model *small, const ttag_model_parts *large, const outcomes *old_scores,
                    const outcomes *new_scores);

#endif
