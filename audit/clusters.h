/* Articles that are copies of each other: equal words, or similar shingles; within the feed joined
   to clusters, and where one is of the feed and one of `against`, a leak. */
#ifndef AUDIT_CLUSTERS_H
#define AUDIT_CLUSTERS_H

#include "audit/audited_feed.h"

/* Zero-initialise before use. */
typedef struct clusters {
    uint32_t *cluster_of; /* n of the feed: number of its cluster; CLUSTER_NONE */
    ttag_audit_cluster *items;
    size_t n;
    uint32_t *members; /* of all clusters */
    uint32_t *tags;    /* that disagree, of all clusters */
    size_t n_tags, tags_capacity;
    ttag_audit_leak *leaks; /* by article */
    size_t n_leaks;
} clusters;

#define CLUSTER_NONE UINT32_MAX

typedef struct clusters_task {
    const audited_feed *feed, *against; /* against NULL: none */
    double least;
    size_t n_tags;
    unsigned threads;
    const ttag_monitor *monitor;
} clusters_task;

/* TTAG_NOMEM, TTAG_CANCELLED. */
ttag_status clusters_find(clusters *out, const clusters_task *task);
void clusters_dispose(clusters *c);

#endif
