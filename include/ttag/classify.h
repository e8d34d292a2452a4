/**
 * @file ttag/classify.h
 * From an article and a model to tags, with evidence.
 *
 * A classifier (model and options) is read-only and shared; each thread has a workspace. Once the
 * workspaces of a model have tagged some megabytes of text, one of them makes for all a copy of up
 * to 116 MiB that is faster to read and gives the same results.
 *
 *     ttag_classify_opts opts = TTAG_CLASSIFY_OPTS_INIT;
 *     ttag_classification result;
 *     if (ttag_workspace_new(&work, model, &opts, &err) == TTAG_OK &&
 *         ttag_classify(work, &result, &article, &err) == TTAG_OK)
 *         for (size_t i = 0; i < result.n_given; i++)
 *             use(parts->tags[result.given[i].tag].name, result.given[i].probability);
 */
#ifndef TTAG_CLASSIFY_H
#define TTAG_CLASSIFY_H

#include <stdio.h>

#include "ttag/articles.h"
#include "ttag/model.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Which tags are given. */
typedef enum ttag_cut_rule {
    TTAG_CUT_MODEL = 0, /**< probability >= the tag's threshold */
    TTAG_CUT_ZERO,      /**< score >= 0 */
    TTAG_CUT_FIXED      /**< probability >= ttag_classify_opts.probability */
} ttag_cut_rule;

/** How a result is written. docs/formats.md has an example of each. */
typedef enum ttag_output_format {
    TTAG_OUTPUT_TEXT = 0,
    TTAG_OUTPUT_JSONL,
    TTAG_OUTPUT_TSV,
    TTAG_OUTPUT_FEED, /**< the feed that was read, with a category (JSON Feed: an element of "tags")
                          for each given tag; all other bytes as they were. Records of other formats
                        are refused */
    TTAG_OUTPUT_CSV,
    TTAG_OUTPUT_MISP, /**< a MISP event for each record; refused ones are told to the monitor alone
                       */
    TTAG_OUTPUT_STIX, /**< a STIX 2.1 bundle with a report for each record; refused ones likewise */
    TTAG_OUTPUT_DATABASE /**< of ttag_classify_into_database (ttag/database.h) only */
} ttag_output_format;

typedef struct ttag_classify_opts {
    ttag_cut_rule cut;
    double probability; /**< for TTAG_CUT_FIXED */
    bool no_implies;    /**< true: a given tag does not raise what it implies */
    uint32_t explain;   /**< terms, and passages, named for each tag; 0: none */
    bool given_only;    /**< true: a result's decisions are those alone that are given or marked for
                             review, which is faster */
    /* of ttag_classify_stream only, which chooses given_only (`all` also widens `explain`): */
    ttag_output_format format;
    uint32_t top;     /**< at most so many tags a record; 0: no bound */
    bool all;         /**< every tag, given or not */
    bool keep;        /**< JSON Lines: the input record's own fields as well */
    uint32_t threads; /**< 0: one per core; never changes the result */
    bool unordered;   /**< results are written as they are finished, not in input order */
    const ttag_monitor *monitor;
    double unsure; /**< over 0: tags whose probability is within so much of their threshold are
                        marked for review, and listed even if they are not given; at most 1 */
    bool keep_boilerplate;   /**< nothing of a text is dropped, whatever the model says */
    const char *const *only; /**< n_only patterns with * and ?: records without a given tag that
                                  fits one are not written; 0: all are */
    size_t n_only;
    const char *const *drop; /**< n_drop patterns: records with a given tag that fits one are not
                                  written */
    size_t n_drop;
} ttag_classify_opts;

#define TTAG_CLASSIFY_OPTS_INIT                                                                    \
    {                                                                                              \
        TTAG_CUT_MODEL, 0.5, false, 0, false, TTAG_OUTPUT_TEXT, 0, false, false, 0, false, NULL,   \
            0, false, NULL, 0, NULL, 0                                                             \
    }

/** A term and what it adds to a score. */
typedef struct ttag_evidence {
    ttag_view term; /**< borrowed from the model */
    float weight;   /**< linear: value in the article times weight of the tag; RBF: the score less
                         what it would be without the term */
} ttag_evidence;

/** A passage of the article, and how much it speaks for a tag. */
typedef struct ttag_passage_evidence {
    ttag_view text; /**< borrowed from the article */
    size_t first,
        behind;        /**< code points of the article's text, half-open; 0 and 0 for the title */
    bool title;        /**< the passage is the title, which has no place in the text */
    float score;       /**< its own, windows within it included */
    float probability; /**< what an article has, as long as this one, whose best passages all have
                            that score */
} ttag_passage_evidence;

