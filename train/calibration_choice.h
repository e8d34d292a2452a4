/* Platt's sigmoid or an isotonic line, whichever gives held-out articles the smaller log loss. */
#ifndef TRAIN_CALIBRATION_CHOICE_H
#define TRAIN_CALIBRATION_CHOICE_H

#include "base/arena.h"
#include "train/isotonic.h"
#include "train/shared_line.h"
#include "ttag/train.h"

/* With auto, tags with fewer articles of either kind have Platt's sigmoid. */
enum { ISOTONIC_LEAST_SUPPORT = 20 };

/* Where `line` has points, it holds between them, and beyond its ends half of the slope. */
typedef struct fitted_calibration {
    calibration platt;
    isotonic_line line;
} fitted_calibration;

/* What a tag is calibrated from. */
typedef struct calibration_task {
    ttag_calibration choice;
    const float *scores; /* n_partitions x n */
    size_t n_partitions;
    const signed char *truth; /* n, as of calibration_fit */
    const uint8_t *folds;     /* n, of the first partition: for the comparison they are put together
                                 in three parts, and both are fitted on two and judged on the third */
    size_t n;
    float cut;                 /* as of calibration_fit */
    const shared_line *shared; /* of all tags, or NULL; with auto, the tag's own leans on it */
} calibration_task;

/* TTAG_NOMEM. */
ttag_status calibration_choose(fitted_calibration *out, const calibration_task *task);

/* The probability of a score, as classifying computes it. */
float fitted_probability(const fitted_calibration *c, float score);

/* Gives the tag the points of its line, in `memory`. TTAG_NOMEM. */
ttag_status fitted_points_keep(ttag_model_tag *tag, const fitted_calibration *c, arena *memory);

#endif
