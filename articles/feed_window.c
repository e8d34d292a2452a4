/* Looking for an item in what is at hand; if it might go on, again in twice as much. */
#include "articles/feed_window.h"

enum { STEP = 1 << 16 };

typedef enum outcome { FOUND, NONE, UNSURE } outcome;

feed_window feed_window_over(lines *file, size_t most)
{
    return (feed_window){.file = file, .most = most, .line = 1};
}

/* What the text, in which the item has to end, says. */
static outcome look(feed_window *w, ttag_view text)
{
    const bool is_all = w->file->ended;
    feed_items items = feed_items_of(text);
    items.line = w->line;
    items.scan.no_cdata_end = w->no_cdata_end;
    items.scan.no_comment_end = w->no_comment_end;
    const bool found = feed_items_next(&items, &w->item);
    if (!is_all && (!found || items.scan.met_end))
        return UNSURE;
    if (is_all) { /* else what was not found may come yet */
        w->no_cdata_end = items.scan.no_cdata_end;
        w->no_comment_end = items.scan.no_comment_end;
    }
    w->is_ready = found;
    if (found)
        w->line = feed_items_line(&items);
    return found ? FOUND : NONE;
}

/* How much is to be at hand after so much was too little; 0: it is over the bound. */
static size_t next_size(const feed_window *w, size_t size)
{
    if (size >= w->most)
        return 0;
    return size < w->most / 2 ? 2 * size + STEP : w->most;
}

ttag_status feed_window_next(feed_window *w, feed_item *item, ttag_error *err)
{
    ttag_view text;
    for (size_t least = 1; !w->is_ready; least = next_size(w, text.size)) {
        if (least == 0)
            return TTAG_LIMIT;
        ttag_status status = lines_peek(w->file, &text, least, err);
        if (status != TTAG_OK)
            return status;
        if (look(w, text) == NONE)
            return TTAG_END;
    }
    *item = w->item;
    w->is_ready = false;
    lines_pass(w->file, item->bytes.size);
    return TTAG_OK;
}

bool feed_window_would_wait(feed_window *w)
{
    for (size_t least = 1; least > 0 && !w->is_ready && input_is_live(w->file->in);) {
        if (lines_peek_would_wait(w->file, least))
            return true;
        ttag_view text;
        if (lines_peek(w->file, &text, 0, NULL) != TTAG_OK || look(w, text) != UNSURE)
            return false;
        least = next_size(w, text.size);
    }
    return false;
}
