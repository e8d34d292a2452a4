/* The elements of the array "items", and what stands between them. */
#include "articles/json_feed.h"

#include "base/view.h"

/* The array, or absent; all of the text has been checked. */
static ttag_view find_items(ttag_view text, json_walk *walk)
{
    ttag_view found = {NULL, 0};
    json_item member;
    *walk = json_walk_over(text, NULL);
    while (json_walk_next(walk, &member))
        if (member.name.bytes && !found.bytes && json_name_is(&member, "items"))
            found = member.value;
    return found;
}

const char *json_feed_open(json_feed *feed, ttag_view text, size_t *position)
{
    json_walk walk;
    ttag_view items = find_items(text, &walk);
    *position = walk.reason ? (size_t)(walk.at - walk.start) : 0;
    if (walk.reason)
        return walk.reason;
    if (walk.kind != JSON_OBJECT || !items.bytes || json_kind_of(items) != JSON_ARRAY)
        return "it is no object with an array \"items\"";
    *feed = (json_feed){.text = text,
                        .walk = json_walk_into(&walk, items),
                        .from = text.bytes,
                        .lines = {text.bytes, 1}};
    feed->has_next = json_walk_next(&feed->walk, &feed->next);
    return NULL;
}

bool json_feed_next(json_feed *feed, feed_item *out)
{
    if (!feed->has_next)
        return false;
    const ttag_view item = feed->next.value;
    const char *end = item.bytes + item.size, *stop = end;
    feed->has_next = json_walk_next(&feed->walk, &feed->next);
    if (!feed->has_next)
        stop = feed->text.bytes + feed->text.size;
    *out = (feed_item){.bytes = {feed->from, (size_t)(stop - feed->from)},
                       .before = (size_t)(item.bytes - feed->from),
                       .after = (size_t)(stop - end),
                       .line = line_count_at(&feed->lines, item.bytes)};
    feed->from = stop;
    return true;
}

format_guess json_feed_begins(ttag_view text)
{
    static const char *const pieces[] = {"{", "\"version\"", ":",
                                         "\"https://jsonfeed.org/version/"};
    size_t at = 0;
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        while (at < text.size && (unsigned char)text.bytes[at] <= 0x20)
            at++;
        for (const char *p = pieces[i]; *p; p++, at++) {
            if (at == text.size)
                return GUESS_UNDECIDED;
            if (text.bytes[at] != *p)
                return GUESS_NO;
        }
    }
    return GUESS_YES;
}
