/* An item is sure once the next one begins, or nothing more comes. */
#include "articles/feed_window.h"

#include "articles/window.h"

feed_window feed_window_over(lines *file, size_t most)
{
    return (feed_window){.file = file, .most = most, .line = 1};
}

static window_outcome look(void *payload, ttag_view text, bool is_all)
{
    feed_window *w = payload;
    feed_items items = feed_items_of(text);
    items.lines.line = w->line;
    items.scan.no_cdata_end = w->no_cdata_end;
    items.scan.no_comment_end = w->no_comment_end;
    const bool found = feed_items_next(&items, &w->item);
    if (!is_all && (!found || items.scan.met_end))
        return WINDOW_UNSURE;
    if (is_all) { /* else what was not found may come yet */
        w->no_cdata_end = items.scan.no_cdata_end;
        w->no_comment_end = items.scan.no_comment_end;
    }
    if (found)
        w->line = feed_items_line(&items);
    return found ? WINDOW_FOUND : WINDOW_NONE;
}

ttag_status feed_window_next(feed_window *w, feed_item *item, ttag_error *err)
{
    ttag_status status = w->is_ready ? TTAG_OK : window_find(w->file, w->most, look, w, err);
    if (status != TTAG_OK)
        return status;
    *item = w->item;
    w->is_ready = false;
    lines_pass(w->file, item->bytes.size);
    return TTAG_OK;
}

bool feed_window_would_wait(feed_window *w)
{
    return !w->is_ready && window_would_wait(w->file, w->most, look, w, &w->is_ready);
}
