/* What each article's tags are given as probabilities by models that have not seen it: what
   training computes on the way to thresholds, kept for whoever doubts the labels. */
#ifndef TRAIN_OUT_OF_FOLD_H
#define TRAIN_OUT_OF_FOLD_H

#include "train/calibration_choice.h"
#include "ttag/train.h"

/* Zero-initialise before use. Articles come as training numbers them: in the order of the feed,
   those with ten tags or more that count last. */
typedef struct out_of_fold {
    size_t n_articles, n_tags;
    float *probabilities; /* n_tags x n_articles: means over partitions; NaN: the article is no
                             witness of the tag, or the tag has no folds */
} out_of_fold;

/* ttag_train, which keeps them as well; of articles only, not of passages. */
ttag_status train_out_of_fold(ttag_trained **out, out_of_fold *kept, ttag_reader *feed,
                              const ttag_train_opts *opts, ttag_error *err);
void out_of_fold_dispose(out_of_fold *kept);

/* For training: room for all, without any; then those of a tag. scores: n_partitions x n_articles;
   truth: n_articles, 0: no witness. */
ttag_status out_of_fold_reserve(out_of_fold *kept, size_t n_articles, size_t n_tags);
void out_of_fold_fill(out_of_fold *kept, size_t tag, const float *scores, size_t n_partitions,
                      const signed char *truth, const fitted_calibration *map);

#endif
