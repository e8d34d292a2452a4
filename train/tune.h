/* Which settings a training has: those with the best figures by fold, as far as there is time. */
#ifndef TRAIN_TUNE_H
#define TRAIN_TUNE_H

#include "train/deadline.h"
#include "train/kept_feeds.h"
#include "train/tune_table.h"

/* Compares, tells the table, and writes the best setting into `chosen`, which is a copy of opts.
   time: the end of the training to come; it gets as much of the time as trials say that it needs.
   TTAG_OK also where nothing could be compared: the table has no row, or one. */
ttag_status tune_run(tune_table *table, ttag_train_opts *chosen, const kept_feeds *kept,
                     const ttag_train_opts *opts, const ttag_taxonomy *taxonomy, deadline *time,
                     ttag_error *err);

#endif
