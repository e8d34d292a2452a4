/* Points in time, in UTC, without the C library's time zones. */
#ifndef BASE_INSTANT_H
#define BASE_INSTANT_H

#include "base/buffer.h"

typedef struct instant {
    int64_t seconds; /* since 1970 */
    int milliseconds;
} instant;

/* A date of ISO 8601, with or without a time and its zone (none: UTC); what follows the part that
   is understood does not count. False: it begins with no date from the years 1 to 9999. */
bool instant_read(instant *out, ttag_view iso);

/* SOURCE_DATE_EPOCH (reproducible-builds.org). False: it is not set, or to no number of seconds. */
bool instant_given(instant *out);

void put_instant(buffer *out, instant t); /* 2026-11-22T19:45:00.000Z */
void put_day(buffer *out, instant t);     /* 2026-11-22 */

#endif
