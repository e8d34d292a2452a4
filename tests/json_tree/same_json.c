/* A text walked, and its tree. */
#include <math.h>
#include <string.h>

#include "base/view.h"
#include "tests/json_tree/json_tree.h"
#include "tests/json_tree/same_reading.h"

static const char *string_difference(ttag_view raw, ttag_view expected)
{
    buffer string = {0};
    json_put_unescaped(&string, raw);
    bool same = view_equal(buffer_as_view(&string), expected);
    buffer_dispose(&string);
    return same ? NULL : "a string";
}

static const char *item_difference(json_kind container, const json_item *item,
                                   const tree *expected);

static const char *items_difference(json_walk *walk, const tree *expected)
{
    json_item item;
    const tree *child = tree_first(expected);
    for (; json_walk_next(walk, &item); child = tree_next(child)) {
        const char *difference = child ? item_difference(walk->kind, &item, child) : "one too many";
        if (difference)
            return difference;
    }
    return walk->reason || child ? "items are missing" : NULL;
}

static const char *value_difference(ttag_view value, const tree *expected)
{
    buffer strings = {0};
    buffer_room(&strings, value.size + JSON_STRING_ROOM);
    const char *place = strings.bytes;
    json_walk walk = json_walk_over(value, &strings);
    const char *difference = items_difference(&walk, expected);
    bool moved = strings.bytes != place;
    buffer_dispose(&strings);
    if (difference || moved)
        return moved ? "the room for strings" : difference;
    json_kind kind = tree_kind_of(expected);
    if (walk.kind != kind)
        return "the kind of a value";
    if (kind == JSON_STRING)
        return string_difference(value, tree_string(expected));
    if (kind != JSON_NUMBER)
        return NULL;
    double a = json_number(value), b = tree_number(expected);
    return a == b && signbit(a) == signbit(b) ? NULL : "a number";
}

static const char *item_difference(json_kind container, const json_item *item, const tree *expected)
{
    bool is_string = json_kind_of(item->value) == JSON_STRING;
    if (is_string ? !view_equal(item->string, tree_string(expected)) : item->string.bytes != NULL)
        return "an item's string";
    if (container == JSON_ARRAY)
        return item->name.bytes ? "a name in an array" : value_difference(item->value, expected);
    bool escaped = item->name.size && memchr(item->name.bytes, '\\', item->name.size);
    if (item->name_escaped != escaped)
        return "whether a name is escaped";
    if (string_difference((ttag_view){item->name.bytes - 1, item->name.size + 2},
                          tree_key(expected)))
        return "a name";
    return value_difference(item->value, expected);
}

static ttag_view without_blanks(ttag_view text)
{
    while (text.size > 0 && (unsigned char)text.bytes[0] <= ' ')
        text = (ttag_view){text.bytes + 1, text.size - 1};
    while (text.size > 0 && (unsigned char)text.bytes[text.size - 1] <= ' ')
        text.size--;
    return text;
}

static ttag_view the_value(ttag_view text)
{
    if (text.size > 3 && memcmp(text.bytes, "\xef\xbb\xbf", 3) == 0)
        text = (ttag_view){text.bytes + 3, text.size - 3};
    return without_blanks(text);
}

/* One sentence of ours has no counterpart. */
static bool same_reason(const char *ours, const char *theirs)
{
    return strcmp(ours, theirs) == 0 ||
           (strcmp(ours, "it is nested more than 1000 levels deep") == 0 &&
            strcmp(theirs, "unexpected characters") == 0);
}

const char *json_difference(ttag_view text)
{
    size_t our_position, their_position;
    const char *our_reason, *their_reason, *difference = NULL;
    bool ours = json_check(text, &our_position, &our_reason);
    tree *theirs = tree_parse(text, &their_position, &their_reason);
    if (ours != (theirs != NULL))
        difference = ours ? "accepted by us alone" : "refused by us alone";
    else if (theirs)
        difference = value_difference(the_value(text), theirs);
    else if (our_position != their_position)
        difference = "where it is refused";
    else if (!same_reason(our_reason, their_reason))
        difference = "why it is refused";
    tree_free(theirs);
    return difference;
}
