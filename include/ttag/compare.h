/**
 * @file ttag/compare.h
 * Whether one model tags better than another, on the same labelled articles.
 *
 * In: two models and a feed, or the parts of two evaluations of one feed (ttag_evaluate_part). Out:
 * every figure of both with its change, tests of whether chance alone makes such a change, and the
 * articles that are tagged differently. A is the old one and B the new one: a change is B less A.
 *
 *     ttag_comparison *found;
 *     if (ttag_compare(&found, old_model, new_model, reader, NULL, &err) == TTAG_OK) {
 *         printf("micro-F1 %+.3f, p = %.3f\n", found->micro.f1.b - found->micro.f1.a,
 *                found->micro.f1.p);
 *         ttag_comparison_free(found);
 *     }
 */
#ifndef TTAG_COMPARE_H
#define TTAG_COMPARE_H

#include "ttag/evaluate.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * A figure of both. Interval and p come from a paired bootstrap (Efron and Tibshirani 1993): the
 * articles are drawn with replacement, both models are measured on the same ones, again and again.
 */
typedef struct ttag_change {
    double a, b;
    ttag_interval change; /**< of b - a, 95 % */
    double p;             /**< two-sided: how often chance alone would change the figure as much */
} ttag_change;

typedef struct ttag_score_changes {
    ttag_change precision, recall, f1;
} ttag_score_changes;

/**
 * Cases that one of the two gets right and the other wrong, and McNemar's test (1947) of whether
 * they are equally frequent: the mid-p of the exact binomial test (Fagerland, Lydersen and Laake
 * 2013), which needs no minimal number of cases.
 */
typedef struct ttag_mcnemar {
    size_t only_a, only_b; /**< right in A alone, in B alone */
    double p;              /**< two-sided; 1 where there is no such case */
} ttag_mcnemar;

/** A tag of either model, or of the labels. */
typedef struct ttag_compared_tag {
    ttag_view tag;
    size_t support;                  /**< articles that truly carry it */
    bool in_a, in_b;                 /**< whether the model knows it */
    double threshold_a, threshold_b; /**< on probability; NaN: the model does not know the tag */
    ttag_score_changes scores;
    ttag_mcnemar articles; /**< on which its pair is right */
    double p_of_all; /**< articles.p, corrected for there being many tags, after Holm (1979) */
} ttag_compared_tag;

/** A tag that an article has with one model only. */
typedef struct ttag_tag_change {
    uint32_t tag; /**< position in ttag_comparison.tags */
    bool gained;  /**< given by B and not by A; false: the other way round */
    bool right;   /**< B is right: the article carries a gained tag, or does not carry a lost one */
} ttag_tag_change;

/** An article that is tagged differently. */
typedef struct ttag_changed_article {
    size_t number;    /**< among the labelled articles, from 1, in order of the feed */
    ttag_view id;     /**< as JSON text; absent: none, or from parts, which hold none */
    ttag_view title;  /**< may be absent */
    const char *path; /**< of the record; NULL: of an article in passages, or from parts */
    size_t line;
    const ttag_tag_change *changes; /**< n_changes, in order of the tags */
    size_t n_changes;
    size_t n_right; /**< of these */
} ttag_changed_article;

/** A comparison; read-only for its users, freed as a whole. */
typedef struct ttag_comparison {
    size_t documents, unlabelled, refused; /**< as in ttag_evaluation */
    uint32_t replicates;
    ttag_score_changes micro, macro, weighted, samples, per_article; /**< over the tags below */
    ttag_change subset_accuracy, jaccard;
    ttag_mcnemar articles;         /**< on which all pairs are right */
    const ttag_compared_tag *tags; /**< of either model or carried by an article, by name */
    size_t n_tags;
    const ttag_changed_article *changed; /**< in order of the feed */
    size_t n_changed;
} ttag_comparison;

typedef struct ttag_compare_opts {
    ttag_evaluate_opts evaluate; /**< imply_truth: by what the tags of either model imply */
    uint32_t replicates;         /**< 1 to 100000 */
    uint64_t seed;               /**< of the draws */
} ttag_compare_opts;

#define TTAG_COMPARE_OPTS_INIT                                                                     \
    {                                                                                              \
        TTAG_EVALUATE_OPTS_INIT, 1000, 1                                                           \
    }

/**
 * Reads `feed` to its end, tags every labelled article with both models, compares.
 * @param opts  NULL: the defaults. The same opts and articles give the same comparison.
 * @return as ttag_evaluate; TTAG_INVALID: opts->replicates.
 */
TTAG_API ttag_status ttag_compare(ttag_comparison **out, const ttag_model *a, const ttag_model *b,
                                  ttag_reader *feed, const ttag_compare_opts *opts,
                                  ttag_error *err);

/**
 * Compares two evaluations by their parts, each of a whole feed (shard 1 of 1). Of opts->evaluate,
 * threads and monitor count.
 * @return as ttag_evaluation_merge; TTAG_INVALID as well where the parts are of other articles.
 */
TTAG_API ttag_status ttag_compare_parts(ttag_comparison **out, const char *a, const char *b,
                                        const ttag_compare_opts *opts, ttag_error *err);

TTAG_API void ttag_comparison_free(ttag_comparison *comparison);

/**
 * Looks a figure up by name: "micro.f1", "macro.recall", "jaccard", "Malware.f1"; a bare "micro",
 * "macro", "weighted", "samples" or "per_article" means its f1, and "f1" means "micro.f1".
 * @return borrowed from the comparison; NULL: there is no such figure
 */
TTAG_API const ttag_change *ttag_comparison_figure(const ttag_comparison *comparison,
                                                   const char *name);

/** Writes the comparison as one JSON object and a newline. @return TTAG_OK, TTAG_IO, TTAG_NOMEM. */
TTAG_API ttag_status ttag_comparison_write_json(const ttag_comparison *comparison, FILE *out,
                                                ttag_error *err);

/** Writes tables for people. @param color  with ANSI colours. @param changed  name at most so many
    changed articles. @return as above. */
TTAG_API ttag_status ttag_comparison_write_text(const ttag_comparison *comparison, FILE *out,
                                                bool color, size_t changed, ttag_error *err);

/** Writes a line of names and a line for each figure and tag, as RFC 4180 says. @return as above.
 */
TTAG_API ttag_status ttag_comparison_write_csv(const ttag_comparison *comparison, FILE *out,
                                               ttag_error *err);

/** Writes the tables in Markdown. @return as above. */
TTAG_API ttag_status ttag_comparison_write_markdown(const ttag_comparison *comparison, FILE *out,
                                                    size_t changed, ttag_error *err);

/** Writes a page for people that is one file and fetches nothing.
    @param subject  what was compared, its heading; NULL: "two models". @return as above. */
TTAG_API ttag_status ttag_comparison_write_html(const ttag_comparison *comparison,
                                                const char *subject, FILE *out, ttag_error *err);

#ifdef __cplusplus
}
#endif

#endif
