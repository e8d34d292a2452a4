/* Refusals told on the way. */
#include "bootstrap/rule_feed.h"

#include "base/monitor.h"

ttag_status rule_feed_next(ttag_reader *reader, ttag_article *article, const ttag_monitor *monitor,
                           ttag_error *err)
{
    for (;;) {
        ttag_status status = ttag_reader_next(reader, article, err);
        if (status != TTAG_PARSE && status != TTAG_IO)
            return status;
        tell_error(monitor, TTAG_ERROR, err);
    }
}
