/* --extra FEED[:WEIGHT]: feeds that are trained on and never scored. */
#ifndef CLI_EXTRA_FEEDS_H
#define CLI_EXTRA_FEEDS_H

#include "cli/command.h"
#include "ttag/train.h"

/* Zero-initialise before use. */
typedef struct extra_feeds {
    ttag_extra_feed *feeds;
    size_t n;
} extra_feeds;

/* EXIT_DONE; else what usage_error returned. */
int extra_feeds_check(const invocation *call, const string_list *given);

/* The name in FEED[:WEIGHT], to be freed, and the weight, 1 where none is given. NULL: no memory.
 */
char *extra_feed_name(const char *given, double *weight);

/* Opens what extra_feeds_check has approved of. */
ttag_status extra_feeds_open(extra_feeds *out, const invocation *call, const string_list *given,
                             const ttag_reader_opts *opts, const ttag_taxonomy *taxonomy,
                             ttag_error *err);
void extra_feeds_close(extra_feeds *e);

#endif
