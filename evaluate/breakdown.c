/* Sums of the articles of each source or month. */
#include "evaluate/breakdown.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/memory.h"
#include "evaluate/metrics.h"

slice slice_of_row(const outcomes *o, size_t row)
{
    slice s = {.documents = 1};
    const unsigned char *pairs = o->pairs + row * o->n_tags;
    for (size_t t = 0; t < o->n_tags; t++) {
        if (pairs[t] & PAIR_UNKNOWN)
            continue;
        bool is_true = pairs[t] & PAIR_TRUE, given = pairs[t] & PAIR_GIVEN;
        s.tp += is_true && given;
        s.fp += !is_true && given;
        s.fn += is_true && !given;
    }
    s.exact = s.fp + s.fn == 0;
    return s;
}

static void slice_add(slice *sum, const slice *one)
{
    sum->documents += one->documents;
    sum->exact += one->exact;
    sum->tp += one->tp;
    sum->fp += one->fp;
    sum->fn += one->fn;
}

typedef uint32_t key_of(const article_note *note);

static uint32_t source_key(const article_note *note)
{
    return note->source;
}

static uint32_t month_key(const article_note *note)
{
    return note->month;
}

static int by_key(const void *a, const void *b)
{
    const slice *x = a, *y = b;
    return (x->key > y->key) - (x->key < y->key);
}

static int by_documents(const void *a, const void *b)
{
    const slice *x = a, *y = b;
    if ((x->key == INTERN_NONE) != (y->key == INTERN_NONE))
        return x->key == INTERN_NONE ? 1 : -1;
    if (x->documents != y->documents)
        return x->documents < y->documents ? 1 : -1;
    return by_key(a, b);
}

/* What has no month is sorted to the front, and goes to the back. */
static void move_unknown_month(slice *slices, size_t count)
{
    if (count == 0 || slices[0].key != 0)
        return;
    slice unknown = slices[0];
    for (size_t i = 1; i < count; i++)
        slices[i - 1] = slices[i];
    slices[count - 1] = unknown;
}

static ttag_status break_down(slice **out, size_t *count, const article_notes *notes,
                              const outcomes *o, key_of *key, ttag_error *err)
{
    size_t n = notes->count < o->n_documents ? notes->count : o->n_documents, kept = 0;
    slice *slices = mem_new(n, sizeof *slices);
    *out = slices;
    *count = 0;
    if (!slices)
        return fail_memory(err);
    for (size_t row = 0; row < n; row++) {
        slices[row] = slice_of_row(o, row);
        slices[row].key = key(&notes->items[row]);
    }
    qsort(slices, n, sizeof *slices, by_key);
    for (size_t i = 0; i < n; i++) {
        if (kept > 0 && slices[kept - 1].key == slices[i].key)
            slice_add(&slices[kept - 1], &slices[i]);
        else
            slices[kept++] = slices[i];
    }
    for (size_t i = 0; i < kept; i++)
        slices[i].scores = scores_from(slices[i].tp, slices[i].fp, slices[i].fn);
    *count = kept;
    return TTAG_OK;
}

ttag_status breakdown_by_source(slice **out, size_t *count, const article_notes *notes,
                                const outcomes *o, ttag_error *err)
{
    ttag_status status = break_down(out, count, notes, o, source_key, err);
    if (status == TTAG_OK)
        qsort(*out, *count, sizeof **out, by_documents);
    return status;
}

ttag_status breakdown_by_month(slice **out, size_t *count, const article_notes *notes,
                               const outcomes *o, ttag_error *err)
{
    ttag_status status = break_down(out, count, notes, o, month_key, err);
    if (status == TTAG_OK)
        move_unknown_month(*out, *count);
    return status;
}
