/* A ring of slots between one thread that fills and empties them and the threads that work on
   them. Slots are worked on in any order and handed back in the order in which they were filled, so
   what comes out depends on no thread. */
#ifndef BASE_PIPELINE_H
#define BASE_PIPELINE_H

#include <pthread.h>

#include "ttag/base.h"

/* Works on what the caller has put into the slot. Called for one slot at a time by each worker;
   worker < threads. */
typedef void pipeline_work(void *context, size_t slot, unsigned worker);

typedef struct pipeline pipeline;

typedef struct pipeline_worker {
    pipeline *shared;
    unsigned number;
    pthread_t thread;
} pipeline_worker;

struct pipeline {
    pipeline_work *work;
    void *context;
    pipeline_worker *workers; /* n_workers; with one, the calling thread does its work */
    unsigned n_workers, n_started;
    bool *finished;                          /* n_slots; guarded by the lock */
    size_t n_slots;                          /* turn i uses slot i % n_slots */
    size_t n_released, n_submitted, n_taken; /* turns; n_released is the calling thread's own */
    pthread_mutex_t lock;                    /* of n_submitted, n_taken and what follows */
    pthread_cond_t submitted, one_finished;
    unsigned n_idle;
    bool stop;
};

/* threads: at least 1, the calling thread not counted. Slots: pipeline_slots(threads). TTAG_OK or
   TTAG_NOMEM; either way pipeline_dispose may follow. Threads start as work turns up. */
ttag_status pipeline_init(pipeline *p, unsigned threads, pipeline_work *work, void *context);
/* Stops and joins the threads; slots that are not finished are forgotten. */
void pipeline_dispose(pipeline *p);

/* How many slots keep so many threads busy. */
static inline size_t pipeline_slots(unsigned threads)
{
    return threads > 1 ? 2 * (size_t)threads : 1;
}

/* Whether there is a slot that is not under way. */
bool pipeline_has_room(const pipeline *p);
/* That slot. */
size_t pipeline_vacant(const pipeline *p);
/* Hands the slot of pipeline_vacant over. */
void pipeline_submit(pipeline *p);
/* Into *slot: the oldest under way, once it is finished. False: there is none, or `wait` is false
   and it is not finished. */
bool pipeline_oldest(pipeline *p, bool wait, size_t *slot);
/* Gives the slot of pipeline_oldest back. */
void pipeline_release(pipeline *p);

#endif
