/* Calling a ttag_monitor that may be NULL, or have NULL members. */
#ifndef BASE_MONITOR_H
#define BASE_MONITOR_H

#include "ttag/base.h"

void tell(const ttag_monitor *monitor, ttag_level level, const char *place, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void tell_error(const ttag_monitor *monitor, ttag_level level, const ttag_error *err);
void tell_progress(const ttag_monitor *monitor, const char *activity, double done, double total);
bool is_cancelled(const ttag_monitor *monitor);

#endif
