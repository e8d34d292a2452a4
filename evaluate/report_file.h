/* Sending a finished report on its way. */
#ifndef EVALUATE_REPORT_FILE_H
#define EVALUATE_REPORT_FILE_H

#include <stdio.h>

#include "base/buffer.h"

/* Writes and flushes. A reader that has gone away is no failure. TTAG_OK, TTAG_IO, TTAG_NOMEM (the
   buffer has failed). */
ttag_status report_send(const buffer *report, FILE *out, ttag_error *err);

#endif
