/* The threads of a stream and the ring of batches that they share. The calling thread fills a
   vacant batch and submits it, a member takes and classifies it, the calling thread gets it back to
   be written, and releases it; what it has no time to read or write in, it spends as a member. */
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
    lane own;              /* of the calling thread, … */
    stream_batch *at_hand; /* … which has taken this batch; NULL: none */
    crew_member *members;
    unsigned n_members, n_started; /* others than the calling thread; 0: it works alone */
    stream_batch **batches;        /* n_batches; number i lies at i % n_batches */
    size_t n_batches;
    size_t n_written;     /* <= n_taken <= n_submitted; the calling thread's own, as are … */
    size_t n_bytes;       /* … input of the batches under way, and … */
    size_t n_seen;        /* … n_finished, when it looked last */
    int wake[2];          /* a pipe: members end the calling thread's sleep; -1: none */
    pthread_mutex_t lock; /* of what follows, of `batches` and each batch's `finished` */
    pthread_cond_t submitted;
    size_t n_submitted, n_taken, n_finished;
    unsigned n_idle;
    bool sleeping; /* the calling thread is */
    bool stop;
};

/* `opts` is copied; threads as in it. TTAG_OK, TTAG_NOMEM, TTAG_INVALID. Dispose even after a
   failure. */
ttag_status crew_init(crew *c, const ttag_model *model, const ttag_taxonomy *taxonomy,
                      const ttag_classify_opts *opts, ttag_error *err);
/* Stops and joins the threads; batches that are not finished are forgotten. */
void crew_dispose(crew *c);

/* Nothing is under way. */
bool crew_is_idle(const crew *c);
/* Whether a batch would be begun at once if it were submitted, by a member or, if that has nothing
   else to do, by the calling thread. */
bool crew_has_hands(crew *c, bool is_free);
/* The batch to be filled next, the same one until it is submitted; NULL: enough is under way. */
stream_batch *crew_vacant(crew *c);
/* Hands that batch over. */
void crew_submit(crew *c);
/* Likewise, but the calling thread does the work itself. Only if nothing is under way. */
void crew_do_at_once(crew *c);
/* The calling thread does some of the work, not long; false: no batch waits for that. */
bool crew_help(crew *c);
/* A finished batch: the oldest under way or, if `any`, whichever there is; else NULL. */
stream_batch *crew_finished(crew *c, bool any);
/* Gives the batch from crew_finished back, emptied. */
void crew_release(crew *c);

/* Sleeps until a member finishes a batch or leaves one to the calling thread, something can be read
   from `input`, the reader of `output` goes away, or a signal comes; at once if a batch finished
   since the last crew_finished. -1: no such descriptor. True: the reader has gone. */
bool crew_sleep(crew *c, int input, int output);

#endif
