/* Writing a report to a stream, and noticing when that fails. */
#include "evaluate/report_file.h"

#include <errno.h>

#include "base/error.h"

ttag_status report_send(const buffer *report, FILE *out, ttag_error *err)
{
    if (!buffer_ok(report))
        return fail_memory(err);
    errno = 0;
    if (fwrite(report->bytes, 1, report->size, out) == report->size && fflush(out) == 0)
        return TTAG_OK;
    if (errno == EPIPE) /* `| head -1` has what it wants */
        return TTAG_OK;
    return fail_errno(err, NULL, "the report cannot be written", errno);
}
