/* A file of results that appears whole or not at all. */
#ifndef CLI_RESULT_FILE_H
#define CLI_RESULT_FILE_H

#include <stdio.h>

#include "ttag/base.h"

typedef struct result_file {
    FILE *stream;
    const char *path;
    char *temporary; /* NULL: written in place, or standard output */
} result_file;

/* Finds out before long work whether `path` can be written later: its folder is there and can be
   written to, and it is no folder itself; with `plain`, no device or pipe either. NULL and "-" are
   fine. */
ttag_status result_file_check(const char *path, bool plain, ttag_error *err);

/* Opens for writing. NULL and "-" are standard output; devices and pipes are written in place,
   plain files through a temporary one. */
ttag_status result_file_open(result_file *out, const char *path, ttag_error *err);

/* Ends it: writes all out and puts the file in its place if `keep`, else removes it; that cannot
   fail, and `err` may be NULL. */
ttag_status result_file_close(result_file *file, bool keep, ttag_error *err);

/* Writes `what`, of whatever type it is. */
typedef ttag_status result_writer(const void *what, FILE *out, ttag_error *err);

/* All of it: opens `path`, has `what` written, and puts the file in its place if that went well. */
ttag_status result_file_write(const char *path, result_writer *write, const void *what,
                              ttag_error *err);

#endif
