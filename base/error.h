/* Filling in a caller's ttag_error. All return `code`, so that a failure is one line. */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include "ttag/base.h"

ttag_status fail(ttag_error *err, ttag_status code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
ttag_status fail_at(ttag_error *err, ttag_status code, const char *path, size_t line, size_t column,
                    const char *format, ...) __attribute__((format(printf, 6, 7)));
ttag_status fail_memory(ttag_error *err);

/* The same for the system's errno, as "path: what: No such file or directory". */
ttag_status fail_errno(ttag_error *err, const char *path, const char *what, int number);

#endif
