/**
 * @file ttag/train.h
 * From labelled articles to the parts of a model: one libsvm C-SVC per tag.
 *
 * libsvm sees the few articles that matter to a tag, its active set; where that would not fit, dual
 * coordinate descent takes libsvm's place (ttag_solver). Per tag: weights w or support vectors, and
 * bias b, from the solution on all articles; from K-fold out-of-fold decision values a threshold
 * and a calibration.
 *
 * Sources: C-SVC and SMO as in libsvm (Chang and Lin 2011; working sets: Fan, Chen and Lin 2005).
 * Dual coordinate descent: Hsieh, Chang, Lin, Keerthi and Sundararajan 2008. Multi-label stratified
 * folds: Sechidis, Tsoumakas and Vlahavas 2011. Thresholds: SCutFBR.1 of Yang 2001 and Fan and Lin
 * 2007, averaged with the cut that gives as many positives as the tag has and, for articles, with
 * that of best expected F1 under a sigmoid. Calibration: Platt 1999
 * in the numerically safe form of Lin, Lin and Weng 2007; isotonic: Ayer, Brunk, Ewing, Reid and
 * Silverman 1955, centred as in Oron and Flournoy 2017, on log-odds. Scaling of terms: Wang and
 * Manning 2012.
 *
 *     ttag_train_opts opts = TTAG_TRAIN_OPTS_INIT;
 *     opts.seed = 7;
 *     if (ttag_train(&trained, reader, &opts, &err) == TTAG_OK &&
 *         ttag_model_save(ttag_trained_parts(trained), "security.ttag", &err) == TTAG_OK)
 *         printf("%zu articles\n", ttag_trained_counts(trained)->used);
 */
#ifndef TTAG_TRAIN_H
#define TTAG_TRAIN_H

#include "ttag/articles.h"
#include "ttag/boilerplate.h"
#include "ttag/features.h"
#include "ttag/model.h"
#include "ttag/passages.h"
#include "ttag/unknown.h"

