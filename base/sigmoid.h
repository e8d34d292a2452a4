/* From a score to a probability: one definition for training, which makes the thresholds, and for
   classifying, which compares with them. */
#ifndef BASE_SIGMOID_H
#define BASE_SIGMOID_H

#include <math.h>

/* 1 / (1 + exp(slope * score + offset)), without overflow on either side */
static inline float platt_probability(double slope, double offset, float score)
{
    double z = slope * (double)score + offset;
    if (z < 0)
        return (float)(1.0 / (1.0 + exp(z)));
    double e = exp(-z);
    return (float)(e / (1.0 + e));
}

#endif
