/* Long passages that articles share which are not of one cluster: quotations, agency text,
   boilerplate. A passage has so many words in common, half of that in one run; between runs a few
   words may have been changed. Everything is compared word by word. */
#ifndef AUDIT_SHARED_PASSAGES_H
#define AUDIT_SHARED_PASSAGES_H

#include "audit/audited_feed.h"
#include "audit/clusters.h"

/* Zero-initialise before use. */
typedef struct shared_passages {
    ttag_audit_passage *items; /* those that repeat most words first */
    size_t n;
    ttag_audit_place *places; /* of all */
} shared_passages;

typedef struct passages_task {
    const audited_feed *feed;
    const uint32_t *cluster_of; /* n */
    size_t least;               /* words in common, from 16 */
    unsigned threads;
    const ttag_monitor *monitor;
} passages_task;

/* TTAG_NOMEM, TTAG_CANCELLED. */
ttag_status shared_passages_find(shared_passages *out, const passages_task *task);
void shared_passages_dispose(shared_passages *p);

#endif
