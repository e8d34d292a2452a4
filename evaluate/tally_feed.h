/* A feed into a tally. */
#ifndef EVALUATE_TALLY_FEED_H
#define EVALUATE_TALLY_FEED_H

#include "evaluate/joined.h"
#include "evaluate/tally.h"

/* Verifies the model, starts the tally for it, reads `feed` to its end and tags every labelled
   article. TTAG_OK, TTAG_NOMEM, TTAG_CANCELLED, TTAG_INVALID, TTAG_FORMAT. Dispose of the tally in
   any case. */
ttag_status tally_feed(tally *t, const ttag_model *model, ttag_reader *feed,
                       const ttag_evaluate_opts *opts, ttag_error *err);

/* Likewise, but takes the model's word for it: for one that was never in a file. */
ttag_status tally_feed_unverified(tally *t, const ttag_model *model, ttag_reader *feed,
                                  const ttag_evaluate_opts *opts, ttag_error *err);

/* Likewise for `n` models, a tally each, from one reading of the feed: their rows are the same
   articles. Where one of them scores passages, the records of an article are put together for all.
   `row` (may be NULL) is handed each article as its row is added. The models are verified. */
ttag_status tally_feed_each(tally *tallies, const ttag_model *const *models, size_t n,
                            ttag_reader *feed, const ttag_evaluate_opts *opts, joined_taker *row,
                            void *context, ttag_error *err);

#endif
