/* From out-of-fold scores to the cut at which a tag is given.

   For each partition into folds, with P positive articles among n known ones:
     a    = the cut of best F1; among equals the highest. If that F1 is under the floor, a cut on a
            few lucky articles would be noise, and a = the highest score (SCutFBR.1; Yang 2001).
     b    = the cut that gives P articles; where equal scores forbid it, as near to P as can be,
            rather fewer.
     cut  = (a + b) / 2
   A cut lies half-way between neighbouring scores. The tag's cut is the mean over its partitions,
   their sample standard deviation tells how noisy it is. A tag is given at scores >= cut. For
   articles train/expected_cut.h has a third opinion. */
#ifndef TRAIN_THRESHOLDS_H
#define TRAIN_THRESHOLDS_H

#include "ttag/base.h"

#define THRESHOLD_F1_FLOOR 0.1

/* Which of the three cuts. */
typedef enum f1_cut { F1_CUT_HALFWAY = 0, F1_CUT_BEST, F1_CUT_COUNT } f1_cut;

/* The cut from one partition: scores[n]; truth[n] = +1, -1, or 0 for an article that does not
   count. Without any article 0; without a positive one above all scores. */
ttag_status threshold_choose(float *cut, const float *scores, const signed char *truth, size_t n);

/* A tag's cut, and how good it is out of fold: means over the partitions. Ratios of nothing are 0.
 */
typedef struct threshold {
    float cut;
    float spread; /* NaN if there is one partition */
    double precision, recall, f1;
    double tp, fp, fn;
} threshold;

/* scores: n_partitions x n. By a, b, or half-way between them. */
ttag_status threshold_fit_by(threshold *out, f1_cut which, const float *scores, size_t n_partitions,
                             const signed char *truth, size_t n);
/* Half-way. */
ttag_status threshold_fit(threshold *out, const float *scores, size_t n_partitions,
                          const signed char *truth, size_t n);

/* The figures at t->cut. */
void threshold_judge(threshold *t, const float *scores, size_t n_partitions,
                     const signed char *truth, size_t n);

/* The ratios of t's own counts. */
void threshold_ratios(threshold *t);

/* What the cuts of several tags come to. Zero-initialise before use. */
typedef struct f1_sums {
    double tp, errors; /* of all tags together; errors = fp + fn */
    double f1;         /* of each tag */
    double n;          /* tags */
} f1_sums;

void f1_sums_add(f1_sums *sums, const threshold *t);
/* F1 of all counts together; 0 of none. */
double f1_sums_micro(const f1_sums *sums);
/* The mean F1 of the tags; 0 of none. */
double f1_sums_macro(const f1_sums *sums);

/* The sample standard deviation of n cuts; NaN of fewer than two. */
float threshold_spread(const float *cuts, size_t n);

#endif
