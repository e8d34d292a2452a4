/* RSS (0.9x, 1.0, 2.0) and Atom cut into their items, byte for byte: what stands before, between
   and behind them is kept, so that a feed can be written again with something added. */
#ifndef ARTICLES_FEED_ITEMS_H
#define ARTICLES_FEED_ITEMS_H

#include "articles/line_count.h"
#include "articles/xml_scan.h"

/* An item with what stands before it, and if it is the last one, what stands behind it. */
typedef struct feed_item {
    ttag_view bytes;
    size_t before, after; /* bytes of it that are not the item's */
    size_t line;          /* that the item begins in, from 1 */
} feed_item;

typedef struct feed_items {
    ttag_view text;
    xml_scan scan;
    xml_token token; /* the one at hand, if `has_token` */
    bool has_token;
    const char *from; /* what was given out ends here */
    line_count lines;
} feed_items;

/* `text` in an encoding that holds ASCII; must outlive the items. */
feed_items feed_items_of(ttag_view text);

/* The next <item> or <entry>. One that is not closed ends where the next one begins or the feed
   ends. False: there is no further one. */
bool feed_items_next(feed_items *items, feed_item *out);

/* The line in which what was given out ends; the first line has the number in items->lines. */
size_t feed_items_line(feed_items *items);

/* The encoding that an XML declaration names, or absent. */
ttag_view feed_charset(ttag_view text);

/* Whether entities are declared that are made of other entities, for which there is no good use.
   What a feed declares is never looked up, but who reads the feed after us may do it. */
bool feed_nests_entities(ttag_view head);

/* Whether text of an unknown kind begins as a feed does. */
bool is_feed(ttag_view text);

#endif
