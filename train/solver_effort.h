/* How long libsvm and descent would take, so that the far quicker one can be chosen: additions of
   one term's value, sixteen tags or articles at once, counted from the terms that articles really
   hold. */
#ifndef TRAIN_SOLVER_EFFORT_H
#define TRAIN_SOLVER_EFFORT_H

#include "train/kernel.h"
#include "train/solve.h"

typedef struct solver_effort {
    double libsvm;
    double descent;
} solver_effort;

/* Where terms are scaled for each tag, so that every fold has kernel values of its own. near: each
   tag's articles to begin with, as screening found them. */
solver_effort solver_effort_of(const solve_task *task, const kernel_source *source,
                               const near_set *near);

/* Whether libsvm would take long, and descent less than half of that. */
bool descent_is_far_quicker(const solver_effort *effort);

#endif
