/* A file that appears whole or not at all: written beside its place, synced, renamed. */
#ifndef BASE_OUTPUT_H
#define BASE_OUTPUT_H

#include "ttag/base.h"

typedef struct output output;

/* The file takes over the mode of the one it replaces. A symbolic link is followed; a device, pipe
   or folder is refused. */

ttag_status output_open(output **out, const char *path, ttag_error *err);
ttag_status output_write(output *o, const void *bytes, size_t size, ttag_error *err);
/* Syncs and renames. The output is spent in either case; on failure, and after a write that failed,
   the old file is as it was and the temporary one is gone. */
ttag_status output_commit(output *o, ttag_error *err);
/* Removes what was written; accepts NULL. */
void output_abandon(output *o);

#endif
