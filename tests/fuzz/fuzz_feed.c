/* Any bytes as a feed: cut into items, not a byte is lost, and an item of a JSON Feed with tags
   added is JSON again, twice the same as once. The first byte chooses XML or JSON. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "articles/json_feed.h"
#include "articles/utf8.h"
#include "base/view.h"
#include "classify/classified_json_feed.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds)
{
    if (!holds)
        abort();
}

/* Items follow one another from the first byte to the last. */
static void check_item(ttag_view text, const feed_item *item, size_t *at)
{
    demand(item->bytes.bytes == text.bytes + *at);
    demand(item->before + item->after < item->bytes.size && item->line >= 1);
    *at += item->bytes.size;
    demand(*at <= text.size);
}

static void check_xml(ttag_view text)
{
    feed_items items = feed_items_of(text);
    feed_item item;
    size_t at = 0;
    while (feed_items_next(&items, &item))
        check_item(text, &item, &at);
    demand(at == 0 || at == text.size);
    is_feed(text);
    feed_nests_entities(text);
    feed_charset(text);
}

static void check_tagged(ttag_view item)
{
    const ttag_view names[] = {{"A \"b\"", 5}, {"C", 1}};
    const ttag_view tags = json_member(item, "tags");
    buffer out = {0};
    if (json_kind_of(item) != JSON_OBJECT ||
        (tags.bytes && json_kind_of(tags) != JSON_ARRAY && json_kind_of(tags) != JSON_NULL))
        return;
    size_t position;
    const char *reason;
    put_tagged_json_item(&out, item, names, 2);
    demand(buffer_ok(&out) && json_check(buffer_as_view(&out), &position, &reason));
    demand(json_kind_of(json_member(buffer_as_view(&out), "tags")) == JSON_ARRAY);
    buffer_dispose(&out);
}

static void check_json(ttag_view text)
{
    json_feed feed;
    feed_item item;
    size_t at = 0, position;
    json_feed_begins(text);
    const char *reason = json_feed_open(&feed, text, &position);
    if (reason) {
        demand(reason[0] != '\0' && position <= text.size);
        return;
    }
    while (json_feed_next(&feed, &item)) {
        check_item(text, &item, &at);
        check_tagged((ttag_view){item.bytes.bytes + item.before,
                                 item.bytes.size - item.before - item.after});
    }
    demand(at == 0 || at == text.size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    char *copy = malloc(size); /* so that the sanitizer sees what is read behind the end */
    demand(copy != NULL);
    memcpy(copy, data + 1, size - 1);
    ttag_view text = {copy, size - 1};
    if (data[0] % 2 == 0)
        check_xml(text);
    else if (utf8_good(text) == text.size)
        check_json(text);
    free(copy);
    return 0;
}
