/* A third opinion on a tag's cut, from a sigmoid that all its out-of-fold scores have a say in, not
   only those near the cut.

   With p = Platt's probability of each score, over all partitions, from the highest down:
     c    = the cut of best expected F1 = 2 Σ_given p / (given + Σ_all p), among equals the highest;
            where that is under the floor of train/thresholds.h, the highest score
     cut  = (a + b + c) / 3, of which threshold_fit has found (a + b) / 2
   Of few articles a sigmoid knows little: there (a + b) / 2 stays. */
#ifndef TRAIN_EXPECTED_CUT_H
#define TRAIN_EXPECTED_CUT_H

#include "train/thresholds.h"

/* Articles of either kind, below which there is no c. */
enum { EXPECTED_CUT_LEAST_SUPPORT = 20 };

/* c alone. scores, truth as of threshold_fit. `cut`, in: where probabilities have to tell scores
   apart; it is left as it is where there are too few articles. */
ttag_status expected_cut_choose(float *cut, const float *scores, size_t n_partitions,
                                const signed char *truth, size_t n);

/* t: from threshold_fit on the same scores; its figures become those of the new cut. */
ttag_status expected_cut_join(threshold *t, const float *scores, size_t n_partitions,
                              const signed char *truth, size_t n);

#endif
