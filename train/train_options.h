/* What the options of a training say: whether they hold together, and how many partitions into
   folds they give a tag. */
#ifndef TRAIN_TRAIN_OPTIONS_H
#define TRAIN_TRAIN_OPTIONS_H

#include "ttag/train.h"

/* Partitions that a caller may ask for. */
enum { PARTITIONS_MOST = 100 };

/* What is wrong with how cuts and calibrations are chosen, or NULL: the bound of the rule, which
   itself is in range, the kind of calibration, the folds. */
const char *cut_opts_check(ttag_threshold_rule rule, double bound, ttag_calibration calibration,
                           uint32_t folds);

/* How many partitions into folds the cut of a tag with so many articles rests on: as asked for, or
   more where few positive articles make it noisy. */
uint32_t partitions_of_tag(const ttag_train_opts *opts, size_t support);

#endif
