/* One tag's problems, solved by one of several workers. */
#ifndef TRAIN_SOLVE_JOB_H
#define TRAIN_SOLVE_JOB_H

#include "train/fold_problems.h"
#include "train/scaled_folds.h"
#include "train/solve.h"

typedef struct solve_job {
    uint32_t tag;
    double effort; /* expected, in no unit */
} solve_job;

/* What each worker needs. */
typedef struct solve_worker {
    active_scratch active;
    fold_scratch folds;
    scaled_scratch scaled; /* in place of folds, where terms have factors */
    rbf_scratch rbf;
    signed char *truth;  /* n_articles */
    float *probe_scores; /* most partitions x probes */
} solve_worker;

typedef struct solve_work {
    const solve_task *task;
    solve_result *result;
    kernel_source source;
    solve_job *jobs;
    size_t n_jobs;
    near_set *near; /* n_tags: articles to begin with */
    solve_worker *workers;
    double *finished_effort; /* n_jobs + 1: of so many first jobs */
    bool *failed;            /* n_tags: libsvm found no finite solution */
} solve_work;

/* What a worker needs for a task; source: of the linear kernel. TTAG_NOMEM; to be disposed of in
   any case. */
ttag_status solve_worker_reserve(solve_worker *w, const solve_task *task,
                                 const kernel_source *source);
void solve_worker_dispose(solve_worker *w);

/* For parallel_for, over w->jobs; context: the solve_work. TTAG_CANCELLED: the deadline has come;
   TTAG_INVALID: libsvm found no finite solution, and w->failed names the tag. */
ttag_status solve_job_run(void *context, size_t index, unsigned worker);
/* What screening found, or a few steps, stand in for what was not reached. */
ttag_status solve_job_approximate(void *context, size_t index, unsigned worker);

#endif
