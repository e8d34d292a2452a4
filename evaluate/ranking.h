/* Average precision of one tag. */
#ifndef EVALUATE_RANKING_H
#define EVALUATE_RANKING_H

#include "evaluate/ranked.h"

/* `items` in rising order of score. 0 without a positive. */
double average_precision(const ranked *items, size_t count);

#endif
