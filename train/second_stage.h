/* The second stage of combining passages: one logistic regression for all tags, whose rows are the
   pairs of an article and a tag.

     minimise |w|²/2 + Σ v log(1 + e^(-y f)),  f = w·z + b,  over w and b

   z: the scores of the three best passages and the logarithm of their number, each with the mean
   taken off and divided by the standard deviation; y: +1 where the article carries the tag, else
   -1; v: 1 / the tag's partitions. By Newton's method. */
#ifndef TRAIN_SECOND_STAGE_H
#define TRAIN_SECOND_STAGE_H

#include "train/probes.h"

typedef struct stage_task {
    const probe_set *probes;
    size_t n_tags;
    float *const *highest; /* n_tags, as probes_combine leaves them; NULL: the tag is left out */
    const uint32_t *partitions; /* n_tags */
    const signed char *truth;   /* n_tags x articles: +1, -1, 0 unknown */
    unsigned windows;           /* kinds of windows, of which this one counts */
} stage_task;

/* Whose rows a fit leaves out. */
typedef struct stage_fold {
    bool some;            /* false: none; the rest says nothing */
    uint32_t partition;   /* rows of this one alone … */
    const uint8_t *folds; /* … with their articles' folds … */
    uint8_t out;          /* … but not this one */
} stage_fold;

/* false: there are not rows of both kinds, and *out is all zero. */
bool second_stage_fit(ttag_second_stage *out, const stage_task *task, const stage_fold *fold);

/* scores: articles. Those of the fold's partition that it leaves out. */
void second_stage_apply(float *scores, const ttag_second_stage *stage, const stage_task *task,
                        size_t tag, const stage_fold *fold);

#endif
