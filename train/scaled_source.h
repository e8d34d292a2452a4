/* The articles as one tag sees them where terms have factors: f∘x, for kernel values and for all
   that is done with them. Which terms an article holds stays shared. */
#ifndef TRAIN_SCALED_SOURCE_H
#define TRAIN_SCALED_SOURCE_H

#include "train/kernel.h"
#include "train/term_factors.h"

/* Of one thread. Zero-initialise before scaled_source_reserve; must not be moved from there on. */
typedef struct scaled_source {
    kernel_source source; /* of x */
    ttag_matrix x;        /* values: owned */
    float *values;
    float *dense;
    term_factors of_tag;
} scaled_source;

/* plain: the source without factors, borrowed. */
bool scaled_source_reserve(scaled_source *s, const kernel_source *plain);
void scaled_source_dispose(scaled_source *s);

/* truth as of term_factors_fit. */
void scaled_source_fit(scaled_source *s, const kernel_source *plain, const factor_source *factors,
                       const signed char *truth);

#endif
