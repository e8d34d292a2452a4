/* Compressed sparse rows that grow row by row. */
#include <stdlib.h>

#include "base/memory.h"
#include "features/vector.h"

bool matrix_reserve(matrix_store *s, size_t n_rows, size_t n_cells)
{
    if (!mem_grow(&s->starts, &s->starts_capacity, n_rows + 1, sizeof *s->starts) ||
        !mem_grow(&s->terms, &s->terms_capacity, n_cells, sizeof *s->terms) ||
        !mem_grow(&s->values, &s->values_capacity, n_cells, sizeof *s->values))
        return false;
    if (s->view.n_rows == 0)
        s->starts[0] = 0;
    s->view.starts = s->starts;
    s->view.terms = s->terms;
    s->view.values = s->values;
    return true;
}

static int by_term(const void *a, const void *b)
{
    uint32_t x = ((const matrix_cell *)a)->term, y = ((const matrix_cell *)b)->term;
    return (x > y) - (x < y);
}

bool matrix_add_row(matrix_store *s, const ttag_vector *v)
{
    size_t start = s->view.n_rows ? s->starts[s->view.n_rows] : 0;
    if (!matrix_reserve(s, s->view.n_rows + 1, start + v->size) ||
        !mem_grow(&s->row, &s->row_capacity, v->size, sizeof *s->row))
        return false;
    for (size_t i = 0; i < v->size; i++)
        s->row[i] = (matrix_cell){v->terms[i], v->values[i]};
    if (v->size > 1)
        qsort(s->row, v->size, sizeof *s->row, by_term);
    for (size_t i = 0; i < v->size; i++) {
        s->terms[start + i] = s->row[i].term;
        s->values[start + i] = s->row[i].value;
    }
    s->starts[++s->view.n_rows] = start + v->size;
    return true;
}

void matrix_dispose(matrix_store *s)
{
    mem_free(s->starts);
    mem_free(s->terms);
    mem_free(s->values);
    mem_free(s->row);
    *s = (matrix_store){0};
}
