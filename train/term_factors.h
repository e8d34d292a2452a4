/* How much each term tells the articles with a tag from those without it, as a factor of its values
   (Wang and Manning 2012, "NB-SVM", without the sign):

     f = s (1/4 + |r| / max |r|)    r = ln (p / Σ p) - ln (q / Σ q)

   p is 1 + the number of articles with the tag that hold the term, each as its weight has it, q
   likewise of those without it; articles of which nothing is known count for neither. s makes the
   mean of |f∘x|² over all articles that of |x|², so that a cost means the same as without factors.
 */
#ifndef TRAIN_TERM_FACTORS_H
#define TRAIN_TERM_FACTORS_H

#include "ttag/train.h"

static inline bool factors_wanted(const ttag_train_opts *opts)
{
    return opts->term_scaling == TTAG_SCALING_RATIO ||
           (opts->term_scaling == TTAG_SCALING_AUTO && opts->kernel == TTAG_KERNEL_LINEAR &&
            opts->unit == TTAG_UNIT_ARTICLE);
}

/* What all tags share. Zero-initialise before factor_source_make. */
typedef struct factor_source {
    const ttag_matrix *x;   /* borrowed */
    const float *counts_as; /* n_rows: the articles' own weights; NULL: 1 each; borrowed */
    double *df;             /* n_columns: articles that hold the term */
    double *squares;        /* n_columns: Σ x² over all articles */
    double *logs;           /* n_rows + 2: ln k at k, from 1; for weights of 1 */
} factor_source;

/* TTAG_NOMEM */
ttag_status factor_source_make(factor_source *out, const ttag_matrix *x, const float *counts_as);
void factor_source_dispose(factor_source *s);

/* The factors of one tag. Zero-initialise before term_factors_reserve. */
typedef struct term_factors {
    float *factors;   /* n_columns */
    double *positive; /* n_columns: articles with the tag that hold the term */
    double *unknown;  /* n_columns: likewise, where nothing is known */
} term_factors;

bool term_factors_reserve(term_factors *f, size_t n_columns);
void term_factors_dispose(term_factors *f);

/* truth: of every article, +1 with the tag, -1 without, 0: not known, or not to be looked at. */
void term_factors_fit(term_factors *f, const factor_source *source, const signed char *truth);

#endif
