/* Where the names are put: before the bracket of "tags", or before the brace of the item. */
#include "classify/classified_json_feed.h"

#include "base/json.h"

static bool is_blank(char c)
{
    return (unsigned char)c <= 0x20;
}

/* Names behind those that are there, as the others are set apart. */
static void put_names(buffer *out, const ttag_view *names, size_t n, bool has_others)
{
    for (size_t i = 0; i < n; i++) {
        if (i > 0 || has_others)
            buffer_char(out, ',');
        json_put_string(out, names[i]);
    }
}

/* Bytes of a value in braces or brackets before the blanks at its end. */
static size_t end_of_content(ttag_view value)
{
    size_t end = value.size - 1;
    while (end > 1 && is_blank(value.bytes[end - 1]))
        end--;
    return end;
}

/* Blanks before the first member: what members are set apart by. */
static ttag_view indent_of(ttag_view item)
{
    size_t size = 0;
    while (1 + size < item.size && is_blank(item.bytes[1 + size]))
        size++;
    return (ttag_view){item.bytes + 1, size};
}

static void put_new_member(buffer *out, ttag_view item, const ttag_view *names, size_t n)
{
    const size_t end = end_of_content(item);
    buffer_put(out, item.bytes, end);
    if (end > 1)
        buffer_char(out, ',');
    buffer_view(out, indent_of(item));
    buffer_text(out, "\"tags\":[");
    put_names(out, names, n, false);
    buffer_char(out, ']');
    buffer_put(out, item.bytes + end, item.size - end);
}

void put_tagged_json_item(buffer *out, ttag_view item, const ttag_view *names, size_t n)
{
    const ttag_view tags = n > 0 ? json_member(item, "tags") : (ttag_view){NULL, 0};
    if (n == 0) {
        buffer_view(out, item);
    } else if (!tags.bytes) {
        put_new_member(out, item, names, n);
    } else {
        const bool is_array = json_kind_of(tags) == JSON_ARRAY; /* else null */
        const size_t end = is_array ? end_of_content(tags) : 0;
        const size_t behind = is_array ? end : tags.size;
        const char *rest = tags.bytes + behind;
        buffer_put(out, item.bytes, (size_t)(tags.bytes - item.bytes) + end);
        buffer_text(out, is_array ? "" : "[");
        put_names(out, names, n, end > 1);
        buffer_text(out, is_array ? "" : "]");
        buffer_put(out, rest, (size_t)(item.bytes + item.size - rest));
    }
}
