/* The gamma of the RBF kernel that gives the best out-of-fold F1. */
#ifndef TRAIN_GAMMA_H
#define TRAIN_GAMMA_H

#include "train/solve.h"
#include "ttag/train.h"

enum { GAMMA_TRIALS = 5 };

/* What came out of one gamma: out of fold, at the cuts that the training will use. */
typedef struct gamma_trial {
    double gamma;
    double micro_f1, macro_f1;
} gamma_trial;

typedef struct gamma_search {
    gamma_trial trials[GAMMA_TRIALS];
    size_t n_trials; /* 0: gamma was given, or there can be no folds */
    bool cut_short;  /* by the deadline: there might have been more */
} gamma_search;

/* Whether the options ask for a search. */
bool gamma_search_wanted(const ttag_train_opts *opts);

/* Makes the matrix of the RBF kernel with opts->gamma or, where that is 0, with the best of 1/8,
   1/4, 1/2, 1 and 2 times s: by the mean of micro- and macro-F1 on the first partition into folds,
   of equal ones the smallest. s is the power of two next to 1 over the mean of |x|², which is 1 for
   rows of norm 1; without folds it is taken as it is. task: that of the training to come; its
   partitions do not count. The same for any number of threads. Of its time the search takes half at
   most; the best trial until then counts, or, without any, s. The matrix is made as screening
   is: where that is owed, whatever comes. TTAG_LIMIT, TTAG_NOMEM, TTAG_CANCELLED. */
ttag_status gamma_search_run(gamma_search *out, rbf_matrix *kernel, const solve_task *task,
                             const ttag_train_opts *opts, ttag_error *err);

#endif
