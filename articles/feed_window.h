/* The items of a feed out of a file, read no further than it takes to know where one ends. */
#ifndef ARTICLES_FEED_WINDOW_H
#define ARTICLES_FEED_WINDOW_H

#include "articles/feed_items.h"
#include "articles/lines.h"

typedef struct feed_window {
    lines *file;
    size_t most; /* bytes kept in memory for one item with what stands before it */
    size_t line; /* in which what was given out ends */
    bool no_cdata_end, no_comment_end; /* up to the end of the file */
    bool is_ready;                     /* `item` is the next one */
    feed_item item;
} feed_window;

feed_window feed_window_over(lines *file, size_t most);

/* The next item, borrowed until the next call. TTAG_OK; TTAG_END; TTAG_LIMIT (err is not touched):
   no item ends within the bound; what lines_peek returns. */
ttag_status feed_window_next(feed_window *window, feed_item *item, ttag_error *err);

/* Whether feed_window_next would have to wait for a live input. Takes in what has come; the last
   item is gone. */
bool feed_window_would_wait(feed_window *window);

#endif
