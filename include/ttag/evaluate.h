/**
 * @file ttag/evaluate.h
 * How well a model tags labelled articles.
 *
 * All figures agree with scikit-learn's functions of the same names (zero_division = 0). Pairs of
 * article and tag that a record calls unknown count nowhere.
 *
 *     ttag_evaluation *evaluation;
 *     if (ttag_evaluate(&evaluation, model, reader, NULL, &err) == TTAG_OK) {
 *         printf("micro-F1 %.3f\n", evaluation->micro.f1);
 *         ttag_evaluation_free(evaluation);
 *     }
 */
#ifndef TTAG_EVALUATE_H
#define TTAG_EVALUATE_H

#include <stdio.h>

#include "ttag/articles.h"
#include "ttag/classify.h"
#include "ttag/model.h"
#include "ttag/unknown.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ttag_scores {
    double precision, recall, f1;
} ttag_scores;

/** Where a figure lies with 95 % confidence, if the articles were drawn at random from many. */
typedef struct ttag_interval {
    double low, high;
} ttag_interval;

typedef struct ttag_score_intervals {
    ttag_interval precision, recall, f1;
} ttag_score_intervals;

/** One tag. `threshold` is NaN for tags that the model does not know. */
typedef struct ttag_tag_scores {
    ttag_view tag;
    size_t support, tp, fp, fn;
    double precision, recall, f1;
    double average_precision; /**< by score; 0 without a positive */
    double threshold;         /**< on probability, as used */
} ttag_tag_scores;

/** How sure the figures of an evaluation are: 95 % intervals by the bootstrap over its articles. */
typedef struct ttag_intervals {
    uint32_t replicates;
    uint64_t seed;
    ttag_score_intervals micro, macro, weighted, samples, per_article;
    ttag_interval subset_accuracy, jaccard;
    const ttag_score_intervals *tags; /**< of each of ttag_evaluation.tags */
} ttag_intervals;

/** An evaluation; read-only for its users, freed as a whole. */
typedef struct ttag_evaluation {
    size_t documents;  /**< labelled articles scored */
    size_t unlabelled; /**< skipped */
    size_t refused;    /**< records and files that could not be read */
    ttag_scores micro, macro, weighted, samples;
    ttag_scores per_article; /**< samples, over articles with at least one true tag */
    double subset_accuracy, hamming_loss, jaccard, map, ece;
    const ttag_tag_scores *tags; /**< every tag of the model, then unseen ones; by name */
    size_t n_tags;
    const ttag_view *unseen; /**< tags of the labels that the model does not know, by name */
    size_t n_unseen;
    const ttag_intervals *intervals; /**< NULL before ttag_evaluation_resample */
} ttag_evaluation;

typedef struct ttag_evaluate_opts {
    ttag_cut_rule cut;
    double probability; /**< for TTAG_CUT_FIXED */
    bool no_implies;    /**< true: a given tag does not raise what it implies */
    bool imply_truth;   /**< true: true labels are completed by what they imply */
    uint32_t threads;   /**< 0: one per core; never changes the result */
    const ttag_monitor *monitor;
    const ttag_unknown_rules *unknown_where; /**< which records say nothing about which tags of the
                                                  model; NULL: what each says itself */
    bool keep_articles; /**< true: names, sources and months of the articles, and texts of the worst
                             errors, are kept for ttag_evaluation_write_html and …_write_table */
} ttag_evaluate_opts;

#define TTAG_EVALUATE_OPTS_INIT                                                                    \
    {                                                                                              \
        TTAG_CUT_MODEL, 0.5, false, false, 0, NULL, NULL, false                                    \
    }

/**
 * Reads `feed` to its end, tags every labelled article, compares.
 * @param opts  NULL: the defaults
 * @return TTAG_OK; TTAG_EMPTY if no labelled article was read; TTAG_NOMEM; TTAG_CANCELLED;
 * TTAG_FORMAT for a damaged model.
 */
TTAG_API ttag_status ttag_evaluate(ttag_evaluation **out, const ttag_model *model,
                                   ttag_reader *feed, const ttag_evaluate_opts *opts,
                                   ttag_error *err);

TTAG_API void ttag_evaluation_free(ttag_evaluation *evaluation);

/* ---- One evaluation by several machines. ---- */

/** What went into a part. */
typedef struct ttag_part_counts {
    size_t documents, unlabelled, refused; /**< as in ttag_evaluation */
} ttag_part_counts;

/**
 * As ttag_evaluate, but writes what was found as a part, to be merged: for a reader of one shard
 * (ttag_reader_opts.shard), which may hold no labelled article at all. docs/evaluation.md describes
 * the bytes.
 * @param counts  may be NULL
 * @return TTAG_OK; TTAG_IO; TTAG_NOMEM; TTAG_CANCELLED; TTAG_FORMAT for a damaged model.
 */
TTAG_API ttag_status ttag_evaluate_part(FILE *out, const ttag_model *model, ttag_reader *feed,
                                        const ttag_evaluate_opts *opts, ttag_part_counts *counts,
                                        ttag_error *err);

/**
 * Puts all parts of an evaluation together, given in any order: the result is, to the last bit,
 * that of ttag_evaluate on the whole feed. Part files are checked whole; a stranger's can neither
 * crash nor hang.
 * @param parts    paths of `n_parts` files
 * @param threads  0: one per core; never changes the result
 * @param monitor  may be NULL
 * @return TTAG_OK; TTAG_INVALID: a part is missing, is there twice, or belongs to another model,
 * feed or other options; TTAG_EMPTY if none holds a labelled article; TTAG_IO; TTAG_FORMAT;
 * TTAG_VERSION_UNKNOWN; TTAG_NOMEM; TTAG_CANCELLED.
 */
