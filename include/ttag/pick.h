/**
 * @file ttag/pick.h
 * Which articles to label next.
 *
 * In: a model, and a feed of articles that nobody has labelled. Out: those few whose labels would
 * teach a model most: articles that it is unsure about (their scores lie near the cut of a tag;
 * Lewis and Gale 1994), rather of tags that have few articles, and no two that are much alike
 * (Brinker 2003). Labelled, they go into the next training; then picking begins anew.
 *
 *     ttag_picks *picks;
 *     if (ttag_pick(&picks, model, reader, NULL, &err) == TTAG_OK) {
 *         ttag_picks_write_jsonl(picks, stdout, &err);
 *         ttag_picks_free(picks);
 *     }
 */
#ifndef TTAG_PICK_H
#define TTAG_PICK_H

#include <stdio.h>

#include "ttag/articles.h"
#include "ttag/model.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ttag_pick_opts {
    uint32_t n;       /**< articles to pick, from 1 */
    double diversity; /**< 0: none; 1: an article that is like one that was picked before counts for
                           nothing; between: that much less */
    double rare;      /**< a tag counts by its number of articles to the power of minus this; 0: all
                           alike; at most 2 */
    uint32_t suggest; /**< tags that are suggested for an article, at most */
    const ttag_monitor *monitor;
} ttag_pick_opts;

#define TTAG_PICK_OPTS_INIT                                                                        \
    {                                                                                              \
        100, 1.0, 0.25, 10, NULL                                                                   \
    }

/** A tag that the model is unsure about, or would give. */
typedef struct ttag_pick_tag {
    uint32_t tag; /**< position in the model's tags */
    bool given;
    float probability;
    float doubt; /**< what it adds to the article's: weight of the tag times 1 - |score - cut|,
                    where that is over 0 */
} ttag_pick_tag;

/** A picked article. */
typedef struct ttag_picked {
    ttag_view record; /**< of JSON Lines: the record as it stood; else absent, and there are … */
    ttag_view id, title, text; /**< … these; `id` as JSON text */
    const char *path;
    size_t line;
    double doubt;    /**< sum over tags */
    double likeness; /**< to the most alike of those picked before: cosine of their vectors */
    const ttag_pick_tag *suggested; /**< n_suggested given tags, the most probable first */
    size_t n_suggested;
    const ttag_pick_tag *unsure; /**< n_unsure, the most doubtful first; at most 3 */
    size_t n_unsure;
} ttag_picked;

/** What was picked, the first one first; read-only for its users, freed as a whole. */
typedef struct ttag_picks {
    const ttag_picked *items;
    size_t n;
    const ttag_model *model; /**< borrowed: must outlive the picks */
    size_t unlabelled;       /**< articles to choose from */
    size_t labelled;         /**< records that have `tags`: passed over */
    size_t refused;
} ttag_picks;

/**
 * Reads `feed` to its end and picks. Keeps the texts of the twenty times n articles with the
 * greatest doubt, 2,000 at least.
 * @param opts  NULL: TTAG_PICK_OPTS_INIT
 * @return TTAG_OK; TTAG_EMPTY if no unlabelled article was read; TTAG_INVALID for options out of
 * range; TTAG_NOMEM; TTAG_CANCELLED. The same model, feed and options give the same picks.
 */
TTAG_API ttag_status ttag_pick(ttag_picks **out, const ttag_model *model, ttag_reader *feed,
                               const ttag_pick_opts *opts, ttag_error *err);

/**
 * Writes the picks as JSON Lines, ready to be labelled: the record's own fields, without `tags`,
 * then `suggested` (names of tags) and `picked` (why: `doubt`, `likeness`, `unsure`).
 * docs/labelling.md has an example.
 * @return TTAG_OK, TTAG_IO, TTAG_NOMEM.
 */
TTAG_API ttag_status ttag_picks_write_jsonl(const ttag_picks *picks, FILE *out, ttag_error *err);

TTAG_API void ttag_picks_free(ttag_picks *picks);

#ifdef __cplusplus
}
#endif

#endif
