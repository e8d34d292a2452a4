/* snprintf as it is in the "C" locale, whatever the caller of the library has set: a number's point
   is one, and a file has the same bytes everywhere. */
#ifndef BASE_PLAIN_PRINT_H
#define BASE_PLAIN_PRINT_H

#include <stdarg.h>
#include <stddef.h>

int plain_print(char *out, size_t size, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
int plain_print_list(char *out, size_t size, const char *format, va_list arguments)
    __attribute__((format(printf, 3, 0)));

#endif
