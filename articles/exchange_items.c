/* By the members that every document of the kind has. */
#include "articles/exchange_items.h"

#include <string.h>

#include "base/view.h"

/* ---- Cutting. ---- */

static ttag_view member_of(json_walk *walk, const char *name)
{
    ttag_view found = {NULL, 0};
    json_item member;
    while (json_walk_next(walk, &member))
        if (member.name.bytes && !found.bytes && json_name_is(&member, name))
            found = member.value;
    return found;
}

static bool is_string(ttag_view value, const char *text)
{
    return value.size == strlen(text) + 2 && value.bytes[0] == '"' &&
           view_begins((ttag_view){value.bytes + 1, value.size - 1}, text);
}

/* What of an element is an article; absent: nothing. */
static ttag_view article_in(const exchange_items *items, ttag_view element)
{
    if (json_kind_of(element) != JSON_OBJECT)
        return (ttag_view){NULL, 0};
    if (items->format == TTAG_INPUT_MISP) {
        ttag_view event = json_member(element, "Event");
        return event.bytes && json_kind_of(event) == JSON_OBJECT ? event : (ttag_view){NULL, 0};
    }
    ttag_view type = json_member(element, "type");
    const bool wanted = is_string(type, "report") || is_string(type, "note");
    return wanted ? element : (ttag_view){NULL, 0};
}

static void find_next(exchange_items *items)
{
    json_item element;
    items->next = items->alone;
    items->alone = (ttag_view){NULL, 0};
    while (!items->next.bytes && json_walk_next(&items->walk, &element))
        items->next = article_in(items, element.value);
}

const char *exchange_items_open(exchange_items *items, ttag_view text, ttag_input_format format,
                                size_t *position)
{
    const bool is_stix = format == TTAG_INPUT_STIX;
    json_walk walk = json_walk_over(text, NULL);
    const ttag_view array = member_of(&walk, is_stix ? "objects" : "response");
    *position = walk.reason ? (size_t)(walk.at - walk.start) : 0;
    if (walk.reason)
        return walk.reason;
    *items = (exchange_items){.format = format, .lines = {text.bytes, 1}};
    const bool has_array = array.bytes && json_kind_of(array) == JSON_ARRAY;
    if (has_array)
        items->walk = json_walk_into(&walk, array);
    else if (walk.kind == JSON_ARRAY)
        items->walk = json_walk_over(text, NULL);
    else {
        items->alone = article_in(items, text);
        items->walk = json_walk_over((ttag_view){"[]", 2}, NULL);
    }
    const bool is_empty_bundle =
        is_stix && walk.kind == JSON_OBJECT && is_string(json_member(text, "type"), "bundle");
    if (!has_array && walk.kind != JSON_ARRAY && !items->alone.bytes && !is_empty_bundle)
        return is_stix ? "is no bundle and no report" : "is no event and no list of events";
    find_next(items);
    return NULL;
}

bool exchange_items_at_end(const exchange_items *items)
{
    return !items->next.bytes;
}

bool exchange_items_next(exchange_items *items, feed_item *out)
{
    if (!items->next.bytes)
        return false;
    *out =
        (feed_item){.bytes = items->next, .line = line_count_at(&items->lines, items->next.bytes)};
    find_next(items);
    return true;
}

/* ---- Guessing. ---- */

/* Passes over blanks; false: the text ends here. */
static bool pass_blanks(ttag_view *rest)
{
    while (rest->size && (unsigned char)rest->bytes[0] <= ' ')
        *rest = (ttag_view){rest->bytes + 1, rest->size - 1};
    return rest->size > 0;
}

/* Takes a string with its quotes, or another scalar up to what ends it; false: the text ends first.
 */
static bool take_scalar(ttag_view *rest, ttag_view *out)
{
    size_t n = 1;
    if (rest->bytes[0] == '"') {
        while (n < rest->size && rest->bytes[n] != '"')
            n += rest->bytes[n] == '\\' ? 2 : 1;
        n++;
    } else {
        while (n < rest->size && !strchr(",:}] \t\r\n", rest->bytes[n]))
            n++;
        n += n == rest->size;
    }
    if (n > rest->size)
        return false;
    *out = (ttag_view){rest->bytes, n};
    *rest = (ttag_view){rest->bytes + n, rest->size - n};
    return true;
}

/* By a member that holds others. */
static ttag_input_format format_by_name(ttag_view name, char first)
{
    if ((is_string(name, "response") && first == '[') || (is_string(name, "Event") && first == '{'))
        return TTAG_INPUT_MISP;
    return TTAG_INPUT_JSONL;
}

static bool is_bundle(ttag_view name, ttag_view value)
{
    static const char id[] = "\"bundle--";
    return (is_string(name, "type") && is_string(value, "bundle")) ||
           (is_string(name, "id") && value.size > sizeof id &&
            memcmp(value.bytes, id, sizeof id - 1) == 0);
}

ttag_input_format exchange_format(ttag_view text)
{
    enum { FURTHEST = 4096 };
    const ttag_input_format undecided = text.size < FURTHEST ? TTAG_INPUT_AUTO : TTAG_INPUT_JSONL;
    ttag_view rest = text, name = {NULL, 0}, value;
    if (!pass_blanks(&rest))
        return undecided;
    char mark = '{';
    while (rest.bytes[0] == mark) {
        rest = (ttag_view){rest.bytes + 1, rest.size - 1};
        if (!pass_blanks(&rest) || (rest.bytes[0] == '"' && !take_scalar(&rest, &name)))
            return undecided;
        if (!pass_blanks(&rest))
            return undecided;
        if (rest.bytes[0] != ':')
            return TTAG_INPUT_JSONL;
        rest = (ttag_view){rest.bytes + 1, rest.size - 1};
        if (!pass_blanks(&rest))
            return undecided;
        if (rest.bytes[0] == '{' || rest.bytes[0] == '[')
            return format_by_name(name, rest.bytes[0]);
        if (!take_scalar(&rest, &value))
            return undecided;
        if (is_bundle(name, value))
            return TTAG_INPUT_STIX;
        if (!pass_blanks(&rest))
            return undecided;
        mark = ',';
    }
    return TTAG_INPUT_JSONL;
}
