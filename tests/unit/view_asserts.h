/* Views beside what is expected of them, in the tests of what is read from outside. */
#ifndef UNIT_VIEW_ASSERTS_H
#define UNIT_VIEW_ASSERTS_H

#include "articles/feed_items.h"
#include "base/buffer.h"
#include "base/view.h"
#include "unit.h"

static inline void assert_view(ttag_view found, const char *expected)
{
    if (!view_equal(found, view_of(expected)))
        fail_msg("\"%.*s\" is not \"%s\"", (int)found.size, found.bytes, expected);
}

/* "(before)item(after)@line ", in brackets of that kind */
static inline void put_item(buffer *out, const feed_item *item, const char brackets[2])
{
    const size_t size = item->bytes.size - item->before - item->after;
    const char *from = item->bytes.bytes + item->before;
    buffer_printf(out, "%c%.*s%c", brackets[0], (int)item->before, item->bytes.bytes, brackets[1]);
    buffer_put(out, from, size);
    buffer_printf(out, "%c%.*s%c@%zu ", brackets[0], (int)item->after, from + size, brackets[1],
                  item->line);
}

#endif
