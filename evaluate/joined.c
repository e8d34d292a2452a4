/* Texts and labels by article. */
#include "evaluate/joined.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/memory.h"

static bool add_labels(joined *j, size_t whole, const ttag_view *names, size_t n, bool unknown)
{
    if (!mem_grow(&j->labels, &j->labels_capacity, j->n_labels + n, sizeof *j->labels))
        return false;
    for (size_t i = 0; i < n; i++) {
        joined_label label = {whole, j->n_labels, arena_copy(&j->wholes.memory, names[i]), unknown};
        if (!label.name.bytes)
            return false;
        j->labels[j->n_labels++] = label;
    }
    return true;
}

ttag_status joined_add(joined *j, const ttag_article *record, const truth_labels *labels,
                       ttag_error *err)
{
    size_t before = j->wholes.count;
    if (!whole_list_add(&j->wholes, record, 1) ||
        !mem_grow(&j->unknown_others, &j->unknown_capacity, j->wholes.count,
                  sizeof *j->unknown_others))
        return fail_memory(err);
    size_t whole = j->wholes.of_row[j->wholes.n_rows - 1];
    if (whole == before)
        j->unknown_others[whole] = false;
    j->unknown_others[whole] = j->unknown_others[whole] || labels->unknown_others;
    if (!add_labels(j, whole, labels->tags, labels->n_tags, false) ||
        !add_labels(j, whole, labels->unknown, labels->n_unknown, true))
        return fail_memory(err);
    return TTAG_OK;
}

/* By article, true ones before unknown ones, else as they came. */
static int by_whole(const void *a, const void *b)
{
    const joined_label *x = a, *y = b;
    if (x->whole != y->whole)
        return x->whole < y->whole ? -1 : 1;
    if (x->unknown != y->unknown)
        return x->unknown ? 1 : -1;
    return (x->at > y->at) - (x->at < y->at);
}

ttag_status joined_each(joined *j, joined_taker *take, void *context, ttag_error *err)
{
    buffer text = {0};
    ttag_view *names = mem_new(j->n_labels, sizeof *names);
    ttag_status status = names ? TTAG_OK : fail_memory(err);
    if (names && j->n_labels > 0)
        qsort(j->labels, j->n_labels, sizeof *j->labels, by_whole);
    for (size_t whole = 0, at = 0; status == TTAG_OK && whole < j->wholes.count; whole++) {
        truth_labels labels = {.tags = names, .unknown_others = j->unknown_others[whole]};
        size_t n = 0;
        for (; at < j->n_labels && j->labels[at].whole == whole; at++, n++) {
            labels.n_tags += !j->labels[at].unknown;
            names[n] = j->labels[at].name;
        }
        labels.unknown = names + labels.n_tags;
        labels.n_unknown = n - labels.n_tags;
        const ttag_article article = whole_list_get(&j->wholes, whole, &text);
        status = buffer_ok(&text) ? take(context, &article, &labels, err) : fail_memory(err);
    }
    buffer_dispose(&text);
    mem_free(names);
    return status;
}

void joined_dispose(joined *j)
{
    whole_list_dispose(&j->wholes);
    mem_free(j->unknown_others);
    mem_free(j->labels);
    *j = (joined){0};
}
