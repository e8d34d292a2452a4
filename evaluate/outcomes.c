/* The growing table of outcomes. */
#include "evaluate/outcomes.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"

ttag_status outcomes_extend(outcomes *o, size_t count, ttag_error *err)
{
    size_t documents, n_pairs, n_scores;
    if (!size_add(&documents, o->n_documents, count) || documents > UINT32_MAX)
        return fail(err, TTAG_LIMIT, "more than 4294967295 articles in one evaluation");
    if (!size_mul(&n_pairs, documents, o->n_tags) || !size_mul(&n_scores, documents, o->n_scored) ||
        !mem_grow(&o->pairs, &o->pairs_capacity, n_pairs, sizeof *o->pairs) ||
        !mem_grow(&o->scores, &o->scores_capacity, n_scores, sizeof *o->scores) ||
        !mem_grow(&o->probabilities, &o->probabilities_capacity, n_scores,
                  sizeof *o->probabilities))
        return fail_memory(err);
    size_t old_pairs = o->n_documents * o->n_tags, old_scores = o->n_documents * o->n_scored;
    for (size_t i = old_scores; i < n_scores; i++)
        o->scores[i] = o->probabilities[i] = 0;
    if (n_pairs > old_pairs)
        memset(o->pairs + old_pairs, 0, n_pairs - old_pairs);
    o->n_documents = documents;
    return TTAG_OK;
}

ttag_status outcomes_widen(outcomes *o, size_t n_tags, ttag_error *err)
{
    if (n_tags <= o->n_tags)
        return TTAG_OK;
    size_t n_pairs;
    unsigned char *wide =
        size_mul(&n_pairs, o->n_documents, n_tags) ? mem_zero(n_pairs, sizeof *wide) : NULL;
    if (!wide)
        return fail_memory(err);
    for (size_t row = 0; row < o->n_documents && o->n_tags > 0; row++)
        memcpy(wide + row * n_tags, o->pairs + row * o->n_tags, o->n_tags);
    mem_free(o->pairs);
    o->pairs = wide;
    o->pairs_capacity = n_pairs;
    o->n_tags = n_tags;
    return TTAG_OK;
}

void outcomes_dispose(outcomes *o)
{
    mem_free(o->pairs);
    mem_free(o->scores);
    mem_free(o->probabilities);
    *o = (outcomes){0};
}
