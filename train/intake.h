/* Reads a feed whole: one thread reads and takes, others decode and count in between. */
#ifndef TRAIN_INTAKE_H
#define TRAIN_INTAKE_H

#include "train/feed_batch.h"

typedef struct intake_task {
    ttag_reader *feed;
    feed_rules rules;
    unsigned threads;
    const ttag_monitor *monitor;
} intake_task;

/* Takes a batch, of which it may keep the terms' rows; called from the calling thread, in the order
 * of the feed. */
typedef ttag_status intake_taker(void *context, feed_batch *batch, ttag_error *err);

/* Refused records are told to the monitor in their turn. TTAG_OK: read to its end; TTAG_NOMEM,
   TTAG_CANCELLED, or what `take` returned. */
ttag_status intake_read(const intake_task *task, intake_taker *take, void *context,
                        ttag_error *err);

#endif
