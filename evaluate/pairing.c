/* Tags of both by name, then row beside row. */
#include "evaluate/pairing.h"

#include <math.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/view.h"

/* ---- Tags of both. ---- */

static int by_name(const void *a, const void *b)
{
    return view_compare(((const paired_tag *)a)->name, ((const paired_tag *)b)->name);
}

static void add_tag(pairing *p, int side, size_t column, ttag_view name, double threshold)
{
    paired_tag tag = {name, {SIZE_MAX, SIZE_MAX}, {NAN, NAN}, 0, 0, 0};
    tag.columns[side] = column;
    tag.thresholds[side] = threshold;
    p->tags[p->n_tags++] = tag;
}

/* Leaves each name once, with the columns of both. */
static void unite(pairing *p)
{
    size_t kept = 0;
    qsort(p->tags, p->n_tags, sizeof *p->tags, by_name);
    for (size_t i = 0; i < p->n_tags; i++) {
        if (kept == 0 || !view_equal(p->tags[kept - 1].name, p->tags[i].name)) {
            p->tags[kept++] = p->tags[i];
            continue;
        }
        int side = p->tags[i].columns[0] == SIZE_MAX; /* a name is once in each tally */
        p->tags[kept - 1].columns[side] = p->tags[i].columns[side];
        p->tags[kept - 1].thresholds[side] = p->tags[i].thresholds[side];
    }
    p->n_tags = kept;
}

/* Marks the truth in the tally's outcomes and adds its tags. */
static ttag_status take_side(pairing *p, int side, tally *t, ttag_error *err)
{
    truth_unseen *unseen = NULL;
    size_t n_unseen = 0, capacity = p->n_tags;
    ttag_status status = truth_list_unseen(&unseen, &n_unseen, &t->labels, err);
    if (status == TTAG_OK)
        status = outcomes_widen(&t->results, t->n_tags + n_unseen, err);
    if (status == TTAG_OK)
        status = truth_mark(&t->labels, unseen, n_unseen, &t->results, err);
    if (status == TTAG_OK &&
        !mem_grow(&p->tags, &capacity, p->n_tags + t->n_tags + n_unseen, sizeof *p->tags))
        status = fail_memory(err);
    for (size_t i = 0; status == TTAG_OK && i < t->n_tags; i++)
        add_tag(p, side, i, t->tags[i].name, t->tags[i].threshold);
    for (size_t i = 0; status == TTAG_OK && i < n_unseen; i++)
        add_tag(p, side, t->n_tags + i, unseen[i].name, NAN);
    mem_free(unseen);
    return status;
}

/* ---- Row beside row. ---- */

static unsigned char pair_at(const outcomes *o, size_t row, size_t column)
{
    return column == SIZE_MAX ? 0 : o->pairs[row * o->n_tags + column];
}

/* What both say of the truth of a pair, and what each gave. */
static void pair_up(unsigned char *a, unsigned char *b)
{
    unsigned char known = (unsigned char)((*a | *b) & (PAIR_TRUE | PAIR_UNKNOWN));
    if (known & PAIR_TRUE)
        known = PAIR_TRUE;
    *a = (unsigned char)((*a & PAIR_GIVEN) | known);
    *b = (unsigned char)((*b & PAIR_GIVEN) | known);
}

static bool is_wrong(unsigned char pair)
{
    return !(pair & PAIR_UNKNOWN) && !(pair & PAIR_TRUE) != !(pair & PAIR_GIVEN);
}

static bool note_change(pairing *p, size_t row, size_t tag, unsigned char b)
{
    if (p->n_rows == 0 || p->rows[p->n_rows - 1].row != row) {
        if (!mem_grow(&p->rows, &p->rows_capacity, p->n_rows + 1, sizeof *p->rows))
            return false;
        p->rows[p->n_rows++] = (paired_row){row, p->n_changes, 0};
    }
    if (!mem_grow(&p->changes, &p->changes_capacity, p->n_changes + 1, sizeof *p->changes))
        return false;
    p->rows[p->n_rows - 1].count++;
    p->changes[p->n_changes++] =
        (ttag_tag_change){(uint32_t)tag, (b & PAIR_GIVEN) != 0, !is_wrong(b)};
    return true;
}

/* Counts one article, of which `a` and `b` are the rows. */
static bool count_row(pairing *p, size_t row, const unsigned char *a, const unsigned char *b)
{
    size_t wrong_a = 0, wrong_b = 0;
    for (size_t t = 0; t < p->n_tags; t++) {
        bool in_a = is_wrong(a[t]), in_b = is_wrong(b[t]);
        p->tags[t].support += (a[t] & PAIR_TRUE) != 0;
        p->tags[t].only_a += in_b && !in_a;
        p->tags[t].only_b += in_a && !in_b;
        wrong_a += in_a;
        wrong_b += in_b;
        if (in_a != in_b && !note_change(p, row, t, b[t]))
            return false;
    }
    p->only_a += wrong_a == 0 && wrong_b > 0;
    p->only_b += wrong_b == 0 && wrong_a > 0;
    return true;
}

static ttag_status take_row(pairing *p, size_t row, const outcomes *a, const outcomes *b,
                            unsigned char *pairs, ttag_error *err)
{
    unsigned char *of_a = pairs, *of_b = pairs + p->n_tags;
    for (size_t t = 0; t < p->n_tags; t++) {
        of_a[t] = pair_at(a, row, p->tags[t].columns[0]);
        of_b[t] = pair_at(b, row, p->tags[t].columns[1]);
        pair_up(&of_a[t], &of_b[t]);
    }
    if (!count_row(p, row, of_a, of_b))
        return fail_memory(err);
    ttag_status status = verdicts_add(&p->verdicts[0], of_a, p->n_tags, err);
    return status == TTAG_OK ? verdicts_add(&p->verdicts[1], of_b, p->n_tags, err) : status;
}

static ttag_status take_rows(pairing *p, const outcomes *a, const outcomes *b, ttag_error *err)
{
    unsigned char *pairs = mem_new(p->n_tags, 2 * sizeof *pairs);
    ttag_status status = pairs ? TTAG_OK : fail_memory(err);
    for (size_t row = 0; row < a->n_documents && status == TTAG_OK; row++)
        status = take_row(p, row, a, b, pairs, err);
    mem_free(pairs);
    return status;
}

ttag_status pairing_make(pairing *p, tally *a, tally *b, ttag_error *err)
{
    const size_t n = a->results.n_documents;
    if (n != b->results.n_documents)
        return fail(err, TTAG_INVALID, "%zu articles against %zu; expected the same articles", n,
                    b->results.n_documents);
    if (n == 0)
        return fail(err, TTAG_EMPTY,
                    "no labelled article was read: %zu without tags, %zu refused; "
                    "expected records with \"tags\"",
                    a->unlabelled, a->refused);
    ttag_status status = take_side(p, 0, a, err);
    if (status == TTAG_OK)
        status = take_side(p, 1, b, err);
    if (status != TTAG_OK)
        return status;
    unite(p);
    return take_rows(p, &a->results, &b->results, err);
}

void pairing_dispose(pairing *p)
{
    mem_free(p->tags);
    mem_free(p->rows);
    mem_free(p->changes);
    verdicts_dispose(&p->verdicts[0]);
    verdicts_dispose(&p->verdicts[1]);
    *p = (pairing){0};
}
