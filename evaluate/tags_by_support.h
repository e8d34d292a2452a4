/* The order in which tags are shown: the most frequent first. */
#ifndef EVALUATE_TAGS_BY_SUPPORT_H
#define EVALUATE_TAGS_BY_SUPPORT_H

#include "ttag/evaluate.h"

/* e->n_tags tags by falling support, equal ones in their order; to be freed with mem_free. NULL: no
   memory. */
uint32_t *tags_by_support(const ttag_evaluation *e);

#endif
