/* All records of a training's feeds in memory, to be read again and again. */
#ifndef TRAIN_KEPT_FEEDS_H
#define TRAIN_KEPT_FEEDS_H

#include "articles/record_list.h"
#include "ttag/train.h"

/* Zero-initialise before use. */
typedef struct kept_feeds {
    record_list records;           /* of the feed, then of each extra feed */
    size_t *ends;                  /* 1 + n_extra: behind the last record of each */
    uint32_t *numbers;             /* records.count: 0, 1, 2 … */
    const ttag_taxonomy *taxonomy; /* for tag lines; that of the feed's reader */
    size_t n_feeds;
    size_t refused; /* by the readers; told to the monitor */
} kept_feeds;

/* TTAG_OK, TTAG_NOMEM, TTAG_CANCELLED. Paths in the records are those of the readers. */
ttag_status kept_feeds_read(kept_feeds *k, ttag_reader *feed, const ttag_train_opts *opts,
                            ttag_error *err);
void kept_feeds_dispose(kept_feeds *k);

/* Readers of some of it, for one training. Zero-initialise before use. */
typedef struct reread_feeds {
    ttag_reader *feed;
    ttag_extra_feed *extra; /* as in the options */
    size_t n_extra;
    uint32_t *drawn; /* numbers of a sample, ascending, feed by feed */
} reread_feeds;

/* most: so many records of each feed at most, drawn by opts->seed; 0: all. monitor: of the readers;
   NULL: silent. Close in any case. */
ttag_status reread_feeds_open(reread_feeds *r, const kept_feeds *k, const ttag_train_opts *opts,
                              size_t most, const ttag_monitor *monitor, ttag_error *err);
void reread_feeds_close(reread_feeds *r);

#endif