#ifdef __cplusplus
extern "C" {
#endif

/** How thresholds come about. */
typedef enum ttag_threshold_rule {
    TTAG_THRESHOLDS_NONE = 0,  /**< cut at score 0, no folds, probability 1 / (1 + e^-score) */
    TTAG_THRESHOLDS_F1,        /**< best out-of-fold F1, made robust for rare tags: half-way between
                                  the two that follow */
    TTAG_THRESHOLDS_F1_BEST,   /**< the cut of best out-of-fold F1; where that is below 0.1, the
                                  highest score */
    TTAG_THRESHOLDS_F1_COUNT,  /**< the cut that gives as many articles as carry the tag */
    TTAG_THRESHOLDS_PRECISION, /**< best F1 among the cuts with an out-of-fold precision of at
                                  least `bound`; a tag that has none is never given, and named */
    TTAG_THRESHOLDS_RECALL     /**< likewise of recall */
} ttag_threshold_rule;

/** How scores become probabilities. */
typedef enum ttag_calibration {
    TTAG_CALIBRATION_AUTO = 0, /**< for each tag the one with the smaller log loss on articles that
                                    it was not fitted on; with under 20 positive ones PLATT.
                                    With passages a line that all tags share, and a scale and a
                                    height of each on it */
    TTAG_CALIBRATION_PLATT,    /**< a sigmoid of two parameters */
    TTAG_CALIBRATION_ISOTONIC  /**< a rising line through at most 8 points */
} ttag_calibration;

/** How the C-SVCs are solved. */
typedef enum ttag_solver {
    TTAG_SOLVER_AUTO = 0, /**< LIBSVM where the active sets of all tags together fit into
                               `memory`, else LINEAR, as for all losses but the hinge; LINEAR as
                               well where terms are scaled and so many of them are in articles that
                               LIBSVM would take over twice as long, and long at all */
    TTAG_SOLVER_LIBSVM,   /**< exact: libsvm's solution over all articles */
    TTAG_SOLVER_LINEAR    /**< dual coordinate descent to a relative duality gap; the bias is held
                               back like a weight, as if it were that of a feature of value 1 */
} ttag_solver;

/** What an article costs that is on the wrong side of the margin, by so much that y f(x) = 1 - m.
 */
typedef enum ttag_loss {
    TTAG_LOSS_HINGE = 0,    /**< C m: a C-SVC */
    TTAG_LOSS_SQUARED_HINGE /**< C m², as scikit-learn's LinearSVC has it by default; with LINEAR
                                 alone. Best for passages */
} ttag_loss;

/** What a term's values are multiplied by, for each tag, before the C-SVC sees them. The weights of
    the model are of the values as they were, so that classifying is the same. */
typedef enum ttag_term_scaling {
    TTAG_SCALING_AUTO = 0, /**< RATIO, but NONE with RBF and with passages */
    TTAG_SCALING_NONE,     /**< nothing */
    TTAG_SCALING_RATIO     /**< not with RBF: by how much the term tells articles with the
                              tag from those without: s (1/4 + |r| / max |r|), where r is the log ratio
                              of its shares among both, each term counted once an article and one time
                              more; s: the mean squared length of all articles stays as it was */
} ttag_term_scaling;

/** Whether a tag has one classifier, or the mean of several. */
typedef enum ttag_averaging {
    TTAG_AVERAGING_NONE = 0,  /**< one */
    TTAG_AVERAGING_BLOCKS = 1 /**< of whole articles, where terms are scaled and there are n-grams
                                 of characters (else as NONE): one of words and one of n-grams of
                                 characters, each with a vector of length 1, and one of both whose
                                 terms are not scaled. The solution is (1 - s) times the mean of the
                                 first two, plus s times the third; s is 0, 1/3 or 3/5, by
                                 out-of-fold log loss; 1/3 for a tag with fewer than 20 articles.
                                 The model is as large, and as fast, as of one; where time is short,
                                 there may be the third alone, or it and the first */
} ttag_averaging;

/** Which cost the C-SVCs have. */
typedef enum ttag_cost_choice {
    TTAG_COST_GIVEN = 0, /**< ttag_train_opts.cost */
    TTAG_COST_PER_MODEL, /**< the one of 1/8 to 8 that gives the best out-of-fold F1 (mean of micro
                            and macro) */
    TTAG_COST_PER_TAG    /**< likewise for each tag, by its own F1 */
} ttag_cost_choice;

/**
 * How much a training looks for settings before it trains. What is compared: n-grams of words and
 * of characters, scaling of terms, cost, and the rule of thresholds; not what `keep` of the options
 * names. Each setting trains models of one partition into folds (grouped and stratified, the first
 * one of the training to come), each scored on what was withheld from it, cut by what the other
 * folds say. A fold's figure is the mean of its micro-F1 and its macro-F1 (over the tags that it
 * has). One thing is varied after the other, beginning with the options as they are; the best
 * variant replaces what has been best so far if the mean of its gains over the folds is larger
 * than their standard error, s / sqrt(K).
 *
 * With a budget as many settings are compared as leave time for the training itself: how many then
 * depends on the machine, and with them the choice. Where all were compared, the same articles,
 * options and seed give the same model for any number of threads.
 */
typedef enum ttag_tune {
    TTAG_TUNE_NONE = 0,
    TTAG_TUNE_QUICK, /**< scaling of terms, characters or none, a higher cost, the rule; on 3,000
                          articles at most, drawn by `seed` */
    TTAG_TUNE_FULL   /**< more of these, words up to 1, 2, 3, costs of 0.3, 1, 3 and the best of 1/8
                          to 8, on all articles; without a budget within TTAG_TUNE_SECONDS, the
                          training included */
} ttag_tune;

/** The budget of TTAG_TUNE_FULL where none is given. */
#define TTAG_TUNE_SECONDS 300.0

/** What tuning leaves as it is: a set of these. */
typedef enum ttag_tune_keep {
    TTAG_KEEP_WORD_NGRAMS = 1,
    TTAG_KEEP_CHAR_NGRAMS = 2,
    TTAG_KEEP_TERM_SCALING = 4,
    TTAG_KEEP_COST = 8,
    TTAG_KEEP_THRESHOLDS = 16
} ttag_tune_keep;

/** A feed to train on, but never scored: its articles have a say in the weights of terms, and none
    in thresholds, calibration and out-of-fold figures, nor in which tags are learnt. */
typedef struct ttag_extra_feed {
    ttag_reader *feed; /**< read to its end */
    double weight;     /**< times that of each record; > 0 */
} ttag_extra_feed;

typedef struct ttag_train_opts {
    ttag_text_opts text;
    double cost;            /**< C of the C-SVC; > 0; unused where it is searched for */
    double positive_weight; /**< an error on an article with the tag costs so many times C;
                                 > 0; 0: for each tag 1, 2 or 4 by its out-of-fold F1 */
    ttag_cost_choice cost_choice;
    double tolerance; /**< of LIBSVM: its stopping tolerance on the gradient; > 0 */
    double gap;       /**< of LINEAR: the largest relative duality gap of a tag; > 0 */
    uint64_t seed;    /**< of the partitions into folds and of the order of articles */
    size_t memory;    /**< bytes that the kernel values of one tag's active set may take (as many
                           tags are at work as threads); with AUTO those of all tags, one after
                           the other, or LINEAR is chosen */
    const ttag_taxonomy *taxonomy; /**< texts and implications of tags; NULL: the built-in one */
    const ttag_monitor *monitor;   /**< NULL: silent */
    ttag_solver solver;
    ttag_loss loss;
    ttag_threshold_rule thresholds;
    uint32_t folds;      /**< K, 2 to 100 */
    uint32_t partitions; /**< how often the articles are parted into folds; 0: as many as the
                              support of the tags asks for */
    uint32_t threads;    /**< 0: one per core; never changes the result */
    uint32_t min_docs;   /**< a tag with fewer positive articles is dropped; from 1 */
    bool only_taxonomy;  /**< true: learn the tags of `taxonomy` and no others */
    ttag_kernel kernel;  /**< RBF: not with LINEAR; the values between all articles must fit into
                              `memory` */
    double gamma;        /**< of RBF; > 0; 0: of five the one with the best out-of-fold F1 (mean of
                              micro and macro) */
    bool keep_partial;   /**< when the monitor asks to stop: true: TTAG_OK with what there is, if
                              there is anything; false: TTAG_CANCELLED */
    double budget;       /**< seconds from the call to its return, about; 0: no bound. When they are
                              over: TTAG_OK with what there is */
    double bound;        /**< of PRECISION and RECALL; over 0, at most 1 */
    ttag_term_scaling term_scaling;
    const ttag_extra_feed *extra; /**< n_extra; borrowed */
    size_t n_extra;
    /** Which records, extra ones too, say nothing about which tags; NULL: what each says itself. */
    const ttag_unknown_rules *unknown_where;
    ttag_calibration calibration;
    ttag_unit unit; /**< what is learnt from and scored: articles, or passages of them;
                         passages with the linear kernel only */
    ttag_boilerplate boilerplate; /**< what of the texts is dropped, also when the model classifies;
                                       borrowed during the call only */
    ttag_tune tune; /**< with the linear kernel only; all of the feeds is kept in memory then */
    uint32_t keep;  /**< ttag_tune_keep: what is not varied; thresholds of another rule than the
                         three of F1 never are, costs that are searched for neither */
    ttag_averaging averaging;
} ttag_train_opts;

/** The defaults, but with these text options and this scaling. */
#define TTAG_TRAIN_OPTS_WITH(TEXT, SCALING)                                                        \
    {                                                                                              \
        TEXT, 1.0, 1.0, TTAG_COST_GIVEN, 1e-3, 1e-3, 1, (size_t)1 << 30, NULL, NULL,               \
            TTAG_SOLVER_AUTO, TTAG_LOSS_HINGE, TTAG_THRESHOLDS_F1, 5, 0, 0, 2, false,              \
            TTAG_KERNEL_LINEAR, 0, false, 0, 0, SCALING, NULL, 0, NULL, TTAG_CALIBRATION_AUTO,     \
            TTAG_UNIT_ARTICLE, TTAG_BOILERPLATE_INIT, TTAG_TUNE_NONE, 0, TTAG_AVERAGING_BLOCKS     \
    }
#define TTAG_TRAIN_OPTS_INIT TTAG_TRAIN_OPTS_WITH(TTAG_TEXT_OPTS_BEST, TTAG_SCALING_AUTO)

/** The gap that does for passages: a smaller one takes longer, and measured no better. */
#define TTAG_PASSAGES_GAP 0.05

/** @return NULL if the options make sense, else a sentence (static) that says what does not. */
TTAG_API const char *ttag_train_opts_check(const ttag_train_opts *opts);

/** What ended a training before its time. */
typedef enum ttag_stop {
    TTAG_STOP_NONE = 0, /**< nothing */
    TTAG_STOP_BUDGET,   /**< its time was up */
    TTAG_STOP_MONITOR   /**< the monitor asked */
} ttag_stop;

/** What became of the articles that were read, and of the tags. */
typedef struct ttag_train_counts {
    size_t used;         /**< articles trained on, extra ones aside */
    size_t extra;        /**< articles of extra feeds trained on */
    size_t unlabelled;   /**< records without `tags`: skipped */
    size_t weightless;   /**< records of weight 0: skipped */
    size_t blanket;      /**< blanket-tagged: kept out, each named to the monitor */
    size_t refused;      /**< records and files that could not be read, each named to the monitor */
    size_t dropped_tags; /**< tags with too few positive articles, named to the monitor */
    size_t never_given;  /**< tags that no cut keeps the bound of `thresholds` for; named to the
                              monitor */
    size_t unfinished;   /**< tags that were not solved to the end, or have no threshold although
                              asked for; named to the monitor. 0 where `stop` is NONE */
    ttag_stop stop;      /**< other than NONE with no tag unfinished: the search for costs or gamma
                              was cut short */
} ttag_train_counts;

/** A finished training; owns the parts. */
typedef struct ttag_trained ttag_trained;

/**
 * Reads `feed` to its end and trains.
 *
 * A training that is cut short (opts->budget, opts->keep_partial) has parts that hold together, for
 * every tag: where its folds are missing, its solution, cut at score 0 and not calibrated; where
 * that is missing, the way to it, at least what screening found; with LINEAR and without a budget
 * there may be tags that were not begun and are never given. `stop` and `unfinished` of the counts
 * tell, as do `"stopped"` ("budget" or "interrupted") and each tag's `"finished"` in the card,
 * which are there only then; `"relative_gap"` is of what is in the parts. The feed is read to its
 * end and screening finished however small the budget; a monitor that asks before that gets
 * TTAG_CANCELLED, with a budget only before the feed is read. Within libsvm nothing is cut short:
 * a call of it ends when it ends.
 * @param opts  NULL: TTAG_TRAIN_OPTS_INIT
 * @return TTAG_OK; TTAG_EMPTY: nothing to learn, the text says why; TTAG_LIMIT: kernel values did
 * not fit into opts->memory, and LIBSVM or RBF was asked for; TTAG_INVALID; TTAG_NOMEM;
 * TTAG_CANCELLED: the monitor asked, and there is nothing yet or it is not wanted. Same articles,
 * options and seed give the same parts for any number of threads, unless they are cut short.
 */
TTAG_API ttag_status ttag_train(ttag_trained **out, ttag_reader *feed, const ttag_train_opts *opts,
                                ttag_error *err);

/** Borrowed; live as long as `trained`. */
TTAG_API const ttag_model_parts *ttag_trained_parts(const ttag_trained *trained);
TTAG_API const ttag_train_counts *ttag_trained_counts(const ttag_trained *trained);

TTAG_API void ttag_trained_free(ttag_trained *trained);

#ifdef __cplusplus
}
#endif

#endif
