/* What an article costs where it is on the wrong side of the margin: C of the C-SVC, for each
   class, times the article's own weight. */
#ifndef TRAIN_CLASS_COSTS_H
#define TRAIN_CLASS_COSTS_H

#include <stddef.h>

typedef struct class_costs {
    double negative;
    double positive;
} class_costs;

/* truth: +1 or -1 */
static inline double class_cost(const class_costs *c, int truth)
{
    return truth > 0 ? c->positive : c->negative;
}

/* weights: of all articles; NULL: 1 each */
static inline double article_cost(const class_costs *c, int truth, const float *weights,
                                  size_t article)
{
    double cost = class_cost(c, truth);
    return weights ? cost * (double)weights[article] : cost;
}

#endif
