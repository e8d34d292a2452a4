/* Parallel loops over POSIX threads. What a loop computes must not depend on which worker ran which
   index, so that any number of threads gives the same bytes. */
#ifndef BASE_PARALLEL_H
#define BASE_PARALLEL_H

#include "ttag/base.h"

/* How many threads `asked` means: 0 is one per online core. At least 1, at most
   1024. */
unsigned thread_count(uint32_t asked);

/* body(context, index, worker): indices are handed out in rising order, worker < threads; a status
   other than TTAG_OK stops handing out. */
typedef ttag_status parallel_body(void *context, size_t index, unsigned worker);

/* Runs body for 0 … count - 1. `done` (may be NULL) is called from the calling thread, now and
   then and at the end, with the number of finished indices. Returns TTAG_OK, the status of the
   lowest index that failed, or TTAG_CANCELLED when the monitor says so. */
ttag_status parallel_for(unsigned threads, size_t count, parallel_body *body, void *context,
                         const ttag_monitor *monitor, void (*done)(void *context, size_t finished));

#endif
