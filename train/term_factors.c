/* Counts, logarithms of counts, and a common scale. */
#include "train/term_factors.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "train/softplus.h"

static const double LEAST = 0.25; /* of a factor, before it is scaled */

/* ln (2^k m) = k ln 2 + ln (1 + (m - 1)), 1 <= m < 2; libm's may differ in its last bits from one
   kind of processor to another */
static double natural_log(double number)
{
    const double ln2 = 6.93147180559945309417e-01;
    int exponent;
    eight above_1 = (eight){0} + (2 * frexp(number, &exponent) - 1);
    eight result;
    eight_log1p(&result, &above_1);
    return (exponent - 1) * ln2 + result[0];
}

static double weight_of(const factor_source *s, size_t article)
{
    return s->counts_as ? (double)s->counts_as[article] : 1;
}

/* ln (1 + count) */
static double log_of(const factor_source *s, double count)
{
    return s->counts_as ? natural_log(1 + count) : s->logs[(size_t)count + 1];
}

ttag_status factor_source_make(factor_source *out, const ttag_matrix *x, const float *counts_as)
{
    *out = (factor_source){.x = x, .counts_as = counts_as};
    out->df = mem_zero(x->n_columns, sizeof *out->df);
    out->squares = mem_zero(x->n_columns, sizeof *out->squares);
    out->logs = mem_new(x->n_rows + 2, sizeof *out->logs);
    if (!out->df || !out->squares || !out->logs) {
        factor_source_dispose(out);
        return TTAG_NOMEM;
    }
    for (size_t i = 0; i < x->n_rows; i++)
        for (size_t e = x->starts[i]; e < x->starts[i + 1]; e++) {
            out->df[x->terms[e]] += weight_of(out, i);
            out->squares[x->terms[e]] += (double)x->values[e] * (double)x->values[e];
        }
    out->logs[0] = 0;
    for (size_t k = 1; k < x->n_rows + 2; k++)
        out->logs[k] = natural_log((double)k);
    return TTAG_OK;
}

void factor_source_dispose(factor_source *s)
{
    mem_free(s->df);
    mem_free(s->squares);
    mem_free(s->logs);
    *s = (factor_source){0};
}

bool term_factors_reserve(term_factors *f, size_t n_columns)
{
    f->factors = mem_new(n_columns, sizeof *f->factors);
    f->positive = mem_new(n_columns, sizeof *f->positive);
    f->unknown = mem_new(n_columns, sizeof *f->unknown);
    return f->factors && f->positive && f->unknown;
}

void term_factors_dispose(term_factors *f)
{
    mem_free(f->factors);
    mem_free(f->positive);
    mem_free(f->unknown);
    *f = (term_factors){0};
}

static void count_terms(term_factors *f, const factor_source *source, const signed char *truth)
{
    const ttag_matrix *x = source->x;
    memset(f->positive, 0, x->n_columns * sizeof *f->positive);
    memset(f->unknown, 0, x->n_columns * sizeof *f->unknown);
    for (size_t i = 0; i < x->n_rows; i++) {
        double *counts = truth[i] > 0 ? f->positive : f->unknown;
        double weight = weight_of(source, i);
        for (size_t e = x->starts[i]; truth[i] >= 0 && e < x->starts[i + 1]; e++)
            counts[x->terms[e]] += weight;
    }
}

/* Articles without the tag that hold the term; what rounding leaves of none is none. */
static double negative_count(const term_factors *f, const factor_source *source, size_t term)
{
    double count = source->df[term] - f->positive[term] - f->unknown[term];
    return count > 0 ? count : 0;
}

/* ln (Σ q / Σ p) */
static double compare_sums(const term_factors *f, const factor_source *source)
{
    size_t n = source->x->n_columns;
    double positive = (double)n, negative = (double)n;
    for (size_t t = 0; t < n; t++) {
        positive += f->positive[t];
        negative += negative_count(f, source, t);
    }
    return natural_log(negative) - natural_log(positive);
}

/* factors = |r|; returns the largest */
static float compare_terms(term_factors *f, const factor_source *source)
{
    double shift = compare_sums(f, source);
    float largest = 0;
    for (size_t t = 0; t < source->x->n_columns; t++) {
        double ratio =
            log_of(source, f->positive[t]) - log_of(source, negative_count(f, source, t)) + shift;
        f->factors[t] = (float)fabs(ratio);
        largest = f->factors[t] > largest ? f->factors[t] : largest;
    }
    return largest;
}

void term_factors_fit(term_factors *f, const factor_source *source, const signed char *truth)
{
    size_t n = source->x->n_columns;
    double before = 0, after = 0;
    count_terms(f, source, truth);
    float largest = compare_terms(f, source);
    double unit = largest > 0 ? 1 / (double)largest : 0;
    for (size_t t = 0; t < n; t++) {
        double factor = LEAST + unit * (double)f->factors[t];
        before += source->squares[t];
        after += factor * factor * source->squares[t];
        f->factors[t] = (float)factor;
    }
    double scale = after > 0 ? sqrt(before / after) : 1;
    for (size_t t = 0; t < n; t++)
        f->factors[t] = (float)(scale * (double)f->factors[t]);
}
