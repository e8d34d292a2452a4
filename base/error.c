/* Filling in and printing a ttag_error. */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static ttag_status fill(ttag_error *err, ttag_status code, const char *path, size_t line,
                        size_t column, const char *format, va_list arguments)
{
    if (!err)
        return code;
    err->code = code;
    err->line = line;
    err->column = column;
    snprintf(err->path, sizeof err->path, "%s", path ? path : "");
    vsnprintf(err->text, sizeof err->text, format, arguments);
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
