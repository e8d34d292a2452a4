/* McNemar's test, and Holm's correction for many tests. */
#ifndef EVALUATE_MCNEMAR_H
#define EVALUATE_MCNEMAR_H

#include <stddef.h>

/* Two-sided mid-p that of a + b cases, equally likely either way, so few as min(a, b) go one way:
   2 P(X < min) + P(X = min), X binomial (a + b, 1/2). 1 where there is no case. */
double mcnemar_mid_p(size_t a, size_t b);

typedef struct holm_test {
    double p;
    size_t number; /* of the test, for the caller */
} holm_test;

/* Sorts the tests by p and corrects that for their being n: with all p under 0.05, the chance of
   any false alarm among them is under 0.05, whatever hangs together. Holm (1979): the i-th smallest
   becomes the largest of (n - k + 1) p_k, k <= i, and at most 1. */
void holm_correct(holm_test *tests, size_t n);

#endif
