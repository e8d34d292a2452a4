/* What training asks of an extractor besides its public functions: rows that other threads have
   counted, and many threads for the end. */
#ifndef FEATURES_EXTRACTOR_H
#define FEATURES_EXTRACTOR_H

#include "features/term_batch.h"

/* Adds the rows of a batch, whose articles were counted with the extractor's options; then the
   batch can only be cleared. TTAG_OK; TTAG_NOMEM, TTAG_LIMIT: no row was added. */
ttag_status extractor_take(ttag_extractor *extractor, term_batch *batch, ttag_error *err);

/* Articles that are added from now on have no say in how often a term is thought to occur: document
   frequencies, and the weights that come of them, are of those before; a term that these lack
   counts as one article's. They do count for min-df, max-df and max-terms. Once, after the first
   article. TTAG_OK; TTAG_NOMEM, TTAG_LIMIT. */
ttag_status extractor_begin_extra(ttag_extractor *extractor, ttag_error *err);

/* ttag_extractor_finish by so many threads; any number gives the same features. */
ttag_status extractor_finish(ttag_features **out, ttag_extractor *extractor, unsigned threads,
                             ttag_error *err);

#endif
