/**
 * @file ttag/calibrate.h
 * New thresholds and probabilities for a finished model, from labelled articles of another source.
 *
 * In: a model, and articles that it was not trained on with the scores that it gives them. Out: the
 * parts of a model with the same weights. Sources differ more in where a tag begins than in what
 * speaks for it, so that a few hundred articles do.
 *
 *     ttag_calibrator *calibrator;
 *     if (ttag_calibrator_new(&calibrator, ttag_model_get(model), NULL, &err) != TTAG_OK)
 *         return 1;
 *     while ((status = ttag_reader_next(reader, &article, &err)) == TTAG_OK)
 *         if (ttag_classify(work, &result, &article, &err) != TTAG_OK ||
 *             ttag_calibrator_add(calibrator, &article, result.scores, &err) != TTAG_OK)
 *             break;
 *     if (status == TTAG_END && ttag_calibrator_finish(calibrator, &err) == TTAG_OK)
 *         status = ttag_model_save(ttag_calibrator_parts(calibrator), "there.ttag", &err);
 *     ttag_calibrator_free(calibrator);
 */
#ifndef TTAG_CALIBRATE_H
#define TTAG_CALIBRATE_H

#include "ttag/articles.h"
#include "ttag/model.h"
#include "ttag/train.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ttag_calibrate_opts {
    ttag_threshold_rule thresholds; /**< any but NONE */
    double bound;                   /**< of PRECISION and RECALL; over 0, at most 1 */
    ttag_calibration calibration;
    uint32_t least; /**< a tag with fewer articles that carry it, or that do not, keeps what it has;
                         from 2 */
    uint32_t folds; /**< K, 2 to 100: what a cut is worth is measured on articles that it was not
                         chosen by */
    uint64_t seed;  /**< of the folds */
    const ttag_monitor *monitor; /**< NULL: silent */
    /** Which records say nothing about which tags; NULL: what each says itself. Borrowed as long as
        the calibrator. */
    const ttag_unknown_rules *unknown_where;
} ttag_calibrate_opts;

#define TTAG_CALIBRATE_OPTS_INIT                                                                   \
    {                                                                                              \
        TTAG_THRESHOLDS_F1, 0, TTAG_CALIBRATION_AUTO, 10, 5, 1, NULL, NULL                         \
    }

/** @return NULL if the options make sense, else a sentence (static) that says what does not. */
TTAG_API const char *ttag_calibrate_opts_check(const ttag_calibrate_opts *opts);

/** What became of the articles and of the tags. F1 over all decisions about the tags with new
    thresholds: with the old ones, and with new ones that other folds chose. */
typedef struct ttag_calibrate_counts {
    size_t used;       /**< articles */
    size_t unlabelled; /**< articles without `tags`: skipped */
    size_t blanket;    /**< with more than half of the model's tags, ten at least: skipped, named */
    size_t changed;    /**< tags with a new threshold */
    size_t kept;       /**< tags with too few articles of either kind; named to the monitor */
    size_t never_given; /**< of `changed`: no cut keeps the bound; named to the monitor */
    double micro_f1_before, micro_f1_after;
} ttag_calibrate_counts;

/** Collects articles; one thread at a time. */
typedef struct ttag_calibrator ttag_calibrator;

/** @param model  the parts of a model, borrowed as long as the calibrator. @param opts  NULL:
   TTAG_CALIBRATE_OPTS_INIT
    @return TTAG_OK, TTAG_INVALID, TTAG_NOMEM. */
TTAG_API ttag_status ttag_calibrator_new(ttag_calibrator **out, const ttag_model_parts *model,
                                         const ttag_calibrate_opts *opts, ttag_error *err);

/**
 * Takes notice of an article; nothing of it is kept but its labels. One of weight 0 is passed over,
 * all others count the same.
 * @param scores  one for each tag of the model, in their order: ttag_classification.scores
 * @return TTAG_OK, TTAG_NOMEM.
 */
TTAG_API ttag_status ttag_calibrator_add(ttag_calibrator *calibrator, const ttag_article *article,
                                         const float *scores, ttag_error *err);

/**
 * Chooses cuts by opts->thresholds from all articles, calibrates as training does, and measures by
 * folds, which split no `group` and no `article`. To be called once.
 * @return TTAG_OK; TTAG_EMPTY: no tag has enough articles; TTAG_NOMEM.
 */
TTAG_API ttag_status ttag_calibrator_finish(ttag_calibrator *calibrator, ttag_error *err);

/** The new parts, after ttag_calibrator_finish; borrowed from the calibrator and its model. */
TTAG_API const ttag_model_parts *ttag_calibrator_parts(const ttag_calibrator *calibrator);
TTAG_API const ttag_calibrate_counts *ttag_calibrator_counts(const ttag_calibrator *calibrator);

TTAG_API void ttag_calibrator_free(ttag_calibrator *calibrator);

#ifdef __cplusplus
}
#endif

#endif
