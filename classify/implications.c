/* A walk over the graph of implications, from the most probable given tag on: whatever a tag leads
   to was led to by no better one. */
#include "classify/implications.h"

#include <string.h>

#include "base/memory.h"
#include "classify/decisions.h"

bool implications_init(implications *scratch, size_t n_tags)
{
    *scratch = (implications){mem_new(n_tags, sizeof *scratch->order),
                              mem_new(n_tags, sizeof *scratch->stack),
                              mem_new(n_tags, sizeof *scratch->reached)};
    return scratch->order && scratch->stack && scratch->reached;
}

void implications_dispose(implications *scratch)
{
    mem_free(scratch->order);
    mem_free(scratch->stack);
    mem_free(scratch->reached);
    *scratch = (implications){0};
}

static float larger(float a, float b)
{
    return a > b ? a : b;
}

static void raise_tag(ttag_decision *raised, const ttag_decision *by, float threshold)
{
    raised->given = true;
    raised->implied_by = by->tag;
    raised->review = by->review; /* no surer than what it rests on */
    raised->probability = larger(raised->probability, by->probability);
    if (threshold <= 1) /* else no probability reaches it */
        raised->probability = larger(raised->probability, threshold);
}

void imply_tags(ttag_decision *decisions, const ttag_model_parts *parts,
                const ttag_classify_opts *opts, implications *scratch)
{
    size_t n_given = 0;
    for (size_t t = 0; t < parts->n_tags; t++)
        if (decisions[t].given)
            scratch->order[n_given++] = decision_key(&decisions[t]);
    decision_keys_sort(scratch->order, n_given);
    memset(scratch->reached, 0, parts->n_tags * sizeof *scratch->reached);
    for (size_t i = 0; i < n_given; i++) {
        uint32_t origin = decision_key_tag(scratch->order[i]);
        size_t height = 0;
        if (!scratch->reached[origin])
            scratch->stack[height++] = origin;
        scratch->reached[origin] = true;
        while (height > 0) {
            const ttag_model_tag *tag = &parts->tags[scratch->stack[--height]];
            for (size_t k = 0; k < tag->n_implies; k++) {
                uint32_t next = tag->implies[k];
                if (scratch->reached[next])
                    continue;
                scratch->reached[next] = true;
                scratch->stack[height++] = next;
                if (!decisions[next].given)
                    raise_tag(&decisions[next], &decisions[origin],
                              decision_threshold(&parts->tags[next], opts));
            }
        }
    }
}
