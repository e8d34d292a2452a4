/* The good articles of a feed. */
#ifndef BOOTSTRAP_RULE_FEED_H
#define BOOTSTRAP_RULE_FEED_H

#include "ttag/articles.h"

/* The next article; records that are refused are told to the monitor and passed over. TTAG_OK,
   TTAG_END, TTAG_NOMEM, TTAG_CANCELLED. */
ttag_status rule_feed_next(ttag_reader *reader, ttag_article *article, const ttag_monitor *monitor,
                           ttag_error *err);

#endif
