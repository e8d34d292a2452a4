/* The commas of a JSON Feed of which items were left out: each item but the first one that is
   written has its comma before it. Whether one is the first is known in its batch if the feed
   begins there, else when the batch is written. */
#ifndef CLASSIFY_JSON_FEED_SEAM_H
#define CLASSIFY_JSON_FEED_SEAM_H

#include "base/buffer.h"
#include "ttag/articles.h"

/* Of the records of a batch. Zero-initialise before use. */
typedef struct json_feed_seam {
    bool begins;     /* a feed begins in the batch */
    bool holds_item; /* an item of the last feed is in the output */
    size_t at, size; /* what stands before the first item in the output, of a feed that began
                        earlier; 0 bytes: nothing */
} json_feed_seam;

/* Whether the item of a JSON Feed is the first one that was read of it. */
bool json_feed_begins_at(const ttag_record *item);

/* The next item; what became of it stands in the output from `at` on. */
void json_feed_seam_add(json_feed_seam *seam, buffer *out, size_t at, const ttag_record *item,
                        bool is_written);

/* The next batch. holds_item: whether an item of the feed has been written before, and then whether
   one has been now. */
void json_feed_seam_close(const json_feed_seam *seam, buffer *out, bool *holds_item);

#endif
