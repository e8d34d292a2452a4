/* Every tag by dual coordinate descent alone, on all articles and on all but one fold of each of
   its partitions: for so many articles that their kernel matrix does not fit. */
#ifndef TRAIN_LINEAR_H
#define TRAIN_LINEAR_H

#include "train/solve.h"
#include "train/weights.h"

/* Solves as solve_all does, with task->kernel unused and, in place of libsvm's tolerance, `gap`:
   how far each tag's relative duality gap may stay from 0. weights: n_columns x
   weights_stride(n_tags), all 0 before; out->scores as of solve_all, the rest of *out stays empty;
   biases and certificates: n_tags. The same for any number of threads. A tag that does not get
   there is named to the monitor. Once the deadline has come, open tags have what their descent has
   reached; those of blocks that were not begun, where no screening is owed, are never given.
   TTAG_CANCELLED as of solve_all. */
ttag_status linear_solve_all(solve_result *out, float *weights, double *biases,
                             certificate *certificates, const solve_task *task, double gap,
                             ttag_error *err);

#endif
