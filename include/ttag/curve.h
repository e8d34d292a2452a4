/**
 * @file ttag/curve.h
 * The learning curve: how F1 grows with the number of labelled articles.
 *
 * In: labelled articles, and how to train. Out: F1 of models of more and more of these articles,
 * each measured on articles that it has not seen, over all tags and for each, with 95 % intervals;
 * and what the last doubling gained: whether labelling more would help, and which tags.
 *
 * Each of K folds is withheld in turn. Of the others, in an order drawn for this fold, a model is
 * trained on 1/2^(P - 1), …, 1/4, 1/2 and all: the smaller parts are in the larger ones, and no
 * `group` or `article` is split. Intervals come from a bootstrap over the withheld articles, those
 * of gains from a paired one (ttag/compare.h): they do not tell of the chance in which articles
 * were drawn for training, over which the K folds average.
 *
 *     ttag_curve *curve;
 *     if (ttag_curve_measure(&curve, reader, NULL, &err) == TTAG_OK) {
 *         for (size_t i = 0; i < curve->n_points; i++)
 *             printf("%.0f %.3f\n", curve->points[i].articles, curve->points[i].micro.f1);
 *         ttag_curve_free(curve);
 *     }
 */
#ifndef TTAG_CURVE_H
#define TTAG_CURVE_H

#include "ttag/compare.h"
#include "ttag/crossval.h"

#ifdef __cplusplus
extern "C" {
#endif

#define TTAG_CURVE_POINTS_MOST 12

typedef struct ttag_curve_opts {
    ttag_crossval_opts crossval; /**< training, folds; `by` is not looked at: folds it is */
    uint32_t points;             /**< P, 2 to TTAG_CURVE_POINTS_MOST */
    uint32_t replicates;         /**< of the bootstraps, 1 to 100000 */
} ttag_curve_opts;

#define TTAG_CURVE_OPTS_INIT                                                                       \
    {                                                                                              \
        TTAG_CROSSVAL_OPTS_INIT, 5, 1000                                                           \
    }

typedef struct ttag_curve_figure {
    double f1;
    ttag_interval interval;
} ttag_curve_figure;

/** Models of one size. */
typedef struct ttag_curve_point {
    double share;    /**< of the articles that are not withheld */
    double articles; /**< so many, the mean over the folds */
    ttag_curve_figure micro, macro;
    ttag_change micro_gain, macro_gain; /**< from the point before; all NaN for the first */
} ttag_curve_point;

typedef struct ttag_curve_tag {
    ttag_view tag;
    size_t support;                  /**< articles that carry it */
    const ttag_curve_figure *points; /**< n_points */
    ttag_change gain;                /**< of F1, from the last point but one to the last */
} ttag_curve_tag;

/** Does labelling more help? */
typedef enum ttag_curve_verdict {
    TTAG_CURVE_RISES = 0, /**< the interval of the last gain lies above 0 */
    TTAG_CURVE_FLAT,      /**< it lies below 0.01 */
    TTAG_CURVE_OPEN       /**< neither: too few articles to tell */
} ttag_curve_verdict;

/** A curve; read-only for its users, freed as a whole. */
typedef struct ttag_curve {
    size_t documents, unlabelled, refused; /**< as in ttag_evaluation */
    uint32_t folds, replicates;
    const ttag_curve_point *points; /**< n_points, 2 or more; sizes at which there was nothing to
                                         learn are left out */
    size_t n_points;
    const ttag_curve_tag *tags; /**< by name */
    size_t n_tags;
    ttag_curve_verdict verdict; /**< by micro-F1 */
} ttag_curve;

/**
 * Reads `feed` to its end, trains, measures. Takes about twice as long as ttag_crossvalidate.
 * @param opts  NULL: TTAG_CURVE_OPTS_INIT
 * @return as ttag_crossvalidate; TTAG_EMPTY as well where fewer than two sizes can be learnt from.
 * The same articles, options and seed give the same curve.
 */
TTAG_API ttag_status ttag_curve_measure(ttag_curve **out, ttag_reader *feed,
                                        const ttag_curve_opts *opts, ttag_error *err);
TTAG_API void ttag_curve_free(ttag_curve *curve);

/** Writes one JSON object and a newline. @return TTAG_OK, TTAG_IO, TTAG_NOMEM. */
TTAG_API ttag_status ttag_curve_write_json(const ttag_curve *curve, FILE *out, ttag_error *err);
/** Writes a sentence and tables for people. @return as above. */
TTAG_API ttag_status ttag_curve_write_text(const ttag_curve *curve, FILE *out, ttag_error *err);
/** Writes a page for people: one file that needs nothing else. @param subject  what it is about,
   for the heading. @return as above. */
TTAG_API ttag_status ttag_curve_write_html(const ttag_curve *curve, FILE *out, const char *subject,
                                           ttag_error *err);

#ifdef __cplusplus
}
#endif

#endif
