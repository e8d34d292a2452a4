/* The only place of the library that knows the time. */
#include "train/deadline.h"

#include <math.h>
#include <time.h>

#include "base/monitor.h"

double deadline_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void start(deadline *d, double ends, const ttag_monitor *monitor)
{
    d->ends = ends;
    d->keeps = false;
    d->owes = false;
    d->monitor = monitor;
    d->thread = pthread_self();
    atomic_init(&d->cancelled, false);
}

void deadline_start(deadline *d, double seconds, const ttag_monitor *monitor)
{
    start(d, seconds > 0 ? deadline_clock() + seconds : INFINITY, monitor);
}

void deadline_start_part(deadline *part, const deadline *whole, double share)
{
    start(part, deadline_clock() + share * deadline_left(whole), whole->monitor);
}

void deadline_bring_forward(deadline *d, double seconds)
{
    double left = deadline_left(d);
    if (isfinite(left) && left > 0)
        d->ends -= seconds < left / 2 ? seconds : left / 2;
}

double deadline_left(const deadline *d)
{
    return d && isfinite(d->ends) ? d->ends - deadline_clock() : INFINITY;
}

bool deadline_cancelled(deadline *d)
{
    if (!d)
        return false;
    if (!atomic_load(&d->cancelled) && pthread_equal(d->thread, pthread_self()) &&
        is_cancelled(d->monitor))
        atomic_store(&d->cancelled, true);
    return atomic_load(&d->cancelled);
}

bool deadline_over(deadline *d)
{
    return deadline_cancelled(d) || deadline_left(d) <= 0;
}

bool deadline_keeps(deadline *d)
{
    return d && (d->keeps || !deadline_cancelled(d));
}

bool deadline_owes_screening(const deadline *d)
{
    return d && d->owes;
}

bool deadline_ends_screening(deadline *d)
{
    return deadline_cancelled(d) && !(d->owes && d->keeps);
}

bool deadline_after_search(deadline *d, size_t n_trials)
{
    if (!deadline_keeps(d))
        return false;
    d->owes = d->owes || n_trials > 0;
    return true;
}

void search_tell_cut_short(const ttag_monitor *monitor, const char *of, size_t n_trials,
                           const char *without)
{
    if (n_trials == 0)
        tell(monitor, TTAG_WARNING, NULL,
             "the search for %s was cut short before a trial had ended: %s", of, without);
    else
        tell(monitor, TTAG_WARNING, NULL,
             "the search for %s was cut short: the best of %zu trial%s is taken", of, n_trials,
             n_trials == 1 ? "" : "s");
}

/* ---- As a monitor. ---- */

static void pass_message(void *payload, ttag_level level, const char *place, const char *text)
{
    const deadline *d = payload;
    tell(d->monitor, level, place, "%s", text);
}

static void pass_progress(void *payload, const char *activity, double done, double total)
{
    const deadline *d = payload;
    tell_progress(d->monitor, activity, done, total);
}

static bool ask(void *payload)
{
    return deadline_over(payload);
}

static bool ask_screening(void *payload)
{
    return deadline_ends_screening(payload);
}

ttag_monitor deadline_monitor(deadline *d)
{
    return (ttag_monitor){pass_message, pass_progress, ask, d};
}

ttag_monitor deadline_screening_monitor(deadline *d)
{
    return (ttag_monitor){pass_message, pass_progress, ask_screening, d};
}
