/* How sure the micro-F1 that a smaller model loses is. */
#ifndef EVALUATE_SHRINK_LOSS_H
#define EVALUATE_SHRINK_LOSS_H

#include "evaluate/outcomes.h"

/* Standard error of the difference of the micro-F1 of two models on the same articles, as these are
   a sample: both outcomes are marked with what is true. */
double micro_loss_error(const outcomes *before, const outcomes *after);

#endif
