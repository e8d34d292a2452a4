/* e^-y without libm, whose last bits differ from one kind of processor to another: the same bytes
   everywhere, eight at once. */
#ifndef BASE_EXPONENTIAL_H
#define BASE_EXPONENTIAL_H

#include <stdint.h>

enum { EXP_LANES = 8 };

/* The compiler's vector types: left to itself, gcc 12 vectorises no loop with bounds on a number.
 */
typedef double exp_lanes __attribute__((vector_size(EXP_LANES * sizeof(double))));
typedef int64_t exp_bits __attribute__((vector_size(EXP_LANES * sizeof(int64_t))));

/* max(0, y) = y / 2 + |y / 2|: without a comparison, which gcc would not vectorise either */
static inline void exp_positive_part(exp_lanes *y)
{
    exp_lanes half = *y * 0.5;
    *y = half + (exp_lanes)((exp_bits)half & INT64_MAX);
}

/* *lanes <- e^-y for 0 <= y <= 700; outside as at the nearer end, of NaN any number. e^-y = 2^k e^r
   with k = round(-y / ln 2) and |r| <= ln 2 / 2, e^r as its Taylor polynomial of degree 9: relative
   error under 1e-11. To be inlined into a function with SIMD_CLONES. */
static inline void exp_minus_lanes(exp_lanes *lanes)
{
    const double shift = 0x1.8p52; /* numbers of that size have no fraction: adding it rounds */
    exp_lanes y = 700.0 - *lanes;
    exp_positive_part(&y);
    y = 700.0 - y;
    exp_positive_part(&y);
    exp_lanes shifted = shift - y * 0x1.71547652b82fep0; /* 1 / ln 2 */
    exp_lanes k = shifted - shift;
    exp_lanes r = (-y - k * 0x1.62e42fee00000p-1) - k * 0x1.a39ef35793c76p-33; /* ln 2, in two */
    exp_lanes power = r * (1 / 362880.0) + 1 / 40320.0;
    power = power * r + 1 / 5040.0;
    power = power * r + 1 / 720.0;
    power = power * r + 1 / 120.0;
    power = power * r + 1 / 24.0;
    power = power * r + 1 / 6.0;
    power = power * r + 0.5;
    power = power * r + 1.0;
    power = power * r + 1.0;
    /* k stands in the lowest bits of `shifted`: added to the exponent it multiplies by 2^k */
    *lanes = (exp_lanes)((exp_bits)power + ((exp_bits)shifted << 52));
}

static inline double exp_minus(double y)
{
    exp_lanes lanes = {y};
    exp_minus_lanes(&lanes);
    return lanes[0];
}

#endif
