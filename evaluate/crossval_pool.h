/* The tallies of several models as one. */
#ifndef EVALUATE_CROSSVAL_POOL_H
#define EVALUATE_CROSSVAL_POOL_H

#include "evaluate/tally.h"

/* A tally for all tags that any of the n tallies has, with all their articles; what a model does
   not know it does not give. Names are borrowed of the tallies. To be called before their
   evaluations are made. Dispose in any case. */
ttag_status crossval_pool(tally *out, const tally *tallies, size_t n, ttag_error *err);

#endif
