/* The files of a tar archive (POSIX ustar, with GNU's and pax's long names), one after another. */
#ifndef IMPORT_TAR_ENTRIES_H
#define IMPORT_TAR_ENTRIES_H

#include "base/buffer.h"
#include "base/input.h"

enum { TAR_BLOCK = 512 };

typedef struct tar_entries {
    input *in; /* borrowed */
    const char *path;
    size_t max_size; /* bytes of an entry that is kept */
    buffer name;     /* of the entry that was given out last */
    buffer bytes;
    unsigned char header[TAR_BLOCK];
    bool has_header; /* the caller has read the first one already */
} tar_entries;       /* zero-initialise, then fill in `in`, `path` and `max_size` */

/* Whether a file that begins with this block is a tar archive. */
bool tar_is_header(const unsigned char *block);

/* The next regular file: its name and bytes in `t`. TTAG_END behind the last; TTAG_LIMIT (err is
   filled): it is too large, and the next call goes on behind it; TTAG_PARSE: no archive from here
   on; TTAG_IO, TTAG_NOMEM, TTAG_CANCELLED. */
ttag_status tar_next(tar_entries *t, ttag_error *err);

/* Reads until `size` bytes are there or the input ends; *got says how many. */
ttag_status read_fully(input *in, void *bytes, size_t size, size_t *got, ttag_error *err);

void tar_dispose(tar_entries *t); /* not its input */

#endif
