/* Parts articles into folds so that every tag is spread evenly and no group is split: iterative
   stratification (Sechidis, Tsoumakas and Vlahavas 2011) with groups as its items. Articles that
   are not scored have no say; one of a scored article's group goes where that goes. */
#ifndef TRAIN_FOLDS_H
#define TRAIN_FOLDS_H

#include "train/labels.h"

#define FOLDS_MAX 100
#define FOLD_NONE UINT8_MAX /* of an extra article that may stay in every training part */

/* How many of `asked` folds the groups allow; below 2: there can be none. */
uint32_t folds_possible(const labels *l, uint32_t asked);

/* fold[article] = 0 … n_folds - 1, for l->n_articles; FOLD_NONE of those that are not scored and
   belong to no scored one. The same seed gives the same folds. */
ttag_status folds_assign(uint8_t *fold, const labels *l, uint32_t n_folds, uint64_t seed);

#endif
