/* Counted, summed to ends, filled from the back. */
#include "train/term_lists.h"

#include "base/memory.h"

/* starts[t]: where the list of term t ends. */
static void count_values(term_lists *l, const ttag_matrix *x, const uint32_t *number_of)
{
    uint64_t end = 0;
    for (size_t i = 0; i < x->n_rows; i++)
        for (size_t e = x->starts[i]; number_of[i] != NOT_LISTED && e < x->starts[i + 1]; e++)
            l->starts[x->terms[e]]++;
    for (size_t t = 0; t < x->n_columns; t++)
        l->starts[t] = end += l->starts[t];
    l->starts[x->n_columns] = end;
}

static void fill(term_lists *l, const ttag_matrix *x, const uint32_t *number_of)
{
    for (size_t i = x->n_rows; i-- > 0;) { /* each end is moved to its start */
        for (size_t e = x->starts[i]; number_of[i] != NOT_LISTED && e < x->starts[i + 1]; e++) {
            uint64_t place = --l->starts[x->terms[e]];
            l->rows[place] = number_of[i];
            l->values[place] = x->values[e];
        }
    }
}

ttag_status term_lists_make(term_lists *out, const ttag_matrix *x, const uint32_t *number_of)
{
    *out = (term_lists){.starts = mem_zero(x->n_columns + 1, sizeof *out->starts)};
    if (!out->starts)
        return TTAG_NOMEM;
    count_values(out, x, number_of);
    size_t n_values = (size_t)out->starts[x->n_columns];
    out->rows = mem_new(n_values, sizeof *out->rows);
    out->values = mem_new(n_values, sizeof *out->values);
    if (!out->rows || !out->values) {
        term_lists_dispose(out);
        return TTAG_NOMEM;
    }
    fill(out, x, number_of);
    return TTAG_OK;
}

void term_lists_dispose(term_lists *l)
{
    mem_free(l->starts);
    mem_free(l->rows);
    mem_free(l->values);
    *l = (term_lists){0};
}
