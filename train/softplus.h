/* exp(-|z|) and log(1 + exp(-|z|)) of eight numbers at once, from additions, multiplications and
   divisions alone: the same bytes on every CPU, to a few units in the last place. */
#ifndef TRAIN_SOFTPLUS_H
#define TRAIN_SOFTPLUS_H

#include <stdint.h>

enum { EIGHT = 8 };

/* The compiler's vector types. */
typedef double eight __attribute__((vector_size(EIGHT * sizeof(double))));
typedef int64_t eight_bits __attribute__((vector_size(EIGHT * sizeof(int64_t))));

/* exp(-|z|): -|z| = k ln 2 + r with whole k, |r| <= 1/2 ln 2; 2^k times the Taylor series of
   exp(r), whose first neglected term is below 1e-17. */
static inline void eight_exp_negative(eight *out, const eight *z)
{
    const double per_ln2 = 1.4426950408889634;
    const double ln2_high = 6.93147180369123816490e-01; /* 33 bits: k times it is exact */
    const double ln2_low = 1.90821492927058770002e-10;
    const double round = 6755399441055744.0; /* 1.5 * 2^52: adding it rounds to whole numbers */
    const double least = -708;               /* below it exp is no normal number */
    const eight_bits sign = (eight_bits){0} + INT64_MIN;
    eight x = (eight)((eight_bits)*z | sign);
    eight_bits too_small = x < least;
    x = (eight)((too_small & (eight_bits)((eight){0} + least)) | (~too_small & (eight_bits)x));
    eight rounded = x * per_ln2 + round;
    eight k = rounded - round;
    eight r = (x - k * ln2_high) - k * ln2_low;
    eight sum = (eight){0} + 1.0 / 6227020800.0;
    static const double INVERSE_FACTORIALS[] = {1.0 / 479001600.0,
                                                1.0 / 39916800.0,
                                                1.0 / 3628800.0,
                                                1.0 / 362880.0,
                                                1.0 / 40320.0,
                                                1.0 / 5040.0,
                                                1.0 / 720.0,
                                                1.0 / 120.0,
                                                1.0 / 24.0,
                                                1.0 / 6.0,
                                                1.0 / 2.0,
                                                1.0,
                                                1.0};
    for (unsigned n = 0; n < sizeof INVERSE_FACTORIALS / sizeof *INVERSE_FACTORIALS; n++)
        sum = sum * r + INVERSE_FACTORIALS[n];
    eight_bits whole = (eight_bits)rounded - (eight_bits)((eight){0} + round);
    *out = sum * (eight)((whole + 1023) << 52);
}

/* log(1 + e) = 2 artanh(s) = 2 (s + s³/3 + s⁵/5 + …) with s = e / (2 + e), for 0 <= e <= 1 */
static inline void eight_log1p(eight *out, const eight *e)
{
    enum { TERMS = 17 }; /* the next is below 1e-17 of the sum */
    eight s = *e / (2.0 + *e);
    eight square = s * s;
    eight sum = (eight){0} + 1.0 / (2 * TERMS - 1);
    for (int n = TERMS - 1; n >= 1; n--)
        sum = sum * square + 1.0 / (2 * n - 1);
    *out = 2.0 * s * sum;
}

#endif