/** One tag for one article. */
typedef struct ttag_decision {
    uint32_t tag; /**< position in the model's tags */
    bool given;
    float score;         /**< w·x + b; RBF: Σ coef exp(-gamma |x - z|²) + b; of passages:
                              put together (ttag_passage_rule) */
    float probability;   /**< calibrated; raised where implied */
    uint32_t implied_by; /**< the given tag that raised this one, or TTAG_NO_TAG */
    const ttag_evidence *because; /**< strongest first, at most opts.explain */
    size_t n_because;
    const ttag_passage_evidence *passages; /**< of a model that scores passages: the best first, at
                                                most opts.explain; `because` is of the best */
    size_t n_passages;
    bool review; /**< with opts.unsure: near its threshold, or implied by a tag
                      that is; never of constant tags */
} ttag_decision;

/** The result for one article; lives until the next call on its workspace. */
typedef struct ttag_classification {
    const ttag_decision *decisions; /**< one per tag of the model (with given_only: as said there),
                                         in falling order of probability, equal ones by position */
    size_t n_decisions;
    const ttag_decision *given; /**< the given ones, in the same order */
    size_t n_given;
    const float *scores; /**< one per tag of the model, in their order; with given_only NULL: most
                              need not be computed */
    const ttag_dropped *dropped; /**< with opts.explain: what of the text was passed over */
    size_t n_dropped;
} ttag_classification;

typedef struct ttag_workspace ttag_workspace;

/** @param model  borrowed as long as the workspace lives. @param opts  NULL: the defaults.
    @return TTAG_OK, TTAG_NOMEM, TTAG_INVALID. */
TTAG_API ttag_status ttag_workspace_new(ttag_workspace **out, const ttag_model *model,
                                        const ttag_classify_opts *opts, ttag_error *err);

/** Tags one article. `result` borrows from the workspace. @return TTAG_OK, TTAG_NOMEM. */
TTAG_API ttag_status ttag_classify(ttag_workspace *workspace, ttag_classification *result,
                                   const ttag_article *article, ttag_error *err);

/** Tags a terminated string: the short call. @return as above. */
TTAG_API ttag_status ttag_classify_text(ttag_workspace *workspace, ttag_classification *result,
                                        const char *text, ttag_error *err);

/** What ttag_classify_many calls with each result, in order of the articles; the result lives until
    it returns. Anything but TTAG_OK ends ttag_classify_many with that status. */
typedef ttag_status ttag_classified_each(void *payload, size_t index,
                                         const ttag_classification *result);

/** Tags n articles. Of an RBF model eight are compared with the support vectors together, which is
    two to three times as fast as one by one; the results are the same, byte for byte.
    @return TTAG_OK, TTAG_NOMEM, or the status of `each`. */
TTAG_API ttag_status ttag_classify_many(ttag_workspace *workspace, const ttag_article *articles,
                                        size_t n, ttag_classified_each *each, void *payload,
                                        ttag_error *err);

TTAG_API void ttag_workspace_free(ttag_workspace *workspace);

/** Whether a tag's name fits a pattern of ttag_classify_opts.only or .drop: * stands for any
 * characters, ? for one; upper case differs from lower. By any thread. */
TTAG_API bool ttag_tag_fits(const char *pattern, ttag_view tag);

/** What a stream saw. */
typedef struct ttag_classify_counts {
    size_t records;    /**< records written: one for each record read */
    size_t refused;    /**< of these, written as errors */
    size_t bare_feeds; /**< feeds without items, which #TTAG_OUTPUT_FEED writes as they are; of no
                            record */
} ttag_classify_counts;

/**
 * Reads `feed` to its end and writes one result for each record, refused records included; in input
 * order, unless opts->unordered. Reading, writing and the monitor stay with the calling thread.
 * What is finished is written at once whenever the input has nothing ready, else in blocks. At most
 * about 1 MiB of records for each thread is under way, and 64 MiB more where records are larger
 * than that: whoever reads `out` slowly slows the reading of the feed down.
 * @param counts  may be NULL
 * @return TTAG_OK (a reader that closed `out` early included); TTAG_IO; TTAG_NOMEM; TTAG_CANCELLED,
 * after every record that was taken from the input whole has been answered.
 */
TTAG_API ttag_status ttag_classify_stream(const ttag_model *model, ttag_reader *feed, FILE *out,
                                          const ttag_classify_opts *opts,
                                          ttag_classify_counts *counts, ttag_error *err);

#ifdef __cplusplus
}
#endif

#endif
