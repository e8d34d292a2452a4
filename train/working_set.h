/* The articles that matter to a tag's problems: those near the margin, and their kernel values. An
   article that turns out to violate its optimality condition joins. */
#ifndef TRAIN_WORKING_SET_H
#define TRAIN_WORKING_SET_H

#include "train/compact_kernel.h"

/* Zero-initialise before working_set_reserve. */
typedef struct working_set {
    compact_kernel kernel;
    kernel_scratch scratch;
    unsigned char *is_member; /* of every article */
    uint32_t *candidates;     /* that want to join */
    float *lacks;             /* by how much each violates its condition */
    size_t n_candidates;
    size_t memory; /* bytes that kernel values may take, libsvm's copy among them */
} working_set;

bool working_set_reserve(working_set *s, const kernel_source *source);
void working_set_dispose(working_set *s);

/* Whether the kernel values of a set of n articles take no more than `memory` bytes. */
bool working_set_fits(size_t n, size_t memory);
/* bytes: of a set of n articles. Whether a size_t can hold it. */
bool working_set_size(size_t *bytes, size_t n);

/* Empty, for n_articles and `memory` bytes at most. */
void working_set_clear(working_set *s, size_t n_articles, size_t memory);
/* Adds articles that are no members. TTAG_NOMEM; TTAG_LIMIT: over the bytes allowed. */
ttag_status working_set_add(working_set *s, const kernel_source *source, const uint32_t *articles,
                            size_t count);
/* Lets an article that is no member join with the next call of working_set_join. Each at most once.
 */
static inline void working_set_propose(working_set *s, size_t article, float lack)
{
    s->candidates[s->n_candidates] = (uint32_t)article;
    s->lacks[s->n_candidates++] = lack;
}
/* Adds the worst candidates, so many at most that the set grows by half, and forgets the others.
   Status as working_set_add. */
ttag_status working_set_join(working_set *s, const kernel_source *source);

#endif
