/* Collects the labels of the records, and marks them in the table of outcomes. */
#include "evaluate/truth.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/view.h"

ttag_status truth_add_tag(truth *t, ttag_view name, ttag_error *err)
{
    uint32_t number = intern_add(&t->names, name);
    if (number == INTERN_NONE)
        return fail_memory(err);
    if (number != t->n_tags)
        return fail(err, TTAG_FORMAT, "the tag \"%.*s\" is there twice", (int)name.size,
                    name.bytes);
    t->n_tags++;
    return TTAG_OK;
}

/* Makes room for the latest name in `listed`. */
static bool note_names(truth *t)
{
    if (!mem_grow(&t->listed, &t->listed_capacity, t->names.count, sizeof *t->listed))
        return false;
    while (t->n_listed < t->names.count)
        t->listed[t->n_listed++] = 0;
    return true;
}

static bool append(truth *t, uint32_t number)
{
    if (!mem_grow(&t->items, &t->items_capacity, t->n_items + 1, sizeof *t->items))
        return false;
    t->items[t->n_items++] = number;
    return true;
}

/* Calls `number` true in the row that is being added, once. */
static bool append_true(truth *t, truth_row *row, uint32_t number)
{
    size_t mark = t->n_rows + 1;
    if (t->listed[number] == mark)
        return true;
    t->listed[number] = mark;
    row->n_true++;
    return append(t, number);
}

/* Walks the true tags, those that it adds included, so that implications chain. */
static bool complete(truth *t, truth_row *row)
{
    for (size_t i = 0; i < row->n_true; i++) {
        uint32_t number = t->items[row->start + i];
        if (number >= t->n_tags)
            continue;
        const ttag_model_tag *tag = &t->implied[number];
        for (size_t k = 0; k < tag->n_implies; k++) {
            if (tag->implies[k] < t->n_tags && !append_true(t, row, tag->implies[k]))
                return false;
        }
    }
    return true;
}

static bool fill_row(truth *t, truth_row *row, const truth_labels *labels)
{
    for (size_t i = 0; i < labels->n_tags; i++) {
        uint32_t number = intern_add(&t->names, labels->tags[i]);
        if (number == INTERN_NONE || !note_names(t) || !append_true(t, row, number))
            return false;
    }
    if (t->implied && (!note_names(t) || !complete(t, row)))
        return false;
    for (size_t i = 0; i < labels->n_unknown; i++) {
        uint32_t number = intern_add(&t->names, labels->unknown[i]);
        if (number == INTERN_NONE || !note_names(t))
            return false;
        if (t->listed[number] == t->n_rows + 1) /* true, whatever else the record says of it */
            continue;
        if (!append(t, number))
            return false;
        row->n_unknown++;
    }
    return true;
}

ttag_status truth_add(truth *t, const truth_labels *labels, ttag_error *err)
{
    truth_row row = {t->n_items, 0, 0, labels->unknown_others};
    if (!mem_grow(&t->rows, &t->rows_capacity, t->n_rows + 1, sizeof *t->rows) ||
        !fill_row(t, &row, labels))
        return fail_memory(err);
    t->rows[t->n_rows++] = row;
    return TTAG_OK;
}

static int by_name(const void *a, const void *b)
{
    return view_compare(((const truth_unseen *)a)->name, ((const truth_unseen *)b)->name);
}

ttag_status truth_list_unseen(truth_unseen **out, size_t *count, const truth *t, ttag_error *err)
{
    *count = 0;
    *out = mem_new(t->names.count - t->n_tags, sizeof **out);
    if (!*out)
        return fail_memory(err);
    for (size_t number = t->n_tags; number < t->names.count; number++) {
        if (number < t->n_listed && t->listed[number] > 0)
            (*out)[(*count)++] =
                (truth_unseen){intern_view(&t->names, (uint32_t)number), (uint32_t)number};
    }
    qsort(*out, *count, sizeof **out, by_name);
    return TTAG_OK;
}

static void mark_row(const truth *t, const truth_row *row, const uint32_t *columns,
                     unsigned char *pairs, size_t n_pairs)
{
    const uint32_t *items = t->items + row->start;
    for (size_t i = 0; i < row->n_true; i++)
        pairs[columns[items[i]]] |= PAIR_TRUE;
    for (size_t i = row->n_true; i < row->n_true + row->n_unknown; i++) {
        if (columns[items[i]] != INTERN_NONE)
            pairs[columns[items[i]]] |= PAIR_UNKNOWN;
    }
    for (size_t i = 0; row->unknown_others && i < n_pairs; i++) {
        if (!(pairs[i] & PAIR_TRUE))
            pairs[i] |= PAIR_UNKNOWN;
    }
}

ttag_status truth_mark(const truth *t, const truth_unseen *unseen, size_t n_unseen, outcomes *o,
                       ttag_error *err)
{
    uint32_t *columns = mem_new(t->names.count, sizeof *columns);
    if (!columns)
        return fail_memory(err);
    for (size_t number = 0; number < t->names.count; number++)
        columns[number] = number < t->n_tags ? (uint32_t)number : INTERN_NONE;
    for (size_t i = 0; i < n_unseen; i++)
        columns[unseen[i].number] = (uint32_t)(t->n_tags + i);
    for (size_t row = 0; row < t->n_rows; row++) {
        unsigned char *pairs = o->pairs + row * o->n_tags;
        mark_row(t, &t->rows[row], columns, pairs, o->n_tags);
    }
    mem_free(columns);
    return TTAG_OK;
}

void truth_dispose(truth *t)
{
    intern_dispose(&t->names);
    mem_free(t->items);
    mem_free(t->rows);
    mem_free(t->listed);
    *t = (truth){0};
}
