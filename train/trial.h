/* A setting tried out: models of one partition into folds, and how good they are on each fold. */
#ifndef TRAIN_TRIAL_H
#define TRAIN_TRIAL_H

#include "train/fold_figures.h"
#include "train/labels.h"
#include "ttag/train.h"

enum { TRIAL_RULES = 3 /* F1, F1_BEST, F1_COUNT */ };

typedef struct trial {
    fold_figures figures[TRIAL_RULES]; /* of the rule that was asked for all in the first, unless
                                          that is F1's: then of each */
    double cost;                       /* of the last tag that has one; 0: none has */
    double work; /* about how many times as long the training itself takes as this trial */
    size_t n_articles;
} trial_result;

/* What a trial looks at when its models are solved. */
typedef struct trial_view {
    const labels *labels;
    const float **scores;           /* n_tags: of one partition; NULL: the tag is left out */
    const float *cuts;              /* n_tags: cut here; NULL: by the other folds */
    const signed char *whole_truth; /* n_tags x n, of articles made of passages; NULL: labels' */
    const uint8_t *folds;           /* n */
    size_t n;
    uint32_t n_folds;
    cut_rule rule;
    unsigned threads;
} trial_view;

/* Fills out->figures. TTAG_NOMEM. */
ttag_status trial_judge(trial_result *out, const trial_view *view);

/* Reads, trains and judges, by training_trial.c. partitions: as in the options of the training to
   come; opts has one. TTAG_CANCELLED: the monitor asked; else as ttag_train. */
ttag_status trial_run(trial_result *out, ttag_reader *feed, const ttag_train_opts *opts,
                      uint32_t partitions, const ttag_taxonomy *taxonomy, ttag_error *err);

#endif
