/* Tags for which no cut kept the bound that was asked for: one warning names them all. */
#ifndef TRAIN_NEVER_GIVEN_H
#define TRAIN_NEVER_GIVEN_H

#include "base/buffer.h"
#include "train/constrained_cut.h"

static inline bool is_never_given(const ttag_model_tag *tag)
{
    return !tag->constant && tag->threshold > 1;
}

/* Returns how many there are. */
size_t never_given_tell(const ttag_model_tag *tags, size_t n_tags, const cut_rule *rule,
                        const ttag_monitor *monitor);

/* "none", "f1", "precision=0.9", "recall=0.95" */
void cut_rule_put(buffer *out, const cut_rule *rule);

#endif
