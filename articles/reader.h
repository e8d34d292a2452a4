/* What the stages behind this one may ask of a reader besides its public functions. */
#ifndef ARTICLES_READER_H
#define ARTICLES_READER_H

#include "articles/record_list.h"
#include "ttag/articles.h"

/* Whether the next call on the reader would have to wait for what is yet to be written: the moment
   to flush. Takes in what has come, so that it need not be asked before each byte; a record's views
   do not outlive it. *descriptor is what to poll for more; -1: a pipe that is yet to be opened. */
bool reader_would_wait(ttag_reader *reader, int *descriptor);

/* Records that stand one behind another in memory. */
typedef struct record_run {
    ttag_record first; /* its place; what else it says of all of them; no bytes */
    ttag_view bytes;   /* lines of JSON Lines, with their ends */
    size_t n;
} record_run;

/* The next records in one piece, counted like those of ttag_reader_next_record and borrowed like
   them: `most`, or as many as it takes to have `enough` bytes. False: that function is to be asked,
   for they are no lines, none is at hand, or it is to be refused. */
bool reader_next_run(ttag_reader *reader, record_run *run, size_t most, size_t enough);

/* Takes the first record off a run that has some. */
void record_run_next(record_run *run, ttag_record *record);

/* From now on a feed without items comes out as well: a record without an item, counted nowhere. */
void reader_give_bare_feeds(ttag_reader *reader);
bool record_is_bare_feed(const ttag_record *record);

/* The taxonomy of the reader's options, for decoders of its records; NULL: the built-in one. */
const ttag_taxonomy *reader_taxonomy(const ttag_reader *reader);

/* What the reader tells goes to `monitor` from now on; NULL: to its own again, as before. Returns
   its own, which may be NULL; `monitor` must know when that one is cancelled. */
const ttag_monitor *reader_divert(ttag_reader *reader, const ttag_monitor *monitor);

/* Adds to what was seen: what others found while they decoded the reader's records. */
void reader_add_counts(ttag_reader *reader, const ttag_reader_counts *more);

/* Which shard is read, of how many, and the bytes of all of them; 1 of 1 and 0: the feeds whole. */
void reader_shard(const ttag_reader *reader, uint32_t *shard, uint32_t *shards, uint64_t *size);

/* A reader of the n records of a list with these numbers, in that order. List and numbers must
   outlive it. opts: the taxonomy and the monitor alone count. */
ttag_status reader_open_list(ttag_reader **out, const record_list *list, const uint32_t *numbers,
                             size_t n, const ttag_reader_opts *opts, ttag_error *err);

#endif
