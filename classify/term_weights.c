/* weight of a term: w; RBF: 2 gamma Σ coef exp(-gamma |z|²) z */
#include "base/error.h"
#include "base/exponential.h"
#include "base/memory.h"
#include "classify/packed_rows.h"
#include "ttag/model.h"

static void linear_weights(float *out, const ttag_model_parts *parts, size_t tag)
{
    for (size_t term = 0; term < parts->vocabulary.n_terms; term++)
        out[term] = linear_weight(parts, term, tag);
}

static ttag_status rbf_slopes(float *out, const ttag_model_parts *parts, size_t tag,
                              ttag_error *err)
{
    const ttag_support_vectors *s = &parts->support;
    double *pulls = mem_zero(s->n_vectors, sizeof *pulls);
    if (!pulls)
        return fail_memory(err);
    for (size_t e = (size_t)s->coef_starts[tag]; e < s->coef_starts[tag + 1]; e++)
        if (s->coef_vectors[e] < s->n_vectors)
            pulls[s->coef_vectors[e]] = 2 * s->gamma * (double)s->coefs[e] *
                                        exp_minus(s->gamma * s->squares[s->coef_vectors[e]]);
    for (size_t term = 0; term < parts->vocabulary.n_terms; term++) {
        double slope = 0;
        for (size_t p = (size_t)s->term_starts[term]; p < s->term_starts[term + 1]; p++)
            if (s->vectors[p] < s->n_vectors)
                slope += pulls[s->vectors[p]] * (double)s->values[p];
        out[term] = (float)slope;
    }
    mem_free(pulls);
    return TTAG_OK;
}

ttag_status ttag_model_term_weights(float *out, const ttag_model_parts *parts, size_t tag,
                                    ttag_error *err)
{
    if (parts->kernel == TTAG_KERNEL_RBF)
        return rbf_slopes(out, parts, tag, err);
    linear_weights(out, parts, tag);
    return TTAG_OK;
}
