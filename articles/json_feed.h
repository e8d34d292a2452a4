/* A JSON Feed (1.0, 1.1) cut into its items, byte for byte, as articles/feed_items.h does it with
   XML. */
#ifndef ARTICLES_JSON_FEED_H
#define ARTICLES_JSON_FEED_H

#include "articles/feed_items.h"
#include "articles/format_guess.h"
#include "base/json.h"

typedef struct json_feed {
    ttag_view text;
    json_walk walk; /* over the elements of "items" */
    json_item next; /* the one at hand, if `has_next` */
    bool has_next;
    const char *from; /* what was given out ends here */
    line_count lines;
} json_feed;

/* Checks all of the text, which must outlive the feed. NULL; or why it is none, in the words of
   "… ; expected …". *position is where. */
const char *json_feed_open(json_feed *feed, ttag_view text, size_t *position);

/* The next item; the last one has all that stands behind it. False: there is no further one. */
bool json_feed_next(json_feed *feed, feed_item *out);

/* Whether text that may go on begins as a JSON Feed does, with its version. */
format_guess json_feed_begins(ttag_view text);

#endif
