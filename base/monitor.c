/* Calling a ttag_monitor. */
#include "base/monitor.h"

#include <stdarg.h>

#include "base/plain_print.h"

void tell(const ttag_monitor *monitor, ttag_level level, const char *place, const char *format, ...)
{
    if (!monitor || !monitor->message)
        return;
    char text[2048];
    va_list arguments;
    va_start(arguments, format);
    plain_print_list(text, sizeof text, format, arguments);
    va_end(arguments);
    monitor->message(monitor->payload, level, place, text);
}

void tell_error(const ttag_monitor *monitor, ttag_level level, const ttag_error *err)
{
    char text[1024];
    ttag_error_format(err, text, sizeof text);
    tell(monitor, level, NULL, "%s", text);
}

void tell_progress(const ttag_monitor *monitor, const char *activity, double done, double total)
{
    if (monitor && monitor->progress)
        monitor->progress(monitor->payload, activity, done, total);
}

bool is_cancelled(const ttag_monitor *monitor)
{
    return monitor && monitor->cancelled && monitor->cancelled(monitor->payload);
}
