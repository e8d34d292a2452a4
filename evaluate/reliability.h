/* Expected calibration error of one tag. */
#ifndef EVALUATE_RELIABILITY_H
#define EVALUATE_RELIABILITY_H

#include "evaluate/ranked.h"

/* `items` in rising order of probability. 0 for none. */
double calibration_error(const ranked *items, size_t count);

#endif
