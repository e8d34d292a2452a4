/* From a score to a probability: one definition for training, which makes the thresholds, and for
   classifying, which compares with them. */
#ifndef BASE_SIGMOID_H
#define BASE_SIGMOID_H

#include <math.h>
#include <stddef.h>

/* 1 / (1 + exp(slope * score + offset)), without overflow on either side */
static inline float platt_probability(double slope, double offset, float score)
{
    double z = slope * (double)score + offset;
    if (z < 0)
        return (float)(1.0 / (1.0 + exp(z)));
    double e = exp(-z);
    return (float)(e / (1.0 + e));
}

/* The same with a line in place of a slope: n >= 2 points (score, log-odds), both rising, 2 floats
   each; beyond the first and the last the line goes on with half the slope.
   z = y0 + (y1 - y0) (score - x0) / (x1 - x0) */
static inline double line_log_odds(const float *points, size_t n, double slope, float score)
{
    double x = (double)score, z;
    size_t k = 0;
    while (k < n && score > points[2 * k])
        k++;
    if (k == 0 || k == n) {
        const float *end = points + (k == 0 ? 0 : 2 * (n - 1));
        z = (double)end[1] - slope / 2 * (x - (double)end[0]);
    } else {
        double x0 = (double)points[2 * k - 2], x1 = (double)points[2 * k];
        double y0 = (double)points[2 * k - 1], y1 = (double)points[2 * k + 1];
        z = y0 + (y1 - y0) * ((x - x0) / (x1 - x0));
        z = z < y1 ? z : y1; /* rounding must not lift it over what follows */
    }
    return z;
}

/* p = 1 / (1 + exp(-z)) */
static inline float line_probability(const float *points, size_t n, double slope, float score)
{
    return platt_probability(-1, -line_log_odds(points, n, slope, score), 0);
}

#endif
