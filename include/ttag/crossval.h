/**
 * @file ttag/crossval.h
 * How well models of these articles and options tag articles that they have not seen.
 *
 * In: labelled articles, and how to train. Out: K models' evaluations, each on the articles that
 * were withheld from it, and one of all withheld articles together. Thresholds and calibration of
 * each model are its own, from folds within its training part.
 *
 *     ttag_crossval_opts opts = TTAG_CROSSVAL_OPTS_INIT;
 *     ttag_crossval *found;
 *     if (ttag_crossvalidate(&found, reader, &opts, &err) == TTAG_OK) {
 *         printf("%zu models, micro-F1 %.3f\n", found->n_folds, found->pooled->micro.f1);
 *         ttag_crossval_free(found);
 *     }
 */
#ifndef TTAG_CROSSVAL_H
#define TTAG_CROSSVAL_H

#include "ttag/evaluate.h"
#include "ttag/train.h"

#ifdef __cplusplus
extern "C" {
#endif

/** How articles are parted. Neither way splits a `group` or an `article`. */
typedef enum ttag_crossval_by {
    TTAG_CROSSVAL_BY_FOLDS = 0, /**< K parts with every tag spread evenly; each is withheld once */
    TTAG_CROSSVAL_BY_DATE       /**< K + 1 consecutive parts of about the same size; each but the
                                     first is withheld from a model of all before it. A group's date
                                     is its latest; articles without one are in the first part */
} ttag_crossval_by;

typedef struct ttag_crossval_opts {
    const ttag_train_opts *train; /**< NULL: TTAG_TRAIN_OPTS_INIT. Its monitor hears of all; its
                                       extra feeds are read once, and an extra article is withheld
                                       wherever one of its `group` or `article` is */
    uint32_t folds;               /**< K, 2 to 100 */
    ttag_crossval_by by;
    bool no_implies;  /**< as of ttag_evaluate_opts */
    bool imply_truth; /**< likewise */
} ttag_crossval_opts;

#define TTAG_CROSSVAL_OPTS_INIT                                                                    \
    {                                                                                              \
        NULL, 5, TTAG_CROSSVAL_BY_FOLDS, false, false                                              \
    }

/** What was found; read-only for its users, freed as a whole. */
typedef struct ttag_crossval {
    size_t n_folds;
    ttag_evaluation *const *folds; /**< n_folds */
    ttag_evaluation *pooled; /**< all withheld articles, each as its model tags it; thresholds:
                                their means */
    size_t undated;          /**< BY_DATE: articles without a date */
    size_t unlabelled, refused;
} ttag_crossval;

/**
 * Reads `feed` to its end, parts it, trains and evaluates.
 * @param opts  NULL: the defaults
 * @return TTAG_OK; TTAG_EMPTY: there are no two parts, or nothing to learn in one; else as
 * ttag_train and ttag_evaluate. The same articles, options and seed give the same figures.
 */
TTAG_API ttag_status ttag_crossvalidate(ttag_crossval **out, ttag_reader *feed,
                                        const ttag_crossval_opts *opts, ttag_error *err);
TTAG_API void ttag_crossval_free(ttag_crossval *crossval);

/**
 * Mean and sample standard deviation over the folds of a figure by its name, as of
 * ttag_evaluation_figure; of a tag's figures over the folds that know the tag, of `ece` over those
 * in which a tag has 20 articles or more: the others measure nothing.
 * @return false if no fold has such a figure.
 */
TTAG_API bool ttag_crossval_figure(const ttag_crossval *crossval, const char *name, double *mean,
                                   double *spread);

/** Writes one JSON object: `folds`, `mean`, `spread`, `pooled`. @return TTAG_OK, TTAG_IO,
    TTAG_NOMEM. */
TTAG_API ttag_status ttag_crossval_write_json(const ttag_crossval *crossval, FILE *out,
                                              ttag_error *err);
/** Writes aligned tables for people. @return as above. */
TTAG_API ttag_status ttag_crossval_write_text(const ttag_crossval *crossval, FILE *out,
                                              ttag_error *err);

#ifdef __cplusplus
}
#endif

#endif
