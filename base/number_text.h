/* Numbers as text, faster than printf and the same to the byte, whatever the locale. */
#ifndef BASE_NUMBER_TEXT_H
#define BASE_NUMBER_TEXT_H

#include <stddef.h>
#include <stdint.h>

/* Bytes that any of these may write; none writes a terminator. All return how many they wrote. */
enum { NUMBER_TEXT_MOST = 24 };

size_t number_put_count(char *out, uint64_t count);    /* %llu */
size_t number_put_float(char *out, float number);      /* %.9g: keeps every bit of a float */
size_t number_put_hundredths(char *out, float number); /* %.2f, of 0 to 1; else none: returns 0 */

#endif