TTAG_API ttag_status ttag_evaluation_merge(ttag_evaluation **out, const char *const *parts,
                                           size_t n_parts, uint32_t threads,
                                           const ttag_monitor *monitor, ttag_error *err);

/**
 * Looks a figure up by name: "micro.f1", "macro.precision", "per_article.recall", "jaccard", "map",
 * "Malware.f1" (a tag's name, a dot, precision, recall, f1 or average_precision); a bare "micro",
 * "macro", "weighted", "samples" or "per_article" means its f1.
 * @return false if there is no such figure; `*value` is then unchanged.
 */
TTAG_API bool ttag_evaluation_figure(const ttag_evaluation *evaluation, const char *name,
                                     double *value);

/** Whether a larger value of that figure is better (not so for hamming_loss and ece). */
TTAG_API bool ttag_figure_rises(const char *name);

/**
 * Computes `evaluation->intervals` anew: draws the articles with replacement, as many as there are,
 * `replicates` times. docs/evaluation.md says how the intervals are made, and how often they hold.
 * Not for an evaluation that ttag_crossval_free frees.
 * @param replicates  1,000 are usual; 0: `intervals` becomes NULL
 * @param threads     0: one per core; never changes the result
 * @param monitor     may be NULL
 * @return TTAG_OK; TTAG_NOMEM; TTAG_CANCELLED; TTAG_INVALID without outcomes of articles.
 */
TTAG_API ttag_status ttag_evaluation_resample(ttag_evaluation *evaluation, uint32_t replicates,
                                              uint64_t seed, uint32_t threads,
                                              const ttag_monitor *monitor, ttag_error *err);

/** Writes the evaluation as one JSON object and a newline. @return TTAG_OK, TTAG_IO, TTAG_NOMEM. */
TTAG_API ttag_status ttag_evaluation_write_json(const ttag_evaluation *evaluation, FILE *out,
                                                ttag_error *err);

/** Writes aligned tables for people. @param color  with ANSI colours. @return as above. */
TTAG_API ttag_status ttag_evaluation_write_text(const ttag_evaluation *evaluation, FILE *out,
                                                bool color, ttag_error *err);

/** Writes one CSV table (RFC 4180): a row for each mean, single figure and tag, with intervals.
    @return as above. */
TTAG_API ttag_status ttag_evaluation_write_csv(const ttag_evaluation *evaluation, FILE *out,
                                               ttag_error *err);

/** Writes tables in Markdown, for issues and wikis. @return as above. */
TTAG_API ttag_status ttag_evaluation_write_markdown(const ttag_evaluation *evaluation, FILE *out,
                                                    ttag_error *err);

/** What a page says besides the figures. Every member may be NULL. */
typedef struct ttag_page_opts {
    const char *subject; /**< what was measured, on what: "news.ttag on test.jsonl"; the heading */
    const ttag_model *model; /**< described in the page, with its card */
    const char *data;        /**< where ttag_evaluation_write_table puts what the page leaves out */
} ttag_page_opts;

#define TTAG_PAGE_OPTS_INIT                                                                        \
    {                                                                                              \
        NULL, NULL, NULL                                                                           \
    }

/**
 * Writes one page of HTML that needs nothing else: figures, curves of each tag, calibration, what
 * goes together and what is confused, sources and months, the worst errors. What needs articles is
 * there only if they were kept (ttag_evaluate_opts.keep_articles). Same evaluation, same bytes.
 * With many tags and articles it shows the most frequent tags, says so, and stays below 5 MB.
 * @param opts  may be NULL
 * @return TTAG_OK, TTAG_IO, TTAG_NOMEM; TTAG_INVALID: the evaluation has no outcomes of articles.
 */
TTAG_API ttag_status ttag_evaluation_write_html(const ttag_evaluation *evaluation,
                                                const ttag_page_opts *opts, FILE *out,
                                                ttag_error *err);

/** What a page has no room for. */
typedef enum ttag_evaluation_table {
    TTAG_TABLE_TAGS = 0, /**< as ttag_evaluation_write_csv */
    TTAG_TABLE_CURVES,   /**< each tag: precision, recall, F1 by threshold, at most 1,000 rows */
    TTAG_TABLE_PAIRS,    /**< two tags: how often both are true, given, or taken for one another */
    TTAG_TABLE_ARTICLES, /**< each article: what was right, wrong, missed; needs kept articles */
    TTAG_TABLE_ERRORS,   /**< each wrong pair, the worst first; needs kept articles */
    TTAG_TABLE_COUNT
} ttag_evaluation_table;

/** A name for its file: "curves.csv". Static. */
TTAG_API const char *ttag_evaluation_table_name(ttag_evaluation_table table);

/** Writes one as CSV (RFC 4180). @return TTAG_OK; TTAG_IO; TTAG_NOMEM; TTAG_INVALID: the articles
    were not kept. */
TTAG_API ttag_status ttag_evaluation_write_table(const ttag_evaluation *evaluation,
                                                 ttag_evaluation_table table, FILE *out,
                                                 ttag_error *err);

#ifdef __cplusplus
}
#endif

#endif
