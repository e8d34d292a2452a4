/* The kernel matrix of all articles of a small matrix. */
#ifndef KERNEL_FIXTURE_H
#define KERNEL_FIXTURE_H

#include "unit.h"

#include "base/memory.h"
#include "train/compact_kernel.h"
#include "train/libsvm.h"

static inline compact_kernel whole_kernel(const ttag_matrix *x)
{
    kernel_source source;
    kernel_scratch scratch = {0};
    compact_kernel kernel = {0};
    uint32_t *articles = mem_new(x->n_rows, sizeof *articles);
    assert_non_null(articles);
    for (size_t i = 0; i < x->n_rows; i++)
        articles[i] = (uint32_t)i;
    assert_int_equal(kernel_source_make(&source, x), TTAG_OK);
    assert_true(kernel_scratch_init(&scratch, &source));
    assert_true(compact_kernel_add(&kernel, &source, &scratch, articles, x->n_rows));
    kernel_scratch_dispose(&scratch);
    kernel_source_dispose(&source);
    mem_free(articles);
    return kernel;
}

static inline double kernel_value(const compact_kernel *k, size_t a, size_t b)
{
    return (double)compact_kernel_row(k, a)[b];
}

/* b + Σ coef k(article, ·) */
static inline double kernel_decide(const libsvm_solution *s, const compact_kernel *k,
                                   size_t article)
{
    double sum = s->bias;
    for (size_t i = 0; i < s->n_support; i++)
        sum += s->coefs[i] * kernel_value(k, article, s->articles[i]);
    return sum;
}

#endif
