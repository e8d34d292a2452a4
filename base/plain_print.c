/* The calling thread is in the "C" locale for as long as it prints. */
#include "base/plain_print.h"

#include <locale.h>
#include <stdio.h>

int plain_print_list(char *out, size_t size, const char *format, va_list arguments)
{
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0); /* one that is always there */
    locale_t before = plain ? uselocale(plain) : (locale_t)0;
    int length = vsnprintf(out, size, format, arguments);
    if (plain) {
        uselocale(before);
        freelocale(plain);
    }
    return length;
}

int plain_print(char *out, size_t size, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = plain_print_list(out, size, format, arguments);
    va_end(arguments);
    return length;
}
