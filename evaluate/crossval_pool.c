/* Tags by name, rows one behind another. */
#include "evaluate/crossval_pool.h"

#include <float.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/view.h"

static int by_name(const void *a, const void *b)
{
    return view_compare(((const scored_tag *)a)->name, ((const scored_tag *)b)->name);
}

/* All tags once, by name, with the mean of their thresholds; returns how many. */
static size_t unite(scored_tag *all, const tally *tallies, size_t n)
{
    size_t count = 0, kept = 0, same = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t t = 0; t < tallies[i].n_tags; t++)
            all[count++] = tallies[i].tags[t];
    qsort(all, count, sizeof *all, by_name);
    for (size_t i = 0; i < count; i++) {
        bool known = kept > 0 && view_equal(all[kept - 1].name, all[i].name);
        same = known ? same + 1 : 1;
        if (known)
            all[kept - 1].threshold += (all[i].threshold - all[kept - 1].threshold) / (double)same;
        else
            all[kept++] = all[i];
    }
    return kept;
}

static ttag_status add_labels(tally *out, const tally *t, ttag_error *err)
{
    ttag_view *names = NULL;
    size_t capacity = 0;
    ttag_status status = TTAG_OK;
    for (size_t i = 0; status == TTAG_OK && i < t->labels.n_rows; i++) {
        const truth_row *row = &t->labels.rows[i];
        size_t n = row->n_true + row->n_unknown;
        if (!mem_grow(&names, &capacity, n + 1, sizeof *names)) {
            status = fail_memory(err);
            break;
        }
        for (size_t k = 0; k < n; k++)
            names[k] = intern_view(&t->labels.names, t->labels.items[row->start + k]);
        truth_labels labels = {names, row->n_true, names + row->n_true, row->n_unknown,
                               row->unknown_others};
        status = truth_add(&out->labels, &labels, err);
    }
    mem_free(names);
    return status;
}

/* Place in the united tags. */
static size_t place_of(const tally *out, ttag_view name)
{
    const scored_tag wanted = {.name = name};
    const scored_tag *found = bsearch(&wanted, out->tags, out->n_tags, sizeof *out->tags, by_name);
    return (size_t)(found - out->tags);
}

static ttag_status add_results(tally *out, const tally *t, ttag_error *err)
{
    outcomes *o = &out->results;
    const outcomes *from = &t->results;
    size_t first = o->n_documents;
    ttag_status status = outcomes_extend(o, from->n_documents, err);
    if (status != TTAG_OK)
        return status;
    for (size_t k = first * o->n_scored; k < o->n_documents * o->n_scored; k++)
        o->scores[k] = -FLT_MAX;
    for (size_t tag = 0; tag < t->n_tags; tag++) {
        size_t place = place_of(out, t->tags[tag].name);
        for (size_t i = 0; i < from->n_documents; i++) {
            size_t to = (first + i) * o->n_scored + place, at = i * from->n_scored + tag;
            o->pairs[(first + i) * o->n_tags + place] = from->pairs[i * from->n_tags + tag];
            o->scores[to] = from->scores[at];
            o->probabilities[to] = from->probabilities[at];
        }
    }
    return TTAG_OK;
}

ttag_status crossval_pool(tally *out, const tally *tallies, size_t n, ttag_error *err)
{
    size_t most = 0;
    for (size_t i = 0; i < n; i++)
        most += tallies[i].n_tags;
    scored_tag *all = mem_new(most, sizeof *all);
    if (!all)
        return fail_memory(err);
    ttag_status status = tally_start_with(out, all, unite(all, tallies, n), err);
    mem_free(all);
    for (size_t i = 0; status == TTAG_OK && i < n; i++) {
        status = add_labels(out, &tallies[i], err);
        if (status == TTAG_OK)
            status = add_results(out, &tallies[i], err);
    }
    return status;
}
