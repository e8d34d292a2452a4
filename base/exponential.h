/* e^x without libm, whose last bits differ from one kind of processor to another: the same bytes
   everywhere, in loops that the compiler vectorises. */
#ifndef BASE_EXPONENTIAL_H
#define BASE_EXPONENTIAL_H

#include <stdint.h>
#include <string.h>

/* e^x = 2^k e^r with k = round(x / ln 2) and |r| <= ln 2 / 2, e^r as its Taylor polynomial of
   degree 9: relative error under 1e-11. x is taken to lie within ±700; NaN counts as -700. */
static inline double exponential(double x)
{
    const double shift = 0x1.8p52; /* numbers of that size have no fraction: adding it rounds */
    x = x > -700 ? x : -700;
    x = x < 700 ? x : 700;
    double shifted = x * 0x1.71547652b82fep0 + shift; /* 1 / ln 2 */
    double k = shifted - shift;
    double r = (x - k * 0x1.62e42fee00000p-1) - k * 0x1.a39ef35793c76p-33; /* ln 2 in two parts */
    double power = 1 / 362880.0;
    power = power * r + 1 / 40320.0;
    power = power * r + 1 / 5040.0;
    power = power * r + 1 / 720.0;
    power = power * r + 1 / 120.0;
    power = power * r + 1 / 24.0;
    power = power * r + 1 / 6.0;
    power = power * r + 0.5;
    power = power * r + 1;
    power = power * r + 1;
    uint64_t bits, exponent; /* k stands in the lowest bits of `shifted` */
    memcpy(&exponent, &shifted, sizeof exponent);
    memcpy(&bits, &power, sizeof bits);
    bits += exponent << 52;
    memcpy(&power, &bits, sizeof power);
    return power;
}

#endif
