/* IEEE 754 binary16, to float exactly and from float to the nearest, with integer steps alone: the
   same bits on every processor, and loops of it become SIMD. */
#ifndef CLASSIFY_HALF_H
#define CLASSIFY_HALF_H

#include <stdint.h>
#include <string.h>

/* Exponent and mantissa moved to their places are the number times 2^-112. (What would be infinite
   or no number counts as 2^16 and more.) */
static inline float half_to_float(uint16_t half)
{
    const float up = 0x1p112F;
    uint32_t bits = (uint32_t)(half & 0x7fff) << 13;
    float x;
    memcpy(&x, &bits, sizeof x);
    x *= up;
    memcpy(&bits, &x, sizeof bits);
    bits |= (uint32_t)(half & 0x8000) << 16;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* Of a finite number; ties to even; what is over the largest half, 65504, becomes that. */
uint16_t half_from_float(float x);

#endif
