/* Values times factors, in the sparse part and in the dense one. */
#include "train/scaled_source.h"

#include "base/memory.h"

bool scaled_source_reserve(scaled_source *s, const kernel_source *plain)
{
    const ttag_matrix *x = plain->x;
    size_t n_dense;
    s->values = mem_new(x->starts[x->n_rows], sizeof *s->values);
    if (size_mul(&n_dense, x->n_rows, plain->n_dense))
        s->dense = mem_new(n_dense, sizeof *s->dense);
    s->x = (ttag_matrix){x->n_rows, x->n_columns, x->starts, x->terms, s->values};
    s->source = (kernel_source){&s->x, plain->n_dense, s->dense, plain->tails};
    return s->values && s->dense && term_factors_reserve(&s->of_tag, x->n_columns);
}

void scaled_source_dispose(scaled_source *s)
{
    mem_free(s->values);
    mem_free(s->dense);
    term_factors_dispose(&s->of_tag);
    *s = (scaled_source){0};
}

void scaled_source_fit(scaled_source *s, const kernel_source *plain, const factor_source *factors,
                       const signed char *truth)
{
    const ttag_matrix *x = plain->x;
    const float *f = s->of_tag.factors;
    size_t width = plain->n_dense;
    term_factors_fit(&s->of_tag, factors, truth);
    for (size_t e = 0; e < x->starts[x->n_rows]; e++)
        s->values[e] = f[x->terms[e]] * x->values[e];
    for (size_t i = 0; i < x->n_rows; i++)
        for (size_t t = 0; t < width; t++)
            s->dense[i * width + t] = f[t] * plain->dense[i * width + t];
}
