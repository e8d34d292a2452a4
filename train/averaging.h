/* Three classifiers for a tag in place of one, and their mean as the solution:

     w·x + b = (1 - s) (words + characters) / 2 + s both

   words: trained on words alone, characters: on n-grams of characters alone, each block as long as
   an article's vector, terms scaled as the options say; both: on all terms as they are. s is 0, 1/3
   or 3/5, for each tag the one whose out-of-fold scores have the least log loss under Platt's
   sigmoid; 1/3 where there are none, or fewer than AVERAGING_LEAST_SUPPORT articles of either kind.
   The mean of weights has the mean scores, so that classifying is the same as with one. */
#ifndef TRAIN_AVERAGING_H
#define TRAIN_AVERAGING_H

#include "train/solvers.h"

enum { AVERAGING_LEAST_SUPPORT = 20 };

/* What the options come to. */
static inline bool averaging_wanted(const ttag_train_opts *opts)
{
    return opts->averaging == TTAG_AVERAGING_BLOCKS && opts->unit == TTAG_UNIT_ARTICLE &&
           factors_wanted(opts) && opts->text.char_most > 0;
}

/* As tag_solutions_find, for articles. x of the task: columns as in the vocabulary. shares: n_tags,
   the s of each tag. Where the deadline comes before one of the three is there for all tags, those
   before it are the solution (first both, then words); if it is the first, what it has reached. A
   certificate has the largest gap and violation of the three, and the sum of their objectives. */
ttag_status averaged_solutions_find(tag_solutions *out, float *shares, const solve_task *task,
                                    const ttag_vocabulary *vocabulary, const ttag_train_opts *opts,
                                    ttag_error *err);

/* The s of one tag. apart, together: n_partitions x n_articles scores, of the mean of words and
   characters and of both; truth: n_articles, 0: does not count. TTAG_NOMEM. */
ttag_status averaging_choose(float *share, const float *apart, const float *together,
                             size_t n_partitions, const signed char *truth, size_t n_articles);

#endif
