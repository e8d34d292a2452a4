/* When a training has to end: its time is up, or its monitor asks. Any thread may look; what runs
   long looks every few milliseconds, and hands out what it has reached. */
#ifndef TRAIN_DEADLINE_H
#define TRAIN_DEADLINE_H

#include <pthread.h>
#include <stdatomic.h>

#include "ttag/base.h"

typedef struct deadline {
    double ends; /* seconds of the monotonic clock; infinite: no bound on time */
    bool keeps;  /* what has been reached is wanted also where the monitor asks to stop */
    bool owes;   /* screening is finished, whatever comes, if what has been reached is wanted */
    const ttag_monitor *monitor; /* of the caller */
    pthread_t thread;            /* likewise: the only one that may ask the monitor */
    atomic_bool cancelled;       /* the monitor has asked */
} deadline;

/* Time runs from now on; 0 seconds: no bound. A deadline is not to be copied. */
void deadline_start(deadline *d, double seconds, const ttag_monitor *monitor);
/* One that comes after this share of the time that is left, or when the monitor asks. */
void deadline_start_part(deadline *part, const deadline *whole, double share);

/* Comes so many seconds earlier, at most by half of the time that is left: what is done afterwards
   takes time too. To be called while no other thread looks. */
void deadline_bring_forward(deadline *d, double seconds);

/* Seconds of the monotonic clock. */
double deadline_clock(void);

/* Below, NULL is a deadline that never comes. */

/* Seconds until time is up, below 0 afterwards. */
double deadline_left(const deadline *d);
/* Whether time is up, or the monitor has asked to stop. */
bool deadline_over(deadline *d);
/* Whether every tag is to have something before any is solved. */
bool deadline_owes_screening(const deadline *d);
/* Whether the monitor has asked, and that is not so, or nothing is wanted. */
bool deadline_ends_screening(deadline *d);
/* Whether the monitor has asked. */
bool deadline_cancelled(deadline *d);
/* Once it is over: whether what has been reached is wanted. */
bool deadline_keeps(deadline *d);

/* A search was cut short after so many trials: whether the training goes on with the best of them,
   or with none. */
bool deadline_after_search(deadline *d, size_t n_trials);

/* Warns that a search ended before all its trials; `without` says what is taken where none did. */
void search_tell_cut_short(const ttag_monitor *monitor, const char *of, size_t n_trials,
                           const char *without);

/* The caller's monitor, asking to stop when the deadline is over; d lives as long. */
ttag_monitor deadline_monitor(deadline *d);
/* Likewise when it ends screening. */
ttag_monitor deadline_screening_monitor(deadline *d);

#endif
