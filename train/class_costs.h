/* What an article costs where it is on the wrong side of the margin: C of the C-SVC, for each
   class. */
#ifndef TRAIN_CLASS_COSTS_H
#define TRAIN_CLASS_COSTS_H

typedef struct class_costs {
    double negative;
    double positive;
} class_costs;

/* truth: +1 or -1 */
static inline double class_cost(const class_costs *c, int truth)
{
    return truth > 0 ? c->positive : c->negative;
}

#endif
