/* Terms are numbered anew, then rows are copied without the other block's. */
#include "train/term_block.h"

#include "base/memory.h"

static bool reserve(term_block *b, const ttag_matrix *x, const bool *chars, bool which)
{
    size_t n_columns = 0, n_entries = 0;
    for (size_t t = 0; t < x->n_columns; t++)
        n_columns += chars[t] == which;
    for (size_t e = 0; e < x->starts[x->n_rows]; e++)
        n_entries += chars[x->terms[e]] == which;
    b->original = mem_new(n_columns, sizeof *b->original);
    b->starts = mem_new(x->n_rows + 1, sizeof *b->starts);
    b->terms = mem_new(n_entries, sizeof *b->terms);
    b->values = mem_new(n_entries, sizeof *b->values);
    b->x = (ttag_matrix){x->n_rows, n_columns, b->starts, b->terms, b->values};
    return b->original && b->starts && b->terms && b->values;
}

ttag_status term_block_make(term_block *out, const ttag_matrix *x, const bool *chars, bool which,
                            float scale)
{
    uint32_t *numbers = mem_new(x->n_columns, sizeof *numbers);
    uint32_t n_columns = 0;
    size_t end = 0;
    *out = (term_block){.scale = scale};
    if (!numbers || !reserve(out, x, chars, which)) {
        mem_free(numbers);
        term_block_dispose(out);
        return TTAG_NOMEM;
    }
    for (uint32_t t = 0; t < x->n_columns; t++)
        if (chars[t] == which) {
            out->original[n_columns] = t;
            numbers[t] = n_columns++;
        }
    for (size_t i = 0; i < x->n_rows; i++) {
        out->starts[i] = end;
        for (size_t e = x->starts[i]; e < x->starts[i + 1]; e++)
            if (chars[x->terms[e]] == which) {
                out->terms[end] = numbers[x->terms[e]];
                out->values[end++] = scale * x->values[e];
            }
    }
    out->starts[x->n_rows] = end;
    mem_free(numbers);
    return TTAG_OK;
}

void term_block_dispose(term_block *b)
{
    mem_free(b->original);
    mem_free(b->starts);
    mem_free(b->terms);
    mem_free(b->values);
    *b = (term_block){0};
}
