/* Dates as feeds have them, in ISO 8601. */
#ifndef ARTICLES_FEED_DATE_H
#define ARTICLES_FEED_DATE_H

#include "base/buffer.h"
#include "ttag/base.h"

/* Appends a date of RFC 822 ("Tue, 3 Jun 03 09:39 EST") or one that is in ISO 8601 already as the
   latter: "2003-06-03T09:39:00-05:00". Nothing if it is neither. */
void put_feed_date(buffer *out, ttag_view date);

#endif
