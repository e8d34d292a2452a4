/**
 * @file ttag/shrink.h
 * A model made smaller: weights that hardly matter are dropped, the others kept as numbers of fewer
 * bytes.
 *
 * In: a linear model, and articles that show what is lost. Out: a model file like any other,
 * opened, verified and used by the same calls. docs/shrink.md says what is done and what it costs.
 *
 *     ttag_shrunk done;
 *     ttag_shrink_opts opts = TTAG_SHRINK_OPTS_INIT;
 *     if (ttag_model_shrink(&done, model, feed, "small.ttag", &opts, &err) == TTAG_OK &&
 * done.saved) printf("micro-F1 %.4f, was %.4f\n", done.after.micro_f1, done.before.micro_f1);
 */
#ifndef TTAG_SHRINK_H
#define TTAG_SHRINK_H

#include "ttag/articles.h"
#include "ttag/model.h"
#include "ttag/unknown.h"

#ifdef __cplusplus
extern "C" {
#endif

/** For ttag_shrink_opts.prune: as much as keeps within the losses allowed. */
#define TTAG_PRUNE_AUTO (-1.0)

typedef struct ttag_shrink_opts {
    ttag_weight_type weights; /**< what a weight is kept as */
    double prune;             /**< share of the weights to be dropped, 0 to 0.999, those that matter
                                   least to scores; 0: only those that are 0, and no term;
                                   TTAG_PRUNE_AUTO: searched for with the feed, without one 0 */
    double max_loss;       /**< no model is written that loses more of its micro-F1 on the feed */
    double max_macro_loss; /**< likewise of its macro-F1 */
    uint32_t threads;      /**< 0: one per core; never changes the result */
    const ttag_monitor *monitor;
    /** Which records say nothing about which tags; NULL: what each says itself. */
    const ttag_unknown_rules *unknown_where;
} ttag_shrink_opts;

#define TTAG_SHRINK_OPTS_INIT                                                                      \
    {                                                                                              \
        TTAG_WEIGHT_INT8, TTAG_PRUNE_AUTO, 0.002, 0.01, 0, NULL, NULL                              \
    }

/** A model before or after. */
typedef struct ttag_shrink_side {
    size_t file_size;
    size_t terms;
    size_t weights;            /**< that are not 0 */
    double micro_f1, macro_f1; /**< on the feed, as ttag_evaluate has them; NaN without one */
} ttag_shrink_side;

typedef struct ttag_shrunk {
    ttag_shrink_side before, after;
    bool saved;        /**< false: every model that was tried lost too much; `after` is that which
                            dropped least, without its file size */
    double prune;      /**< the share that was dropped */
    double loss_error; /**< standard error of the micro-F1 lost, as the articles are a sample */
    double scale;      /**< weights were multiplied by this, so that scores are the old ones */
    size_t documents;  /**< labelled articles of the feed */
    size_t unlabelled; /**< skipped */
    size_t refused;    /**< records and files that could not be read */
} ttag_shrunk;

/**
 * Makes a smaller model and saves it as ttag_model_save does.
 *
 * A weight matters by how much it moves scores: |w| · idf · sqrt(df), over the square root of that
 * of its whole tag. A term without weights leaves the vocabulary: then it is like a word that was
 * never seen, and counts in no article's norm. Therefore scores are fitted to the old ones
 * on the feed's articles, without a look at their tags: one factor for all weights, and each tag's
 * bias (what quantised networks call bias correction: Nagel et al. 2019, section 4.2).
 * @param model  linear, with weights of float32
 * @param feed   labelled articles, read to the end and kept in memory; NULL: nothing is measured
 * and nothing fitted
 * @param opts   NULL: the defaults
 * @return TTAG_OK, also where nothing was saved since too much was lost; TTAG_INVALID: an RBF
 * model, one that was made smaller before, options out of range, or no weight would be left;
 * TTAG_EMPTY if no labelled article was read; TTAG_FORMAT for a damaged model; TTAG_IO; TTAG_NOMEM;
 * TTAG_CANCELLED.
 */
TTAG_API ttag_status ttag_model_shrink(ttag_shrunk *out, const ttag_model *model, ttag_reader *feed,
                                       const char *path, const ttag_shrink_opts *opts,
                                       ttag_error *err);

#ifdef __cplusplus
}
#endif

#endif
