/* Filling in and printing a ttag_error. */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/plain_print.h"

/* A text that was cut may end within a character, and one that quotes data may hold a line break:
   both would spoil the line, or the JSON record, that it goes into. */
static void tidy(char *text)
{
    size_t size = strlen(text);
    for (size_t i = 0; i < size; i++)
        if ((unsigned char)text[i] < 0x20 || text[i] == 0x7f)
            text[i] = '?';
    size_t start = size; /* of the last character */
    while (start > 0 && size - start < 4 && ((unsigned char)text[start - 1] & 0xc0) == 0x80)
        start--;
    if (start == 0)
        return;
    unsigned char lead = (unsigned char)text[start - 1];
    size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
    if (size - start + 1 < length)
        text[start - 1] = '\0';
}

static ttag_status fill(ttag_error *err, ttag_status code, const char *path, size_t line,
                        size_t column, const char *format, va_list arguments)
{
    if (!err)
        return code;
    ttag_error filled = {.code = code, .line = line, .column = column};
    snprintf(filled.path, sizeof filled.path, "%s", path ? path : "");
    plain_print_list(filled.text, sizeof filled.text, format, arguments);
    tidy(filled.text);
    *err = filled; /* only now: path and arguments may point into the old error */
    return code;
}

ttag_status fail(ttag_error *err, ttag_status code, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fill(err, code, NULL, 0, 0, format, arguments);
    va_end(arguments);
    return code;
}

ttag_status fail_at(ttag_error *err, ttag_status code, const char *path, size_t line, size_t column,
                    const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fill(err, code, path, line, column, format, arguments);
    va_end(arguments);
    return code;
}

ttag_status fail_memory(ttag_error *err)
{
    return fail(err, TTAG_NOMEM, "out of memory");
}

ttag_status fail_errno(ttag_error *err, const char *path, const char *what, int number)
{
    char reason[128];
    if (strerror_r(number, reason, sizeof reason) != 0)
        snprintf(reason, sizeof reason, "error %d", number);
    return fail_at(err, TTAG_IO, path, 0, 0, "%s: %s", what, reason);
}

void ttag_error_format(const ttag_error *err, char *out, size_t size)
{
    char line[32] = "", column[32] = "";
    if (err->line)
        snprintf(line, sizeof line, ":%zu", err->line);
    if (err->line && err->column)
        snprintf(column, sizeof column, ":%zu", err->column);
    if (err->path[0])
        snprintf(out, size, "%s%s%s: %s", err->path, line, column, err->text);
    else
        snprintf(out, size, "%s", err->text);
}
