/* Given tags raise what they imply, directly and through others. */
#ifndef CLASSIFY_IMPLICATIONS_H
#define CLASSIFY_IMPLICATIONS_H

#include "ttag/classify.h"

/* Scratch space for n_tags tags. */
typedef struct implications {
    uint64_t *order;
    uint32_t *stack;
    bool *reached;
} implications;

bool implications_init(implications *scratch, size_t n_tags); /* false: no memory */
void implications_dispose(implications *scratch);

/* `decisions` in order of the tags. A raised tag gets the given tag of highest probability that
   leads to it as implied_by, and a probability no lower than that tag's and its own threshold. */
void imply_tags(ttag_decision *decisions, const ttag_model_parts *parts,
                const ttag_classify_opts *opts, implications *scratch);

#endif
