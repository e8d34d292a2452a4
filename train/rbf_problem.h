/* A tag with the RBF kernel: the C-SVC on all articles, and on all but one fold of each partition.

   train/smo.h solves on all articles at once; libsvm then solves, from nothing, on those on or near
   the margin, and all others are checked, as in train/active_set.h. The folds begin at its solution
   with the held-out articles' alphas taken back. */
#ifndef TRAIN_RBF_PROBLEM_H
#define TRAIN_RBF_PROBLEM_H

#include "train/active_set.h"
#include "train/certificate.h"
#include "train/class_costs.h"
#include "train/rbf_matrix.h"

typedef struct rbf_task {
    const rbf_matrix *kernel;
    const signed char *truth; /* n: +1, -1; 0: does not count. Both classes */
    class_costs costs;
    const float *counts_as; /* n: the articles' own weights; NULL: 1 each */
    double tolerance;
    double fold_tolerance;
    size_t memory;        /* bytes that the matrix and libsvm's copy of a part of it may take */
    deadline *deadline;   /* NULL: none */
    bool search;          /* the folds begin at our own solver's solution; libsvm is not asked */
    const uint8_t *folds; /* n_partitions x n */
    uint32_t n_partitions;
    uint32_t n_folds; /* 0: no out-of-fold scores */
} rbf_task;

/* What comes out: with `search` the scores alone. */
typedef struct rbf_result {
    libsvm_solution *solution;
    active_report *report;
    certificate *certificate;
    float *scores;  /* n_partitions x n, out of fold; where nothing is known left as it is */
    bool *is_whole; /* set once all but the scores is there */
} rbf_result;

/* What a thread needs. Zero-initialise before rbf_scratch_init. */
typedef struct rbf_scratch {
    smo problem;
    double *scores;   /* n: decision values of the solution on all articles */
    double *coefs;    /* n: its alphas times y */
    double bias;      /* and its bias */
    uint32_t *active; /* n: what libsvm sees */
    bool *is_active;  /* n */
} rbf_scratch;

ttag_status rbf_scratch_init(rbf_scratch *s, size_t n);
void rbf_scratch_dispose(rbf_scratch *s);

/* TTAG_NOMEM; TTAG_LIMIT; TTAG_INVALID: no finite solution; TTAG_CANCELLED: the deadline came, and
   the solution is what was reached, or empty where that is less than rbf_problem_approximate
   finds. libsvm itself is never cut short. */
ttag_status rbf_problem_solve(const rbf_result *out, rbf_scratch *scratch, const rbf_task *task);

/* A rough solution on all articles, by so few steps of our own solver that screening takes as long;
   no scores. TTAG_NOMEM. */
ttag_status rbf_problem_approximate(const rbf_result *out, rbf_scratch *scratch,
                                    const rbf_task *task);

#endif
