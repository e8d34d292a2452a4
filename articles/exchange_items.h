/* STIX bundles and MISP events cut into what holds an article each. */
#ifndef ARTICLES_EXCHANGE_ITEMS_H
#define ARTICLES_EXCHANGE_ITEMS_H

#include "articles/feed_items.h"
#include "base/json.h"
#include "ttag/articles.h"

typedef struct exchange_items {
    ttag_input_format format; /* TTAG_INPUT_STIX or TTAG_INPUT_MISP */
    json_walk walk;           /* over objects or events; not of a document that is one itself … */
    ttag_view alone;          /* … which is this; absent: none, or given out */
    ttag_view next;           /* the one at hand; absent: there is none */
    line_count lines;
} exchange_items;

/* Checks all of the text, which must outlive the items. A bundle or a single object of STIX;
   {"response":[{"Event":…}]}, {"Event":…} or an array of such of MISP. NULL; or why it is none;
   *position is where. */
const char *exchange_items_open(exchange_items *items, ttag_view text, ttag_input_format format,
                                size_t *position);

bool exchange_items_at_end(const exchange_items *items);

/* The next report or note, or event; other objects are passed over. Without anything around it.
   False: there is no further one. */
bool exchange_items_next(exchange_items *items, feed_item *out);

/* What a text that begins with a brace, and may go on, begins: TTAG_INPUT_STIX, TTAG_INPUT_MISP or
   TTAG_INPUT_JSONL, which stands for anything else; TTAG_INPUT_AUTO: more of it must be seen. */
ttag_input_format exchange_format(ttag_view text);

#endif
