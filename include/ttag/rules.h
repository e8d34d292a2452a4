/**
 * @file ttag/rules.h
 * First labels by rules: words and phrases that say that a tag is there, or that it is not.
 *
 * In: articles, and a list of rules, a JSON file (docs/bootstrap.md describes it; one is built in,
 * `datasets/rules.json`). Out: labelled records, JSON Lines as `ttag train` reads them, in the
 * order of the input; or how often the rules are right about articles that people have labelled.
 * What no rule speaks of is `unknown` in the records: neither for nor against the tag.
 *
 *     ttag_rules *rules;
 *     ttag_reader *reader;
 *     const char *feed = "feed.jsonl";
 *     if (ttag_rules_new_builtin(&rules, NULL, &err) == TTAG_OK) {
 *         if (ttag_reader_open(&reader, &feed, 1, NULL, &err) == TTAG_OK) {
 *             if (ttag_bootstrap(stdout, rules, reader, NULL, NULL, &err) != TTAG_OK)
 *                 fprintf(stderr, "%s\n", err.text);
 *             ttag_reader_free(reader);
 *         }
 *         ttag_rules_free(rules);
 *     }
 */
#ifndef TTAG_RULES_H
#define TTAG_RULES_H

#include <stdio.h>

#include "ttag/articles.h"
#include "ttag/base.h"
#include "ttag/taxonomy.h"
#include "ttag/unknown.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Rules, ready to be applied. Immutable; any number of threads may use them. */
typedef struct ttag_rules ttag_rules;

/**
 * The rules that are built in, `datasets/rules.json`, for the tags of the built-in taxonomy.
 * @param taxonomy  NULL: the built-in one; else it must hold every tag that the rules name, and
 *                  outlive them
 * @return TTAG_OK; TTAG_PARSE: a rule names a tag that the taxonomy does not hold; TTAG_NOMEM.
 */
TTAG_API ttag_status ttag_rules_new_builtin(ttag_rules **out, const ttag_taxonomy *taxonomy,
                                            ttag_error *err);

/**
 * Reads rules from a file.
 * @param taxonomy  as above
 * @return TTAG_OK; TTAG_IO; TTAG_PARSE with line, column and what was expected; TTAG_NOMEM.
 */
TTAG_API ttag_status ttag_rules_load(ttag_rules **out, const char *path,
                                     const ttag_taxonomy *taxonomy, ttag_error *err);

/** How many rules there are, and how many phrases in all of them, each counted once. */
TTAG_API size_t ttag_rules_count(const ttag_rules *rules);
TTAG_API size_t ttag_rules_phrases(const ttag_rules *rules);

TTAG_API void ttag_rules_free(ttag_rules *rules);

/** What becomes of an article that is labelled already. */
typedef enum ttag_existing {
    TTAG_EXISTING_KEEP = 0, /**< it is written with the labels and the weight that it has */
    TTAG_EXISTING_MERGE,    /**< likewise, but where it calls a tag unknown the rules speak */
    TTAG_EXISTING_REPLACE   /**< its labels are dropped; the rules alone speak */
} ttag_existing;

typedef struct ttag_bootstrap_opts {
    ttag_existing existing;
    double weight; /**< of the records that rules have labelled; from 0 to TTAG_WEIGHT_MOST */
    bool explain;  /**< `because`: which rule decided each tag, and by which phrase */
    const ttag_monitor *monitor; /**< NULL: silent */
} ttag_bootstrap_opts;

#define TTAG_BOOTSTRAP_OPTS_INIT                                                                   \
    {                                                                                              \
        TTAG_EXISTING_KEEP, 0.3, false, NULL                                                       \
    }

/** What became of the records. */
typedef struct ttag_bootstrap_counts {
    size_t written;
    size_t kept;   /**< of these: with labels of their own alone */
    size_t tagged; /**< of those that rules labelled: with a tag or more from them */
    size_t silent; /**< of those that rules labelled: without a tag present or absent by them */
} ttag_bootstrap_counts;

/**
 * Labels what is left of the feed and writes a line for each article. Records that the reader
 * refuses are told to the monitor and passed over. A record that rules labelled bears
 * `"labelled_by":"rules"`.
 * @param opts    NULL: TTAG_BOOTSTRAP_OPTS_INIT
 * @param counts  may be NULL; filled in any case
 * @return TTAG_OK; TTAG_INVALID: the weight is out of range; TTAG_EMPTY: there was no article;
 * TTAG_IO: writing failed; TTAG_NOMEM; TTAG_CANCELLED. What was written until then stays.
 */
TTAG_API ttag_status ttag_bootstrap(FILE *out, const ttag_rules *rules, ttag_reader *reader,
                                    const ttag_bootstrap_opts *opts, ttag_bootstrap_counts *counts,
                                    ttag_error *err);

/** What the rules said about one tag in the articles of one source, beside what these say. */
typedef struct ttag_rule_figures {
    ttag_view source;     /**< as in the records; empty: they name none */
    ttag_view tag;        /**< of the taxonomy */
    size_t articles;      /**< labelled ones that do not call the tag unknown */
    size_t support;       /**< of these: that carry the tag */
    size_t present;       /**< that the rules give it to … */
    size_t present_right; /**< … and that carry it */
    size_t absent;        /**< that the rules deny it to … */
    size_t absent_right;  /**< … and that do not carry it */
} ttag_rule_figures;

typedef struct ttag_rule_measure ttag_rule_measure;

/**
 * Applies the rules to the labelled articles that are left of the feed, and counts.
 * @param unknown  further pairs of article and tag that do not count; NULL: none
 * @return TTAG_OK; TTAG_EMPTY: there was no labelled article; TTAG_NOMEM; TTAG_CANCELLED.
 */
TTAG_API ttag_status ttag_rules_measure(ttag_rule_measure **out, const ttag_rules *rules,
                                        ttag_reader *reader, const ttag_unknown_rules *unknown,
                                        const ttag_monitor *monitor, ttag_error *err);

/** How many figures there are: sources, in the order in which they come, times the taxonomy. */
TTAG_API size_t ttag_rule_measure_size(const ttag_rule_measure *measure);
/** The figures at `position` (< size); their views live as long as the measure and the rules. */
TTAG_API ttag_rule_figures ttag_rule_measure_at(const ttag_rule_measure *measure, size_t position);

TTAG_API void ttag_rule_measure_free(ttag_rule_measure *measure);

#ifdef __cplusplus
}
#endif

#endif
