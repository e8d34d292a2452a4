/* Counts pairs of tags, article by article. */
#include "evaluate/tag_pairs.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/memory.h"
#include "evaluate/tags_by_support.h"

/* Fills p->tags, and for each tag of the evaluation its position there, or n. */
static bool choose_tags(tag_pairs *p, uint32_t *positions, const ttag_evaluation *e)
{
    uint32_t *order = tags_by_support(e);
    if (!order)
        return false;
    for (size_t t = 0; t < e->n_tags; t++)
        positions[t] = (uint32_t)p->n;
    for (size_t i = 0; i < p->n; i++) {
        p->tags[i] = order[i];
        positions[order[i]] = (uint32_t)i;
    }
    mem_free(order);
    return true;
}

/* The tags of an article, as positions. */
typedef struct row_lists {
    uint32_t *true_ones, *given_ones;
    size_t n_true, n_given;
    bool *is_true, *is_given; /* by position */
} row_lists;

static void list_row(row_lists *l, const tag_pairs *p, const unsigned char *pairs)
{
    l->n_true = l->n_given = 0;
    for (size_t i = 0; i < p->n; i++) {
        unsigned char pair = pairs[p->tags[i]];
        l->is_true[i] = pair & PAIR_TRUE;
        l->is_given[i] = (pair & PAIR_GIVEN) && !(pair & PAIR_UNKNOWN);
        if (l->is_true[i])
            l->true_ones[l->n_true++] = (uint32_t)i;
        if (l->is_given[i])
            l->given_ones[l->n_given++] = (uint32_t)i;
    }
}

static void count_row(tag_pairs *p, const row_lists *l)
{
    for (size_t i = 0; i < l->n_true; i++) {
        size_t row = l->true_ones[i] * p->n;
        for (size_t k = 0; k < l->n_true; k++)
            p->true_true[row + l->true_ones[k]]++;
    }
    for (size_t i = 0; i < l->n_given; i++) {
        uint32_t given = l->given_ones[i];
        p->given[given]++;
        for (size_t k = 0; k < l->n_true; k++) {
            uint32_t is_true = l->true_ones[k];
            p->given_true[given * p->n + is_true]++;
            if (!l->is_true[given] && !l->is_given[is_true])
                p->wrong_missed[given * p->n + is_true]++;
        }
    }
}

static ttag_status count_rows(tag_pairs *p, const outcomes *o, ttag_error *err)
{
    row_lists l = {.true_ones = mem_new(p->n, sizeof(uint32_t)),
                   .given_ones = mem_new(p->n, sizeof(uint32_t)),
                   .is_true = mem_new(p->n, sizeof(bool)),
                   .is_given = mem_new(p->n, sizeof(bool))};
    ttag_status status = TTAG_NOMEM;
    if (l.true_ones && l.given_ones && l.is_true && l.is_given) {
        status = TTAG_OK;
        for (size_t row = 0; row < o->n_documents; row++) {
            list_row(&l, p, o->pairs + row * o->n_tags);
            count_row(p, &l);
        }
    }
    mem_free(l.true_ones);
    mem_free(l.given_ones);
    mem_free(l.is_true);
    mem_free(l.is_given);
    return status == TTAG_OK ? TTAG_OK : fail_memory(err);
}

ttag_status tag_pairs_init(tag_pairs *p, const ttag_evaluation *e, const outcomes *o,
                           ttag_error *err)
{
    *p = (tag_pairs){.n = e->n_tags < PAIRED_TAGS_MOST ? e->n_tags : PAIRED_TAGS_MOST};
    size_t cells = p->n * p->n;
    uint32_t *positions = mem_new(e->n_tags, sizeof *positions);
    p->tags = mem_new(p->n, sizeof *p->tags);
    p->true_true = mem_zero(cells, sizeof *p->true_true);
    p->given_true = mem_zero(cells, sizeof *p->given_true);
    p->wrong_missed = mem_zero(cells, sizeof *p->wrong_missed);
    p->given = mem_zero(p->n, sizeof *p->given);
    bool ready = positions && p->tags && p->true_true && p->given_true && p->wrong_missed &&
                 p->given && choose_tags(p, positions, e);
    mem_free(positions);
    ttag_status status = ready ? count_rows(p, o, err) : fail_memory(err);
    if (status != TTAG_OK)
        tag_pairs_dispose(p);
    return status;
}

void tag_pairs_dispose(tag_pairs *p)
{
    mem_free(p->tags);
    mem_free(p->true_true);
    mem_free(p->given_true);
    mem_free(p->wrong_missed);
    mem_free(p->given);
    *p = (tag_pairs){0};
}

static int by_count(const void *a, const void *b)
{
    const tag_pair *x = a, *y = b;
    if (x->count != y->count)
        return x->count < y->count ? 1 : -1;
    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    return (x->column > y->column) - (x->column < y->column);
}

ttag_status tag_pairs_largest(tag_pair **out, size_t *count, const tag_pairs *p,
                              const uint32_t *table, bool half, size_t limit, ttag_error *err)
{
    size_t n = 0;
    tag_pair *all = mem_new(p->n * p->n, sizeof *all);
    *count = 0;
    *out = all;
    if (!all)
        return fail_memory(err);
    for (size_t row = 0; row < p->n; row++)
        for (size_t column = half ? row + 1 : 0; column < p->n; column++)
            if (row != column && table[row * p->n + column] > 0)
                all[n++] = (tag_pair){(uint32_t)row, (uint32_t)column, table[row * p->n + column]};
    qsort(all, n, sizeof *all, by_count);
    *count = n < limit ? n : limit;
    return TTAG_OK;
}
