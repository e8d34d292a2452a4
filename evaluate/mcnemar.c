/* Binomial tails without logarithms, whose last digits depend on the library. */
#include "evaluate/mcnemar.h"

#include <math.h>
#include <stdlib.h>

/* C(n, k) / 2^n: the product of (n - k + i) / i for i = 1 … k, halved n times on the way so that it
   neither overflows nor vanishes. */
static double binomial_half(size_t k, size_t n)
{
    double p = 1;
    size_t halvings = n;
    for (size_t i = 1; i <= k; i++) {
        p *= (double)(n - k + i) / (double)i;
        for (; p > 0x1p64 && halvings >= 64; halvings -= 64)
            p *= 0x1p-64;
    }
    return halvings > 4000 ? 0 : ldexp(p, -(int)halvings);
}

double mcnemar_mid_p(size_t a, size_t b)
{
    const size_t n = a + b, least = a < b ? a : b;
    double at = binomial_half(least, n), below = 0, term = at;
    for (size_t k = least; k > 0 && term > 0; k--) { /* P(k - 1) = P(k) k / (n - k + 1) */
        term *= (double)k / (double)(n - k + 1);
        below += term;
    }
    double p = 2 * below + at;
    return a == b || p > 1 ? 1 : p;
}

/* ---- Holm. ---- */

static int by_p(const void *a, const void *b)
{
    double x = ((const holm_test *)a)->p, y = ((const holm_test *)b)->p;
    return (x > y) - (x < y);
}

void holm_correct(holm_test *tests, size_t n)
{
    double least = 0;
    if (n > 0)
        qsort(tests, n, sizeof *tests, by_p);
    for (size_t i = 0; i < n; i++) {
        double corrected = (double)(n - i) * tests[i].p;
        least = corrected > least ? corrected : least;
        tests[i].p = least < 1 ? least : 1;
    }
}
