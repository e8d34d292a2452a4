/* An item of a JSON Feed with tags added. */
#ifndef CLASSIFY_CLASSIFIED_JSON_FEED_H
#define CLASSIFY_CLASSIFIED_JSON_FEED_H

#include "base/buffer.h"
#include "ttag/base.h"

/* The item, all its bytes as they are, with n names more in its "tags", which is made if it is not
   there. */
void put_tagged_json_item(buffer *out, ttag_view item, const ttag_view *names, size_t n);

#endif
