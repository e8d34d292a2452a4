/* Two passes: by column in the new order, and from there back to rows. */
#include "train/df_order.h"

#include <string.h>

#include "base/memory.h"

/* Where each column's entries begin, columns in the new order. */
static bool order_columns(df_order *o, const ttag_matrix *x, size_t *places)
{
    size_t *df = mem_zero(x->n_columns, sizeof *df);
    size_t *terms_with = mem_zero(x->n_rows + 2, sizeof *terms_with);
    bool ok = df && terms_with;
    for (size_t e = 0; ok && e < x->starts[x->n_rows]; e++)
        df[x->terms[e]]++;
    for (size_t t = 0; ok && t < x->n_columns; t++)
        terms_with[x->n_rows - df[t] + 1]++;
    for (size_t k = 0; ok && k <= x->n_rows; k++)
        terms_with[k + 1] += terms_with[k];
    for (size_t t = 0; ok && t < x->n_columns; t++)
        o->original[terms_with[x->n_rows - df[t]]++] = (uint32_t)t;
    size_t start = 0;
    for (size_t k = 0; ok && k < x->n_columns; k++) {
        places[o->original[k]] = start;
        start += df[o->original[k]];
    }
    mem_free(df);
    mem_free(terms_with);
    return ok;
}

/* Entries by column: rows and values, each column where `places` says; which end as its end. */
static void spread(const ttag_matrix *x, size_t *places, uint32_t *rows, float *values)
{
    for (size_t i = 0; i < x->n_rows; i++)
        for (size_t e = x->starts[i]; e < x->starts[i + 1]; e++) {
            size_t place = places[x->terms[e]]++;
            rows[place] = (uint32_t)i;
            values[place] = x->values[e];
        }
}

static void gather(df_order *o, const size_t *ends, const uint32_t *rows, const float *values)
{
    size_t e = 0;
    for (uint32_t column = 0; column < o->x.n_columns; column++)
        for (; e < ends[o->original[column]]; e++) {
            size_t place = o->starts[rows[e]]++;
            o->terms[place] = column;
            o->values[place] = values[e];
        }
    memmove(o->starts + 1, o->starts, o->x.n_rows * sizeof *o->starts);
    o->starts[0] = 0;
}

ttag_status df_order_make(df_order *out, const ttag_matrix *x)
{
    ttag_status status = TTAG_NOMEM;
    size_t n_entries = x->starts[x->n_rows];
    size_t *places = mem_new(x->n_columns, sizeof *places);
    uint32_t *rows = mem_new(n_entries, sizeof *rows);
    float *values = mem_new(n_entries, sizeof *values);
    out->original = mem_new(x->n_columns, sizeof *out->original);
    out->starts = mem_copy(x->starts, (x->n_rows + 1) * sizeof *out->starts);
    out->terms = mem_new(n_entries, sizeof *out->terms);
    out->values = mem_new(n_entries, sizeof *out->values);
    out->x = (ttag_matrix){x->n_rows, x->n_columns, out->starts, out->terms, out->values};
    if (places && rows && values && out->original && out->starts && out->terms && out->values &&
        order_columns(out, x, places)) {
        spread(x, places, rows, values);
        gather(out, places, rows, values);
        status = TTAG_OK;
    }
    mem_free(places);
    mem_free(rows);
    mem_free(values);
    if (status != TTAG_OK)
        df_order_dispose(out);
    return status;
}

void df_order_dispose(df_order *o)
{
    mem_free(o->original);
    mem_free(o->starts);
    mem_free(o->terms);
    mem_free(o->values);
    *o = (df_order){0};
}
