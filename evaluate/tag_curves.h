/* What a tag's figures would be at other cuts, in as many points as a chart has room for. */
#ifndef EVALUATE_TAG_CURVES_H
#define EVALUATE_TAG_CURVES_H

#include "evaluate/outcomes.h"
#include "ttag/evaluate.h"

enum { CURVE_POINTS = 60, SWEEP_POINTS = 51, CALIBRATION_BINS = 10 };

typedef struct sweep_point {
    double threshold, precision, recall, f1; /* precision NaN: nothing is given */
} sweep_point;

/* Zero-initialise before use. */
typedef struct tag_curves {
    size_t n;                                             /* of the next two, */
    double recall[CURVE_POINTS], precision[CURVE_POINTS]; /* by falling score */
    sweep_point sweep[SWEEP_POINTS];                      /* by probability, from 0 to 1 */
    double best_threshold, best_f1;                       /* over all thresholds, in hindsight */
    double calibration_error;
    size_t bins[CALIBRATION_BINS], hits[CALIBRATION_BINS]; /* pairs by tenths of probability */
    double sums[CALIBRATION_BINS];                         /* of their probabilities */
} tag_curves;

/* Of the first n_scored tags, an array of as many, yours to mem_free. */
ttag_status tag_curves_new(tag_curves **out, const outcomes *o, unsigned threads,
                           const ttag_monitor *monitor, ttag_error *err);

/* Precision, recall and F1 of one tag at every distinct probability, falling, thinned out to at
   most `limit` (2 or more); yours to mem_free. */
ttag_status tag_sweep_new(sweep_point **out, size_t *count, const outcomes *o, size_t tag,
                          size_t limit, ttag_error *err);

#endif
