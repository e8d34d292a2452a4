/* A float to the nearest half. */
#include "classify/half.h"

#include <math.h>

uint16_t half_from_float(float x)
{
    const float largest = 65504.0F;
    uint16_t sign = signbit(x) ? 0x8000 : 0;
    float size = fabsf(x);
    if (!(size < largest))
        return (uint16_t)(sign | 0x7bff);
    int exponent;
    (void)frexpf(size, &exponent);   /* size is in [2^(exponent - 1), 2^exponent) */
    if (size == 0 || exponent < -13) /* below 2^-14 halves are multiples of 2^-24 */
        exponent = -13;
    /* ulp = 2^(exponent - 11); both steps are exact, and rintf rounds ties to even. A size that is
       rounded up to the next power of two carries into the exponent, as it should. */
    uint32_t units = (uint32_t)rintf(ldexpf(size, 11 - exponent));
    return (uint16_t)(sign | (((uint32_t)(exponent + 13) << 10) + units));
}
