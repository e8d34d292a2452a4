/**
 * @file ttag/boilerplate.h
 * Parts of a text that say nothing of what it is about: comment forms, "share this" and "subscribe"
 * lines, shortcodes such as `[gallery ids="1,2"]`, and lines that a publisher puts under
 * everything.
 *
 * In: an article. Out: the same article with a list of spans of its text (ttag_article.dropped)
 * that are passed over when it is made into features. The text itself stays as it is, so that
 * offsets still count it.
 *
 * What is found are whole lines, and shortcodes within lines: a text without line ends can only
 * lose shortcodes. Lines are compared folded: letters in lower case, each run of digits as one 0,
 * whatever is neither as one blank. A line is boilerplate if it fits a pattern of
 * datasets/boilerplate, which is part of the library, or if it was found to repeat. Where no word
 * would be left nothing is dropped.
 *
 *     ttag_boilerplate what = TTAG_BOILERPLATE_INIT;
 *     if (ttag_boilerplate_finder_new(&finder, &what, &err) == TTAG_OK &&
 *         ttag_boilerplate_find(finder, &article, &err) == TTAG_OK)
 *         printf("%zu spans are passed over\n", article.n_dropped);
 */
#ifndef TTAG_BOILERPLATE_H
#define TTAG_BOILERPLATE_H

#include "ttag/articles.h"
#include "ttag/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The most lines that a model knows to repeat. */
#define TTAG_REPEATED_MOST 65536

/** What is boilerplate. */
typedef struct ttag_boilerplate {
    bool patterns;            /**< false: nothing is, and there are no `repeated` lines either */
    const uint64_t *repeated; /**< n_repeated hashes of folded lines, rising; may be NULL if 0 */
    size_t n_repeated;        /**< at most TTAG_REPEATED_MOST */
} ttag_boilerplate;

/** Patterns, and no lines that repeat. */
#define TTAG_BOILERPLATE_INIT                                                                      \
    {                                                                                              \
        true, NULL, 0                                                                              \
    }

/** @return NULL if it makes sense, else a sentence (static) that says what does not. */
TTAG_API const char *ttag_boilerplate_check(const ttag_boilerplate *boilerplate);

/** Finds boilerplate: the scratch space of one thread. */
typedef struct ttag_boilerplate_finder ttag_boilerplate_finder;

/** @param what  `repeated` is borrowed as long as the finder lives.
    @return TTAG_OK, TTAG_INVALID, TTAG_NOMEM. */
TTAG_API ttag_status ttag_boilerplate_finder_new(ttag_boilerplate_finder **out,
                                                 const ttag_boilerplate *what, ttag_error *err);

/**
 * Fills in `dropped` and `n_dropped` of an article: spans of its text, in order, none touching the
 * next with the same reason. They live until the next call on this finder, and as long as the text.
 * Takes time in proportion to the text.
 * @return TTAG_OK; TTAG_NOMEM: nothing is dropped.
 */
TTAG_API ttag_status ttag_boilerplate_find(ttag_boilerplate_finder *finder, ttag_article *article,
                                           ttag_error *err);

TTAG_API void ttag_boilerplate_finder_free(ttag_boilerplate_finder *finder);

/* ---- Lines that repeat. ---- */

/**
 * When a line repeats: in so many articles of a source, and in that share of them. The articles of
 * a source are those that have more than one line; what says nothing of its `source` goes by the
 * host of its `url`, else all of that is one source. An article that came before, word for word,
 * counts once.
 */
typedef struct ttag_repeat_opts {
    uint32_t least;     /**< articles, from 2 */
    double share;       /**< over 0, at most 1 */
    double short_share; /**< likewise, of lines of one or two words, which may be what is left of a
                             sentence that was wrapped */
    uint32_t most;      /**< lines that are kept, those in most articles (of equals those with the
                             smaller hash); 1 to TTAG_REPEATED_MOST */
} ttag_repeat_opts;

#define TTAG_REPEAT_OPTS_INIT                                                                      \
    {                                                                                              \
        5, 0.1, 0.3, 4096                                                                          \
    }

/** Counts lines: 24 bytes for each different one of a source, up to 2^21 of them, then those seen
    once are forgotten. */
typedef struct ttag_repeat_learner ttag_repeat_learner;

/** @param opts  NULL: TTAG_REPEAT_OPTS_INIT. @return TTAG_OK, TTAG_INVALID, TTAG_NOMEM. */
TTAG_API ttag_status ttag_repeat_learner_new(ttag_repeat_learner **out,
                                             const ttag_repeat_opts *opts, ttag_error *err);

/** Counts the lines of an article, labelled or not. @return TTAG_OK, TTAG_NOMEM. */
TTAG_API ttag_status ttag_repeat_learner_add(ttag_repeat_learner *learner,
                                             const ttag_article *article, ttag_error *err);

/** Adds the articles of a feed, which is read to its end. What cannot be read is passed over: who
    reads the feed for what it says will hear of it. @return TTAG_OK, TTAG_NOMEM, TTAG_CANCELLED. */
TTAG_API ttag_status ttag_repeat_learner_read(ttag_repeat_learner *learner, ttag_reader *feed,
                                              ttag_error *err);

/** Patterns and the lines that repeat, borrowed as long as the learner lives and nothing is added
    to it. The same articles in any order give the same lines, unless there were over 2^21.
    @return TTAG_OK, TTAG_NOMEM. */
TTAG_API ttag_status ttag_repeat_learner_finish(ttag_repeat_learner *learner,
                                                ttag_boilerplate *found, ttag_error *err);

TTAG_API void ttag_repeat_learner_free(ttag_repeat_learner *learner);

#ifdef __cplusplus
}
#endif

#endif
