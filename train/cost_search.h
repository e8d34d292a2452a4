/* The cost of errors that gives the best out-of-fold F1, for the model or for each tag, and how
   much more an error on an article with the tag should cost.

   Costs go up and down from 1 by factors of two; each trial begins at the solution of the one
   before. Every trial is judged on one partition into folds, with the cut that is best there. */
#ifndef TRAIN_COST_SEARCH_H
#define TRAIN_COST_SEARCH_H

#include "train/solvers.h"

enum { COST_TRIALS_MOST = 16 };

typedef struct cost_trial {
    double cost;
    double positive_weight;
    double micro_f1, macro_f1; /* out of fold */
} cost_trial;

typedef struct cost_search {
    cost_trial trials[COST_TRIALS_MOST]; /* in the order in which they were made */
    size_t n_trials;
    bool cut_short; /* by the deadline: there might have been more */
} cost_search;

/* Whether the options ask for a search. */
bool cost_search_wanted(const ttag_train_opts *opts);

/* Replaces costs[n_tags] of the tags that are not constant by what was found. task: that of the
   training to come, with folds; its costs, partitions and near articles do not count. Of its time
   the search takes half at most; the best trial until then counts, or, without any, the costs stay
   as they are. TTAG_CANCELLED: the monitor asked, and what has been reached is not wanted. */
ttag_status cost_search_run(cost_search *out, class_costs *costs, const solve_task *task,
                            const ttag_train_opts *opts, ttag_error *err);

#endif
