/* The threads of a stream and the ring of batches that they share. Batches are classified in any
   order and handed back in the order in which they were put in. */
#ifndef CLASSIFY_STREAM_CREW_H
#define CLASSIFY_STREAM_CREW_H

#include <pthread.h>

#include "classify/stream_batch.h"

typedef struct crew crew;

typedef struct crew_member {
    crew *crew;
    pthread_t thread;
    lane lane;
} crew_member;

struct crew {
    const ttag_model *model;
    const ttag_taxonomy *taxonomy;
    ttag_classify_opts opts;
    crew_member *members; /* n_members; with one, the calling thread does its work */
    unsigned n_members, n_started;
    stream_batch *batches; /* n_batches; batch number i lies at i % n_batches */
    size_t n_batches;
    size_t n_written;     /* <= n_taken <= n_submitted; the calling thread's own */
    pthread_mutex_t lock; /* of what follows and of each batch's `finished` */
    pthread_cond_t submitted, finished;
    size_t n_submitted, n_taken;
    unsigned n_idle;
    bool stop;
};

/* `opts` is copied; threads as in it. TTAG_OK, TTAG_NOMEM, TTAG_INVALID. */
ttag_status crew_init(crew *c, const ttag_model *model, const ttag_taxonomy *taxonomy,
                      const ttag_classify_opts *opts, ttag_error *err);
/* Stops and joins the threads; batches that are not finished are forgotten. */
void crew_dispose(crew *c);

/* Whether there is a batch that is not under way. */
bool crew_has_room(const crew *c);
/* That batch, emptied. */
stream_batch *crew_vacant(crew *c);
/* Hands the batch from crew_vacant over. */
void crew_submit(crew *c);
/* The oldest batch under way, once it is finished; NULL: there is none, or `wait` is false and it
   is not finished. */
stream_batch *crew_oldest(crew *c, bool wait);
/* Gives the batch from crew_oldest back. */
void crew_release(crew *c);

#endif
