/* What a training that was cut short has left undone. */
#ifndef TRAIN_UNFINISHED_H
#define TRAIN_UNFINISHED_H

#include "train/labels.h"
#include "train/solve.h"
#include "ttag/train.h"

typedef struct unfinished_facts {
    const labels *labels;
    const bool *finished;      /* n_tags */
    const solve_state *states; /* n_tags */
    bool search_cut_short;     /* of costs, or of gamma */
} unfinished_facts;

/* Counts the tags that are not finished, finds out why, and names them to the monitor. */
void unfinished_tell(ttag_train_counts *counts, const unfinished_facts *facts, deadline *ended,
                     const ttag_monitor *monitor);

#endif
